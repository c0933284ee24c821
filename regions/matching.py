"""Which municipality a text means: found in Kyrgyz or Russian, however spelled, asked back and never guessed."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from core.folding import fold_name, fold_text
from core.text import clean_line
from regions.gazetteer import Gazetteer, Hit
from regions.models import District, Municipality, Oblast

_LONGEST = 300
_SUGGESTIONS = 5
_TOKEN = re.compile(r"[^\s.,;:()\[\]{}«»“”„\"]+|[,;()]")
_BREAKS = frozenset(",;()")
# Folded words that say what stands beside them.
_DISTRICT_WORD = re.compile(r"раион[а-я]*|раен|рн|рна|рну|дистрикт")
_OBLAST_WORD = re.compile(r"област[а-я]*|облус[а-я]*|обл|регион")
_CITY_WORD = re.compile(r"город[а-я]*|гор|г|шаар[а-я]*|мери[а-я]*|кити")
_AIMAK_WORD = re.compile(r"аиил[а-я]*|аилн[а-я]*|аимак[а-я]*|аимаг[а-я]*|окмот[а-я]*|ао|аа|аок")


class Outcome(enum.Enum):
    """How well a text was understood."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    SIMILAR = "similar"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Fact:
    """What the reader should be told: the name belongs to the past, or the unit does."""

    said: str
    unit: Municipality

    @property
    def sentence(self) -> str:
        """The fact in words, in the reader's language."""
        names = {"said": self.said, "unit": self.unit.full_name}
        return _("“%(said)s” is now %(unit)s.") % names


