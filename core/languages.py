"""Kyrgyz and Russian content: fields come as `<name>_ky` and `<name>_ru`."""

from __future__ import annotations

from typing import Any, Self, overload

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

LANGUAGES = ("ky", "ru")
DEFAULT_LANGUAGE = "ky"
OTHER = {"ky": "ru", "ru": "ky"}

# How a language is named inside a sentence of a page in the other one.
ONLY_IN: dict[str, str | Promise] = {
    "ky": pgettext_lazy("the text exists in this language only", "in Kyrgyz"),
    "ru": pgettext_lazy("the text exists in this language only", "in Russian"),
}


def active_language() -> str:
    """The language of the page or message being made: always `ky` or `ru`."""
    code = (get_language() or DEFAULT_LANGUAGE)[:2]
    return code if code in LANGUAGES else DEFAULT_LANGUAGE


class LocalizedText(str):
    """A text that knows its language, so that a page can say when it is not the page's own."""

    language: str

    def __new__(cls, text: str, language: str) -> Self:
        instance = super().__new__(cls, text)
        instance.language = language
        return instance

    @property
    def is_foreign(self) -> bool:
        """Whether the text is in the other language than the page."""
        return bool(self) and self.language != active_language()


def text_in(obj: object, name: str, language: str) -> LocalizedText:
    """The field's text in `language`, else in the other one; `.language` tells which was found."""
    for code in (language, OTHER[language]):
        text = getattr(obj, f"{name}_{code}")
        if text:
            return LocalizedText(text, code)
    return LocalizedText("", language)


class Localized:
    """A read-only attribute that picks `<name>_ky` or `<name>_ru` by the active language.

    A missing text is taken from the other language and says so by `.is_foreign`: never a silent mix.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> Localized: ...

    @overload
    def __get__(self, instance: object, owner: type[Any]) -> LocalizedText: ...

    def __get__(self, instance: object | None, owner: type[Any]) -> Localized | LocalizedText:
        if instance is None:
            return self
        return text_in(instance, self.name, active_language())
