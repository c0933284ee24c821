"""One look for every message: callers give data, a letter makes the text and the HTML of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils import translation

from core.text import clean_line, clean_paragraphs
from outbox.models import Message

# The line that mail programs know: below it is who sent a message, not what it says (RFC 3676, 4.3).
SIGNATURE_MARK = "\n-- \n"


class Fact(NamedTuple):
    """A line such as `When: 19 December, 09:30`."""

    label: str
    value: str

    @property
    def is_link(self) -> bool:
        """Whether the value is an address of the web."""
        return _is_web_address(self.value)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a message says, in one language; `text` and `html` are the same words in two forms.

    Every part is plain text. A button needs both its label and an http(s) address; raises ValueError on another.
    """

    language: str
    subject: str
    greeting: str
    paragraphs: Sequence[str]
    facts: Sequence[tuple[str, str]] = ()
    button_label: str = ""
    button_url: str = ""
    closing: str = ""
    signature: Sequence[str] = field(default=())
    # What a mailbox shows beside the subject; the first paragraph when it is empty.
    preheader: str = ""

    def __post_init__(self) -> None:
        if self.button_url and not _is_web_address(self.button_url):
            raise ValueError("A button leads to an http or https address.")

    @cached_property
    def text(self) -> str:
        """As plain text, one line a paragraph; lines are folded when the message is sent."""
        return self._render("outbox/mail.txt").strip() + "\n"

    @cached_property
    def html(self) -> str:
        """As a page of HTML that needs nothing from elsewhere; everything given is escaped."""
        return self._render("outbox/mail.html")

    def _render(self, template: str) -> str:
        with translation.override(self.language):
            return render_to_string(template, self._context())

    def _context(self) -> dict[str, object]:
        paragraphs = [text for text in map(clean_paragraphs, self.paragraphs) if text]
        return {
            "language": self.language,
            "subject": clean_line(self.subject),
            "preheader": clean_line(self.preheader or " ".join(paragraphs[:1])),
            "greeting": clean_line(self.greeting),
            "paragraphs": paragraphs,
            "facts": [Fact(clean_line(label), clean_line(value)) for label, value in self.facts],
            "button_label": clean_line(self.button_label),
            "button_url": self.button_url,
            "closing": clean_line(self.closing),
            "signature": [clean_line(line) for line in self.signature],
        }


def messenger_text(message: Message) -> str:
    """What to paste into a messenger: subject, text and link, without the signature; empty when erased."""
    body = message.text.rsplit(SIGNATURE_MARK, 1)[0].strip()
    return f"{message.subject}\n\n{body}".strip()


def _is_web_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and bool(urlsplit(text).netloc) and not any(map(str.isspace, text))
