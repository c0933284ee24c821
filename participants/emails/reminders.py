"""The reminder before a seminar."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outbox.letters import Letter
from outbox.models import Message
from participants.emails.letters import about, change_of_plans, letter_about, post
from participants.models import Registration


def reminder_event(registration: Registration, days: int) -> str:
    """What makes a reminder the same: the day of the seminar and how long before; a moved seminar is another."""
    return f"reminder:{registration.seminar.first_day:%Y%m%d}:{days}"


def notify_reminded(registration: Registration, days: int) -> bool:
    """Write the reminder, once; whether it was written now."""
    event = reminder_event(registration, days)
    if Message.objects.filter(key=f"{about(registration)}:{event}").exists():
        return False
    post(registration, event, letter_of_reminder(registration, days))
    return True


def letter_of_reminder(registration: Registration, days: int) -> Letter:
    """What the person reads so many days before; nothing is written or sent."""
    with translation.override(registration.language):
        return letter_about(
            registration,
            subject=_("Reminder: %(seminar)s"),
            paragraphs=[_how_soon(days), _("Your place is confirmed. We are waiting for you."), change_of_plans()],
        )


def _how_soon(days: int) -> str:
    if days == 0:
        return _("The seminar is today.")
    if days == 1:
        return _("The seminar is tomorrow.")
    return ngettext("The seminar is in %(days)d day.", "The seminar is in %(days)d days.", days) % {"days": days}
