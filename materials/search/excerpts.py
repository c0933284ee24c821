"""Where the words stand in a text, shown with what is around them. Whatever the text holds comes out as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from materials.models import Passage
from materials.search.words import Term

LENGTH, BEFORE = 230, 70
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text with the words found marked; `page` is the page on which it begins."""

    text: SafeString
    page: int
    passage: Passage


def excerpts(documents: Sequence[int], terms: Sequence[Term]) -> dict[int, Excerpt]:
    """The place in the texts of each document where most terms stand together, if any do; one query."""
    held = sum((_holds(term) for term in terms), start=models.Value(0))
    passages = (
        Passage.objects.current()
        .filter(file__edition__document__in=documents)
        .select_related("file__edition")
        .defer("words")
        .annotate(held=held)
        .order_by("file__edition__document_id", "-held", "file", "number")
        .distinct("file__edition__document_id")
    )
    found = ((passage.file.edition.document_id, excerpt(passage, terms)) for passage in passages)
    return {document: one for document, one in found if one is not None}


def _holds(term: Term) -> Combinable:
    asked = SearchQuery(term.query, config="simple", search_type="raw")
    return models.Case(models.When(words=asked, then=1), default=0)


def excerpt(passage: Passage, terms: Sequence[Term]) -> Excerpt | None:
    """The piece of the passage in which the most terms stand together."""
    places = list(_finder(terms).finditer(passage.text))
    if not places:
        return None
    best = max(places, key=lambda place: (_together(place, places), -place.start()))
    start = _word_before(passage.text, best.start() - BEFORE)
    end = _word_after(passage.text, best.start() + LENGTH - BEFORE)
    page = passage.first_page + passage.text.count("\f", 0, best.start())
    piece = _SPACES.sub(" ", passage.text[start:end]).strip()
    shown = format_html(
        "{}{}{}", "… " if start > 0 else "", marked(piece, terms), " …" if end < len(passage.text) else ""
    )
    return Excerpt(shown, page, passage)


def marked(text: str, terms: Sequence[Term]) -> SafeString:
    """The text with the words that the terms find marked."""
    parts, last = [], 0
    for place in _finder(terms).finditer(text) if terms else ():
        parts += [escape(text[last : place.start()]), "<mark>", escape(place[0]), "</mark>"]
        last = place.end()
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308 - every part of the text is escaped


def _finder(terms: Sequence[Term]) -> re.Pattern[str]:
    """Finds the terms; the name of the group that matched tells which."""
    return re.compile("|".join(f"(?P<term{number}>{term.pattern})" for number, term in enumerate(terms)))


def _together(place: re.Match[str], places: Sequence[re.Match[str]]) -> int:
    """How many different terms stand in the piece that would begin at this place."""
    return len({other.lastgroup for other in places if 0 <= other.start() - place.start() <= LENGTH - BEFORE})


def _word_before(text: str, place: int) -> int:
    """Where the word at the place begins."""
    return max(text.rfind(space, 0, place) for space in " \n\f") + 1 if place > 0 else 0


def _word_after(text: str, place: int) -> int:
    """Where the word at the place ends."""
    ends = [end for space in " \n\f" if (end := text.find(space, place)) >= 0]
    return min(ends, default=len(text))
