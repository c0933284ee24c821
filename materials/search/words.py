"""What somebody typed into the search, as terms that PostgreSQL can look for.

Everything is folded first (`core.folding.fold_text`), as the indexes are: ө ү ң typed as о у н are the same letters. A
term is looked for as the stem that the Russian stemmer makes of it, and as the beginning that is left when Kyrgyz
endings are taken off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from django.db import connection

from core.folding import fold_text

MOST_WORDS = 8
LONGEST_WORD = 40
# Shorter words, and numbers, are looked for as they are.
SHORTEST_BEGINNING = 3
# The longest ending that the Russian stemmer takes off («-ившимися»).
LONGEST_ENDING = 8
_STEMS = "SELECT word, coalesce((ts_lexize('russian_stem', word))[1], '') FROM unnest(%s::text[]) AS word"
# So long must a word be for another ending to be seen through besides a slip.
LONG_ENOUGH = 5
# Kyrgyz words that only join others, folded; the Russian ones PostgreSQL knows.
JOINING = frozenset(
    ["жана", "менен", "учун", "боюнча", "же", "да", "де", "та", "те", "жонундо", "тууралуу", "деген", "бир", "эле"]
)

# Endings of Kyrgyz nouns, folded (ө ү are о у, ң is н), in the order in which they are taken off: what follows a case,
# case, whose, how many. With each, how many letters must remain. The first letter depends on the one before.
_VOWEL, _VOICED, _VOICELESS = "(?<=[аеоуыиэюя])", "(?<=[бвгджзйлмнр])", "(?<=[птксшчхфцщ])"
_ANY, _HIS = "(?<=[аеоуыиэюябвгджзйлмнр])", "(?<=[ыиу])"
_ENDINGS = (
    (re.compile(f"(?:{_ANY}д|{_VOICELESS}т)[аео]г[ыиу]$"), 3),
    (
        re.compile(
            f"(?:{_VOWEL}н[ыиу]н?|{_VOICED}д[ыиу]н?|{_VOICELESS}т[ыиу]н?|{_HIS}нд?[аео]н?"
            f"|{_ANY}(?:д[аео]н?|г[аео])|{_VOICELESS}(?:т[аео]н?|к[аео]))$"
        ),
        3,
    ),
    (re.compile("(?:[ыиу]?б[ыиу]з|с[ыиу]н?|[ыиу][мн]?)$"), 4),
    (re.compile("[лдт][аео]р$"), 3),
)
# «мектеп» is «мектеби», «тартип» is «тартиби», «сабак» is «сабагы»: the last letter of the stem is left open.
_CHANGING = re.compile("(?<=.{4})[бп]$|(?<=.{5})[гк]$")


@dataclass(frozen=True)
class Term:
    """One word of the search: it stands in a text as one of the `lexemes`, or begins as one of the `beginnings`."""

    typed: str
    lexemes: tuple[str, ...]
    beginnings: tuple[str, ...]

    @property
    def query(self) -> str:
        """The term in the language of `to_tsquery`; folded words hold nothing that would have to be escaped."""
        return " | ".join([*(f"'{word}'" for word in self.lexemes), *(f"'{word}':*" for word in self.beginnings)])

    @property
    def stems(self) -> tuple[str, ...]:
        """What is common to all that it finds."""
        return (*self.beginnings, *self.lexemes)

    def closeness(self, word: str) -> float:
        """How well a folded word answers: the same word or a form of it, one that merely begins so, or not at all."""
        if word == self.typed or word in self.lexemes or beginning(word) in self.beginnings:
            return 1.0
        if any(word.startswith(stem) and len(word) - len(stem) <= LONGEST_ENDING for stem in self.lexemes):
            return 0.9
        return 0.6 if word.startswith(self.beginnings or (" ",)) else 0.0

    @property
    def pattern(self) -> str:
        """A regular expression for the words of an unfolded text that it finds."""
        ending = rf"\w{{0,{LONGEST_ENDING}}}" if self.beginnings else ""
        parts = [*(rf"{_unfolded(word)}\w*" for word in self.beginnings)]
        parts += [f"{_unfolded(word)}{ending}" for word in self.lexemes]
        return rf"\b(?:{'|'.join(parts)})\b"


def words_of(query: str) -> list[str]:
    """The folded words of what was typed, each once."""
    words = dict.fromkeys(word[:LONGEST_WORD] for word in fold_text(query).split())
    return list(words)[:MOST_WORDS]


def terms_of(query: str) -> list[Term]:
    """What to look for; words that only join others are left out, unless there are no others."""
    stems = russian_stems(words_of(query))
    terms = [term_of(word, stem) for word, stem in stems.items()]
    return [term for term, stem in zip(terms, stems.values(), strict=True) if stem] or terms


def term_of(word: str, stem: str) -> Term:
    """The term of one folded word; `stem` is what the Russian stemmer makes of it."""
    if len(word) < SHORTEST_BEGINNING or word.isdigit():
        return Term(word, (word,), ())
    start = beginning(word)
    return Term(word, () if stem.startswith(start) or not stem else (stem,), (start,))


def one_of(typed: str, terms: Iterable[Term]) -> Term:
    """A term that stands for any of several."""
    found = list(terms)
    lexemes = dict.fromkeys(lexeme for term in found for lexeme in term.lexemes)
    return Term(typed, tuple(lexemes), tuple(dict.fromkeys(word for term in found for word in term.beginnings)))


def russian_stems(words: Iterable[str]) -> dict[str, str]:
    """The stem of each word by PostgreSQL's Russian stemmer; empty for a word that only joins others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, coalesce((ts_lexize('russian_stem', word))[1], '') FROM unnest(%s::text[]) AS word",
            [[*words]],
        )
        return {word: "" if word in JOINING else stem for word, stem in cursor.fetchall()}


@lru_cache(100_000)
def beginning(word: str) -> str:
    """What is left of a folded word without the endings of Kyrgyz nouns."""
    for ending, at_least in _ENDINGS:
        stem = ending.sub("", word)
        if len(stem) >= at_least:
            word = stem
    return _CHANGING.sub("", word)


def slips(typed: str, word: str, most: int) -> int:
    """How many letters are wrong, missing, added or swapped with their neighbour; one more for another ending.

    More than `most` are not counted.
    """
    if len(typed) - len(word) > most or len(word) - len(typed) > most + LONGEST_ENDING:
        return most + 1
    # Letters that the word does not have at all are a quick, lower measure.
    if sum(letter not in word for letter in typed) > most + len(typed) - len(beginning(typed)):
        return most + 1
    distances = _distances(typed, word)
    stem = beginning(typed)
    if len(stem) < LONG_ENOUGH:
        return min(distances[-1], most + 1)
    return min(distances[-1], min(_distances(stem, word)) + 1, most + 1)


def _distances(one: str, other: str) -> list[int]:
    """How far the word is from each beginning of the other, the empty one first (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, its in enumerate(other, start=1):
            steps = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                steps = min(steps, before[column - 2] + 1)
            line.append(steps)
        before, last = last, line
    return last


def _unfolded(word: str) -> str:
    return "".join(_spellings().get(letter, letter) for letter in word)


@cache
def _spellings() -> dict[str, str]:
    """For each folded letter a class of the letters that fold to it."""
    letters: dict[str, str] = {}
    for code in (*range(0x30, 0x250), *range(0x400, 0x530)):
        folded = fold_text(chr(code))
        if len(folded) == 1:
            letters[folded] = letters.get(folded, "") + chr(code)
    return {folded: f"[{spellings}]" for folded, spellings in letters.items()}
