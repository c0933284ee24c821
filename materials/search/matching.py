"""Which documents hold the words, and in which order: the heading weighs more than what stands in the files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection, models, transaction
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from materials.models import Document, DocumentQuerySet, Passage, Status
from materials.search.words import MOST_SLIPS, Term, one_of, russian_stems, slips, term_of

# So similar is a heading with a word like the typed one at least; 0.6, PostgreSQL's own limit, misses two wrong letters.
# Which of the words of these headings is meant, their letters decide.
SIMILAR = 0.3
SIMILAR_HEADINGS = 200
# So many are weighed closely; those behind them stay in the order of their first, rougher weighing.
WEIGHED = 100
OF_TEXT, OF_FORCE, OF_BREVITY = 0.5, 0.1, 0.2


def holding_all(terms: Sequence[Term]) -> DocumentQuerySet:
    """Public documents that hold every term in heading or text, annotated with `hits`: how many in the heading."""
    found = Document.objects.public().annotate(hits=_number(_in_heading(term) for term in terms))
    for term in terms:
        found = found.filter(_anywhere(term))
    return found


def holding_most(terms: Sequence[Term]) -> DocumentQuerySet:
    """The public documents that hold the most of the terms, annotated likewise; none when none holds any."""
    counted = Document.objects.public().annotate(
        hits=_number(_in_heading(term) for term in terms), held=_number(_anywhere(term) for term in terms)
    )
    most = counted.aggregate(most=models.Max("held"))["most"]
    return counted.filter(held=most) if most else counted.none()


def _in_heading(term: Term) -> models.Q:
    return models.Q(heading_words=_asked([term]))


def _anywhere(term: Term) -> models.Q:
    passages = Passage.objects.current().filter(words=_asked([term]))
    return _in_heading(term) | models.Q(pk__in=passages.values("file__edition__document"))


def _asked(terms: Iterable[Term]) -> SearchQuery:
    """Any of the terms, folded already, so in the configuration that changes nothing."""
    return SearchQuery(" | ".join(term.query for term in terms), config="simple", search_type="raw")


def _number(conditions: Iterable[models.Q]) -> Combinable:
    """How many of the conditions hold."""
    numbers = [models.Case(models.When(condition, then=1), default=0) for condition in conditions]
    return sum(numbers[1:], start=numbers[0]) if numbers else models.Value(0)


def with_corrections(terms: Sequence[Term]) -> list[Term]:
    """The terms; one that stands nowhere becomes the words of headings that differ by a slip of the hand."""
    return [term if _stands_somewhere(term) else _corrected(term) or term for term in terms]


def _stands_somewhere(term: Term) -> bool:
    return (
        Document.objects.public().filter(_in_heading(term)).exists()
        or Passage.objects.public().filter(words=_asked([term])).exists()
    )


def _corrected(term: Term) -> Term | None:
    if not term.beginnings:
        return None
    words = {word for heading in _similar_headings(term.typed) for word in heading.split()}
    wrong = {word: slips(term.typed, word) for word in words}
    fewest = min(wrong.values(), default=MOST_SLIPS + 1)
    if fewest > MOST_SLIPS:
        return None
    meant = [word for word in words if wrong[word] == fewest]
    return one_of(term.typed, [term_of(word, stem) for word, stem in russian_stems(meant).items()])


@transaction.atomic
def _similar_headings(word: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(SIMILAR)])
    similar = Document.objects.public().filter(heading__trigram_word_similar=word)
    closest = similar.order_by(TrigramWordSimilarity(word, "heading").desc())
    return list(closest.values_list("heading", flat=True)[:SIMILAR_HEADINGS])


def weighed(found: Sequence[int], terms: Sequence[Term]) -> list[int]:
    """The documents, the first of them put in order by what their headings and their texts hold of the terms."""
    passages = Passage.objects.current().filter(file__edition__document=models.OuterRef("pk"), words=_asked(terms))
    best = passages.annotate(rank=SearchRank("words", _asked(terms))).order_by("-rank").values("rank")[:1]
    first = Document.objects.filter(pk__in=found[:WEIGHED]).annotate(
        rank=Coalesce(models.Subquery(best), 0.0, output_field=models.FloatField())
    )
    weights = {
        pk: _weight_of_heading(heading.split(), terms) + OF_TEXT * rank + OF_FORCE * (status == Status.IN_FORCE)
        for pk, heading, rank, status in first.values_list("pk", "heading", "rank", "status")
    }
    return sorted(found[:WEIGHED], key=lambda pk: -weights[pk]) + list(found[WEIGHED:])


def _weight_of_heading(words: Sequence[str], terms: Sequence[Term]) -> float:
    """How well the terms stand in the heading, at most 1, and a little for a heading that says nothing else."""
    best = [max(map(term.closeness, words), default=0.0) for term in terms]
    said = sum(any(map(term.closeness, words)) for term in terms)
    return sum(best) / len(terms) + OF_BREVITY * said / max(len(words), 1)
