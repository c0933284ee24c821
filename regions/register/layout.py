"""The six forms of data files: their columns and how a cell of each is read (docs/data.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from regions.models import MunicipalityKind, NameKind, OblastKind, SuccessionKind
from regions.partial_dates import PartialDate

_UID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_CODE = re.compile(r"[0-9]{14}")
_YES = {"yes", "да", "ооба", "1", "true"}
_NO = {"no", "нет", "жок", "0", "false"}

Parser = Callable[[str], Any]


class CellFault(ValueError):
    """The cell cannot be read; the sentence says why."""


def _text(limit: int = 150) -> Parser:
    def parse(cell: str) -> str:
        if len(cell) > limit:
            raise CellFault(_("longer than %(limit)s letters") % {"limit": limit})
        return cell

    return parse


def _uid(cell: str) -> str:
    if not _UID.fullmatch(cell):
        raise CellFault(_("an identifier has small Latin letters, digits and hyphens, 60 at most"))
    return cell


def _uids(cell: str) -> list[str]:
    return [_uid(uid) for uid in re.split(r"[\s,;]+", cell)]


def _code(cell: str) -> str:
    digits = cell.replace(" ", "")
    if not _CODE.fullmatch(digits):
        raise CellFault(_("an official code has 14 digits"))
    return digits


def _date(cell: str) -> PartialDate:
    try:
        return PartialDate.parse(cell)
    except ValueError:
        raise CellFault(_("a date is written as 2024, 2022-11, 2019-12-19 or <2024 (not later than)")) from None


def _flag(cell: str) -> bool:
    if cell.lower() in _YES | _NO:
        return cell.lower() in _YES
    raise CellFault(_("write yes or no"))


def _number(cell: str) -> int:
    if cell.isascii() and cell.isdecimal() and len(cell) <= 4:
        return int(cell)
    raise CellFault(_("write a whole number"))


def _choice(choices: Any) -> Parser:
    def parse(cell: str) -> str:
        if cell not in choices.values:
            raise CellFault(_("must be one of: %(choices)s") % {"choices": ", ".join(choices.values)})
        return cell

    return parse


@dataclass(frozen=True)
class Form:
    """The columns of one kind of file; `needed` cells must be filled, `optional` columns may be absent altogether."""

    name: str
    needed: Mapping[str, Parser]
    given: Mapping[str, Parser] = field(default_factory=dict)
    optional: Mapping[str, Parser] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, Parser]:
        """All columns with the parser of their cells."""
        return {**self.needed, **self.given, **self.optional}

    @property
    def required(self) -> set[str]:
        """The columns that the header must have."""
        return set(self.needed) | set(self.given)


_NAMES = {"name_ky": _text(), "name_ru": _text()}
_PERIOD = {"valid_from": _date, "valid_to": _date}
_REMARKS = {"source": _text(2000), "note": _text(2000)}
_OBLAST_FORMS = {f"{case}_{code}": _text() for case in ("genitive", "locative") for code in ("ky", "ru")}

FORMS = {
    form.name: form
    for form in (
        Form(
            "oblasts",
            {"uid": _uid, "kind": _choice(OblastKind), **_NAMES, **_OBLAST_FORMS, "position": _number},
            optional={"code": _code, "iso_code": _text(6), "source": _text(2000)},
        ),
        Form(
            "districts",
            {"uid": _uid, "oblast": _uid, **_NAMES},
            optional={"named_from": _date, "code": _code, "coded_from": _date, **_REMARKS},
        ),
        Form(
            "municipalities",
            {"uid": _uid, "kind": _choice(MunicipalityKind), "oblast": _uid},
            {"district": _uid, **_NAMES},
            {
                "name_en": _text(),
                **dict.fromkeys(("named_from", "coded_from", "alive_from", "alive_to"), _date),
                "code": _code,
                "successors": _uids,
                "succession_kind": _choice(SuccessionKind),
                "confirmed_after_reform": _flag,
                **_REMARKS,
            },
        ),
        Form(
            "names",
            {"unit": _uid, "kind": _choice(NameKind)},
            {**_NAMES, **_PERIOD},
            {"source": _text(2000)},
        ),
        Form("codes", {"unit": _uid, "code": _code}, _PERIOD, {"source": _text(2000)}),
        Form(
            "posts",
            {
                "uid": _uid,
                **_NAMES,
                **{f"city_{name}": parser for name, parser in _NAMES.items()},
                "genitive_ru": _text(),
                "city_genitive_ru": _text(),
                "is_head": _flag,
                "is_open_to_registration": _flag,
                "position": _number,
            },
        ),
    )
}
