"""The proposal of quotas: a floor for each group, the rest by largest remainder (rules.md, Seats 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def _largest_remainder(seats: int, weights: Sequence[int]) -> list[int]:
    """Whole shares of `seats` by weight; ties of remainders go to who stands earlier."""
    total = sum(weights)
    shares = [seats * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -(seats * weights[place] % total))
    for place in by_remainder[: seats - sum(shares)]:
        shares[place] += 1
    return shares
