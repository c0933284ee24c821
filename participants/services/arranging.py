"""The seats of the hall shared out: how many, for which oblasts, until when, for whom (rules.md, Seats 1–6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from simple_history.utils import update_change_reason

from core.clock import database_now
from participants import seating
from participants.actors import Actor
from participants.exceptions import (
    ImpossibleDates,
    MunicipalitiesHoldMore,
    QuotasAboveCapacity,
    SeatsBelowTaken,
    SeminarNotChangeable,
)
from participants.models import Registration
from regions.models import Oblast, Post
from seminars.models import SeatBlock, SeatChange, Seminar


@dataclass(frozen=True)
class Arrangement:
    """How the seats of a hall are shared out; an oblast that `quotas` does not name has no seats of its own."""

    capacity: int
    quotas: Mapping[Oblast, int]
    seats_per_municipality: int = 1
    groups: Sequence[Oblast] = ()
    posts: Sequence[Post] = ()
    lists_deadline: datetime | None = None
    quotas_release_at: datetime | None = None
    holds_seats: bool = False
    is_queue_by_time: bool = False

    @property
    def pool(self) -> int:
        """What the quotas leave for all. Raises QuotasAboveCapacity when they promise more than there is."""
        promised = sum(self.quotas.values())
        if promised > self.capacity:
            raise QuotasAboveCapacity(promised, self.capacity)
        return self.capacity - promised


@transaction.atomic
def arrange_seats(*, seminar: Seminar, arrangement: Arrangement, by: Actor) -> list[Registration]:
    """Share the seats out as given; return who got a seat from the waiting list by it, each told.

    Who holds a seat of the common pool moves onto the quota of the own group. A draft is arranged too. Raises
    QuotasAboveCapacity, SeatsBelowTaken, MunicipalitiesHoldMore, ImpossibleDates, SeminarNotChangeable.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    now = database_now()
    if seminar.is_cancelled or seminar.ends_at <= now:
        raise SeminarNotChangeable
    pool = arrangement.pool
    _set_rules(seminar, arrangement, by)
    blocks = {block.group_id: block for block in SeatBlock.objects.locked().filter(seminar=seminar)}
    # Seats are added first, then holders move, then seats are taken away: nobody falls between two blocks.
    wanted = {group.pk: seats for group, seats in arrangement.quotas.items()}
    for group in arrangement.quotas:
        if group.pk not in blocks:
            blocks[group.pk] = SeatBlock.objects.create(seminar=seminar, group=group, seats=0)
    for key, block in blocks.items():
        if key is not None and wanted.get(key, 0) > block.seats:
            seating.set_seats(block, wanted[key], kind=SeatChange.Kind.SET, by=by)
    seating.move_to_own_groups(seminar)
    for block in SeatBlock.objects.locked().filter(seminar=seminar).exclude(group=None).select_related("group"):
        _lower(block, wanted.get(block.group_id or 0, 0), by)
    common, _created = SeatBlock.objects.locked().get_or_create(seminar=seminar, group=None, defaults={"seats": 0})
    _lower(common, pool, by)
    return seating.fill_free_seats(seminar, now=now)


def _lower(block: SeatBlock, seats: int, by: Actor) -> None:
    if seats < block.taken:
        raise SeatsBelowTaken(block.taken, block.group)
    seating.set_seats(block, seats, kind=SeatChange.Kind.SET, by=by)


def _set_rules(seminar: Seminar, arrangement: Arrangement, by: Actor) -> None:
    """Who may come, until when, and in what order; raises what contradicts."""
    used = seminar.registrations.seated().aggregate(most=Max("slot"))["most"] or 0
    if arrangement.seats_per_municipality < used:
        raise MunicipalitiesHoldMore(used)
    for name in (
        "seats_per_municipality",
        "lists_deadline",
        "quotas_release_at",
        "holds_seats",
        "is_queue_by_time",
    ):
        setattr(seminar, name, getattr(arrangement, name))
    try:
        seminar.validate_constraints()
    except ValidationError as error:
        raise ImpossibleDates(" ".join(error.messages)) from error
    seminar.save()
    seminar.posts.set(arrangement.posts)
    seminar.groups.set(arrangement.groups)
    if by.reason:
        update_change_reason(seminar, by.reason[:100])
