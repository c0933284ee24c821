"""Taking the demonstration's sign-ins away, also after people worked with them."""

import pytest
from django.core.management import call_command

from accounts.models import User
from accounts.roles import Role
from accounts.services import create_staff
from participants.models import Disclosure

pytestmark = pytest.mark.django_db


def demonstration_staff(username):
    return create_staff(username=username, role=Role.ORGANISER, language="ky", password="invented-for-this-test")


def test_removing_the_demonstration_takes_its_sign_ins_away():
    demonstration_staff("organiser")

    call_command("load_demonstration", remove=True)

    assert not User.objects.exists()


def test_whoever_was_shown_a_list_of_people_is_closed_and_stays_named():
    organiser = demonstration_staff("organiser")
    Disclosure.objects.note(Disclosure.Form.SCREEN, by=organiser, rows=3)

    call_command("load_demonstration", remove=True)

    organiser.refresh_from_db()
    assert not organiser.is_active
    assert Disclosure.objects.get().by == organiser
