"""What differs between two versions of a text, word by word, for people to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from press.models import LINES, PARAGRAPHS, ReleaseText

# A word or a mark with the space after it, so that a changed run of words is one piece.
_TOKENS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_FIELDS = {field.name: field.verbose_name for field in ReleaseText._meta.concrete_fields}
LABELS: dict[str, str | Promise] = {
    **{name: _FIELDS[name] for name in (*LINES, *PARAGRAPHS, "public_from")},
    "quotes": _("quotes"),
    "documents": _("documents presented"),
    "contacts": _("media contacts"),
    "pictures": _("pictures"),
    "attachments": _("attachments"),
}


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, were taken out or were put in."""

    kind: str
    """`same`, `removed` or `added`."""
    text: str


@dataclass(frozen=True)
class Difference:
    """One part that is not the same in both versions."""

    label: str | Promise
    pieces: list[Piece]


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """The parts in which two versions (`ReleaseText.content()`) differ, in the order of the page."""
    return [
        Difference(label, _pieces(old, new))
        for name, label in LABELS.items()
        if (old := _words(name, before)) != (new := _words(name, after))
    ]


def _words(name: str, content: dict[str, Any]) -> str:
    value = content.get(name, "")
    if name == "public_from" and value:
        return f"{timezone.localtime(datetime.fromisoformat(value)):%d.%m.%Y %H:%M}"
    return "\n".join(value) if isinstance(value, list) else str(value)


def _pieces(before: str, after: str) -> list[Piece]:
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    pieces: list[Piece] = []
    for what, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", "".join(old[old_from:old_to])))
            continue
        pieces += [Piece("removed", "".join(old[old_from:old_to]))] if old_from < old_to else []
        pieces += [Piece("added", "".join(new[new_from:new_to]))] if new_from < new_to else []
    return pieces
