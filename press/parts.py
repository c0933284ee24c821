"""A release as its parts: the one source of page, PDF, DOCX, mail and messenger text (rules.md, Press 2).

Parts are plain text: a blank line begins a paragraph, lines that begin with `- ` are a list. No character has any other
meaning, so whatever people type appears as they typed it.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from core.dates import clock_time, official_date
from core.text import clean_line, clean_paragraphs
from press import figures
from press.grammar.kyrgyz import Case, decline, decline_owned
from press.models import Correction, ReleaseText

BULLET = "- "
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Paragraph:
    """Some sentences; a line end inside it is kept."""

    text: str
    kind: str = "paragraph"


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]
    kind: str = "list"


@dataclass(frozen=True)
class Quotation:
    """What somebody said, with name and post."""

    text: str
    speaker: str
    post: str
    kind: str = "quote"

    @property
    def said(self) -> str:
        """The words in « », whichever marks were typed around them; marks inside are of the inner kind."""
        inner = _unwrapped(self.text.strip()).replace("«", "„").replace("»", "“")
        return f"«{inner}»"

    @property
    def attribution(self) -> str:
        """Who said it: name and post."""
        return ", ".join(filter(None, [self.speaker, self.post]))


def _unwrapped(text: str) -> str:
    """The text without quotation marks around the whole of it; `«А» и «Б»` has none."""
    for opening, closing in ("«»", "“”", "„“", '""'):
        inner = text[1:-1]
        if len(text) > 1 and text[0] == opening and text[-1] == closing and _is_whole(inner, opening, closing):
            return inner.strip()
    return text


def _is_whole(inner: str, opening: str, closing: str) -> bool:
    """Whether every mark inside has its pair inside too."""
    if opening == closing:
        return opening not in inner
    depth = 0
    for letter in inner:
        depth += (letter == opening) - (letter == closing)
        if depth < 0:
            return False
    return depth == 0


Block = Paragraph | Bullets | Quotation


@dataclass(frozen=True)
class Note:
    """A dated public note on top: a correction."""

    heading: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """A release in one language, ready to be set in any form."""

    language: str
    label: str
    date_line: str
    place_line: str
    headline: str
    blocks: tuple[Block, ...]
    contacts_heading: str
    contacts: tuple[tuple[str, ...], ...]
    notes: tuple[Note, ...] = ()
    embargo: str = ""
    """The line of previews and embargoed mail; empty everywhere else."""
    changed_at: datetime | None = None
    """When the public text changed last, before that when it was edited last."""

    @property
    def capitals(self) -> str:
        """The headline as the agency's form has it."""
        return self.headline.upper()

    def as_data(self) -> dict[str, Any]:
        """The sheet for a document's template: texts and lists of texts, nothing to be evaluated."""
        data = asdict(self)
        del data["changed_at"]
        data["blocks"] = [_block_as_data(block) for block in self.blocks]
        return data


def _block_as_data(block: Block) -> dict[str, Any]:
    if isinstance(block, Quotation):
        return {"kind": block.kind, "said": block.said, "attribution": block.attribution}
    return asdict(block)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The paragraphs and lists of a part, in order."""
    blocks: list[Block] = []
    for part in _BLANK_LINE.split(clean_paragraphs(text)):
        lines: list[str] = []
        items: list[str] = []
        for line in part.strip().split("\n"):
            if line.startswith(BULLET):
                items.append(line.removeprefix(BULLET).strip())
            elif items:
                # A line that goes on after a list begins a new paragraph.
                blocks += [*_paragraph(lines), Bullets(tuple(items))]
                lines, items = [line], []
            else:
                lines.append(line)
        blocks += [*_paragraph(lines), *([Bullets(tuple(items))] if items else [])]
    return tuple(blocks)


def _paragraph(lines: list[str]) -> list[Block]:
    text = "\n".join(line.strip() for line in lines).strip()
    return [Paragraph(text)] if text else []


LABEL = "ПРЕСС-РЕЛИЗ"  # the same in both languages
CONTACTS = {"ky": "Медиа үчүн байланыш маалыматы", "ru": "Подробности для СМИ"}


def sheet_of(text: ReleaseText, *, embargo: str = "") -> Sheet:
    """The text with its records as one sheet, in the order of the agency's releases; expects `with_parts()`.

    Figures follow the lead, documents follow what is said of them; `embargo` is the line of previews and embargoed
    mail.
    """
    counted = figures.of_text(text).get("sentence", "")
    documents = tuple(clean_line(row.title) for row in text.documents.all())
    blocks = (
        *blocks_of(text.lead),
        *blocks_of(counted),
        *(Quotation(clean_line(row.words), clean_line(row.speaker), clean_line(row.post)) for row in text.quotes.all()),
        *blocks_of(text.presented),
        *([Bullets(documents)] if documents else []),
        *blocks_of(text.voices),
        *blocks_of(text.further),
        *blocks_of(text.support),
    )
    return Sheet(
        language=text.language,
        label=LABEL,
        date_line=clean_line(text.date_line),
        place_line=clean_line(text.place_line),
        headline=clean_line(text.headline),
        blocks=blocks,
        contacts_heading=CONTACTS[text.language],
        contacts=tuple(
            tuple(clean_line(line) for line in (row.name, row.post, row.phones, row.email) if line)
            for row in text.contacts.all()
        ),
        notes=tuple(_note(row, text.language) for row in text.corrections.all() if row.is_public),
        embargo=embargo,
        changed_at=changed_at(text) or text.edited_at,
    )


def _note(correction: Correction, language: str) -> Note:
    day = official_date(correction.approved_at or correction.proposed_at, language)
    heading = f"Исправлено {day}" if language == "ru" else f"{decline_owned(day, Case.LOCATIVE)} түзөтүлдү"
    return Note(heading, clean_paragraphs(correction.note))


def changed_at(text: ReleaseText) -> datetime | None:
    """When the public text changed last: its hour, or its latest correction."""
    corrected = [row.approved_at for row in text.corrections.all() if row.approved_at]
    return max([*corrected, *([text.public_from] if text.public_from else [])], default=None)


def embargo_line(text: ReleaseText, *, reader: str = "") -> str:
    """Until when the text is not to be published, and whose copy this is; for previews and embargoed mail only."""
    if text.public_from is None:
        return ""
    day, clock = official_date(text.public_from, text.language), clock_time(text.public_from)
    if text.language == "ru":
        line = f"ЭМБАРГО: не публиковать до {clock} {day}."
        return f"{line} Экземпляр для: {reader}." if reader else line
    line = f"ЭМБАРГО: {day}, саат {decline(clock, Case.DATIVE)} чейин жарыялоого тыюу салынат."
    return f"{line} Нуска: {reader}." if reader else line
