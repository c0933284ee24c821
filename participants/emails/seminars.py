"""What everyone who is registered reads when the seminar is cancelled or moved."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from outbox.letters import Letter
from participants.emails.letters import change_of_plans, letter_about, notice_of, post
from participants.models import Registration


def notify_seminar_cancelled(registration: Registration) -> None:
    """Tell that the seminar will not be held, with the reason."""
    letter = letter_of_cancelled_seminar(registration)
    post(registration, f"seminar-cancelled:{registration.seminar.calendar_sequence}", letter, method="CANCEL")


def notify_seminar_moved(registration: Registration) -> None:
    """Tell the new dates and place, with the reason."""
    post(
        registration,
        f"seminar-moved:{registration.seminar.calendar_sequence}",
        letter_of_moved_seminar(registration),
        method="REQUEST" if registration.has_seat else "",
    )


def letter_of_cancelled_seminar(registration: Registration) -> Letter:
    """What the person reads when the seminar is cancelled; nothing is written or sent."""
    with translation.override(registration.language):
        return letter_about(
            registration,
            subject=_("The seminar is cancelled: %(seminar)s"),
            paragraphs=[_("The seminar will not be held."), *notice_of(registration)],
        )


def letter_of_moved_seminar(registration: Registration) -> Letter:
    """What the person reads when the seminar has moved; nothing is written or sent."""
    with translation.override(registration.language):
        return letter_about(
            registration,
            subject=_("The seminar has new dates or another place: %(seminar)s"),
            paragraphs=[
                _("The date or the place of the seminar has changed. Your registration stays as it is."),
                *notice_of(registration),
                change_of_plans(),
            ],
        )
