"""What pages of other rooms show of the library: one query a tag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template

from core.languages import LocalizedText, active_language, text_in
from materials.models import Document, File, Format, Handout, Language
from seminars.models import Seminar

register = template.Library()

LATEST = 3


@dataclass(frozen=True)
class HandedOut:
    """A document that a seminar handed out: `files` of the edition of then; the date and note of a newer one."""

    handout: Handout
    files: list[File]
    newer_dated: date | None = None
    newer_note: LocalizedText | None = None


@register.inclusion_tag("materials/_seminar_materials.html")
def seminar_materials(seminar: Seminar) -> dict[str, Any]:
    """What the seminar handed out to everyone, as it was then, and that a newer edition exists where one does."""
    handouts = Handout.objects.of_seminar(seminar).for_readers()
    rows = [_handed_out(handout) for handout in handouts]
    return {"seminar": seminar, "rows": rows, "has_files": any(row.files for row in rows)}


def _handed_out(handout: Handout) -> HandedOut:
    files = [File(**fields) for fields in handout.files]  # type: ignore[attr-defined]  # `for_readers` annotates
    newer = handout.newer  # type: ignore[attr-defined]
    if newer is None:
        return HandedOut(handout, files)
    notes = Note(newer["note_ky"], newer["note_ru"])
    return HandedOut(handout, files, date.fromisoformat(newer["dated"]), text_in(notes, "note", active_language()))


@dataclass(frozen=True)
class Note:
    """What changed in an edition, in both languages."""

    note_ky: str
    note_ru: str


@register.inclusion_tag("materials/_latest_materials.html")
def latest_materials() -> dict[str, Any]:
    """The documents that were published last."""
    return {"documents": list(Document.objects.public().order_by("-published_at", "-pk")[:LATEST])}


@register.inclusion_tag("materials/_file.html")
def file_link(file: File) -> dict[str, Any]:
    """The way to a file, with its language, type and size beside it."""
    return {"file": file, "language": Language(file.language).label, "format": Format(file.format).label}
