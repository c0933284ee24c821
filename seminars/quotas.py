"""The proposal of quotas: a floor for each group, the rest by largest remainder (rules.md, Seats 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from regions.models import Municipality, Oblast
from seminars.models import Seminar

FLOOR = 1


@dataclass(frozen=True)
class Group:
    """A group that shares in the seats; `weight` is its municipalities × seats per municipality, its ceiling too."""

    code: str
    weight: int


@dataclass(frozen=True)
class Proposal:
    """Seats by the code of each group, and what is beyond every ceiling: the common pool."""

    seats: dict[str, int]
    pool: int


def propose(groups: Sequence[Group], capacity: int) -> Proposal:
    """Share `capacity` seats out between the groups; seats and pool always sum to the capacity.

    Every group gets a floor of one seat (none when there are fewer seats than groups), the rest goes by weight and
    largest remainder, never above a group's ceiling. Ties go to the heavier group, then by code; the order of
    `groups` does not matter.
    """
    ordered = sorted(groups, key=lambda group: (-group.weight, group.code))
    eligible = [group for group in ordered if group.weight > 0]
    floor = FLOOR if capacity >= len(eligible) else 0
    seats = {group.code: min(floor, group.weight) for group in ordered}
    rest = capacity - sum(seats.values())
    while rest > 0 and (below := [group for group in eligible if seats[group.code] < group.weight]):
        for group, share in zip(below, _largest_remainder(rest, [group.weight for group in below]), strict=True):
            given = min(share, group.weight - seats[group.code])
            seats[group.code] += given
            rest -= given
    return Proposal(seats, pool=rest)


@dataclass(frozen=True)
class SeminarProposal:
    """Seats by the key of each oblast that may come, and the common pool."""

    seats: dict[int, int]
    pool: int


def proposal_for(seminar: Seminar, capacity: int, *, groups: Iterable[Oblast] | None = None) -> SeminarProposal:
    """How so many seats would be shared out between the groups, by who is alive on the first day.

    `groups` are those that may come unless others are given. The cities Bishkek and Osh weigh 1 (rules.md, Seats 3).
    """
    alive = Municipality.objects.alive_on(seminar.first_day).order_by()
    numbers = dict(alive.values_list("oblast").annotate(number=Count("pk")))
    weighed = {
        oblast.code or oblast.uid: (
            oblast.pk,
            1 if oblast.is_city else numbers.get(oblast.pk, 0) * seminar.seats_per_municipality,
        )
        for oblast in (seminar.groups_that_may_come() if groups is None else groups)
    }
    proposal = propose([Group(code, weight) for code, (_key, weight) in weighed.items()], capacity)
    return SeminarProposal({weighed[code][0]: seats for code, seats in proposal.seats.items()}, proposal.pool)


def _largest_remainder(seats: int, weights: Sequence[int]) -> list[int]:
    """Whole shares of `seats` by weight; ties of remainders go to who stands earlier."""
    total = sum(weights)
    shares = [seats * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -(seats * weights[place] % total))
    for place in by_remainder[: seats - sum(shares)]:
        shares[place] += 1
    return shares
