"""A release as its parts: the one source of page, PDF, DOCX, mail and messenger text (rules.md, Press 2).

Parts are plain text: a blank line begins a paragraph, lines that begin with `- ` are a list. No character has any other
meaning, so whatever people type appears as they typed it.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from core.text import clean_paragraphs

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
        """The words in quotation marks, whichever marks were typed around them."""
        text = self.text.strip().strip("«»“”„\"'").strip()
        return f"«{text}»"

    @property
    def attribution(self) -> str:
        """Who said it: name and post."""
        return ", ".join(filter(None, [self.speaker, self.post]))


Block = Paragraph | Bullets | Quotation


@dataclass(frozen=True)
class Note:
    """A dated public note on top: a correction or a withdrawal."""

    day: str
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

    @property
    def capitals(self) -> str:
        """The headline as the agency's form has it."""
        return self.headline.upper()

    def as_data(self) -> dict[str, Any]:
        """The sheet for a document's template: texts and lists of texts, nothing to be evaluated."""
        data = asdict(self)
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
