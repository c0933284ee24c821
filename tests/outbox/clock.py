"""Letting time pass without sleeping, by the rows that say when."""

from django.db.models.functions import Now

from outbox.models import Message, Outage


def later() -> None:
    """Let all pauses pass: messages and the mail server may be tried again."""
    Message.objects.update(next_attempt_at=Now())
    Outage.objects.update(next_try_at=Now())


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)
