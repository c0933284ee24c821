"""Data files of the register: their forms, and reading them so strictly that every broken row is named.

A file is CSV in UTF-8, with `,` or `;` between cells; which of the six forms it has is told by its header
(docs/data.md). Nothing here touches the database.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core.text import clean_line
from regions.register.layout import FORMS, CellFault, Form

MAX_BYTES = 5_000_000
# From so many broken rows on, the file as a whole was saved in another encoding.
_FOREIGN_ROWS = 20


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: file and row as a spreadsheet counts it (the header is row 1)."""

    file: str
    row: int | None
    sentence: str

    def __str__(self) -> str:
        place = self.file if self.row is None else _("%(file)s, row %(row)s") % {"file": self.file, "row": self.row}
        return f"{place}: {self.sentence}"


@dataclass(frozen=True)
class Record:
    """One row that could be read; an empty cell or an absent column is None and says nothing."""

    form: str
    file: str
    row: int
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)

    def fault(self, sentence: str) -> Fault:
        """The fault of this row."""
        return Fault(self.file, self.row, sentence)


def _not_utf8() -> str:
    return _("not UTF-8 (perhaps Windows-1251); save it as “CSV UTF-8”")


def _is_unicode(text: str) -> bool:
    return not any("\udc80" <= letter <= "\udcff" for letter in text)


class UnreadableFile(Exception):
    """The file as a whole cannot be read; `row` is where it broke, when that is known."""

    def __init__(self, sentence: str, row: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.row = row


def _decoded(data: bytes) -> str:
    """The text of a file; refuses what is not UTF-8, binary or far too large."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(_("larger than 5 MB: this is not a file of the register"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(_("saved as UTF-16; save it as “CSV UTF-8”"))
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableFile(_("a workbook or an archive; save the sheet as “CSV UTF-8”"))
    return data.decode("utf-8-sig", errors="surrogateescape")


def _table(text: str) -> Iterator[list[str]]:
    """The rows of cells, whichever of comma, semicolon and tab parts them."""
    foreign = [row for row, line in enumerate(text.splitlines(), 1) if not _is_unicode(line)]
    if len(foreign) > _FOREIGN_ROWS or foreign[:1] == [1]:
        raise UnreadableFile(_not_utf8(), foreign[0])
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    try:
        for cells in reader:
            row += 1
            yield cells
    except csv.Error as error:
        raise UnreadableFile(_("broken quotes or cells (%(error)s)") % {"error": error}, row + 1) from None


def _form_of(file: str, header: list[str]) -> Form:
    """The form that the header belongs to; says what is missing, unknown or double otherwise."""
    columns = set(header)
    by_stem = Path(file).stem

    def likeness(form: Form) -> tuple[bool, bool, int]:
        shared = columns & set(form.columns)
        return (
            form.required <= columns,
            bool(shared) and form.name == by_stem,
            len(shared) - len(form.required - columns),
        )

    form = max(FORMS.values(), key=likeness)
    if not columns & form.required:
        raise UnreadableFile(_("the header is of no known form; see docs/data.md"), 1)
    problems = []
    if missing := sorted(form.required - columns):
        problems.append(_("missing columns: %(columns)s") % {"columns": ", ".join(missing)})
    if unknown := sorted(columns - set(form.columns)):
        problems.append(_("unknown columns: %(columns)s") % {"columns": ", ".join(unknown)})
    if double := sorted({column for column in header if header.count(column) > 1}):
        problems.append(_("columns given twice: %(columns)s") % {"columns": ", ".join(double)})
    if problems:
        raise UnreadableFile("; ".join(problems), 1)
    return form


def _parsed(form: Form, column: str, written: str) -> Any:
    """What the cell says, None when it says nothing; raises CellFault."""
    if "\x00" in written:
        raise CellFault(_("holds a NUL character"))
    if not _is_unicode(written):
        raise CellFault(_not_utf8())
    cell = clean_line(written)
    if cell:
        return form.columns[column](cell)
    if column in form.needed:
        raise CellFault(_("is empty"))
    return None


def _values(form: Form, header: list[str], cells: list[str]) -> tuple[dict[str, Any], list[str]]:
    """The parsed cells of a row and the sentences about those that could not be parsed."""
    if len(cells) != len(header):
        counts = {"cells": len(cells), "columns": len(header)}
        return {}, [_("the row has %(cells)s cells, the header has %(columns)s") % counts]
    values, problems = {}, []
    for column, written in zip(header, cells, strict=True):
        try:
            value = _parsed(form, column, written)
        except CellFault as fault:
            cell = clean_line(written)
            shown = f"{column} “{cell[:60]}”" if cell and _is_unicode(cell) else column
            problems.append(f"{shown}: {fault}")
        else:
            if value is not None:
                values[column] = value
    return values, problems


@dataclass
class Reading:
    """What a file holds: the rows that could be read, the faults, the identifiers of the faulty rows."""

    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)


def read(file: str, data: bytes) -> Reading:
    """Read a file; every fault in it is named, not only the first."""
    reading = Reading()
    try:
        rows = _table(_decoded(data))
        header = [clean_line(cell).lower() for cell in next(rows, [])]
        form = _form_of(file, header)
        for number, cells in enumerate(rows, 2):
            if not any(cell.strip() for cell in cells):
                continue
            values, problems = _values(form, header, cells)
            if problems:
                reading.faults += [Fault(file, number, problem) for problem in problems]
                reading.broken.update(cell for column, cell in zip(header, cells, strict=False) if column == "uid")
            else:
                reading.records.append(Record(form.name, file, number, values))
    except UnreadableFile as error:
        reading.faults.append(Fault(file, error.row, error.sentence))
    return reading
