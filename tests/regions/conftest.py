from pathlib import Path

import pytest
from django.db import transaction

from regions import services
from regions.matching import Finder

SHIPPED = Path(services.__file__).parent / "data"


@pytest.fixture
def register(db) -> None:
    """The register as the portal ships it."""
    services.load(services.open_files([SHIPPED]))


@pytest.fixture(scope="session")
def finder(django_db_setup, django_db_blocker) -> Finder:
    """Finds in the shipped register; it is in memory, so the tests that use it need no database."""
    with django_db_blocker.unblock(), transaction.atomic():
        services.load(services.open_files([SHIPPED]))
        finder = Finder()
        transaction.set_rollback(True)
    return finder
