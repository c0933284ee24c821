"""One row of a list as it was read and corrected, and for which units the list is."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self
from uuid import uuid4

from django.db import models

from core.text import clean_line
from participants.models import CoordinatorLink, ListDraft
from participants.spreadsheets import LONGEST_CELL
from regions.models import District, Municipality, Oblast, Post
from seminars.models import Seminar

LONGEST_PHONE, LONGEST_EMAIL = 60, 150
_LARGEST_KEY = 2**31


class Decision(enum.StrEnum):
    """What to do with a person whose municipality has its seat already."""

    LEAVE = ""
    STAND_BY = "stand_by"
    REPLACE = "replace"


@dataclass(frozen=True)
class Scope:
    """For which seminar and units a list is (without oblast: the whole country), and the link of who sends it."""

    seminar: Seminar
    oblast: Oblast | None = None
    district: District | None = None
    link: CoordinatorLink | None = None

    @classmethod
    def of_link(cls, link: CoordinatorLink) -> Self:
        """The units that the link serves."""
        return cls(link.seminar, link.oblast, link.district, link)

    @classmethod
    def of_draft(cls, draft: ListDraft) -> Self:
        """The units of the draft's link, or those that staff chose."""
        return cls.of_link(draft.link) if draft.link else cls(draft.seminar, draft.oblast, draft.district)

    @property
    def municipalities(self) -> models.QuerySet[Municipality]:
        """The units whose people the list may name, as they are on the day, in the order of lists."""
        units = Municipality.objects.alive_on(self.seminar.first_day).with_names().by_name()
        if self.district is not None:
            return units.filter(district=self.district)
        return units.of_group(self.oblast) if self.oblast is not None else units

    @property
    def posts(self) -> models.QuerySet[Post]:
        """The posts in which people may come by this list."""
        return Post.objects.all() if self.is_staff else self.seminar.posts_that_may_come()

    @property
    def is_staff(self) -> bool:
        """Whether staff enter the list: then guests' posts and other oblasts than invited ones are allowed."""
        return self.link is None


@dataclass(frozen=True)
class ListRow:
    """Texts of one row, and what was chosen where a text was not enough; `key` makes a second acceptance the same."""

    line: int
    place: str = ""
    municipality: str = ""
    post: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    chosen_municipality: int | None = None
    chosen_post: int | None = None
    decision: str = Decision.LEAVE
    key: str = field(default_factory=lambda: str(uuid4()))

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The row as `as_json` stored it."""
        return cls(**stored)

    def as_json(self) -> dict[str, Any]:
        """What a draft keeps of the row."""
        return asdict(self)

    def corrected(self, typed: Mapping[str, str]) -> Self:
        """The row as it was typed over in a form whose fields begin with the row's key.

        Another name of a municipality than before takes back what was chosen for the old one.
        """

        def text_of(name: str, now: str) -> str:
            return clean_line(typed.get(f"{self.key}-{name}", now))[:LONGEST_CELL]

        def choice_of(name: str, now: int | None) -> int | None:
            return _key(typed.get(f"{self.key}-{name}")) if f"{self.key}-{name}" in typed else now

        municipality = text_of("municipality", self.municipality)
        is_same_place = municipality == self.municipality
        decision = typed.get(f"{self.key}-decision", self.decision)
        return replace(
            self,
            municipality=municipality,
            name=text_of("name", self.name),
            phone=text_of("phone", self.phone),
            email=text_of("email", self.email),
            place=self.place if is_same_place else "",
            chosen_municipality=choice_of("unit", self.chosen_municipality) if is_same_place else None,
            chosen_post=choice_of("post", self.chosen_post),
            decision=decision if decision in set(Decision) else self.decision,
        )


def _key(text: str | None) -> int | None:
    """The primary key that a select posted; what is none chooses nothing."""
    if text is None or not (text.isascii() and text.isdecimal() and len(text) < 11):
        return None
    return int(text) if int(text) < _LARGEST_KEY else None
