"""Who is registered and what is free, in memory, so that a list of any length costs the same few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.folding import fold_name
from participants import models
from participants.listing.rows import Decision, Scope
from participants.listing.verdicts import Judged, Person, Verdict
from participants.models import Registration
from participants.states import State
from regions.models import Municipality
from seminars.models import SeatBlock


class Standing:
    """Seats and people as they would be after each row that is placed."""

    def __init__(self, scope: Scope, judged: Iterable[Judged]) -> None:
        self.scope = scope
        self.seminar = scope.seminar
        self.people: dict[int, list[Person]] = defaultdict(list)
        self.namesakes: dict[str, list[Person]] = defaultdict(list)
        # Of everyone known under a name of the list: the municipalities of one person.
        self.ties: dict[str, list[frozenset[int]]] = defaultdict(list)
        self._read_registered(list(judged))
        self.held = set(self.seminar.invitations.holding().values_list("municipality", flat=True))
        self.free = self._free()
        self.places_left = self._places_left()

    def _read_registered(self, judged: list[Judged]) -> None:
        """Who is registered of the list's municipalities, or under a name of the list from another one."""
        units = {one.municipality.pk for one in judged if one.municipality}
        names = {fold_name(one.row.name) for one in judged}
        for human in models.Person.objects.filter(folded_name__in=names).prefetch_related("terms", "registrations"):
            self.ties[human.folded_name].append(_units_of(human))
        known = self.seminar.registrations.live().filter(Q(municipality__in=units) | Q(folded_name__in=names))
        known = known.select_related("municipality", "post").prefetch_related("person__terms", "person__registrations")
        for row in known.order_by("slot", "joined_at", "pk"):
            phones = frozenset(filter(None, (row.phone, row.phone_other)))
            person = Person(row.folded_name, phones, _units_of(row.person), registration=row)
            self.people[row.municipality_id or 0].append(person)
            self.namesakes[row.folded_name].append(person)

    def _free(self) -> dict[int | None, int]:
        """Free seats by group; once quotas are released all of them are everybody's."""
        free = {block.group_id: block.left for block in SeatBlock.objects.filter(seminar=self.seminar)}
        if self.seminar.releases_at is not None and self.seminar.releases_at <= timezone.now():
            return {None: sum(free.values())}
        return free

    def _places_left(self) -> int | None:
        """How many more the link's list may name; None: it has no limit."""
        link = self.scope.link
        if link is None or link.places is None:
            return None
        return max(link.places - link.registrations.live().count(), 0)

    def place(self, judged: Judged) -> None:
        """Give the row its verdict, and count it as entered when it can be."""
        unit, folded = judged.municipality, fold_name(judged.row.name)
        of_unit = self.people[unit.pk] if unit else []
        if same := self._same_person(judged, folded):
            judged.holder = same
            judged.refuse(Verdict.SEATED, "name", self._same(same))
        elif unit is None or not self._is_full(of_unit):
            has_seat = not self.seminar.has_hall or self._is_free(unit)
            self._enter(judged, of_unit, folded, has_seat=has_seat)
        elif judged.row.decision == Decision.STAND_BY:
            self._enter(judged, of_unit, folded, has_seat=False)
        else:
            self._ask_who_comes(judged, of_unit, folded)

    def _enter(self, judged: Judged, of_unit: list[Person], folded: str, *, has_seat: bool) -> None:
        if has_seat and self.places_left == 0:
            judged.refuse(Verdict.NO_PLACE, "municipality", _("All places of your list are used."))
            return
        if self.places_left:
            self.places_left -= 1
        if has_seat:
            self._take(judged.municipality)
        else:
            judged.verdict = Verdict.WAITS
        of_unit.append(self._file(judged, folded))

    def _ask_who_comes(self, judged: Judged, of_unit: list[Person], folded: str) -> None:
        """The seats of the municipality are taken: replace somebody if the sender said so, else ask."""
        replaceable = [person for person in of_unit if self._may_replace(person)]
        holder = (replaceable or of_unit)[0]
        judged.holder, judged.may_stand_by, judged.may_replace = holder, True, bool(replaceable)
        if judged.may_replace and judged.row.decision == Decision.REPLACE:
            judged.replaces = holder.registration
            of_unit[of_unit.index(holder)] = self._file(judged, folded)
        else:
            judged.refuse(Verdict.SEATED, "municipality", self._taken(holder))

    def _file(self, judged: Judged, folded: str) -> Person:
        """Note the person of the row, so that later rows do not name them again."""
        own = frozenset([judged.municipality.pk] if judged.municipality else [])
        units = own.union(*(ties for ties in self.ties[folded] if own & ties))
        person = Person(folded, frozenset(judged.phones), units, line=judged.row.line)
        self.namesakes[folded].append(person)
        return person

    def _same_person(self, judged: Judged, folded: str) -> Person | None:
        """Who of that name is the same: of the municipality, or reached by the same phone."""
        key = judged.municipality.pk if judged.municipality else None
        return next((one for one in self.namesakes[folded] if one.is_same_as(key, judged.phones)), None)

    def _is_full(self, of_unit: list[Person]) -> bool:
        in_hall = [
            one for one in of_unit if one.registration is None or one.registration.mode == Registration.Mode.HALL
        ]
        return self.seminar.has_hall and len(in_hall) >= self.seminar.seats_per_municipality

    def _may_replace(self, holder: Person) -> bool:
        """Who sends the list replaces whom the same list named; staff replace anybody."""
        if holder.registration is None or holder.registration.state not in (State.CONFIRMED, State.WAITING):
            return False
        if not self.scope.is_staff and timezone.now() >= self.seminar.substitutes_until:
            return False
        return self.scope.link is None or holder.registration.coordinator_link_id == self.scope.link.pk

    def _group(self, unit: Municipality | None) -> int | None:
        """The group whose own seat the unit would get; None: one of the common pool."""
        return unit.oblast_id if unit is not None and self.free.get(unit.oblast_id, 0) > 0 else None

    def _is_free(self, unit: Municipality | None) -> bool:
        return (unit is not None and unit.pk in self.held) or self.free.get(self._group(unit), 0) > 0

    def _take(self, unit: Municipality | None) -> None:
        if unit is not None and unit.pk in self.held:
            self.held.discard(unit.pk)
        elif self.seminar.has_hall:
            self.free[self._group(unit)] -= 1

    def _same(self, person: Person) -> str:
        if person.registration is None:
            return _("The same person stands in row %(line)d of this list.") % {"line": person.line}
        return _("This person is registered for this seminar already.")

    def _taken(self, holder: Person) -> str:
        if holder.registration is None:
            return _("Row %(line)d of this list takes the seat of this municipality.") % {"line": holder.line}
        return _("The municipality is registered already: %(post)s, %(state)s.") % {
            "post": holder.registration.post_title,
            "state": holder.registration.get_state_display(),
        }


def _units_of(human: models.Person) -> frozenset[int]:
    """With which municipalities somebody is tied: by an office, or by a registration."""
    ties = {tie.municipality_id for tie in (*human.terms.all(), *human.registrations.all())}
    return frozenset(unit for unit in ties if unit is not None)
