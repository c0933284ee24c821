"""Which offices a round of invitations is for: places, names, kinds, who was never reached; who is left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.queue import reached_before
from regions.models import Municipality, Oblast
from seminars.models import Seminar


class Kind(models.TextChoices):
    """Of which kind the municipalities are."""

    ANY = "any", _("aiyl aimaks and cities")
    AIMAK = "aimak", _("aiyl aimaks only")
    CITY = "city", _("cities only")

    def includes(self, unit: Municipality) -> bool:
        """Whether the municipality is of the kind."""
        return self == Kind.ANY or unit.is_city == (self == Kind.CITY)


@dataclass(frozen=True)
class Wish:
    """Whom staff want to invite: keys of oblasts and districts, and municipalities by name; then what narrows them."""

    is_everywhere: bool = False
    oblasts: frozenset[int] = frozenset()
    districts: frozenset[int] = frozenset()
    named: Sequence[Municipality] = ()
    kind: Kind = Kind.ANY
    only_unreached: bool = False

    def covers(self, unit: Municipality) -> bool:
        """Whether the municipality lies in a chosen place or was named."""
        return (
            self.is_everywhere
            or unit.oblast_id in self.oblasts
            or unit.district_id in self.districts
            or unit in self.named
        )


class LeftOut(models.TextChoices):
    """Why an office that was chosen is not invited by this round."""

    INVITED = "invited", _("invited already")
    NOT_ALLOWED = "not_allowed", _("of an oblast that may not come")
    OTHER_KIND = "other_kind", _("of the other kind")
    REACHED = "reached", _("attended on this topic already")


@dataclass(frozen=True)
class Audience:
    """The offices to invite, in the order of lists, and those that were chosen and are left out, by reason."""

    units: list[Municipality] = field(default_factory=list)
    left_out: dict[LeftOut, list[Municipality]] = field(default_factory=dict)

    @property
    def by_group(self) -> dict[Oblast, int]:
        """How many of each group."""
        numbers: dict[Oblast, int] = {}
        for unit in self.units:
            numbers[unit.oblast] = numbers.get(unit.oblast, 0) + 1
        return numbers


def audience_of(seminar: Seminar, wish: Wish) -> Audience:
    """Whom the wish means among the municipalities alive on the first day; who is invited already is left out."""
    invited = set(seminar.invitations.standing().values_list("municipality", flat=True))
    reached = reached_before(seminar) if wish.only_unreached else set()
    allowed = set(seminar.groups_that_may_come().values_list("pk", flat=True))
    audience = Audience()
    for unit in Municipality.objects.alive_on(seminar.first_day).with_names().by_name():
        if not wish.covers(unit):
            continue
        if unit.oblast_id not in allowed:
            reason = LeftOut.NOT_ALLOWED
        elif not wish.kind.includes(unit):
            reason = LeftOut.OTHER_KIND
        elif unit.pk in invited:
            reason = LeftOut.INVITED
        elif unit.pk in reached:
            reason = LeftOut.REACHED
        else:
            audience.units.append(unit)
            continue
        audience.left_out.setdefault(reason, []).append(unit)
    return audience
