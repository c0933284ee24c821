"""Slips of the hand: a word that stands nowhere becomes the words of headings that are nearly the same."""

from __future__ import annotations

from collections.abc import Container, Sequence

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction

from materials.models import Document
from materials.search.words import MOST_SLIPS, Term, one_of, russian_stems, slips, term_of

# How similar a heading with a word like the typed one is; the second look is for two slips in a short word. Which of
# the words of these headings is meant, their letters decide.
SIMILAR = (0.5, 0.3)
MOST_HEADINGS = 200


def with_corrections(terms: Sequence[Term], missing: Container[int]) -> list[Term]:
    """The terms, those that stand nowhere corrected as far as anything is like them; `missing` are their numbers."""
    return [_corrected(term) or term if number in missing else term for number, term in enumerate(terms)]


def _corrected(term: Term) -> Term | None:
    if not term.beginnings:
        return None
    for similarity in SIMILAR:
        words = {word for heading in _similar_headings(term.typed, similarity) for word in heading.split()}
        wrong = {word: slips(term.typed, word) for word in words}
        fewest = min(wrong.values(), default=MOST_SLIPS + 1)
        if fewest <= MOST_SLIPS:
            meant = [word for word in words if wrong[word] == fewest]
            return one_of(term.typed, [term_of(word, stem) for word, stem in russian_stems(meant).items()])
    return None


@transaction.atomic
def _similar_headings(word: str, similarity: float) -> list[str]:
    """The public headings with a word at least so similar, the most similar first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(similarity)])
    similar = Document.objects.public().filter(heading__trigram_word_similar=word)
    closest = similar.order_by(TrigramWordSimilarity(word, "heading").desc())
    return list(closest.values_list("heading", flat=True)[:MOST_HEADINGS])