@dataclass(frozen=True)
class Match:
    """The outcome; `candidates` holds the one matched, the equals of an ambiguous text, or suggestions, best first."""

    outcome: Outcome
    candidates: tuple[Municipality, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def municipality(self) -> Municipality | None:
        """The municipality meant, when there is no doubt."""
        return self.candidates[0] if self.outcome is Outcome.MATCHED else None


@dataclass
class _Question:
    """A text taken apart: the name, the places said around it, the kind said, the scope given by the caller."""

    name: list[str]
    places: list[tuple[District | Oblast, ...]] = field(default_factory=list)
    has_unknown_place: bool = False
    kinds: set[bool] = field(default_factory=set)
    # Where commas parted the name's words.
    cuts: list[int] = field(default_factory=list)

    @property
    def readings(self) -> list[str]:
        """The name as written, and as Cyrillic typed with Latin letters that look alike (`Kapa-Cyy`)."""
        name = " ".join(self.name)
        return [name, fold_text(name)] if name.isascii() else [name]

    def allows(self, unit: Municipality) -> bool:
        """Whether the unit lies in every place said and is of the kind said."""
        if len(self.kinds) == 1 and unit.is_city not in self.kinds:
            return False
        return all(any(_lies_in(unit, place) for place in places) for places in self.places)


def _parts(word: str) -> bool:
    """Whether a place's name cannot reach across this word: a comma, or what follows the name of an aimak."""
    return word in _BREAKS or bool(_AIMAK_WORD.fullmatch(fold_name(word)))


def _lies_in(unit: Municipality, place: District | Oblast) -> bool:
    if isinstance(place, District):
        return unit.district_id == place.pk
    return unit.oblast_id == place.pk


def find(
    text: str, *, oblast: Oblast | None = None, district: District | None = None, on: dt.date | None = None
) -> Match:
    """The municipality that the text means; for a list of texts make one `Finder` instead."""
    return Finder().find(text, oblast=oblast, district=district, on=on)


class Finder:
    """Finds municipalities by what people write; reads the register once."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer or Gazetteer.load()

    def find(
        self, text: str, *, oblast: Oblast | None = None, district: District | None = None, on: dt.date | None = None
    ) -> Match:
        """The municipality that the text means on the day (today when none is given).

        `oblast` and `district` are limits: nothing outside them is matched or suggested. A name or unit of the past
        gives the present one, and `facts` tells so.
        """
        day = on or timezone.localdate()
        scope: list[tuple[District | Oblast, ...]] = [(place,) for place in (oblast, district) if place is not None]
        text = clean_line(text)[:_LONGEST]
        digits = re.sub(r"\s", "", text)
        if re.fullmatch("[0-9]{14}", digits):
            return self._by_code(digits, scope, day)
        return self._answer(self._take_apart(text), scope, day)

    def _take_apart(self, text: str) -> _Question:
        """Find the words for district, oblast and kind, and what they stand beside; the rest is the name."""
        words = _TOKEN.findall(text)
        question = _Question([])
        keys = [fold_name(word) for word in words]
        taken: set[int] = set()
        for place, key in enumerate(keys):
            if _DISTRICT_WORD.fullmatch(key) or _OBLAST_WORD.fullmatch(key):
                taken |= self._read_place(question, words, place, is_district=bool(_DISTRICT_WORD.fullmatch(key)))
            elif _CITY_WORD.fullmatch(key):
                question.kinds.add(True)
                taken.add(place)
            elif _AIMAK_WORD.fullmatch(key) or keys[place : place + 2] in (["а", "о"], ["а", "а"]):
                question.kinds.add(False)
        for place, word in enumerate(words):
            if word in _BREAKS:
                question.cuts.append(len(question.name))
            elif place not in taken:
                question.name.append(word)
        return question

    def _read_place(self, question: _Question, words: list[str], at: int, *, is_district: bool) -> set[int]:
        """Note the district or oblast named by the words before position `at` (or after it); the words taken."""
        index = self.gazetteer.districts if is_district else self.gazetteer.oblasts
        for span in (range(at - 2, at), range(at - 1, at), range(at + 1, at + 2)):
            said = words[max(span.start, 0) : span.stop]
            if len(said) == len(span) and not any(_parts(word) for word in said):
                found = index.named(" ".join(said))
                if found:
                    question.places.append(tuple(found))
                    return {*span, at}
        question.has_unknown_place = True
        return {at, at - 1} if at else {at}

    def _answer(self, question: _Question, scope: list[tuple[District | Oblast, ...]], day: dt.date) -> Match:
        limits = _Question([], scope)
        hits = self._hits(question, limits)
        if not hits:
            hits = self._with_unmarked_place(question, limits)
        if hits:
            match = self._settle(hits, scope, day)
            if match.outcome is Outcome.MATCHED and question.has_unknown_place:
                return Match(Outcome.SIMILAR, match.candidates, match.facts)
            return match
        return self._suggest(question, limits, day)

    def _hits(self, question: _Question, limits: _Question) -> list[Hit]:
        """What has the name and is where and what the text says."""
        for name in question.readings:
            hits = [hit for hit in self.gazetteer.names.named(name) if question.allows(hit.unit)]
            if allowed := [hit for hit in hits if limits.allows(hit.unit)]:
                return allowed
        return []

    def _with_unmarked_place(self, question: _Question, limits: _Question) -> list[Hit]:
        """Read some words at either end as a district or oblast that is not called so: `Ак-Суу, Лейлек`."""
        words, gazetteer = question.name, self.gazetteer
        found: list[Hit] = []
        for cut in {cut for cut in question.cuts if 0 < cut < len(words)} or range(1, len(words)):
            head, tail = words[:cut], words[cut:]
            for name, place in ((head, tail), (tail, head)):
                if any(_parts(word) for word in place):
                    continue
                said = " ".join(place)
                places: tuple[District | Oblast, ...] = (
                    *gazetteer.districts.named(said),
                    *gazetteer.oblasts.named(said),
                )
                if places:
                    narrowed = _Question(name, [*question.places, places], kinds=question.kinds)
                    found += self._hits(narrowed, limits)
        return found

    def _settle(self, hits: list[Hit], scope: list[tuple[District | Oblast, ...]], day: dt.date) -> Match:
        """From the units that a name meant at any time to those that stand for them on the day."""
        present: dict[int, Municipality] = {}
        facts: dict[tuple[str, int], Fact] = {}
        for hit in hits:
            for unit in self.standing_for(hit.unit, day):
                present[unit.pk] = unit
                said = hit.former.name if hit.former else hit.unit.name
                if hit.former or unit.pk != hit.unit.pk:
                    facts[said, unit.pk] = Fact(said, unit)
        direct = {hit.unit.pk for hit in hits if hit.former is None}
        told = tuple(fact for fact in facts.values() if fact.unit.pk not in direct)
        limits = _Question([], scope)
        candidates = tuple(unit for unit in present.values() if limits.allows(unit))
        if not candidates:
            return Match(Outcome.UNKNOWN, facts=told)
        return Match(Outcome.MATCHED if len(candidates) == 1 else Outcome.AMBIGUOUS, candidates, told)

    def standing_for(self, unit: Municipality, day: dt.date) -> list[Municipality]:
        """The unit if it exists on the day, else what came of it by then; nothing when it is not born yet."""
        if unit.alive_from and day < unit.alive_from:
            return []
        if unit.alive_to is None or day < unit.alive_to:
            return [unit]
        return [
            later
            for successor in self.gazetteer.successors[unit.pk]
            for later in self.standing_for(self.gazetteer.units[successor], day)
        ]

    def _by_code(self, code: str, scope: list[tuple[District | Oblast, ...]], day: dt.date) -> Match:
        """The unit that had the official code on the day; if none had, the one that ever had it."""
        rows = self.gazetteer.codes.get(code, [])
        rows = [row for row in rows if row.holds_on(day.isoformat())] or rows
        limits = _Question([], scope)
        hits = [Hit(unit) for unit in {row.unit.pk: row.unit for row in rows}.values() if limits.allows(unit)]
        return self._settle(hits, scope, day) if hits else Match(Outcome.UNKNOWN)

    def _suggest(self, question: _Question, limits: _Question, day: dt.date) -> Match:
        """Names like the one written, the likest first; never a match."""
        hits = (hit for name in question.readings for hit in self.gazetteer.names.alike(name))
        alike = (hit.unit for hit in hits if limits.allows(hit.unit))
        standing = (later for unit in alike for later in self.standing_for(unit, day))
        suggestions = _first(unit for unit in standing if limits.allows(unit))
        return Match(Outcome.SIMILAR, suggestions) if suggestions else Match(Outcome.UNKNOWN)


def _first(units: Iterable[Municipality]) -> tuple[Municipality, ...]:
    """The first few different ones."""
    found: dict[int, Municipality] = {}
    for unit in units:
        found.setdefault(unit.pk, unit)
        if len(found) == _SUGGESTIONS:
            break
    return tuple(found.values())
