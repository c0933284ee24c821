"""Slips of the hand: a word that stands nowhere becomes the words of headings that are nearly the same.

Letters are compared, not trigrams: two slips in a word of seven letters leave hardly a trigram half of the time.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from django.db.models import F, Func, TextField, Value

from materials.models import Document
from materials.search.words import Term, one_of, russian_stems, slips, term_of

# So many letters may be wrong in a word of so many letters, the shortest first.
MOST_SLIPS = ((3, 0), (4, 1), (40, 2))


def with_corrections(terms: Sequence[Term], missing: Container[int]) -> list[Term]:
    """The terms, those that stand nowhere corrected as far as anything is like them; `missing` are their numbers."""
    words = words_of_headings()
    return [_corrected(term, words) or term if number in missing else term for number, term in enumerate(terms)]


def words_of_headings() -> list[str]:
    """Every folded word of the headings that everyone may find, numbers excepted."""
    word = Func(Func(F("heading"), Value(" "), function="string_to_array"), function="unnest", output_field=TextField())
    words = Document.objects.public().order_by().annotate(word=word).values_list("word", flat=True).distinct()
    return [found for found in words if found.isalpha()]


def _corrected(term: Term, words: Iterable[str]) -> Term | None:
    most = next((number for length, number in MOST_SLIPS if len(term.typed) <= length), 0)
    if most == 0 or not term.typed.isalpha():
        return None
    wrong: dict[int, list[str]] = {}
    for word in words:
        wrong.setdefault(slips(term.typed, word, most), []).append(word)
    fewest = min(wrong, default=most + 1)
    if fewest > most:
        return None
    meant = russian_stems(wrong[fewest])
    return one_of(term.typed, [term_of(word, stem) for word, stem in meant.items()])
