"""Changes to the number of seats, and staff's own ways to give one."""

from django.db import transaction

from core.clock import database_now
from participants import seating
from participants.actors import Actor
from participants.emails import notify_promoted
from participants.exceptions import MunicipalityAtItsLimit, NoSeatFree, NotAllowedNow, SeatsBelowTaken
from participants.models import Registration
from participants.states import State
from regions.models import Oblast
from seminars.models import SeatBlock, SeatChange, Seminar


@transaction.atomic
def open_seats(*, seminar: Seminar, seats: int, by: Actor) -> SeatBlock:
    """Make the common pool of a seminar that has none yet."""
    seminar = Seminar.objects.locked(seminar.pk)
    block = SeatBlock.objects.create(seminar=seminar, group=None, seats=seats)
    SeatChange.objects.create(seminar=seminar, before=0, after=seats, by=by.user, reason=by.reason)
    return block


@transaction.atomic
def change_seats(*, seminar: Seminar, seats: int, by: Actor, group: Oblast | None = None) -> list[Registration]:
    """Set the number of seats of a group (None: the common pool); return who got a seat by it.

    Raises SeatsBelowTaken.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    block, _created = SeatBlock.objects.locked().get_or_create(seminar=seminar, group=group, defaults={"seats": 0})
    if seats < block.taken:
        raise SeatsBelowTaken(block.taken)
    seating.set_seats(block, seats, kind=SeatChange.Kind.SET, by=by)
    return seating.fill_free_seats(seminar, now=database_now())


@transaction.atomic
def promote(*, registration: Registration, by: Actor) -> Registration:
    """Give a waiting registration a free seat out of turn; staff may until the day ends.

    Raises NotAllowedNow when it does not wait, NoSeatFree, MunicipalityAtItsLimit.
    """
    seminar, registration = _locked_waiting(registration)
    if database_now() >= seminar.ends_at or seminar.is_cancelled:
        raise NotAllowedNow
    block = seating.seat_for(seminar, registration.oblast)
    if block is None:
        raise NoSeatFree
    seating.promote_to(registration, block, by=by)
    return registration


@transaction.atomic
def seat_by_override(*, registration: Registration, by: Actor) -> Registration:
    """Add one seat to the common pool and give it to a waiting registration (rules.md, Seats 10).

    Raises NotAllowedNow, MunicipalityAtItsLimit.
    """
    seminar, registration = _locked_waiting(registration)
    if seminar.is_cancelled or database_now() >= seminar.ends_at:
        raise NotAllowedNow
    pool, _created = SeatBlock.objects.locked().get_or_create(seminar=seminar, group=None, defaults={"seats": 0})
    seating.set_seats(pool, pool.seats + 1, kind=SeatChange.Kind.OVERRIDE, by=by)
    seating.take(registration, pool, seating.free_slot(seminar, registration.municipality))
    change = seating.move(registration, State.CONFIRMED, by=by)
    notify_promoted(registration, change)
    return registration


def _locked_waiting(registration: Registration) -> tuple[Seminar, Registration]:
    seminar = Seminar.objects.locked(registration.seminar_id)
    registration = seminar.registrations.select_related("municipality", "oblast").get(pk=registration.pk)
    if not registration.is_waiting:
        raise NotAllowedNow
    if registration.municipality and seating.free_slot(seminar, registration.municipality) is None:
        raise MunicipalityAtItsLimit
    return seminar, registration
