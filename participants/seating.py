"""Seats under the lock: who gets which block, what a freed seat does next (rules.md, Seats 3–8).

Every function here expects the seminar's row to be locked by the caller and works inside its transaction.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models

from participants.actors import PORTAL, Actor
from participants.emails import notify_promoted
from participants.models import Registration, Transition
from participants.states import State, may_move
from regions.models import Municipality, Oblast
from seminars.models import SeatBlock, Seminar


def move(registration: Registration, after: State, *, by: Actor) -> Transition:
    """Set the state, keeping who, when, by what channel and why; the caller has seen to the seat.

    Raises ValueError for a move that the table of states does not have.
    """
    before = registration.state
    if not may_move(before, after):
        raise ValueError(f"no move from {before!r} to {after!r}")
    registration.state = after
    registration.save()
    return Transition.objects.create(
        registration=registration, before=before, after=after, by=by.user, channel=by.channel, reason=by.reason
    )


def seat_for(seminar: Seminar, group: Oblast | None) -> SeatBlock | None:
    """The block that gives the next seat: the group's own, else the common pool, else none."""
    free = list(SeatBlock.objects.locked().filter(seminar=seminar).free())
    own = [block for block in free if group is not None and block.group_id == group.pk]
    pool = [block for block in free if block.group_id is None]
    return next(iter(own + pool), None)


def free_slot(seminar: Seminar, municipality: Municipality | None) -> int | None:
    """The lowest seat number that the municipality does not use yet; None at its limit or without municipality."""
    if municipality is None:
        return None
    used = set(seminar.registrations.seated().of_municipality(municipality).values_list("slot", flat=True))
    return next((slot for slot in range(1, seminar.seats_per_municipality + 1) if slot not in used), None)


def take(registration: Registration, block: SeatBlock, slot: int | None) -> None:
    """Put the registration on a seat of the block; PostgreSQL refuses when there is none."""
    SeatBlock.objects.filter(pk=block.pk).update(taken=models.F("taken") + 1)
    registration.block = block
    registration.slot = slot


def leave(registration: Registration) -> None:
    """Give the seat back to its block."""
    if registration.block_id is not None:
        SeatBlock.objects.filter(pk=registration.block_id).update(taken=models.F("taken") - 1)
    registration.block = None
    registration.slot = None


def fill_free_seats(seminar: Seminar, *, now: datetime) -> list[Registration]:
    """Give every free seat to the first in line that may have it; return who was promoted, each told.

    Nothing happens once registration has closed or the seminar has started: then staff promote.
    """
    regroup(seminar)
    if not seminar.is_promotion_automatic(now):
        return []
    promoted = []
    while (next_one := _next_to_seat(seminar)) is not None:
        registration, block = next_one
        promote_to(registration, block, by=PORTAL)
        promoted.append(registration)
        regroup(seminar)
    return promoted


def promote_to(registration: Registration, block: SeatBlock, *, by: Actor) -> None:
    """Give a waiting registration a seat of the block and tell the person."""
    take(registration, block, free_slot(registration.seminar, registration.municipality))
    transition = move(registration, State.CONFIRMED, by=by)
    notify_promoted(registration, transition)


def regroup(seminar: Seminar) -> None:
    """Move pool holders onto free seats of their own group when nobody of that group waits (rules.md, Seats 5)."""
    for block in SeatBlock.objects.locked().filter(seminar=seminar).free().exclude(group=None):
        for _seat in range(block.left):
            holder = _latest_pool_holder(seminar, block)
            if holder is None or _first_waiting(seminar, block) is not None:
                break
            slot = holder.slot
            leave(holder)
            take(holder, block, slot)
            holder.save()


def _latest_pool_holder(seminar: Seminar, block: SeatBlock) -> Registration | None:
    return (
        seminar.registrations.seated()
        .filter(block__group=None, oblast=block.group_id)
        .order_by("-joined_at", "-pk")
        .first()
    )


def _next_to_seat(seminar: Seminar) -> tuple[Registration, SeatBlock] | None:
    for block in SeatBlock.objects.locked().filter(seminar=seminar).free():
        registration = _first_waiting(seminar, block)
        if registration is not None:
            return registration, block
    return None


def _first_waiting(seminar: Seminar, block: SeatBlock) -> Registration | None:
    """The first in the queue that may have a seat of this block."""
    waiting = seminar.registrations.waiting().may_be_seated(seminar)
    if block.group_id is not None:
        waiting = waiting.filter(oblast=block.group_id)
    return waiting.select_related("person", "municipality", "seminar").first()
