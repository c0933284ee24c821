"""The moves of a text between its states."""

from django.db import transaction

from accounts.models import User
from core.clock import database_now
from press import figures
from press.exceptions import (
    AnotherPersonMustApprove,
    NotAllowedNow,
    TextChangedMeanwhile,
    TextHasGaps,
    TextIsIncomplete,
    TextIsPublic,
)
from press.gaps import gaps_in
from press.models import LINES, PARAGRAPHS, ReleaseText, Revision
from press.services.history import write_down
from press.services.mailing import stop_waiting
from press.states import State, may_move


def gaps_of(text: ReleaseText) -> list[str]:
    """What is still to be filled in, in every part and record of the text."""
    texts = [getattr(text, name) for name in (*LINES, *PARAGRAPHS)]
    texts += [row.as_line() for rows in (text.quotes, text.documents, text.contacts) for row in rows.all()]
    texts += [f"{row.alt} {row.caption}" for row in text.pictures.all()]
    texts += [row.title for row in text.attachments.all()]
    return [gap for written in texts for gap in gaps_in(written)]


def is_complete(text: ReleaseText) -> bool:
    """Whether it has what every release has."""
    return bool(text.headline and text.lead and text.contacts.all())


@transaction.atomic
def submit(*, text: ReleaseText, revision: int, by: User) -> ReleaseText:
    """Put the draft before another person; its figures are frozen from now on.

    Raises TextHasGaps, TextIsIncomplete, TextChangedMeanwhile, NotAllowedNow.
    """
    text = _locked(text, revision, State.SUBMITTED)
    if gaps := gaps_of(text):
        raise TextHasGaps(gaps)
    if not is_complete(text):
        raise TextIsIncomplete
    text.figures = figures.of_text(text)
    text.state = State.SUBMITTED
    text.submitted_by, text.submitted_at, text.comment = by, database_now(), ""
    text.save()
    write_down(text, Revision.Event.SUBMITTED, by=by)
    return text


@transaction.atomic
def return_to_draft(*, text: ReleaseText, revision: int, comment: str, by: User) -> ReleaseText:
    """Give a submitted text, or an approved one before its hour, back to be written on, with a word why.

    Raises TextIsPublic, TextChangedMeanwhile, NotAllowedNow.
    """
    text = _locked(text, revision, State.DRAFT)
    if ReleaseText.objects.public().filter(pk=text.pk).exists():
        raise TextIsPublic
    back_to_draft(text, by=by)
    text.comment = comment
    text.save()
    write_down(text, Revision.Event.RETURNED, by=by, comment=comment)
    return text


@transaction.atomic
def approve(*, text: ReleaseText, revision: int, by: User) -> ReleaseText:
    """Let it be published at its hour, or now when the hour has passed or none was given.

    Raises AnotherPersonMustApprove, TextChangedMeanwhile, NotAllowedNow.
    """
    text = _locked(text, revision, State.APPROVED)
    if by.pk in (text.submitted_by_id, text.last_editor_id):
        raise AnotherPersonMustApprove
    now = database_now()
    text.public_from = max(text.public_from or now, now)
    text.state = State.APPROVED
    text.approved_by, text.approved_at = by, now
    text.edition += 1
    text.save()
    write_down(text, Revision.Event.APPROVED, by=by)
    return text


@transaction.atomic
def withdraw(*, text: ReleaseText, revision: int, note: str, by: User) -> ReleaseText:
    """Take a public text back: its page stays and says so; documents, pictures and files are gone.

    Raises NotAllowedNow before its hour, TextChangedMeanwhile.
    """
    text = _locked(text, revision, State.WITHDRAWN)
    if not ReleaseText.objects.standing().filter(pk=text.pk).exists():
        raise NotAllowedNow
    stop_waiting(text, by=by)
    text.state = State.WITHDRAWN
    text.withdrawn_by, text.withdrawn_at, text.withdrawn_note = by, database_now(), note
    text.save()
    write_down(text, Revision.Event.WITHDRAWN, by=by, comment=note)
    return text


def back_to_draft(text: ReleaseText, *, by: User) -> None:
    """Undo submission and approval on the locked text, which the caller saves; figures are live again.

    Letters about it that have not gone out are stopped.
    """
    stop_waiting(text, by=by)
    text.state = State.DRAFT
    text.submitted_by = text.submitted_at = text.figures = None
    text.approved_by = text.approved_at = None


def _locked(text: ReleaseText, revision: int, after: State) -> ReleaseText:
    text = ReleaseText.objects.locked(text.pk)
    if text.revision != revision:
        raise TextChangedMeanwhile
    if not may_move(text.state, after):
        raise NotAllowedNow
    return text
