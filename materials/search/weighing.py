"""In which order documents are shown: the heading weighs more than what stands in the files."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import models

from materials.models import Document, Passage, Status
from materials.search.words import Term

# So many are weighed closely; those behind them stay in the order of their first, rougher weighing.
WEIGHED = 100
OF_TEXT, OF_FORCE, OF_BREVITY = 0.5, 0.1, 0.2


def weighed(found: Sequence[int], terms: Sequence[Term]) -> list[int]:
    """The documents, the first of them put in order by what their headings and their texts hold of the terms."""
    first = found[:WEIGHED]
    asked = SearchQuery(" | ".join(term.query for term in terms), config="simple", search_type="raw")
    # Not by the index of words: it would find the passages of all other documents too.
    passages = Passage.objects.current().filter(file__edition__document__in=first).order_by()
    best = passages.values_list("file__edition__document").annotate(
        rank=models.Max(SearchRank(models.F("words"), asked))
    )
    ranks = dict(best)
    headings = Document.objects.filter(pk__in=first).values_list("pk", "heading", "status")
    weights = {
        pk: of_heading(heading.split(), terms) + OF_TEXT * ranks.get(pk, 0.0) + OF_FORCE * (status == Status.IN_FORCE)
        for pk, heading, status in headings
    }
    return sorted(first, key=lambda pk: -weights[pk]) + list(found[WEIGHED:])


def of_heading(words: Sequence[str], terms: Sequence[Term]) -> float:
    """How well the terms stand in the heading, at most 1, and a little for a heading that says nothing else."""
    best = [max(map(term.closeness, words), default=0.0) for term in terms]
    said = sum(1 for word in words if any(term.closeness(word) for term in terms))
    return sum(best) / len(terms) + OF_BREVITY * said / max(len(words), 1)
