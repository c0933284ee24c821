"""Offices that answer at the same moment by different ways; a sending that is pressed twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from core.exceptions import DomainError
from participants import services
from participants.models import Registration
from tests.factories.participants import HOLDER
from tests.factories.seminars import SeminarFactory
from tests.participants.inviting.offices import clerk, invited, lines, office, send

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def accept(invitation, by=HOLDER):
    return services.accept_invitation(invitation=invitation, by=by)


def decline(invitation):
    return services.decline_invitation(invitation=invitation, by=HOLDER)


@pytest.fixture
def stored(transactional_db, django_db_serialized_rollback):
    """An invitation that other connections see, with its seat kept."""
    return invited(SeminarFactory(seats=1, holds_seats=True, lists_deadline=timezone.now() + timedelta(days=12)))


def at_once(*tasks):
    """Run the tasks in threads, each on a connection of its own; results or refusals in order."""

    def run(task):
        try:
            return task()
        except DomainError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_two_presses_of_one_sending_at_once_invite_each_office_once(stored):
    other, key = office(), uuid4()
    stored.seminar.blocks.update(seats=5)

    rounds = at_once(*[lambda: send(stored.seminar, other, key=key)] * 4)

    assert len({sent.pk for sent in rounds}) == 1
    assert other.invitations.count() == 1


def test_two_answers_at_once_give_one_registration(stored):
    by_phone = clerk()

    results = at_once(*[lambda: accept(stored), lambda: accept(stored, by_phone)] * 3)

    assert {result.pk for result in results} == {Registration.objects.get().pk}
    assert set(lines(stored)) == {("yes", "link"), ("yes", "phone")}
    assert stored.seminar.blocks.get().taken == 1


def test_yes_and_no_at_once_leave_seats_and_answer_in_step(stored):
    at_once(lambda: accept(stored), lambda: decline(stored), lambda: accept(stored), lambda: decline(stored))

    stored.refresh_from_db()
    live = stored.seminar.registrations.live()
    assert live.count() == stored.seminar.blocks.get().taken == (1 if stored.answer == "yes" else 0)
