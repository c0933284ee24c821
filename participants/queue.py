"""The queue: its order, who in it may have which seat, and why in words, all from one key (rules.md, Seats 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Registration
from participants.states import SEATED
from regions.models import Municipality
from seminars.models import SeatBlock, Seminar
from seminars.quotas import proposal_for

# Guests come by no quota; they stand behind every oblast.
BEHIND_ALL = Fraction(10**6)


@dataclass(frozen=True, order=True)
class Key:
    """What orders the queue: lower goes first."""

    is_reached: bool
    fill: Fraction
    joined_at: datetime
    pk: int


@dataclass(frozen=True)
class Waiter:
    """One waiting registration, as far as the order needs it."""

    pk: int
    joined_at: datetime
    municipality: int | None
    oblast: int | None


@dataclass(frozen=True)
class Place:
    """The place of a waiting registration now, and who stands before it, by what puts them there.

    `is_stand_by`: its municipality has all its seats; `is_of_group`: the place counts only those of its own oblast,
    because only seats of that oblast can become free for it.
    """

    number: int
    is_stand_by: bool = False
    is_of_group: bool = False
    unreached: int = 0
    below_share: int = 0
    earlier: int = 0

    @property
    def reason(self) -> str:
        """Why it is there, in the active language."""
        if self.is_stand_by:
            return _("Your municipality already has its seat. You will take it if whoever holds it cannot come.")
        if self.number == 1:
            return _("You are the first: the next free seat is yours.")
        return _("Before you: %(who)s.") % {"who": "; ".join(self._who())}

    @property
    def staff_reason(self) -> str:
        """The same for staff, about somebody else, in the active language."""
        if self.is_stand_by:
            return _("Stands by: the municipality has its seat.")
        scope = _("in the line of the own oblast") if self.is_of_group else _("in the line for all oblasts")
        if self.number == 1:
            return _("First %(scope)s.") % {"scope": scope}
        return _("Behind %(who)s, %(scope)s.") % {"who": "; ".join(self._who()), "scope": scope}

    def _who(self) -> Iterator[str]:
        if self.unreached:
            yield ngettext(
                "%(number)d municipality that has not attended on this topic yet",
                "%(number)d municipalities that have not attended on this topic yet",
                self.unreached,
            ) % {"number": self.unreached}
        if self.below_share:
            yield ngettext(
                "%(number)d participant of an oblast that is further below its share of seats",
                "%(number)d participants of oblasts that are further below their share of seats",
                self.below_share,
            ) % {"number": self.below_share}
        if self.earlier:
            yield ngettext(
                "%(number)d participant who registered earlier",
                "%(number)d participants who registered earlier",
                self.earlier,
            ) % {"number": self.earlier}


class Queue:
    """Who waits for a seat in the hall of one seminar, as the rows stand when it is made; `seated` keeps it in step."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar
        rows = seminar.registrations.waiting().values_list("pk", "joined_at", "municipality", "oblast")
        self.waiters = {row[0]: Waiter(*row) for row in rows}

    @cached_property
    def _held(self) -> Counter[tuple[int | None, int | None]]:
        """Seats in the hall by municipality and oblast."""
        seated = self.seminar.registrations.filter(state__in=SEATED, block__isnull=False)
        return Counter(seated.values_list("municipality", "oblast"))

    @cached_property
    def _by_municipality(self) -> Counter[int | None]:
        return _summed((municipality, number) for (municipality, _oblast), number in self._held.items())

    @cached_property
    def _by_oblast(self) -> Counter[int | None]:
        return _summed((oblast, number) for (_municipality, oblast), number in self._held.items())

    @cached_property
    def _reached(self) -> set[int]:
        return reached_before(self.seminar)

    @cached_property
    def _shares(self) -> dict[int, int]:
        """The proposed quota of each oblast."""
        capacity = sum(SeatBlock.objects.filter(seminar=self.seminar).values_list("seats", flat=True))
        return proposal_for(self.seminar, capacity).seats

    def key(self, waiter: Waiter) -> Key:
        """What orders the waiter now."""
        if self.seminar.is_queue_by_time:
            return Key(False, Fraction(0), waiter.joined_at, waiter.pk)
        if waiter.oblast is None:
            return Key(True, BEHIND_ALL, waiter.joined_at, waiter.pk)
        fill = Fraction(self._by_oblast[waiter.oblast], max(self._shares.get(waiter.oblast, 0), 1))
        return Key(waiter.municipality in self._reached, fill, waiter.joined_at, waiter.pk)

    def may_be_seated(self, waiter: Waiter) -> bool:
        """Whether its municipality is below its limit; guests have none (rules.md, Seats 4)."""
        used = self._by_municipality[waiter.municipality]
        return waiter.municipality is None or used < self.seminar.seats_per_municipality

    def in_order(self) -> list[Waiter]:
        """Those who may be seated, the first in line first."""
        return sorted(filter(self.may_be_seated, self.waiters.values()), key=self.key)

    def next_for(self, blocks: Iterable[SeatBlock]) -> tuple[Waiter, SeatBlock] | None:
        """The first in line that may have a seat of these blocks, and the seat: of its own group before the pool."""
        free = {block.group_id: block for block in blocks}
        pool = free.pop(None, None)
        served = [
            waiter
            for waiter in self.waiters.values()
            if (pool is not None or waiter.oblast in free) and self.may_be_seated(waiter)
        ]
        first = min(served, key=self.key, default=None)
        if first is None:
            return None
        block = free.get(first.oblast) if first.oblast is not None else None
        return first, block or pool  # type: ignore[return-value]  # `served` has only who may have one of the two

    def has_waiters_of(self, oblast: int | None) -> bool:
        """Whether somebody of the oblast waits who may be seated."""
        return any(waiter.oblast == oblast and self.may_be_seated(waiter) for waiter in self.waiters.values())

    def seated(self, waiter: Waiter) -> None:
        """Take a waiter that has a seat now out of the queue, and count the seat."""
        del self.waiters[waiter.pk]
        self._by_municipality[waiter.municipality] += 1
        self._by_oblast[waiter.oblast] += 1

    def places(self) -> dict[int, Place]:
        """The place of everyone who waits, by the key of the registration."""
        lines: dict[int | None, list[Waiter]] = {None: []}
        own_only = self._oblasts_without_a_pool()
        for waiter in self.in_order():
            lines.setdefault(waiter.oblast if waiter.oblast in own_only else None, []).append(waiter)
        found: dict[int, Place] = {}
        for oblast, line in lines.items():
            found |= self._places_in(line, is_of_group=oblast is not None)
        standing_by = sorted(self.waiters.keys() - found.keys(), key=lambda pk: (self.waiters[pk].joined_at, pk))
        return found | {pk: Place(number, is_stand_by=True) for number, pk in enumerate(standing_by, start=1)}

    def _places_in(self, line: list[Waiter], *, is_of_group: bool) -> dict[int, Place]:
        """Places in one line; who stands before is told apart by the first part of the key that puts them there."""
        begins: dict[tuple[bool, Fraction | None], int] = {}
        found = {}
        for position, waiter in enumerate(line):
            key = self.key(waiter)
            same_reach = begins.setdefault((key.is_reached, None), position)
            same_fill = begins.setdefault((key.is_reached, key.fill), position)
            found[waiter.pk] = Place(
                position + 1,
                is_of_group=is_of_group,
                unreached=same_reach,
                below_share=same_fill - same_reach,
                earlier=position - same_fill,
            )
        return found

    def _oblasts_without_a_pool(self) -> set[int]:
        """Oblasts that wait for seats of their own alone: they have some, and there is no common pool yet."""
        blocks = SeatBlock.objects.filter(seminar=self.seminar, seats__gt=0)
        groups = set(blocks.values_list("group", flat=True))
        return set() if None in groups else {group for group in groups if group is not None}


def reached_before(seminar: Seminar) -> set[int]:
    """Keys of the municipalities that attended, themselves or by a predecessor, on a topic of this seminar."""
    topics = [topic.pk for topic in seminar.topics.all()]
    came = Registration.objects.reached_on(topics).exclude(seminar=seminar)
    keys = set(came.values_list("municipality", flat=True)) if topics else set()
    return set(Municipality.objects.heirs_of(keys).values_list("pk", flat=True)) if keys else set()


def place_of(registration: Registration) -> Place:
    """The place of a waiting registration now; behind everyone when it does not wait any more."""
    places = Queue(registration.seminar).places()
    return places.get(registration.pk) or Place(len(places) + 1)


def _summed(pairs: Iterable[tuple[int | None, int]]) -> Counter[int | None]:
    total: Counter[int | None] = Counter()
    for key, number in pairs:
        total[key] += number
    return total
