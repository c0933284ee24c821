"""What is counted of a seminar for its release: people who came, their municipalities and oblasts.

Counted from registrations that attended (rules.md, Press 3). The cities Bishkek and Osh are groups, but no oblasts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from press.grammar import russian, territories
from press.models import Release, ReleaseText
from regions.models import Oblast
from seminars.models import Seminar


@dataclass(frozen=True)
class Figures:
    """Who came: people, municipalities, and the oblasts and cities that these lie in, in the register's order."""

    people: int
    municipalities: int
    groups: tuple[Oblast, ...]

    @property
    def oblasts(self) -> int:
        """How many of the seven oblasts; the cities Bishkek and Osh do not count."""
        return sum(not group.is_city for group in self.groups)

    def frozen(self, language: str) -> dict[str, Any]:
        """The figures as a submitted text keeps them, with their words: nothing can change them afterwards."""
        return {
            "people": self.people,
            "municipalities": self.municipalities,
            "oblasts": self.oblasts,
            "sentence": self.sentence(language),
            "summary": self.summary(language),
        }

    def sentence(self, language: str) -> str:
        """The figures as one sentence of a release; empty when nobody is marked as having come."""
        if not self.people:
            return ""
        origin = self._origin(language)
        if language == "ru":
            people = f"{russian.took_part(self.people)} {russian.counted(self.people, russian.PERSON)}"
            return f"Всего в семинаре {people}{origin}."
        return f"Семинарга{origin} жалпысынан {self.people} адам катышты."

    def summary(self, language: str) -> str:
        """The figures without a verb, `58 участников из 46 муниципалитетов семи областей`; empty without people."""
        if not self.people:
            return ""
        origin = self._origin(language)
        if language == "ru":
            return f"{russian.counted(self.people, russian.PARTICIPANT)}{origin}"
        return f"{origin} {self.people} катышуучу".strip()

    def _origin(self, language: str) -> str:
        """Where they came from, with a space before it: ` из 46 муниципалитетов семи областей`."""
        if not self.municipalities:
            return ""
        whose = territories.counted_genitive(self.groups, language)
        if language == "ru":
            places = russian.counted_genitive(self.municipalities, russian.MUNICIPALITY)
            return f" из {places} {whose}".rstrip()
        return f" {whose} {self.municipalities} муниципалитетинен".replace("  ", " ")


def count(seminar: Seminar) -> Figures:
    """The figures of the seminar as its registrations stand now; oblasts are those of the day (the snapshot)."""
    rows = seminar.registrations.attended().order_by().values_list("municipality", "oblast")
    places = {(municipality, group) for municipality, group in rows if municipality is not None}
    groups = Oblast.objects.filter(pk__in={group for _municipality, group in places})
    return Figures(len(rows), len({municipality for municipality, _group in places}), tuple(groups))


def of_text(text: ReleaseText) -> dict[str, Any]:
    """The figures that the text shows: its own once submitted, the seminar's as they are now while it is a draft.

    Empty for an announcement and for a release without a seminar.
    """
    release = text.release
    if not text.is_draft:
        return text.figures or {}
    if release.seminar is None or release.kind != Release.Kind.RESULT:
        return {}
    if text.live_figures is None:
        text.live_figures = count(release.seminar).frozen(text.language)
    return text.live_figures
