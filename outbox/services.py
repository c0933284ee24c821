"""Writing messages, and what staff may do with one: send it again, stop it, mark it as passed on."""

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from core.text import clean_line
from outbox.exceptions import AddressRefused, MoveRefused
from outbox.models import LONGEST_SUBJECT, Message, State

# What staff may do, and from which states.
MOVES: dict[State, tuple[State, ...]] = {
    State.STOPPED: (State.WAITING, State.FAILED, State.BY_HAND),
    State.PASSED_ON: (State.WAITING, State.FAILED, State.BY_HAND),
}
CAN_BE_SENT_AGAIN = (State.SENT, State.FAILED, State.STOPPED, State.PASSED_ON)
SENDER = "outbox.tasks.send_due_messages"


def enqueue(
    *,
    key: str,
    recipient: str,
    language: str,
    subject: str,
    text: str,
    html: str,
    calendar: str = "",
    calendar_method: str = "",
    unsubscribe_url: str = "",
    restricted_to: str = "",
    about: str = "",
) -> Message:
    """Write a message in the caller's transaction; it goes out after that transaction has committed.

    The same key again, also at the same moment, returns the message that is there and writes nothing. Without a
    recipient it is left for a person to pass on. Raises AddressRefused.
    """
    address = _cleaned_address(recipient)
    return _write(
        Message(
            key=key,
            about=about,
            recipient=address,
            language=language,
            subject=Truncator(clean_line(subject)).chars(LONGEST_SUBJECT),
            text=text,
            html=html,
            calendar=calendar,
            calendar_method=calendar_method if calendar else "",
            unsubscribe_url=unsubscribe_url,
            restricted_to=restricted_to,
            state=State.WAITING if address else State.BY_HAND,
        )
    )


@transaction.atomic
def send_again(message: Message, *, by: AbstractBaseUser) -> Message:
    """Write a new message that points to the old one, which stays as it is.

    Raises MoveRefused when it is still on its way, was erased or has no recipient.
    """
    old = _locked(message)
    if old.is_erased or not old.recipient:
        raise MoveRefused(_("The message has no recipient any more, so it cannot be sent again."))
    if not old.is_in(CAN_BE_SENT_AGAIN) or old.resends.waiting().exists():
        raise MoveRefused(_("The message is still on its way; it need not be sent again."))
    _log(old, by, _("Sent again"))
    return _write(
        Message(
            key=f"again:{old.pk}:{old.resends.count() + 1}",
            about=old.about,
            recipient=old.recipient,
            language=old.language,
            subject=old.subject,
            text=old.text,
            html=old.html,
            calendar=old.calendar,
            calendar_method=old.calendar_method,
            unsubscribe_url=old.unsubscribe_url,
            restricted_to=old.restricted_to,
            resend_of=old,
        )
    )


def mark_passed_on(message: Message, *, by: AbstractBaseUser) -> Message:
    """Note that a person gave the message to its recipient; it is not sent any more. Raises MoveRefused."""
    return _move(message, State.PASSED_ON, by, _("Marked as passed on by hand"))


def stop(message: Message, *, by: AbstractBaseUser) -> Message:
    """Take the message out of what is sent or seen as trouble. Raises MoveRefused."""
    return _move(message, State.STOPPED, by, _("Stopped"))


@transaction.atomic
def erase(about: str) -> int:
    """Leave nothing of recipients and bodies of the messages about this thing; returns how many rows it were.

    The rows stay and are counted. What has not gone out is stopped; what is going out at this very moment is noted
    as sent when it succeeds.
    """
    rows = Message.objects.about(about).filter(erased_at=None)
    kept = (State.SENT, State.PASSED_ON)
    rows.exclude(state__in=kept).update(state=State.STOPPED, claimed_at=None)
    texts = ("recipient", "subject", "text", "html", "calendar", "calendar_method", "unsubscribe_url", "last_error")
    return rows.update(**dict.fromkeys(texts, ""), erased_at=Now())


def _cleaned_address(recipient: str) -> str:
    """The address on one line, or "" when there is none."""
    address = clean_line(recipient)
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError as error:
        raise AddressRefused(_("This is not an e-mail address.")) from error
    return address


@transaction.atomic(savepoint=False)
def _write(message: Message) -> Message:
    """The row with the message's key: this one, or the one that was there before."""
    Message.objects.bulk_create([message], ignore_conflicts=True)
    stored = Message.objects.get(key=message.key)
    is_new = stored.message_id == message.message_id
    if is_new and stored.state == State.WAITING and settings.EMAIL_IS_CONFIGURED:
        # In the same transaction as the row; should the task be lost, the sweep of each minute finds the row.
        async_task(SENDER, save=False)
    return stored


def _locked(message: Message) -> Message:
    return Message.objects.select_for_update(of=("self",), no_key=True).get(pk=message.pk)


@transaction.atomic
def _move(message: Message, to: State, by: AbstractBaseUser, note: str | Promise) -> Message:
    stored = _locked(message)
    if not stored.is_in(MOVES[to]):
        raise MoveRefused(
            _("This cannot be done: the state of “%(message)s” is “%(state)s”.")
            % {"message": stored, "state": stored.get_state_display()}
        )
    stored.state = to
    stored.save(update_fields=["state"])
    _log(stored, by, note)
    return stored


def _log(message: Message, by: AbstractBaseUser, note: str | Promise) -> None:
    """Who did what, in the admin's history of the message; its key and not its words, which may be erased."""
    LogEntry.objects.create(
        user_id=by.pk,
        content_type=ContentType.objects.get_for_model(Message),
        object_id=str(message.pk),
        object_repr=message.key,
        action_flag=CHANGE,
        change_message=str(note),
    )
