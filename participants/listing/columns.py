"""What the columns of a list mean: by their headings in Kyrgyz or Russian, or by what stands in them."""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from participants.listing.posts import PostReader, plain
from participants.spreadsheets import Line, Table
from regions.gazetteer import Gazetteer
from regions.matching import Finder, Outcome
from regions.models import District, Oblast

_LOOKED_FOR_HEADINGS = 15


class Kind(enum.Enum):
    """What a column holds."""

    NUMBER = "number"
    DISTRICT = "district"
    MUNICIPALITY = "municipality"
    POST = "post"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    TEXT = "text"
    IGNORED = "ignored"


_UNIT = (
    r"муниципал|^(?:название |наименование |аталиши )?(?:аиил|ао\b|а о\b|аа\b|аимак|окмот|мерия|шаар|город)"
    r"|место работи|организаци|мекеме|иштеген жери|иш орду"
)
# The first pattern that is found in a folded heading counts.
_HEADINGS = (
    (Kind.IGNORED, r"примечани|ескертуу|коммент|подпис|кол тамга|^пол$|жиниси|рожден|туулган|дата|^кун"),
    (Kind.EMAIL, r"mail|маil|маил|почт|електрон"),
    (Kind.PHONE, r"телефон|^тел\b|\bтел$|байланиш|моб|сотов|контакт|уулдук|whatsapp|ватсап"),
    (Kind.POST, r"должност|кизмат|лавозим"),
    (
        Kind.NAME,
        r"фамили|\bфио\b|\bф и о\b|\bф и а\b|ати жону|^ати|^имя|отчеств|атасинин|полное имя|катишуучу|участник",
    ),
    (Kind.MUNICIPALITY, _UNIT),
    (Kind.DISTRICT, r"раион|област|облус|регион"),
    (Kind.NUMBER, r"^(?:п п|n|no|но|н|к с|т с|катар номери|номер|с)$"),
)
_BODY_AFTER_DISTRICT = re.compile(r"раион[а-я]*|облус[а-я]*|област[а-я]*|\bр н\b|\bобл\b")
_PLACE_WORD = re.compile(r"\b(?:район\w*|р-?\s?н(?:[ауы]|унун)?|обл(?:ус|аст)?\w*)\b\.?", re.IGNORECASE)
_OBLAST_WORD = re.compile(r"\bобл(?:ус|аст)?[а-я]*\b")
_DISTRICT_WORD = re.compile(r"\bраион[а-я]*\b|\bр н[ауи]?\b|\bрн\b")
_UNIT_WORD = re.compile(r"\b(?:аиил|аимак|аимаг|окмот|шаар|город)[а-я]*\b|\b(?:г|ао|а о|аа|а а)\b")
_NUMBER = re.compile(r"\d{1,4}[.)]?")
_PHONE = re.compile(r"[\d\s()+./,;-]*")
_PERSON = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)?(?:[ .]+[^\W\d_]+\.?(?:-[^\W\d_]+)?){1,4}")


@dataclass(frozen=True)
class Columns:
    """The meaning of each column; `heading` is the text over it, `first` the index of the first line below them."""

    kinds: list[Kind]
    headings: list[str]
    first: int

    def place(self, column: int, cell: str) -> str:
        """The name of a district or oblast with the word for it, which only the heading may have said."""
        heading = plain(self.headings[column]) if column < len(self.headings) else ""
        is_told = _DISTRICT_WORD.search(plain(cell)) or _OBLAST_WORD.search(plain(cell))
        words = [word for word, root in (("район", "раион"), ("область", "обл")) if root in heading]
        return cell if is_told or len(words) != 1 else f"{cell} {words[0]}"

    @property
    def unread(self) -> list[str]:
        """Headings of columns from which nothing is taken."""
        said = zip(self.headings, self.kinds, strict=False)
        return [heading for heading, kind in said if heading and kind in (Kind.IGNORED, Kind.TEXT)]


