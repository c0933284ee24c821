"""Seats under the lock: who gets which block, what is kept for whom, what a freed seat does next (rules.md, Seats 3–9).

Every function here expects the seminar's row to be locked by the caller and works inside its transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import models

from participants.actors import PORTAL, Actor
from participants.emails import notify_promoted
from participants.exceptions import MoreKeptThanFree
from participants.models import Invitation, Registration, Transition
from participants.queue import Queue
from participants.states import State, may_move
from regions.models import Municipality, Oblast
from seminars.models import SeatBlock, SeatChange, Seminar


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


# --- One seat ---------------------------------------------------------------------------------------------------
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
    _count(block, +1)
    registration.block = block
    registration.slot = slot


def leave(registration: Registration) -> None:
    """Give the seat back to its block."""
    if registration.block is not None:
        _count(registration.block, -1)
    registration.block = None
    registration.slot = None


def _count(block: SeatBlock, change: int) -> None:
    SeatBlock.objects.filter(pk=block.pk).update(taken=models.F("taken") + change)


# --- Seats kept for invited offices -----------------------------------------------------------------------------
def hold_seats(seminar: Seminar, invitations: Sequence[Invitation]) -> None:
    """Keep one seat for each of these offices: in the quota of its group; in the common pool where there are no quotas.

    Raises MoreKeptThanFree when a group has fewer free seats than offices; nothing is kept then.
    """
    blocks = {block.group_id: block for block in SeatBlock.objects.locked().filter(seminar=seminar)}
    has_quotas = any(group is not None for group in blocks)
    wanted = Counter(invitation.municipality.oblast if has_quotas else None for invitation in invitations)
    for group, number in wanted.items():
        block = blocks.get(group.pk if group else None)
        left = block.left if block else 0
        if number > left:
            raise MoreKeptThanFree(group, wanted=number, left=left)
    for invitation in invitations:
        block = blocks[invitation.municipality.oblast_id if has_quotas else None]
        _count(block, +1)
        invitation.hold = block
        invitation.save(update_fields=["hold"])


def drop_hold(invitation: Invitation) -> None:
    """Give the seat kept for an office back to its block; nothing happens when none is kept."""
    if invitation.hold is None:
        return
    _count(invitation.hold, -1)
    invitation.hold = None
    invitation.save(update_fields=["hold"])


def hold_of(seminar: Seminar, municipality: Municipality | None) -> Invitation | None:
    """The invitation that keeps a seat for the municipality's office."""
    return seminar.invitations.holding().filter(municipality=municipality).select_related("hold").first()


def claim_hold(registration: Registration, invitation: Invitation) -> None:
    """Put the registration on the seat that was kept for its office."""
    registration.block = invitation.hold
    registration.slot = free_slot(registration.seminar, registration.municipality)
    invitation.hold = None
    invitation.save(update_fields=["hold"])


def lapse_holds(seminar: Seminar, *, now: datetime) -> None:
    """Give back the seats of offices that did not answer in time."""
    for invitation in seminar.invitations.holding().filter(round__answer_by__lte=now).select_related("hold"):
        drop_hold(invitation)


# --- What a freed seat does next --------------------------------------------------------------------------------
def release_quotas(seminar: Seminar, *, now: datetime) -> None:
    """From the release date on, move the free seats of every group to the common pool, each move logged by group."""
    if seminar.releases_at is None or now < seminar.releases_at:
        return
    unused = list(SeatBlock.objects.locked().filter(seminar=seminar).exclude(group=None).free())
    if not unused:
        return
    pool, _created = SeatBlock.objects.locked().get_or_create(seminar=seminar, group=None, defaults={"seats": 0})
    for block in unused:
        set_seats(block, block.taken, kind=SeatChange.Kind.RELEASE, by=PORTAL)
        set_seats(pool, pool.seats + block.left, kind=SeatChange.Kind.RELEASE, by=PORTAL)
        pool.seats += block.left


def set_seats(block: SeatBlock, seats: int, *, kind: SeatChange.Kind, by: Actor) -> None:
    """Give the block so many seats, logged; PostgreSQL refuses fewer than are taken."""
    if seats == block.seats:
        return
    SeatChange.objects.create(
        seminar=block.seminar,
        group=block.group,
        kind=kind,
        before=block.seats,
        after=seats,
        by=by.user,
        reason=by.reason,
    )
    SeatBlock.objects.filter(pk=block.pk).update(seats=seats)


def fill_free_seats(seminar: Seminar, *, now: datetime) -> list[Registration]:
    """Bring the seats up to date by the clock and give every free one to the first in line that may have it.

    Returns who was promoted, each told. Nobody is once registration has closed or the seminar has started: then staff
    promote.
    """
    lapse_holds(seminar, now=now)
    release_quotas(seminar, now=now)
    if not SeatBlock.objects.filter(seminar=seminar).free().exists():
        return []
    queue = Queue(seminar)
    regroup(seminar, queue)
    promoted: list[Registration] = []
    while queue.waiters and seminar.is_promotion_automatic(now):
        free = SeatBlock.objects.locked().filter(seminar=seminar).free()
        if (found := queue.next_for(free)) is None:
            break
        waiter, block = found
        registration = seminar.registrations.select_related("person", "municipality", "seminar").get(pk=waiter.pk)
        promote_to(registration, block, by=PORTAL)
        promoted.append(registration)
        queue.seated(waiter)
        regroup(seminar, queue)
    return promoted


def promote_to(registration: Registration, block: SeatBlock, *, by: Actor) -> None:
    """Give a waiting registration a seat of the block and tell the person."""
    take(registration, block, free_slot(registration.seminar, registration.municipality))
    transition = move(registration, State.CONFIRMED, by=by)
    notify_promoted(registration, transition)


def regroup(seminar: Seminar, queue: Queue) -> None:
    """Move pool holders onto free seats of their own group when nobody of that group waits (rules.md, Seats 5)."""
    for block in SeatBlock.objects.locked().filter(seminar=seminar).free().exclude(group=None):
        if queue.has_waiters_of(block.group_id):
            continue
        for holder in _latest_pool_holders(seminar, block)[: block.left]:
            _move_to(block, holder)


def move_to_own_groups(seminar: Seminar) -> None:
    """Move who holds a seat of the common pool, and what is kept there for offices, onto free seats of the own group.

    So do quotas begin that are set when seats are taken already; who came first moves first.
    """
    for block in SeatBlock.objects.locked().filter(seminar=seminar).free().exclude(group=None):
        left = block.left
        for holder in _latest_pool_holders(seminar, block).reverse()[:left]:
            _move_to(block, holder)
            left -= 1
        kept = seminar.invitations.holding().filter(hold__group=None, municipality__oblast=block.group_id)
        for invitation in kept.select_related("hold")[:left]:
            drop_hold(invitation)
            _count(block, +1)
            invitation.hold = block
            invitation.save(update_fields=["hold"])


def _move_to(block: SeatBlock, holder: Registration) -> None:
    slot = holder.slot
    leave(holder)
    take(holder, block, slot)
    holder.save()


def _latest_pool_holders(seminar: Seminar, block: SeatBlock) -> models.QuerySet[Registration]:
    return (
        seminar.registrations.seated()
        .filter(block__group=None, oblast=block.group_id)
        .select_related("block")
        .order_by("-joined_at", "-pk")
    )
