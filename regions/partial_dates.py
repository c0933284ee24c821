"""Dates that are known to the day, to the month, to the year, or only as "not later than"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, overload

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.dates import MONTHS, MONTHS_OF, official_date
from core.languages import active_language

_WRITTEN = re.compile("(<?)([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_YEARS = range(1900, 2101)


class Precision(models.TextChoices):
    """How exactly a source gives a date."""

    DAY = "day", _("to the day")
    MONTH = "month", _("to the month")
    YEAR = "year", _("to the year")
    BY = "by", _("not later than this year")


@dataclass(frozen=True)
class PartialDate:
    """A date and how exactly it is known; `day` is the first day of the month or year when only these are known."""

    day: dt.date
    precision: str = Precision.DAY

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2024`, `2022-11`, `2019-12-19` or `<2024` (not later than 2024); raise ValueError for anything else."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not a date: {text}")
        by, year, month, day = match.groups()
        if (by and month) or int(year) not in _YEARS:
            raise ValueError(f"not a date: {text}")
        precision = (Precision.DAY if day else Precision.MONTH if month else Precision.YEAR) if not by else Precision.BY
        return cls(dt.date(int(year), int(month or 1), int(day or 1)), precision)

    def __str__(self) -> str:
        """The date as the data files write it."""
        year = f"{self.day.year:04}"
        match self.precision:
            case Precision.BY:
                return f"<{year}"
            case Precision.YEAR:
                return year
            case Precision.MONTH:
                return f"{year}-{self.day.month:02}"
        return self.day.isoformat()

    def in_words(self, language: str | None = None) -> str:
        """The date as people read it: `2024`, `ноябрь 2022`, `не позднее 2024 года`."""
        language = language or active_language()
        year = self.day.year
        is_ky = language == "ky"
        match self.precision:
            case Precision.BY:
                return f"{year}-жылдан кеч эмес" if is_ky else f"не позднее {year} года"
            case Precision.YEAR:
                return str(year)
            case Precision.MONTH if is_ky:
                return f"{year}-жылдын {MONTHS_OF['ky'][self.day.month - 1]}"
            case Precision.MONTH:
                return f"{MONTHS['ru'][self.day.month - 1]} {year}"
        return official_date(self.day, language)


def precision_field() -> models.CharField[Any, Any]:
    """The companion of a nullable date field: how exactly it is known; empty when there is no date."""
    return models.CharField(_("known to"), max_length=5, choices=Precision, blank=True, default="")


class Partial:
    """An attribute that joins `<name>` and `<name>_precision` of a model into a `PartialDate` or None."""

    def __init__(self, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> Partial: ...

    @overload
    def __get__(self, instance: object, owner: type[Any]) -> PartialDate | None: ...

    def __get__(self, instance: object | None, owner: type[Any]) -> Partial | PartialDate | None:
        if instance is None:
            return self
        day = getattr(instance, self.name)
        return PartialDate(day, getattr(instance, f"{self.name}_precision")) if day else None

    def __set__(self, instance: object, value: PartialDate | None) -> None:
        setattr(instance, self.name, value.day if value else None)
        setattr(instance, f"{self.name}_precision", value.precision if value else "")


def precision_is_paired(name: str) -> models.Q:
    """The condition that a date and its precision are both there or both absent."""
    empty = models.Q(**{f"{name}__isnull": True, f"{name}_precision": ""})
    known = models.Q(**{f"{name}__isnull": False}) & ~models.Q(**{f"{name}_precision": ""})
    return empty | known
