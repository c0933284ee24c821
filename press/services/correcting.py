"""Corrections: dated public notes beside a text that stays as it was."""

from django.db import transaction

from accounts.models import User
from core.clock import database_now
from press.exceptions import AnotherPersonMustApprove, NotAllowedNow
from press.models import Correction, ReleaseText, Revision
from press.services.history import write_down
from press.services.mailing import mail_correction


@transaction.atomic
def propose_correction(*, text: ReleaseText, note: str, by: User) -> Correction:
    """Write a correction of a public text; nobody reads it until another person approves. Raises NotAllowedNow."""
    text = _standing(text)
    return text.corrections.create(note=note, proposed_by=by)


@transaction.atomic
def approve_correction(*, correction: Correction, by: User) -> Correction:
    """Publish the correction now, and send it to all who were sent the text.

    Raises AnotherPersonMustApprove, NotAllowedNow.
    """
    text = _standing(correction.text)
    correction = text.corrections.get(pk=correction.pk)
    if correction.is_public:
        return correction
    if correction.proposed_by_id == by.pk:
        raise AnotherPersonMustApprove
    correction.approved_by, correction.approved_at = by, database_now()
    correction.save()
    write_down(text, Revision.Event.CORRECTED, by=by, comment=correction.note)
    mail_correction(correction, by=by)
    return correction


@transaction.atomic
def drop_correction(*, correction: Correction) -> None:
    """Forget a correction that nobody approved. Raises NotAllowedNow."""
    ReleaseText.objects.locked(correction.text_id)
    if not Correction.objects.filter(pk=correction.pk, approved_at=None).delete()[0]:
        raise NotAllowedNow


def _standing(text: ReleaseText) -> ReleaseText:
    text = ReleaseText.objects.locked(text.pk)
    if not ReleaseText.objects.standing().filter(pk=text.pk).exists():
        raise NotAllowedNow
    return text
