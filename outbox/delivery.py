"""Sending: claim one message, hand it over outside any transaction, write what came of it."""

import logging
from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from outbox.emails import compose
from outbox.models import LONGEST_ERROR, MOST_ATTEMPTS, PAUSES, Message, Outage, State
from outbox.transport import Failure, close, close_if_broken, failure_of, new_connection, words_of

logger = logging.getLogger(__name__)

# No new message is begun later than this into a task, so that the last one ends before the worker's timeout.
BATCH_SECONDS = 30
OUTAGE_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15))
# How long to go on trying to write an outcome when the database is away: a message that went out must not go twice.
WRITING_PAUSES = (0, 1, 2, 4, 8)
STOPPED_MIDWAY = gettext_noop("The sender was stopped while it was sending.")


def send_due() -> int:
    """Send what is due over one connection, for a limited time; returns how many went out.

    Any number of senders may run at once. Without a mail server, or while it is away, nothing is tried.
    """
    if not settings.EMAIL_IS_CONFIGURED or Outage.objects.filter(next_try_at__gt=Now()).exists():
        return 0
    take_back_abandoned()
    mail = new_connection()
    ends_at = monotonic() + BATCH_SECONDS
    sent = 0
    try:
        while monotonic() < ends_at and Message.objects.due().exists() and _is_open(mail):
            message = claim()
            if message is None:
                break
            failure = _send(message, mail)
            if failure is Failure.SERVER:
                break
            if failure is None:
                sent += 1
                Outage.objects.all().delete()
    finally:
        close(mail)
    return sent


@transaction.atomic
def claim() -> Message | None:
    """Take the message that is due longest, so that no other sender takes it; counts the attempt."""
    message = Message.objects.due().select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if message is not None:
        message.attempts += 1
        Message.objects.filter(pk=message.pk).update(state=State.SENDING, claimed_at=Now(), attempts=message.attempts)
    return message


def take_back_abandoned() -> None:
    """Let the messages of killed senders be tried again, or fail after too many times; they may have arrived."""
    abandoned = Message.objects.abandoned()
    facts = {"claimed_at": None, "lost_after_data": F("lost_after_data") + 1, "last_error": STOPPED_MIDWAY}
    abandoned.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.FAILED, **facts)
    abandoned.update(state=State.WAITING, next_attempt_at=Now(), **facts)


def _is_open(mail: BaseEmailBackend) -> bool:
    """Whether the connection stands; when it cannot be had, the outage is noted and no message is to blame."""
    try:
        mail.open()
    except OSError as error:
        _note_outage(words_of(error))
        return False
    return True


def _send(message: Message, mail: BaseEmailBackend) -> Failure | None:
    """Hand one claimed message over and write what came of it."""
    try:
        mail.send_messages([compose(message)])
    except OSError as error:
        failure = failure_of(error, mail)
        close_if_broken(mail)
        _note_failure(message, failure, words_of(error))
        return failure
    except ValueError as error:
        # No e-mail can be made of this one, such as an address in an impossible domain.
        _note_failure(message, Failure.REFUSED, str(error))
        return Failure.REFUSED
    # Whatever happened to the row meanwhile, the message went out.
    _surely(
        lambda: (
            Message.objects.filter(pk=message.pk)
            .exclude(state=State.SENT)
            .update(state=State.SENT, sent_at=Now(), claimed_at=None, last_error="")
        )
    )
    return None


def _note_failure(message: Message, failure: Failure, words: str) -> None:
    """Write why the message did not go, and when it is tried again, unless somebody else has it by now."""
    logger.warning("Message %s, attempt %s: %s", message.pk, message.attempts, failure.value)
    facts: dict[str, object] = {"claimed_at": None, "last_error": words[:LONGEST_ERROR]}
    if failure is Failure.SERVER:
        _note_outage(words)
        # Not counted; to the end of the line, so that no single message can hold up the others.
        facts |= {"state": State.WAITING, "attempts": message.attempts - 1, "next_attempt_at": Now()}
    elif failure is Failure.REFUSED or message.attempts >= MOST_ATTEMPTS:
        facts |= {"state": State.FAILED}
    else:
        facts |= {"state": State.WAITING, "next_attempt_at": Now() + PAUSES[message.attempts - 1]}
    if failure is Failure.UNKNOWN:
        facts["lost_after_data"] = F("lost_after_data") + 1
    mine = Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)
    _surely(lambda: mine.update(**facts))


@transaction.atomic
def _note_outage(words: str) -> None:
    """Note that the server is away, and let growing pauses pass before it is tried again."""
    logger.warning("The mail server cannot be used: %s", words)
    outage = Outage.objects.select_for_update().first()
    failures = outage.failures + 1 if outage else 1
    pause = OUTAGE_PAUSES[min(failures, len(OUTAGE_PAUSES)) - 1]
    Outage.objects.update_or_create(
        pk=1, defaults={"failures": failures, "next_try_at": Now() + pause, "error": words[:LONGEST_ERROR]}
    )


def _surely(write: Callable[[], int]) -> None:
    """Write, over a new connection to the database when the old one was cut, with patience while it restarts."""
    for pause in WRITING_PAUSES:
        try:
            write()
        except (OperationalError, InterfaceError):
            connection.close()
            sleep(pause)
        else:
            return
    write()
