"""All names and codes of the register in memory, ready to be looked up many times."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from core.folding import fold_name
from regions.models import (
    District,
    DistrictName,
    Municipality,
    MunicipalityCode,
    MunicipalityName,
    NameKind,
    Oblast,
    Succession,
)

_DOUBLED = re.compile(r"(.)\1+")
# Names that share fewer letters than this are not alike; below it a suggestion confuses more than it helps.
_ALIKE = 0.7
_LOOKED_AT = 25

T = TypeVar("T")


def sound_key(folded: str) -> str:
    """A folded name by its sound: е and о alike (Кек-Джар, Көк-Жар), doubled letters once (Суу, Су)."""
    return _DOUBLED.sub(r"\1", folded.replace("е", "о"))


@dataclass(frozen=True)
class Hit:
    """A municipality found by a name; `former` is the name when it is not the present one."""

    unit: Municipality
    former: MunicipalityName | None = None


@dataclass
class NameIndex(Generic[T]):
    """Things found by the sound of their names, or by likeness to it."""

    sounding: dict[str, list[T]] = field(default_factory=lambda: defaultdict(list))
    pairs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, name: str, thing: T) -> None:
        """File the thing under a name; an empty one says nothing."""
        if name:
            sound = sound_key(fold_name(name))
            self.sounding[sound].append(thing)
            for pair in _letter_pairs(sound):
                self.pairs[pair].add(sound)

    def named(self, name: str) -> list[T]:
        """What is called so. Namesakes share a sound: Кек-Джар is Көк-Жар in every district that has one."""
        return self.sounding.get(sound_key(fold_name(name)), [])

    def alike(self, name: str) -> list[T]:
        """What has a name like this one, the likest first."""
        sound = sound_key(fold_name(name))
        shared = Counter(key for pair in _letter_pairs(sound) for key in self.pairs.get(pair, ()))
        likeness = sorted(
            ((SequenceMatcher(None, sound, key).ratio(), key) for key, _count in shared.most_common(_LOOKED_AT)),
            reverse=True,
        )
        return [thing for ratio, key in likeness if ratio >= _ALIKE for thing in self.sounding[key]]


def _letter_pairs(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[place : place + 2] for place in range(len(padded) - 1)}


@dataclass(frozen=True)
class DatedCode:
    """A code of a unit and the days (in ISO form, so that they compare) between which it held."""

    unit: Municipality
    since: str | None
    until: str | None

    def holds_on(self, day: str) -> bool:
        """Whether the unit had the code on the day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass
class Gazetteer:
    """The register's names, codes and successions in memory; made once for a list of any length."""

    units: dict[int, Municipality] = field(default_factory=dict)
    names: NameIndex[Hit] = field(default_factory=NameIndex)
    districts: NameIndex[District] = field(default_factory=NameIndex)
    oblasts: NameIndex[Oblast] = field(default_factory=NameIndex)
    codes: dict[str, list[DatedCode]] = field(default_factory=lambda: defaultdict(list))
    successors: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    predecessors: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls) -> Gazetteer:
        """The whole register, in three queries."""
        gazetteer = cls()
        places: dict[object, District | Oblast] = {}
        for unit in _units_with_codes():
            gazetteer._add_unit(unit)
            for place in (unit.district, unit.oblast):
                if place is not None:
                    places.setdefault((type(place), place.pk), place)
        for place in places.values():
            gazetteer._add_place(place, place.name_ky, place.name_ru)
        for district_name in DistrictName.objects.all():
            if district := places.get((District, district_name.district_id)):
                gazetteer._add_place(district, district_name.name_ky, district_name.name_ru)
        for name in MunicipalityName.objects.all():
            hit = Hit(gazetteer.units[name.municipality_id], name if name.kind == NameKind.FORMER else None)
            gazetteer.names.add(name.name_ky, hit)
            gazetteer.names.add(name.name_ru, hit)
        return gazetteer

    def _add_unit(self, unit: Municipality) -> None:
        self.units[unit.pk] = unit
        for name in (unit.name_ky, unit.name_ru, unit.name_en):
            self.names.add(name, Hit(unit))
        for code in unit.code_rows:  # type: ignore[attr-defined]
            self.codes[code["code"]].append(DatedCode(unit, code["since"], code["until"]))
        for successor in unit.successor_ids:  # type: ignore[attr-defined]
            self.successors[unit.pk].append(successor)
            self.predecessors[successor].append(unit.pk)

    def _add_place(self, place: District | Oblast, *names: str) -> None:
        for name in names:
            if isinstance(place, District):
                self.districts.add(name, place)
            else:
                self.oblasts.add(name, place)


def _units_with_codes() -> list[Municipality]:
    codes = MunicipalityCode.objects.filter(municipality=OuterRef("pk")).order_by("pk")
    code_rows = codes.values(row=JSONObject(code="code", since="valid_from", until="valid_to"))
    steps = Succession.objects.filter(predecessor=OuterRef("pk")).order_by("pk").values("successor")
    units = Municipality.objects.with_names().by_name()
    return list(units.annotate(code_rows=ArraySubquery(code_rows), successor_ids=ArraySubquery(steps)))
