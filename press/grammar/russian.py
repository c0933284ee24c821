"""Russian agreement with numerals, and lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_TEENS = range(11, 15)
_FEW = range(2, 5)


@dataclass(frozen=True)
class Noun:
    """The forms that stand after a number: 1 участник, 2 участника, 5 участников; из 1 участника."""

    one: str
    few: str
    many: str
    genitive: str


PERSON = Noun("человек", "человека", "человек", "человека")
PARTICIPANT = Noun("участник", "участника", "участников", "участника")
MUNICIPALITY = Noun("муниципалитет", "муниципалитета", "муниципалитетов", "муниципалитета")
OBLAST = Noun("область", "области", "областей", "области")

_GENITIVE_WORDS = ("", "одной", "двух", "трёх", "четырёх", "пяти", "шести", "семи", "восьми", "девяти")


def is_singular(number: int) -> bool:
    """Whether what is counted takes the singular: 1, 21, 101, but not 11."""
    return number % 10 == 1 and number % 100 not in _TEENS


def counted(number: int, noun: Noun) -> str:
    """`1 участник`, `2 участника`, `5 участников`, `21 участник`."""
    if is_singular(number):
        form = noun.one
    elif number % 10 in _FEW and number % 100 not in _TEENS:
        form = noun.few
    else:
        form = noun.many
    return f"{number} {form}"


def counted_genitive(number: int, noun: Noun) -> str:
    """As after «из»: `1 муниципалитета`, `2 муниципалитетов`, `21 муниципалитета`."""
    return f"{number} {noun.genitive if is_singular(number) else noun.many}"


def in_words_genitive(number: int, noun: Noun) -> str:
    """As after «из», a feminine noun, numbers under ten in words: `одной области`, `семи областей`."""
    form = noun.genitive if is_singular(number) else noun.many
    return f"{_GENITIVE_WORDS[number] if 0 < number < len(_GENITIVE_WORDS) else number} {form}"


def took_part(number: int) -> str:
    """The verb before «N человек»: `принял участие` of 1, 21, 31; `приняли участие` of others."""
    return "принял участие" if is_singular(number) else "приняли участие"


def listed(items: Sequence[str]) -> str:
    """`a`, `a и b`, `a, b и c`."""
    *others, last = items
    return f"{', '.join(others)} и {last}" if others else last
