"""The answer board: what the invited offices of a seminar say, counted by oblast and district."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models import Answer, Invitation
from regions.models import District, Oblast
from seminars.models import Seminar


class Said(models.TextChoices):
    """What the board can be narrowed to: an answer, or its absence."""

    SILENT = "silent", _("silent")
    YES = "yes", _("yes")
    DEPUTY = "deputy", _("sends a deputy")
    NO = "no", _("no")

    def matches(self, invitation: Invitation) -> bool:
        """Whether the office said so."""
        return (invitation.answer or Said.SILENT) == self


@dataclass(frozen=True)
class Tally:
    """How many offices are invited, have opened their page, and said what."""

    invited: int
    opened: int
    yes: int
    no: int
    deputy: int

    @classmethod
    def of(cls, rows: Iterable[Invitation]) -> Self:
        """Count the rows."""
        every = list(rows)
        answers = [row.answer for row in every]
        return cls(
            invited=len(every),
            opened=sum(row.openings > 0 for row in every),
            yes=answers.count(Answer.YES),
            no=answers.count(Answer.NO),
            deputy=answers.count(Answer.DEPUTY),
        )

    @property
    def silent(self) -> int:
        """Those whom somebody has to call."""
        return self.invited - self.yes - self.no - self.deputy


@dataclass(frozen=True)
class Part:
    """The offices of a place: its tally is of all of them, its rows only those that the board shows."""

    place: Any
    tally: Tally
    rows: list[Invitation]
    parts: list[Part]


class Board:
    """The standing invitations of a seminar, one query; narrowed to an oblast, and to what offices said."""

    def __init__(self, seminar: Seminar, *, oblast: Oblast | None = None, said: Said | None = None) -> None:
        self.seminar, self.oblast, self.said = seminar, oblast, said
        self.invitations = list(seminar.invitations.standing().for_lists())
        self.tally = Tally.of(self.invitations)
        self.groups = self._parts(self.invitations, said, _oblast_of, _district_of)
        self.shown = [group for group in self.groups if group.rows and oblast in (None, group.place)]

    @property
    def rows(self) -> list[Invitation]:
        """What the board shows, in the order of lists."""
        return [row for group in self.shown for row in group.rows]

    def _parts(
        self,
        invitations: list[Invitation],
        said: Said | None,
        place_of: Callable[[Invitation], Any],
        *deeper: Callable[[Invitation], Any],
    ) -> list[Part]:
        """The places one after the other, each with its own parts."""
        found = []
        for place, members in groupby(invitations, key=place_of):
            own = list(members)
            rows = [row for row in own if said is None or said.matches(row)]
            parts = self._parts(own, said, *deeper) if deeper else []
            found.append(Part(place, Tally.of(own), rows, parts))
        return found


def _oblast_of(invitation: Invitation) -> Oblast:
    return invitation.municipality.oblast


def _district_of(invitation: Invitation) -> District | None:
    return invitation.municipality.district
