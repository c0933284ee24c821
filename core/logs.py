"""Logs carry no token of a personal link."""

import logging
import re

_TOKEN = re.compile(
    r"(/(?:registrations|invitations|lists|i|preview|unsubscribe|files/[A-Za-z0-9_-]{22})/)[A-Za-z0-9_-]{8,}"
)


def mask(text: str) -> str:
    """The text with the tokens of personal links replaced by stars."""
    return _TOKEN.sub(r"\1***", text)


class MaskTokens(logging.Filter):
    """Masks tokens in the message of every record that passes."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = mask(record.getMessage())
        record.args = None
        return True
