"""What both read when somebody else is sent: who gave the place up, and who comes instead."""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from participants.emails.letters import change_of_plans, letter_about, post, send
from participants.models import Registration, Substitution


def notify_replaced(before: Registration, change: Substitution) -> None:
    """Tell who gave the place up; `before` is the entry as it was, with the old address and the link that is dead."""
    with translation.override(before.language):
        letter = letter_about(
            before,
            subject=_("Somebody else goes instead of you: %(seminar)s"),
            paragraphs=[
                _("Your municipality sends somebody else to the seminar: %(post)s.")
                % {"post": change.came_post.title(before.municipality, before.language)},
                _("The place stays with your municipality. The link to your page no longer works."),
            ],
        )
        post(
            before,
            f"replaced:{change.pk}",
            replace(letter, button_label="", button_url=""),
            method="CANCEL" if before.has_seat else "",
        )


def notify_sent_instead(registration: Registration, change: Substitution) -> None:
    """Tell who comes that the place is theirs, or that they wait, with the link to their page."""
    with translation.override(registration.language):
        state = (
            _("The place at the seminar is yours now.")
            if registration.has_seat
            else _("You are on the waiting list in the place of your municipality.")
        )
        send(
            registration,
            f"sent-instead:{change.pk}",
            subject=_("You go to the seminar: %(seminar)s"),
            paragraphs=[
                _("Your municipality sends you to the seminar instead of: %(post)s.")
                % {"post": change.left_post.title(registration.municipality, registration.language)},
                state,
                change_of_plans(),
            ],
            method="REQUEST" if registration.has_seat else "",
        )
