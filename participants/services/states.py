"""Moves of one registration that its holder or staff make."""

from django.db import transaction

from core.clock import database_now
from core.dates import local_day
from participants import answers, seating
from participants.actors import Actor
from participants.emails import notify_cancelled
from participants.exceptions import NotAllowedNow, SeminarNotBegun
from participants.models import Registration
from participants.states import SEATED, State, may_move
from seminars.models import Seminar


@transaction.atomic
def cancel(*, registration: Registration, by: Actor) -> Registration:
    """Take the person out of the seminar; the freed seat goes to the next in line, both are told.

    Cancelling what is cancelled already changes nothing. Raises NotAllowedNow when the seminar has begun.
    """
    return _give_up(registration, State.CANCELLED, by)


@transaction.atomic
def decline(*, registration: Registration, by: Actor) -> Registration:
    """Refuse the seat that came from the waiting list; it goes to the next in line, both are told.

    Refusing twice changes nothing. Raises NotAllowedNow when the seminar has begun.
    """
    return _give_up(registration, State.DECLINED, by)


def _give_up(registration: Registration, state: State, by: Actor) -> Registration:
    seminar = Seminar.objects.locked(registration.seminar_id)
    registration = seminar.registrations.get(pk=registration.pk)
    if registration.state in (State.CANCELLED, State.DECLINED):
        return registration
    now = database_now()
    if not may_move(registration.state, state) or (now >= seminar.starts_at and not by.is_staff):
        raise NotAllowedNow
    seating.leave(registration)
    transition = seating.move(registration, state, by=by)
    notify_cancelled(registration, transition)
    answers.follow(registration, by=by)
    seating.fill_free_seats(seminar, now=now)
    return registration


@transaction.atomic
def mark_attendance(*, registration: Registration, state: State, by: Actor) -> Registration:
    """Write down who came and who did not; `confirmed` takes a mark back.

    Raises SeminarNotBegun before the first day, NotAllowedNow for whoever has no place.
    """
    seminar = Seminar.objects.locked(registration.seminar_id)
    registration = seminar.registrations.get(pk=registration.pk)
    if registration.state == state:
        return registration
    if local_day(database_now()) < seminar.first_day:
        raise SeminarNotBegun
    if state not in SEATED or not may_move(registration.state, state) or seminar.is_cancelled:
        raise NotAllowedNow
    seating.move(registration, state, by=by)
    return registration
