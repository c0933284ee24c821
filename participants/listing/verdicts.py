"""What a row of a list turns out to be."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from participants.listing.rows import Decision, ListRow
from participants.models import Registration
from regions.models import Municipality, Post


class Verdict(enum.Enum):
    """What a row is; the value is the word of its badge."""

    READY = "ready"
    WAITS = "waits"
    ASK = "ask"
    SEATED = "seated"
    NO_PLACE = "no_place"
    ELSEWHERE = "elsewhere"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str | Promise:
        """In words, in the reader's language."""
        return _LABELS[self]

    @property
    def is_accepted(self) -> bool:
        """Whether the row can be entered as it is."""
        return self in (Verdict.READY, Verdict.WAITS)


_LABELS = {
    Verdict.READY: gettext_lazy("matched"),
    Verdict.WAITS: gettext_lazy("will wait for a seat"),
    Verdict.ASK: gettext_lazy("please say which"),
    Verdict.SEATED: gettext_lazy("already has a seat"),
    Verdict.NO_PLACE: gettext_lazy("no place"),
    Verdict.ELSEWHERE: gettext_lazy("not of your units"),
    Verdict.UNREADABLE: gettext_lazy("please correct"),
}


@dataclass(frozen=True)
class Person:
    """Somebody of a municipality: registered, or in an earlier row of the list."""

    folded_name: str
    phones: frozenset[str] = frozenset()
    # Keys of the municipalities with which this name is tied: by an office, or by this or another registration.
    units: frozenset[int] = frozenset()
    registration: Registration | None = None
    line: int | None = None

    def is_same_as(self, unit: int | None, phones: Iterable[str]) -> bool:
        """Whether a namesake of that municipality and with these phones is the same person."""
        return unit in self.units or not self.phones.isdisjoint(phones)


@dataclass
class Judged:
    """A row with what was understood of it; `errors` by field, `notes` are sentences beside the row."""

    row: ListRow
    verdict: Verdict = Verdict.READY
    municipality: Municipality | None = None
    candidates: tuple[Municipality, ...] = ()
    post: Post | None = None
    phones: tuple[str, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    # Who of the municipality is registered, when that is why the row cannot be entered.
    holder: Person | None = None
    may_stand_by: bool = False
    may_replace: bool = False
    # Whose place the person takes, when that is how the sender decided.
    replaces: Registration | None = None

    def refuse(self, verdict: Verdict, field_name: str, sentence: str) -> None:
        """Give the row a verdict that is not better than the one it has, with the reason at the field."""
        order = list(Verdict)
        if order.index(verdict) > order.index(self.verdict):
            self.verdict = verdict
        self.errors.setdefault(field_name, sentence)

    @property
    def choices(self) -> tuple[Municipality, ...]:
        """Between which municipalities the sender is asked to choose, or has chosen."""
        return self.candidates if self.row.chosen_municipality or self.municipality is None else ()

    @property
    def is_second(self) -> bool:
        """Whether the municipality's seats are taken by others: then the person may stand by or replace."""
        return self.may_stand_by or self.row.decision != Decision.LEAVE

    @property
    def fields(self) -> list[dict[str, str | Promise]]:
        """The fields that are plain text, as a form shows them."""
        labels = {
            "name": gettext_lazy("Full name"),
            "phone": gettext_lazy("Mobile phone"),
            "email": gettext_lazy("E-mail"),
        }
        return [
            {"name": name, "label": label, "value": getattr(self.row, name), "error": self.errors.get(name, "")}
            for name, label in labels.items()
        ]
