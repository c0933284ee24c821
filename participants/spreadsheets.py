"""Lists as people send them, read into rows of text: XLSX, CSV in any usual encoding, cells pasted, lines typed.

What is uploaded is never kept and never trusted: sizes are known before anything is unpacked, and a workbook is read
cell by cell. (A library that lays out the rectangle between the first and the last cell is ended by one far cell.)
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from core.exceptions import DomainError
from core.text import clean_line

LARGEST_FILE = 1_000_000
MOST_ROWS, MOST_COLUMNS = 1_000, 30
LONGEST_CELL = 300
_MOST_UNPACKED, _MOST_MEMBERS, _MOST_SHEETS = 20_000_000, 500, 50
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DELIMITERS = "\t;,|"
_WHOLE_NUMBER = re.compile(r"(\d+)[.,]0+")
_FLOAT = re.compile(r"\d+(?:\.\d+)?(?:E\+?\d+)?", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—]\s+")
# How a workbook writes what XML cannot hold.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class UnreadableList(DomainError):
    """What was sent is not a table, or is larger than a list of people can be."""


@dataclass(frozen=True)
class Line:
    """One row that is not empty: its number where it came from, and the text of its cells."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """The rows of one sheet, or of a text; `name` is the sheet's."""

    lines: list[Line]
    name: str = ""


def read_file(content: bytes) -> list[Table]:
    """The tables of an XLSX or CSV file, told apart by content and not by name. Raises UnreadableList."""
    if len(content) > LARGEST_FILE:
        raise UnreadableList(_("The file is larger than 1 MB. Send only the list itself."))
    if content.startswith(_OLD_OFFICE):
        raise UnreadableList(_("This is an old or protected Excel file. Save it as .xlsx without a password."))
    return _workbook(content) if content.startswith(_ZIP) else read_text(_decoded(content))


def read_text(text: str) -> list[Table]:
    """The one table of cells pasted from a spreadsheet, of a CSV, or of typed lines. Raises UnreadableList."""
    text = text.replace("\x00", "")
    ways = [_split(text, delimiter) for delimiter in _DELIMITERS]
    ways.append([_DASH.split(line) for line in text.splitlines()])
    # A tab parts cells even where the cells have commas in them.
    rows = next((way for way in ways if _regularity(way) > 0.5), max(ways, key=_regularity))
    return _checked([Table(_lines(enumerate(rows, start=1)))])


def _checked(tables: list[Table]) -> list[Table]:
    """The tables that have rows, within the limits."""
    tables = [table for table in tables if table.lines]
    if not tables:
        raise UnreadableList(_("There are no rows in it."))
    if sum(len(table.lines) for table in tables) > MOST_ROWS:
        raise UnreadableList(_("A list may have at most %(rows)d rows. Send it in parts.") % {"rows": MOST_ROWS})
    if max(len(line.cells) for table in tables for line in table.lines) > MOST_COLUMNS:
        raise UnreadableList(_("A list may have at most %(columns)d columns.") % {"columns": MOST_COLUMNS})
    return tables


