"""Kyrgyz endings by vowel harmony, numerals in words, lists.

After a numeral the noun stays as it is: «58 катышуучу». An ending follows the last sound that is heard, so digits,
letters read one by one («КР») and quotation marks are read first.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence

# Which of its four vowels an ending takes after the last vowel heard: да, де, до, дө and дын, дин, дун, дүн.
_WIDE = {
    **dict.fromkeys("аяыую", "а"),
    **dict.fromkeys("еэи", "е"),
    **dict.fromkeys("оё", "о"),
    **dict.fromkeys("өү", "ө"),
}
_NARROW = {
    **dict.fromkeys("аяы", "ы"),
    **dict.fromkeys("еэи", "и"),
    **dict.fromkeys("оёую", "у"),
    **dict.fromkeys("өү", "ү"),
}
_VOICELESS = frozenset("кпстфхцчшщ")
_SILENT = "ьъ"  # not written before an ending either: «апрелде»


class Case(enum.Enum):
    """The ending after a vowel, after a voiced and after a voiceless consonant, and after «…сы», its own."""

    GENITIVE = ("нЫн", "дЫн", "тЫн", "нЫн")
    DATIVE = ("гА", "гА", "кА", "нА")
    ACCUSATIVE = ("нЫ", "дЫ", "тЫ", "н")
    LOCATIVE = ("дА", "дА", "тА", "ндА")
    ABLATIVE = ("дАн", "дАн", "тАн", "нАн")


_ONES = ("нөл", "бир", "эки", "үч", "төрт", "беш", "алты", "жети", "сегиз", "тогуз")
_TENS = ("", "он", "жыйырма", "отуз", "кырк", "элүү", "алтымыш", "жетимиш", "сексен", "токсон")
_ZEROES = ((9, "миллиард"), (6, "миллион"), (3, "миң"), (2, "жүз"))
_SIGNS = {"%": "пайыз", "№": "номер", "$": "доллар", "€": "евро"}
# Consonants as the alphabets name them: «КР» is read «ка-эр», «SDC» «эс-ди-си».
_LETTERS = {
    **{letter: f"{letter}е" for letter in "бвгджзптцч"},
    **{letter: f"{letter}а" for letter in "кхшщ"},
    **{letter: f"э{letter}" for letter in "лмнрсф"},
    **dict(zip("йң", ("ий", "ың"), strict=True)),
    **dict.fromkeys("bcdgptvz", "би"),
    **dict(zip("fhjklm", ("эф", "эйч", "жей", "кей", "эл", "эм"), strict=True)),
    **dict(zip("nqrswx", ("эн", "кью", "ар", "эс", "даблю", "икс"), strict=True)),
}
_LATIN = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абкдефгхижклмнопкрстуввсиз")

_AFTER = re.compile(r"\s*\([^()]*\)$")  # «агенттиги (SDC)» is declined before the bracket
_MARKS = "»”“\"'’…!?.,;: "
_LAST_WORD = re.compile(r"[^\W_]+$|[%№$€]$")
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*$")


def decline(text: str, case: Case) -> str:
    """The text in that case: `Талас` → `Таласта`, `58` → `58ден`, `«Манас»` → `«Манас»тын`."""
    return _with_ending(text, case, case.value[:3])


def decline_owned(text: str, case: Case) -> str:
    """The same for a name that ends in its owner's mark: `Ош шаары` → `Ош шаарында`, `институту` → `институтуна`."""
    after_vowel = case.value[3]
    return _with_ending(text, case, (after_vowel, *case.value[1:3]))


def _with_ending(text: str, case: Case, endings: tuple[str, ...]) -> str:
    bracket = _AFTER.search(text)
    body, rest = (text[: bracket.start()], text[bracket.start() :]) if bracket else (text, "")
    sound = _last_sound(body)
    if not sound:
        return text
    last = sound[-1]
    ending = endings[0 if last in _WIDE else 2 if last in _VOICELESS else 1]
    vowel = next((letter for letter in reversed(sound) if letter in _WIDE), "и")
    return body.rstrip(_SILENT) + ending.replace("А", _WIDE[vowel]).replace("Ы", _NARROW[vowel]) + rest


def _last_sound(text: str) -> str:
    """The last word as it is heard, in small Cyrillic letters; empty when the text has none."""
    text = text.rstrip(_MARKS)
    if number := _NUMBER.search(text):
        return _last_numeral(re.sub(r"\D", "", number.group()))
    found = _LAST_WORD.search(text)
    if not found:
        return ""
    word = found.group()
    if word in _SIGNS:
        return _SIGNS[word]
    letters = word.lower().rstrip(_SILENT)
    if word.isupper() and _is_spelled(letters):
        return _LETTERS.get(letters[-1], letters[-1])
    return letters.translate(_LATIN)


def _is_spelled(letters: str) -> bool:
    """Whether capitals are read letter by letter: «КР», «АКШ»; «ЖӨБ» and «БУУ» are read as words."""
    sounds = [letter in _WIDE for letter in letters.translate(_LATIN)]
    return len(sounds) > 1 and (not any(sounds) or not any(sounds[-2:]))


def _last_numeral(digits: str) -> str:
    number = digits.lstrip("0")
    if not number:
        return _ONES[0]
    if number[-1] != "0":
        return _ONES[int(number[-1])]
    zeroes = len(number) - len(number.rstrip("0"))
    if zeroes == 1:
        return _TENS[int(number[-2])]
    return next(word for size, word in _ZEROES if zeroes >= size)


def in_words(number: int) -> str:
    """A number under ten in words, as texts have it; greater ones in digits."""
    return _ONES[number] if 0 < number < len(_ONES) else str(number)


def listed(items: Sequence[str]) -> str:
    """`a`, `a жана b`, `a, b жана c`."""
    *others, last = items
    return f"{', '.join(others)} жана {last}" if others else last
