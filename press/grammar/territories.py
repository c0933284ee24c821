"""Oblasts and the cities Bishkek and Osh in a row, in the forms that the register holds for each of them."""

from __future__ import annotations

from collections.abc import Sequence

from press.grammar import kyrgyz, russian
from regions.models import Oblast

MOST_NAMED = 3  # more oblasts are counted and not named
_AND_ALSO = {"ky": ", ошондой эле ", "ru": ", а также "}
_LISTED = {"ky": kyrgyz.listed, "ru": russian.listed}
# The word that several names in a row share: as one has it, as many have it; before the names or after them.
_OBLASTS = {
    ("genitive", "ky"): ("{} облусунун", "{} облустарынын"),
    ("genitive", "ru"): ("{} области", "{} областей"),
    ("locative", "ky"): ("{} облусунда", "{} облустарында"),
    ("locative", "ru"): ("в {} области", "в {} областях"),
}
_CITIES = {
    ("genitive", "ky"): ("{} шаарынын", "{} шаарларынын"),
    ("genitive", "ru"): ("города {}", "городов {}"),
    ("locative", "ky"): ("{} шаарында", "{} шаарларында"),
    ("locative", "ru"): ("в городе {}", "в городах {}"),
}


def genitive(groups: Sequence[Oblast], language: str) -> str:
    """Whose: `Баткенской и Ошской областей, а также города Бишкек`, `Баткен жана Ош облустарынын`."""
    return _in_a_row(groups, "genitive", language)


def locative(groups: Sequence[Oblast], language: str) -> str:
    """Where: `в Баткенской и Ошской областях`, `Баткен жана Ош облустарында`."""
    return _in_a_row(groups, "locative", language)


def counted_genitive(groups: Sequence[Oblast], language: str) -> str:
    """Whose, in short: a few oblasts by name, more by number; cities by name: `семи областей и города Бишкек`."""
    oblasts = [group for group in groups if not group.is_city]
    if len(oblasts) <= MOST_NAMED:
        return genitive(groups, language)
    if language == "ru":
        number = russian.in_words_genitive(len(oblasts), russian.OBLAST)
    else:
        number = f"{kyrgyz.in_words(len(oblasts))} облустун"
    cities = genitive([group for group in groups if group.is_city], language)
    return _joined([number, cities], language)


def _in_a_row(groups: Sequence[Oblast], case: str, language: str) -> str:
    oblasts = [getattr(group, f"{case}_{language}") for group in groups if not group.is_city]
    cities = [getattr(group, f"{case}_{language}") for group in groups if group.is_city]
    parts = [
        _sharing(oblasts, *_OBLASTS[case, language], language),
        _sharing(cities, *_CITIES[case, language], language),
    ]
    return _joined(parts, language)


def _sharing(forms: Sequence[str], one: str, many: str, language: str) -> str:
    """The names with their common word said once; forms that do not have it are listed whole."""
    before, after = one.split("{}")
    if len(forms) > 1 and all(form.startswith(before) and form.endswith(after) for form in forms):
        names = [form.removeprefix(before).removesuffix(after) for form in forms]
        return many.format(_LISTED[language](names))
    return _LISTED[language](forms) if forms else ""


def _joined(parts: Sequence[str], language: str) -> str:
    """One row out of two: by «а также» or «ошондой эле» where one of them has its «и» or «жана» already."""
    parts = [part for part in parts if part]
    if any(f" {word} " in part for part in parts for word in ("и", "жана")):
        return _AND_ALSO[language].join(parts)
    return _LISTED[language](parts) if parts else ""