def _lines(rows: Iterator[tuple[int, list[str]]] | enumerate[list[str]]) -> list[Line]:
    """Rows that hold anything, without the empty cells at their end."""
    found = []
    for number, row in rows:
        cells = [_cell(text) for text in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found.append(Line(number, cells))
        if len(found) > MOST_ROWS:
            break
    return found


def _cell(text: str) -> str:
    """One line of clean text; lines inside a cell are parted by commas, a number stays a number of digits."""
    line = ", ".join(part for part in map(clean_line, text[: 4 * LONGEST_CELL].splitlines()) if part)[:LONGEST_CELL]
    whole = _WHOLE_NUMBER.fullmatch(line)
    return whole[1] if whole else line


# --- Text -------------------------------------------------------------------------------------------------------
def _decoded(content: bytes) -> str:
    """The text of a file that may be UTF-8, UTF-16 or, as old Russian Excel writes, Windows-1251."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    sample = content[:2000]
    for encoding, high_bytes in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if high_bytes and sum(byte in (0, 4) for byte in high_bytes) > 0.9 * len(high_bytes):
            return content.decode(encoding, errors="replace")
    if sum(byte < 32 and byte not in b"\t\n\r\f" for byte in sample) or sample.startswith((b"%PDF", b"<")):
        raise UnreadableList(_("This is not a table. Send an Excel file (.xlsx) or CSV, or paste the rows as text."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def _split(text: str, delimiter: str) -> list[list[str]]:
    """The rows of the text by that delimiter; quotes that nobody closed are read as letters."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        if all(cell.count("\n") < 4 for row in rows for cell in row):
            return rows
    except csv.Error:
        pass
    return [line.split(delimiter) for line in text.splitlines()]


def _regularity(rows: list[list[str]]) -> float:
    """How well the rows stand in columns: the share of those with as many cells as most; 0 for a single column."""
    widths = Counter(len(row) for row in rows if any(row))
    several = {width: number for width, number in widths.items() if width > 1}
    return sum(several.values()) / sum(widths.values()) if several else 0


# --- Workbooks --------------------------------------------------------------------------------------------------
def _workbook(content: bytes) -> list[Table]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_unfit(archive)
            return _checked(_Workbook(archive).tables())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableList(_("The file is damaged or protected by a password.")) from error
    except (expat.ExpatError, KeyError, ValueError, IndexError, UnicodeError) as error:
        raise UnreadableList(_("The file is damaged. Save it again as .xlsx, or paste the rows as text.")) from error


def _refuse_unfit(archive: zipfile.ZipFile) -> None:
    """Look at what is inside before anything is unpacked."""
    members = archive.infolist()
    names = {member.filename.lower() for member in members}
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise UnreadableList(_("The file is too large inside. Copy only the list into a new file."))
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableList(_("The file has macros in it. Save it as .xlsx, without macros."))
    if "xl/workbook.xml" not in names:
        raise UnreadableList(_("This is not an Excel file (.xlsx). Save the list as .xlsx or CSV, or paste the rows."))


@dataclass
class _Sheet:
    """Cells by row and column, both from 0, and the rectangles that are merged."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        spanned = sum(min(last_row - first_row, MOST_ROWS) for first_row, _column, last_row, _last in self.merged)
        if spanned > MOST_ROWS * MOST_COLUMNS:
            raise UnreadableList(_("The file is too large inside. Copy only the list into a new file."))
        for first_row, column, last_row, _last_column in self.merged:
            if text := self.cells.get(first_row, {}).get(column):
                for row in range(first_row + 1, min(last_row + 1, first_row + MOST_ROWS)):
                    if row in self.cells:
                        self.cells[row].setdefault(column, text)
        for row, cells in sorted(self.cells.items()):
            if (widest := max(cells)) > 10 * MOST_COLUMNS:
                raise UnreadableList(_("A list may have at most %(columns)d columns.") % {"columns": MOST_COLUMNS})
            yield row + 1, [_ESCAPED.sub(_unescape, cells.get(column, "")) for column in range(widest + 1)]


class _Workbook:
    """The visible sheets of an open XLSX file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.strings = self._shared_strings()

    def tables(self) -> list[Table]:
        return [Table(_lines(self._sheet(path).rows()), clean_line(name)[:100]) for name, path in self._sheets()]

    def _sheets(self) -> list[tuple[str, str]]:
        """Names and paths of the visible sheets, in order."""
        targets: dict[str, str] = {}
        sheets: list[tuple[str, str]] = []

        def relation(tag: str, given: dict[str, str]) -> None:
            if tag == "Relationship":
                target = given.get("Target", "")
                targets[given.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

        def sheet(tag: str, given: dict[str, str]) -> None:
            if tag == "sheet" and given.get("state", "visible") == "visible":
                sheets.append((given.get("name", ""), given.get("id", "")))

        _parse(self.archive.read("xl/_rels/workbook.xml.rels"), relation)
        _parse(self.archive.read("xl/workbook.xml"), sheet)
        return [(name, targets[key]) for name, key in sheets[:_MOST_SHEETS] if "worksheets/" in targets.get(key, "")]

    def _shared_strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.archive.namelist():
            return []
        strings: list[list[str]] = []

        def opens(tag: str, _given: dict[str, str]) -> None:
            if tag == "si":
                strings.append([])

        # Phonetic hints stand beside the text of some cells.
        _parse(self.archive.read("xl/sharedStrings.xml"), opens, lambda _tag, text: strings[-1].append(text), {"t"})
        return ["".join(parts) for parts in strings]

    def _sheet(self, path: str) -> _Sheet:
        sheet = _Sheet()
        at, kind = [-1, -1], [""]

        def opens(tag: str, given: dict[str, str]) -> None:
            if tag == "row":
                at[:] = [int(given.get("r", at[0] + 2)) - 1, -1]
            elif tag == "c":
                at[1] += 1
                if "r" in given:
                    at[:] = _position(given["r"])
                kind[0] = given.get("t", "n")
            elif tag == "mergeCell":
                first, _colon, last = given.get("ref", "").partition(":")
                sheet.merged.append((*_position(first), *_position(last or first)))

        def text_of(tag: str, text: str) -> None:
            if tag == "v":
                text = self._value(kind[0], text)
            row = sheet.cells.setdefault(at[0], {})
            row[at[1]] = row.get(at[1], "") + text if tag == "t" else text
            if len(sheet.cells) > 10 * MOST_ROWS or len(row) > 10 * MOST_COLUMNS:
                raise UnreadableList(_("The file is too large inside. Copy only the list into a new file."))

        _parse(self.archive.read(path), opens, text_of, {"v", "t"})
        return sheet

    def _value(self, kind: str, text: str) -> str:
        """The text of a stored value; of a formula it is the result that was saved with it."""
        if kind == "s":
            return self.strings[int(text)]
        if kind == "n" and _FLOAT.fullmatch(text) and float(text).is_integer() and len(text) < 25:
            return str(int(float(text)))
        return "" if kind == "e" else text


def _unescape(escaped: re.Match[str]) -> str:
    code = int(escaped[1], 16)
    return "" if 0xD800 <= code < 0xE000 else chr(code)


def _position(reference: str) -> tuple[int, int]:
    """Row and column, both from 0, of a reference like `AB12`."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _parse(
    xml: bytes,
    opens: Callable[[str, dict[str, str]], None],
    text_of: Callable[[str, str], None] = lambda _tag, _text: None,
    texts: frozenset[str] | set[str] = frozenset(),
) -> None:
    """Read the elements of a document; `text_of` gets the whole text of each element of these names."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    inside: list[str] = []
    collected: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        inside.append(tag)
        collected.clear()
        opens(tag, {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def end(_name: str) -> None:
        tag = inside.pop()
        if tag in texts and "rPh" not in inside:
            text_of(tag, "".join(collected))
        collected.clear()

    def refuse(*_args: object) -> None:
        raise UnreadableList(_("The file is damaged. Save it again as .xlsx, or paste the rows as text."))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = collected.append
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(xml, True)
