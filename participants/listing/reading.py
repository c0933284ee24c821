"""Rows of people out of tables: headings, titles and section lines understood, every other row kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from participants.listing.columns import ColumnReader, Columns, Kind, is_person, is_place
from participants.listing.posts import PostReader, plain
from participants.listing.rows import ListRow
from participants.spreadsheets import Line, Table
from regions.matching import Finder, Outcome

_PHONE_IN_TEXT = re.compile(r"[+\d(][\d\s()/+.-]{7,}\d")
_EMAIL_IN_TEXT = re.compile(r"\S+@\S+")
_READ = (Kind.DISTRICT, Kind.MUNICIPALITY, Kind.POST, Kind.NAME, Kind.PHONE, Kind.EMAIL)
_TOTAL = re.compile(r"^(?:итого|всего|баардиги|бардиги|жалпи|жиинтиги)\b")


@dataclass
class Reading:
    """The rows that were read, and what the sender should know: columns not used, lines taken for titles."""

    rows: list[ListRow] = field(default_factory=list)
    unread_columns: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


def read_tables(tables: list[Table], finder: Finder, posts: PostReader) -> Reading:
    """The rows of all tables, one after the other; a sheet named after a district says where its rows are."""
    reader, reading = ColumnReader(finder, posts), Reading()
    for table in tables:
        _TableReader(reader, table, reading).read()
    return reading


class _TableReader:
    """Reads one table into the reading."""

    def __init__(self, reader: ColumnReader, table: Table, reading: Reading) -> None:
        self.reader = reader
        self.table = table
        self.reading = reading
        self.columns: Columns = reader.columns(table)
        self.place = table.name if self._is_place(table.name) else ""

    def read(self) -> None:
        self.reading.unread_columns += self.columns.unread
        self.reading.titles += [" ".join(filter(None, line.cells)) for line in self.table.lines[: self._titles()]]
        for line in self.table.lines[: self._titles()]:
            self._note_place(line)
        for line in self.table.lines[self.columns.first :]:
            if line.cells != self.columns.headings and not self._is_empty(line) and not self._note_place(line):
                self.reading.rows.append(self._row(line))

    def _titles(self) -> int:
        """How many lines stand above the headings."""
        return max(self.columns.first - 1, 0)

    def _is_place(self, text: str) -> bool:
        return bool(text.strip()) and is_place(text, self.reader.finder.gazetteer)

    def _note_place(self, line: Line) -> bool:
        """Whether the line is the name of a district over the rows that follow: `Аксыйский район`."""
        texts = [cell for cell in line.cells if cell]
        is_section = len(texts) == 1 and len(self.columns.kinds) > 1 and self._is_place(texts[0])
        if is_section:
            self.place = texts[0]
        return is_section

    def _is_empty(self, line: Line) -> bool:
        """Whether it is a number without a person, as forms have them below, or the total."""
        texts = [cell for cell in line.cells if cell]
        is_total = bool(_TOTAL.match(plain(texts[0]))) and len(texts) <= 2
        return is_total or all(self.reader.kind_of(text) is Kind.NUMBER for text in texts)

    def _row(self, line: Line) -> ListRow:
        parts: dict[Kind, list[str]] = {kind: [] for kind in Kind}
        for kind, cell in self._kinds_and_cells(line):
            if cell:
                parts[kind].append(cell)
        said = {kind: " ".join(cells) for kind, cells in parts.items()}
        # A column of districts names a city where there is no district.
        places = [cell for cell in parts[Kind.DISTRICT] if self._is_place(cell)]
        others = " ".join(cell for cell in parts[Kind.DISTRICT] if cell not in places)
        row = ListRow(
            line=line.number,
            place=", ".join(places) or self.place,
            municipality=said[Kind.MUNICIPALITY] or others,
            post=said[Kind.POST],
            # A line from which nothing could be taken is shown as it stands.
            name=said[Kind.NAME] if any(parts[kind] for kind in _READ) else " ".join(filter(None, line.cells)),
            phone=", ".join(parts[Kind.PHONE]),
            email=said[Kind.EMAIL],
        )
        return self._with_municipality_of_post(row)

    def _kinds_and_cells(self, line: Line) -> list[tuple[Kind, str]]:
        """Cells by their columns; without headings a row that is built unlike the others is read cell by cell."""
        kinds = self.columns.kinds
        if len(line.cells) == 1 and (not self.columns.headings or len(kinds) == 1):
            return self._from_one_text(line.cells[0])
        if self.columns.headings or self._fits(line):
            return [
                (kind, self._with_word(column, cell) if kind is Kind.DISTRICT else cell)
                for column, (kind, cell) in enumerate(zip(kinds, line.cells, strict=False))
            ]
        return self._one_by_one(line.cells)

    def _with_word(self, column: int, cell: str) -> str:
        """The cell of a column of districts; what is no district stays as it is."""
        return self.columns.place(column, cell) if self._is_place(cell) else cell

    def _fits(self, line: Line) -> bool:
        """Whether no cell contradicts its column, and no text would be lost beside an empty name."""
        told = (Kind.PHONE, Kind.EMAIL, Kind.POST, Kind.DISTRICT)
        filled = {column for column, cell in zip(self.columns.kinds, line.cells, strict=False) if cell}
        if Kind.TEXT in filled and Kind.NAME not in filled:
            return False
        for column, cell in zip(self.columns.kinds, line.cells, strict=False):
            # Too few digits among phones are a wrong phone, which the sender is shown, and no number of a row.
            if column is Kind.PHONE and not any(map(str.isalpha, cell)):
                continue
            kind = self.reader.kind_of(cell) if cell else column
            if kind is not column and (kind in told or column in told):
                return False
        return True

    def _one_by_one(self, cells: list[str]) -> list[tuple[Kind, str]]:
        found = [(self.reader.kind_of(cell), cell) for cell in cells if cell]
        texts = [cell for kind, cell in found if kind is Kind.TEXT]
        has_municipality = any(kind is Kind.MUNICIPALITY for kind, _cell in found)
        name = next((cell for cell in texts if is_person(cell)), texts[-1] if texts else "")
        others = [cell for cell in texts if cell != name]
        municipality = others[0] if others and not has_municipality else ""
        kinds = {name: Kind.NAME, municipality: Kind.MUNICIPALITY}
        return [(kinds.get(cell, kind) if kind is Kind.TEXT else kind, cell) for kind, cell in found]

    def _from_one_text(self, text: str) -> list[tuple[Kind, str]]:
        """A line typed without signs between its parts: phone and e-mail show themselves, the post parts the rest."""
        found: list[tuple[Kind, str]] = []
        for kind, pattern in ((Kind.EMAIL, _EMAIL_IN_TEXT), (Kind.PHONE, _PHONE_IN_TEXT)):
            if match := pattern.search(text):
                found.append((kind, match[0].strip(" ,;.")))
                text = text.replace(match[0], " ")
        text = re.sub(r"^\s*\d{1,3}[.)]\s*", "", text).strip(" ,;-–—")
        parts = self.reader.posts.split(text)
        if parts is not None:
            before, post, after = parts
            return [*found, (Kind.MUNICIPALITY, before), (Kind.POST, post), (Kind.NAME, after)]
        kind = self.reader.kind_of(text)
        return [*found, (Kind.NAME if kind is Kind.TEXT else kind, text)]

    def _with_municipality_of_post(self, row: ListRow) -> ListRow:
        """Where a list has no municipality of its own, take the one that stands with the post."""
        if row.municipality or not row.post:
            return row
        post, rest = self.reader.posts.read(row.post)
        if post is None or not rest:
            return row
        known = self.reader.finder.find(rest).outcome is not Outcome.UNKNOWN
        return ListRow(**{**row.as_json(), "municipality": rest, "post": str(post)}) if known else row
