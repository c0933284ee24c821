import pytest

from tests.factories.regions import DistrictFactory
from tests.participants.inviting.offices import of_district


@pytest.fixture
def district(db):
    return DistrictFactory()


@pytest.fixture
def elsewhere(db):
    """Two offices of another oblast."""
    return of_district(DistrictFactory(), 2)
