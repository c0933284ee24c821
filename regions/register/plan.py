"""What a load would change: the stored register in memory, the changes in words, the rows to write."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import (
    District,
    DistrictCode,
    DistrictName,
    Municipality,
    MunicipalityCode,
    MunicipalityName,
    Oblast,
    Post,
    Succession,
)
from regions.register.datafiles import Fault, Record

Unit = District | Municipality
Name = DistrictName | MunicipalityName
Code = DistrictCode | MunicipalityCode


class Verb(models.TextChoices):
    """What a change does; the order is that of the report."""

    ADD = "add", _("add")
    RENAME = "rename", _("rename")
    CORRECT = "correct", _("correct")
    MOVE = "move", _("move to another place")
    MERGE = "merge", _("merge, annex or turn into another")
    CLOSE = "close", _("close")
    RECODE = "recode", _("recode")
    CONFIRM = "confirm", _("confirm after the reform")
    NAME = "name", _("note earlier names, spellings and codes")
    # Not a change: the file is older than the register here.
    LEFT = "left", _("leave alone")


@dataclass(frozen=True)
class Change:
    """One change in words."""

    verb: Verb
    sentence: str


@dataclass
class Stored:
    """The register in memory, by our identifiers; planning adds to it, so that later rows see earlier ones."""

    oblasts: dict[str, Oblast] = field(default_factory=dict)
    districts: dict[str, District] = field(default_factory=dict)
    municipalities: dict[str, Municipality] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    names: dict[str, list[Name]] = field(default_factory=lambda: defaultdict(list))
    codes: dict[str, list[Code]] = field(default_factory=lambda: defaultdict(list))
    successions: dict[tuple[str, str], Succession] = field(default_factory=dict)

    def unit(self, uid: str) -> Unit | None:
        """The municipality or district of that identifier."""
        return self.municipalities.get(uid) or self.districts.get(uid)

    def descends(self, later: str, earlier: str) -> bool:
        """Whether `later` comes from `earlier` by any number of steps, or is it."""
        successors = defaultdict(list)
        for predecessor, successor in self.successions:
            successors[predecessor].append(successor)
        waiting, seen = [earlier], set()
        while waiting:
            uid = waiting.pop()
            if uid == later:
                return True
            if uid not in seen:
                seen.add(uid)
                waiting += successors[uid]
        return False


@dataclass
class Plan:
    """What a load would do, or the faults because of which it does nothing."""

    stored: Stored
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    # Identifiers of rows that are faulty themselves: what points to them is not blamed again.
    broken: set[str] = field(default_factory=set)
    created: list[models.Model] = field(default_factory=list)
    updated: dict[models.Model, set[str]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether a load would change nothing."""
        return not (self.created or self.updated)

    def tell(self, verb: Verb, sentence: str) -> None:
        """Note a change in words."""
        self.changes.append(Change(verb, sentence))

    def blame(self, record: Record, *sentences: str) -> None:
        """Note what is wrong with a row."""
        self.faults += [record.fault(sentence) for sentence in sentences]
        self.broken.add(record["uid"] or "")

    def unknown(self, uid: str, sentence: str) -> list[str]:
        """The sentence about an identifier that nothing has, unless its own row is faulty."""
        return [] if uid in self.broken else [sentence % {"uid": uid}]

    def create(self, row: models.Model) -> None:
        """Have the row written."""
        self.created.append(row)

    def assign(self, row: models.Model, **values: Any) -> list[str]:
        """Set the fields that differ and have them written; the names of those fields."""
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, values[name])
        if changed and row.pk is not None:
            self.updated.setdefault(row, set()).update(changed)
        return changed


def label(unit: models.Model) -> str:
    """How a report names a unit: in both languages as far as known, with our identifier."""
    names = [getattr(unit, "name_ky", ""), getattr(unit, "name_ru", "")]
    return f"{' / '.join(filter(None, names))} ({unit.uid})"  # type: ignore[attr-defined]
