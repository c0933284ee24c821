from pathlib import Path

import pytest

from regions import services
from seminars import demonstration
from seminars.models import Seminar
from tests.factories.press import attend, from_each_oblast


@pytest.fixture
def register_of_units(db):
    """The register as the portal ships it."""
    services.load(services.open_files([Path(services.__file__).parent / "data"]))


@pytest.fixture
def first_seminar(register_of_units):
    """The seminar of 19 December 2019, to which 58 people of 46 municipalities came."""
    demonstration.load()
    seminar = Seminar.objects.get(slug="aktualduu-maseleler-2019")
    attend(seminar, from_each_oblast(46), 58)
    return seminar
