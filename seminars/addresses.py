"""Addresses of seminars in Latin letters, made from their themes; they are printed on paper and stay."""

import re
from collections.abc import Container, Iterator
from datetime import date
from itertools import count

LENGTH = 60
# Words that the portal's own pages under `seminars/` use or may need.
RESERVED = frozenset({"archive", "calendar", "feed", "past", "register", "search", "topics", "upcoming", "years"})

_LETTERS = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i",
        "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "ң": "ng", "о": "o", "ө": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "у": "u", "ү": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch",
        "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    }
)  # fmt: skip


def latin(text: str) -> str:
    """The text as an address: `Ачык бюджет` becomes `achyk-byudjet`, cut between words after about 60 letters."""
    words = re.findall(r"[a-z0-9]+", text.lower().translate(_LETTERS))
    address = ""
    for word in words:
        longer = f"{address}-{word}" if address else word[:LENGTH]
        if len(longer) > LENGTH:
            break
        address = longer
    return address


def propose(theme: str, day: date, taken: Container[str]) -> str:
    """A free address for a seminar of that theme on that day."""
    return next(address for address in _candidates(latin(theme) or "seminar", day) if address not in taken)


def _candidates(base: str, day: date) -> Iterator[str]:
    if base not in RESERVED:
        yield base
    yield f"{base}-{day:%Y-%m-%d}"
    for number in count(2):
        yield f"{base}-{day:%Y-%m-%d}-{number}"
