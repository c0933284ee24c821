"""A message as an e-mail: text, HTML, calendar."""

import textwrap

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from outbox.models import Message

LINE = 76
CALENDAR_FILE = "seminar.ics"


def compose(message: Message) -> EmailMultiAlternatives:
    """The e-mail; its Message-ID is the same however often it is composed."""
    headers = {
        "Message-ID": message.message_id,
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
        # Holiday replies of Exchange heed this one only.
        "X-Auto-Response-Suppress": "All",
    }
    if message.unsubscribe_url:
        # The second line says that a POST does it without a question (RFC 8058).
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=folded(message.text),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.recipient],
        headers=headers,
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    if message.calendar:
        # The alternative shows buttons in mail programs, the file opens in everything else.
        email.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
        email.attach(CALENDAR_FILE, message.calendar.encode(), "application/ics")
    return email


def folded(text: str) -> str:
    """The text with its long lines folded at spaces; addresses stay whole."""
    return "\n".join(
        line if len(line) <= LINE else textwrap.fill(line, LINE, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )
