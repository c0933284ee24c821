"""The choices that narrow the library, as links: each keeps the others and says how many documents it leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.languages import LocalizedText
from materials.models import Kind, Language, Status
from materials.search.asking import NAMES, Count
from seminars.models import Seminar, Topic

MOST_SHOWN = 12
LABELS: dict[str, Promise] = {
    "topic": _("Topic"),
    "kind": _("Kind"),
    "year": _("Year"),
    "seminar": _("Seminar"),
    "language": _("Language"),
    "status": _("Status"),
}
Label = str | Promise | LocalizedText


@dataclass(frozen=True)
class Choice:
    """One value: `query` is the query string of the page with it, or without it when it is chosen."""

    label: Label
    number: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """The values of one name, the chosen one first, then the most frequent or the latest."""

    name: str
    label: Label
    choices: Sequence[Choice]

    @property
    def chosen(self) -> Choice | None:
        """The value to which the list is narrowed."""
        return next((choice for choice in self.choices if choice.is_chosen), None)


def facets(counts: Mapping[str, Sequence[Count]], chosen: Mapping[str, str]) -> list[Facet]:
    """What can be chosen, by name; `chosen` are the parameters of the address, the words typed (`q`) among them."""
    describe: dict[str, Callable[[Sequence[Count]], list[tuple[Count, str, Label]]]] = {
        "topic": _topics,
        "seminar": _seminars,
        "year": lambda found: [(one, one.value, one.value) for one in sorted(found, reverse=True)],
        "kind": lambda found: _by_number(found, dict(Kind.choices)),
        "language": lambda found: _by_number(found, dict(Language.choices)),
        "status": lambda found: _by_number(found, dict(Status.choices)),
    }
    shown = []
    for name in NAMES:
        choices = [
            Choice(label, one.number, query_of(chosen, name, value), chosen.get(name) == value)
            for one, value, label in describe[name](counts.get(name, []))
        ]
        choices.sort(key=lambda choice: not choice.is_chosen)
        if choices:
            shown.append(Facet(name, LABELS[name], choices[:MOST_SHOWN]))
    return shown


def query_of(chosen: Mapping[str, str], name: str, value: str) -> str:
    """The query string with this value of this name, or without it when it is chosen already."""
    changed = {**chosen, name: "" if chosen.get(name) == value else value}
    return urlencode({key: one for key, one in changed.items() if one})


def _by_number(found: Sequence[Count], labels: Mapping[Any, Label]) -> list[tuple[Count, str, Label]]:
    return [(one, one.value, labels[one.value]) for one in sorted(found, key=lambda one: -one.number)]


def _topics(found: Sequence[Count]) -> list[tuple[Count, str, Label]]:
    topics = Topic.objects.in_bulk([int(one.value) for one in found])
    ordered = sorted(found, key=lambda one: -one.number)
    return [(one, topics[int(one.value)].slug, topics[int(one.value)].name) for one in ordered]


def _seminars(found: Sequence[Count]) -> list[tuple[Count, str, Label]]:
    """Published ones only, the latest first."""
    numbers = {int(one.value): one for one in found}
    seminars = Seminar.objects.published().filter(pk__in=numbers).order_by("-starts_at", "-pk")
    return [(numbers[seminar.pk], seminar.slug, seminar.title) for seminar in seminars] if numbers else []
