"""Form fields that clean what people type, and the error summary that every public form shows."""

from typing import Any

from django import forms

from core.text import clean_line, clean_paragraphs


class LineField(forms.CharField):
    """One line of text: NFC, no control, bidi or zero-width characters, single spaces."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class ParagraphsField(forms.CharField):
    """Text of several lines: NFC, no control, bidi or zero-width characters."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean_paragraphs(super().to_python(value) or "")