class ColumnReader:
    """Tells what columns and cells mean; made once for a list."""

    def __init__(self, finder: Finder, posts: PostReader) -> None:
        self.finder = finder
        self.posts = posts
        self._kinds: dict[str, Kind] = {}

    def columns(self, table: Table) -> Columns:
        """By headings where there are any among the first lines, else by content."""
        needed = min(2, max(len(line.cells) for line in table.lines))
        for index, line in enumerate(table.lines[:_LOOKED_FOR_HEADINGS]):
            kinds = [heading_kind(cell) for cell in line.cells]
            told = {kind for kind in kinds if kind is not None} - {Kind.NUMBER}
            if len(told) >= needed:
                body = table.lines[index + 1 :]
                by_content = self._by_content(body, {place: kind for place, kind in enumerate(kinds) if kind})
                return Columns(by_content, line.cells, index + 1)
        return Columns(self._by_content(table.lines, {}), [], 0)

    def _by_content(self, lines: Sequence[Line], told: dict[int, Kind]) -> list[Kind]:
        """The kinds of all columns: those that headings told, the others by what most of their cells are."""
        width = max((len(line.cells) for line in lines), default=0)
        kinds = [told.get(place) or self._of_column(lines, place) for place in range(width)]
        texts = [place for place, kind in enumerate(kinds) if kind is Kind.TEXT]
        if Kind.NAME not in kinds and texts:
            best = max(texts, key=lambda place: self._share(lines, place, is_person))
            kinds[best] = Kind.NAME
            # Surname, given name and patronymic may stand in columns of their own.
            if self._share(lines, best, is_person) < 0.5:
                for place in texts:
                    if self._share(lines, place, str.isalpha) > 0.5:
                        kinds[place] = Kind.NAME
        texts = [place for place, kind in enumerate(kinds) if kind is Kind.TEXT]
        if Kind.MUNICIPALITY not in kinds and len(texts) == 1 and told.get(texts[0]) is None:
            kinds[texts[0]] = Kind.MUNICIPALITY
        return kinds

    def _of_column(self, lines: Sequence[Line], place: int) -> Kind:
        cells = [line.cells[place] for line in lines if place < len(line.cells) and line.cells[place]]
        numbers = Counter(self.kind_of(cell) for cell in cells)
        if not cells:
            return Kind.IGNORED
        if all(is_place(cell, self.finder.gazetteer) for cell in cells) and len(set(cells)) < len(cells):
            return Kind.DISTRICT
        kind, number = numbers.most_common(1)[0]
        return kind if 2 * number >= len(cells) else Kind.TEXT

    def _share(self, lines: Sequence[Line], place: int, test: Callable[[str], bool]) -> float:
        cells = [line.cells[place] for line in lines if place < len(line.cells) and line.cells[place]]
        return sum(map(test, cells)) / len(cells) if cells else 0

    def kind_of(self, cell: str) -> Kind:
        """What one cell alone looks like."""
        if cell not in self._kinds:
            self._kinds[cell] = self._kind_of(cell)
        return self._kinds[cell]

    def _kind_of(self, cell: str) -> Kind:
        if (by_signs := _kind_by_signs(cell)) is not None:
            return by_signs
        if self.posts.read(cell)[0] is not None:
            return Kind.POST
        if _BODY_AFTER_DISTRICT.search(plain(cell)) and is_place(cell, self.finder.gazetteer):
            return Kind.DISTRICT
        if self.finder.find(cell).outcome in (Outcome.MATCHED, Outcome.AMBIGUOUS):
            return Kind.MUNICIPALITY
        return Kind.TEXT


def _kind_by_signs(cell: str) -> Kind | None:
    """What digits and signs tell without looking anything up."""
    if _NUMBER.fullmatch(cell):
        return Kind.NUMBER
    if "@" in cell:
        return Kind.EMAIL
    if sum(char.isdigit() for char in cell) >= 6 and _PHONE.fullmatch(cell):
        return Kind.PHONE
    return None


def heading_kind(cell: str) -> Kind | None:
    """What a column with this heading holds; None when it is no heading that we know."""
    folded = plain(cell)
    if cell.strip(" .") in ("№", "#"):
        return Kind.NUMBER
    if len(folded) > 80 or sum(char.isdigit() for char in cell) > 2:
        return None
    return next((kind for kind, pattern in _HEADINGS if re.search(pattern, folded)), None)


def is_person(text: str) -> bool:
    """Whether the text is built like a full name."""
    return bool(_PERSON.fullmatch(text))


def places_named(text: str, gazetteer: Gazetteer) -> tuple[list[District], list[Oblast]]:
    """Districts and oblasts that the text names, parted by commas.

    A word beside the name tells a district from an oblast and from a city that have the same one; without it the name
    may mean either, and the wider is meant.
    """
    districts: dict[int, District] = {}
    oblasts: dict[int, Oblast] = {}
    for part in (text, *re.split("[,;/]", text)):
        name, said = _PLACE_WORD.sub(" ", part), plain(part)
        of_part = [oblast for oblast in gazetteer.oblasts.named(name) if not _DISTRICT_WORD.search(said)]
        if _OBLAST_WORD.search(said):
            of_part = [oblast for oblast in of_part if not oblast.is_city]
        oblasts |= {oblast.pk: oblast for oblast in of_part}
        if not of_part:
            districts |= {district.pk: district for district in gazetteer.districts.named(name)}
    return list(districts.values()), list(oblasts.values())


def is_place(text: str, gazetteer: Gazetteer) -> bool:
    """Whether the text is nothing but the name of a district or an oblast, or of both."""
    parts = [part for part in re.split("[,;/]", text) if part.strip()]
    return not _UNIT_WORD.search(plain(text)) and all(any(places_named(part, gazetteer)) for part in parts)
