"""The search of the library: words in Kyrgyz or Russian, inflected or misspelt, and what narrows them down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from materials.search.asking import NAMES, Count, ask
from materials.search.corrections import with_corrections
from materials.search.excerpts import Excerpt, excerpts, marked
from materials.search.weighing import weighed
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


def find(typed: str, choices: dict[str, Any]) -> Found:
    """Public documents that hold what was typed and pass the choices; without words the newest first.

    A word that stands nowhere is taken for a slip of the hand; when no document holds all words, those that hold the
    most of them are found.
    """
    terms = terms_of(typed)
    answer = ask(terms, choices)
    if answer.missing:
        terms = with_corrections(terms, answer.missing)
        answer = ask(terms, choices)
    found = weighed(answer.found, terms) if terms else answer.found
    return Found(found, answer.counts, terms, is_partial=answer.held < len(terms))
