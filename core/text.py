"""Cleaning of what people type, before anything else looks at it."""

import re
import unicodedata

# Invisible characters that a name or a line never needs: zero-width, bidi controls, soft hyphen, BOM, line separators.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
# Besides controls what no XML may hold: a feed or a DOCX could not be written with it.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean_line(text: str) -> str:
    """One line in NFC without control, bidi and zero-width characters, spaces single and trimmed."""
    text = unicodedata.normalize("NFC", text)
    text = _INVISIBLE.sub("", text)
    return _CONTROL.sub("", _SPACES.sub(" ", text)).strip()


def clean_paragraphs(text: str) -> str:
    """Text of several lines in NFC, line ends as LF, without control, bidi and zero-width characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", _INVISIBLE.sub("", text)).strip()
