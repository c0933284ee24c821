import pytest

from accounts.roles import Role
from participants.actors import Actor
from participants.models import Channel
from tests.factories.accounts import StaffFactory, staff_of
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory


@pytest.fixture
def organiser(client):
    """An organiser, signed in."""
    user = staff_of(Role.ORGANISER)
    client.force_login(user)
    return user


@pytest.fixture
def seminar(db):
    return SeminarFactory()


@pytest.fixture
def municipality(db):
    return MunicipalityFactory()


@pytest.fixture
def attendee(municipality):
    """Who has a place at a seminar that begins today."""
    begun = SeminarFactory(days_ahead=0, length_days=2)
    return register(begun, municipality, by=Actor(Channel.PHONE, StaffFactory()))
