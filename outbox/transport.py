"""The connection to the mail server, and what its failures mean."""

from contextlib import suppress
from enum import Enum
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

DJANGO_SMTP = "django.core.mail.backends.smtp.EmailBackend"
GOES_ON = 354  # "start mail input": from here on the server may have the whole message
TOO_BIG = 552  # said of the one message, already where its sender is named (RFC 1870)


class Failure(Enum):
    """What went wrong with one message, and so what is done about it."""

    SERVER = "the server refuses the portal: all messages wait"
    REFUSED = "refused for good: the message has failed"
    LATER = "refused for now: tried again later"
    LOST = "the connection broke before the message was handed over: tried again later"
    UNKNOWN = "the connection broke after it was handed over: tried again and counted"


class _RemembersReply:
    """Keeps the last answer of the server, so that a broken connection tells how far it came."""

    last_reply = 0

    def getreply(self) -> tuple[int, bytes]:
        reply: tuple[int, bytes] = super().getreply()  # type: ignore[misc]
        self.last_reply = reply[0]
        return reply


class _Client(_RemembersReply, SMTP):
    pass


class _ClientOverTls(_RemembersReply, SMTP_SSL):
    pass


class SmtpBackend(EmailBackend):
    """Django's backend for SMTP, over a client that knows how far a broken conversation came."""

    @property
    def connection_class(self) -> type[SMTP]:
        """The class that talks to the server."""
        return _ClientOverTls if self.use_ssl else _Client

    @property
    def was_handing_over(self) -> bool:
        """Whether the server's last word was to send the message itself."""
        return getattr(self.connection, "last_reply", 0) == GOES_ON

    @property
    def is_usable(self) -> bool:
        """Whether the connection survived the last failure, so that the next message may use it."""
        return self.connection is not None and self.connection.sock is not None


def new_connection() -> BaseEmailBackend:
    """A connection of the configured kind, not open yet."""
    backend: str = settings.EMAIL_BACKEND
    if backend == DJANGO_SMTP:
        return SmtpBackend()
    connection: BaseEmailBackend = get_connection(backend)
    return connection


def close(connection: BaseEmailBackend) -> None:
    """Close it and forget it, whatever state it is in; it may be opened again."""
    with suppress(OSError):  # it was broken already
        connection.close()


def close_if_broken(connection: BaseEmailBackend) -> None:
    """Close it after a failure unless the next message can still go over it."""
    if not (isinstance(connection, SmtpBackend) and connection.is_usable):
        close(connection)


def failure_of(error: OSError, connection: BaseEmailBackend) -> Failure:
    """What an error of sending one message means (smtplib's errors are all OSErrors)."""
    match error:
        case SMTPRecipientsRefused():
            return _by_code(_first_refusal(error)[0])
        case SMTPSenderRefused():
            # Mostly the server does not take mail from the portal at all, or not now.
            is_about_us = error.smtp_code >= 500 and error.smtp_code != TOO_BIG
            return Failure.SERVER if is_about_us else _by_code(error.smtp_code)
        case SMTPDataError() | SMTPResponseException():
            return _by_code(error.smtp_code)
        case SMTPServerDisconnected() if isinstance(connection, SmtpBackend) and connection.was_handing_over:
            return Failure.UNKNOWN
        case _:
            return Failure.LOST


def words_of(error: OSError) -> str:
    """What the server said, or what the system did, in one line."""
    if isinstance(error, SMTPRecipientsRefused):
        return _answer(*_first_refusal(error))
    if isinstance(error, SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return " ".join(str(error).split()) or type(error).__name__


def _by_code(code: int) -> Failure:
    return Failure.REFUSED if code >= 500 else Failure.LATER


def _first_refusal(error: SMTPRecipientsRefused) -> tuple[int, Any]:
    return next(iter(error.recipients.values()))


def _answer(code: int, said: bytes | str) -> str:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {words}".split())
