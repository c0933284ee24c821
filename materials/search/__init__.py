"""The search of the library: words in Kyrgyz or Russian, inflected or misspelt, and what narrows them down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models

from materials.models import Document, DocumentQuerySet
from materials.search.excerpts import Excerpt, excerpts, marked
from materials.search.matching import holding_all, holding_most, weighed, with_corrections
from materials.search.narrowing import NAMES, Count, Narrowed, narrowed
from materials.search.words import Term, terms_of

__all__ = ["NAMES", "Count", "Excerpt", "Found", "excerpts", "find", "marked"]


@dataclass(frozen=True)
class Found:
    """The documents found, best first, and what each choice would leave of them.

    `terms` are what was looked for in the end; `is_partial` tells that no document holds all of them.
    """

    documents: list[int]
    counts: dict[str, list[Count]]
    terms: list[Term]
    is_partial: bool = False


def find(typed: str, choices: dict[str, str]) -> Found:
    """Public documents that hold what was typed and pass the choices; without words the newest first.

    A word that stands nowhere is taken for a slip of the hand; when no document holds all words, those that hold the
    most of them are found.
    """
    terms = terms_of(typed)
    if not terms:
        everything = narrowed(Document.objects.public().annotate(hits=models.Value(0)), choices)
        return Found(everything.found, everything.counts, [])
    result = Narrowed()
    for attempt in _attempts(terms):
        result = narrowed(attempt.documents, choices)
        if result.total:
            return Found(weighed(result.found, attempt.terms), result.counts, attempt.terms, attempt.is_partial)
    return Found([], result.counts, terms)


class _Attempt(NamedTuple):
    terms: list[Term]
    documents: DocumentQuerySet
    is_partial: bool = False


def _attempts(terms: list[Term]) -> Iterator[_Attempt]:
    """From what was typed to what is left of it, each made when those before it found nothing."""
    yield _Attempt(terms, holding_all(terms))
    corrected = with_corrections(terms)
    if corrected != terms:
        yield _Attempt(corrected, holding_all(corrected))
    if len(corrected) > 1:
        yield _Attempt(corrected, holding_most(corrected), is_partial=True)
