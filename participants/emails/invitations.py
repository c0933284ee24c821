"""Messages to invited offices, each in the language of its invitation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.dates import official_date, official_moment
from outbox.letters import Fact, Letter
from outbox.models import Message
from outbox.services import enqueue
from participants.emails.letters import facts_of_seminar, signature_of, when
from participants.models import Invitation

_SENT = "sent"


def about_invitation(invitation: Invitation) -> str:
    """The key under which the outbox keeps messages about this invitation."""
    return f"invitation:{invitation.pk}"


def invitation_link(invitation: Invitation) -> str:
    """The full address of the office's page, in the language of the invitation."""
    with translation.override(invitation.language):
        return f"{settings.SITE_URL}{invitation.get_absolute_url()}"


def invitation_messenger_text(invitation: Invitation) -> str:
    """A short text to paste into a messenger: what, when, for which office, until when to answer, and the link."""
    seminar, language = invitation.seminar, invitation.language
    with translation.override(language):
        return "\n".join(
            [
                _("Invitation to the seminar: %(seminar)s") % {"seminar": seminar.title},
                when(seminar, language),
                str(invitation.municipality.name),
                _("Please answer by %(deadline)s:")
                % {"deadline": official_moment(invitation.round.answer_by, language)},
                invitation_link(invitation),
            ]
        )


def send_invitations(invitations: Sequence[Invitation]) -> None:
    """Write the invitation with its personal link to each of these offices."""
    for invitation in invitations:
        _post(invitation, _SENT, letter_of_invitation(invitation))


def letter_of_invitation(invitation: Invitation) -> Letter:
    """The message by which an office is invited, in the language of the invitation."""
    with translation.override(invitation.language):
        paragraphs = [_("Your municipality is invited to the seminar."), _how_to_answer()]
        if invitation.hold_id is not None:
            paragraphs.append(_("A seat is kept for your municipality until then."))
        return _letter(invitation, _("Invitation to the seminar: %(seminar)s"), paragraphs)


def send_reminders(invitations: Sequence[Invitation], *, day: date) -> None:
    """Remind each of these offices, once a day at most."""
    for invitation in invitations:
        with translation.override(invitation.language):
            paragraphs = [_("We invited your municipality and have no answer yet."), _how_to_answer()]
            letter = _letter(invitation, _("Please answer: %(seminar)s"), paragraphs)
        _post(invitation, _reminder(day), letter)


def not_reminded(invitations: Sequence[Invitation], *, day: date) -> list[Invitation]:
    """Those of the offices that have not been reminded on that day."""
    keys = {_key(invitation, _reminder(day)): invitation for invitation in invitations}
    written = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    return [invitation for key, invitation in keys.items() if key not in written]


def states_of_sent(invitations: Sequence[Invitation]) -> dict[int, str]:
    """The state of the message by which each office was invited, by the invitation's key; none was written to some."""
    keys = {_key(invitation, _SENT): invitation.pk for invitation in invitations}
    found = Message.objects.filter(key__in=keys).values_list("key", "state")
    return {keys[key]: state for key, state in found}


def thank_for_no(invitation: Invitation) -> None:
    """Confirm that nobody comes, and say that the answer can be changed."""
    with translation.override(invitation.language):
        paragraphs = [
            _("You answered that nobody comes from your municipality. Thank you for telling us in time."),
            _("Until the deadline you can change the answer on the same page."),
        ]
        letter = _letter(invitation, _("Your answer has been received: %(seminar)s"), paragraphs)
    _post(invitation, f"no:{invitation.answers.count()}", letter)


def tell_invited_cancelled(invitation: Invitation) -> None:
    """Tell an office that has not answered that the seminar will not be held, with the reason."""
    seminar = invitation.seminar
    with translation.override(invitation.language):
        paragraphs = [_("The seminar will not be held."), str(seminar.notice)]
        letter = _letter(invitation, _("The seminar is cancelled: %(seminar)s"), paragraphs)
        letter = replace(letter, button_label="", button_url="")
    _post(invitation, f"seminar-cancelled:{seminar.calendar_sequence}", letter)


def tell_invited_moved(invitation: Invitation) -> None:
    """Tell an office that has not answered the new dates and place, with the reason."""
    seminar = invitation.seminar
    with translation.override(invitation.language):
        paragraphs = [
            _("The date or the place of the seminar has changed. Your invitation stays as it is."),
            str(seminar.notice),
            *([] if invitation.is_past_deadline else [_how_to_answer()]),
        ]
        letter = _letter(invitation, _("The seminar has new dates or another place: %(seminar)s"), paragraphs)
    _post(invitation, f"seminar-moved:{seminar.calendar_sequence}", letter)


def _how_to_answer() -> str:
    return _("Open the page and press one button: yes, no, or a deputy comes. Nothing has to be typed again.")


def _key(invitation: Invitation, event: str) -> str:
    return f"{about_invitation(invitation)}:{event}"


def _reminder(day: date) -> str:
    return f"reminder:{day}"


def _post(invitation: Invitation, event: str, letter: Letter) -> None:
    enqueue(
        key=_key(invitation, event),
        recipient=invitation.email,
        language=invitation.language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        about=about_invitation(invitation),
    )


def _letter(invitation: Invitation, subject: str, paragraphs: Sequence[str]) -> Letter:
    """A letter to the head of the office, in the active language; where nobody heads it, to the office."""
    seminar, person = invitation.seminar, invitation.person
    name = (person.given_names or person.full_name) if person else ""
    return Letter(
        language=invitation.language,
        subject=subject % {"seminar": seminar.title},
        greeting=_("Dear %(name)s,") % {"name": name} if name else _("Dear colleagues,"),
        paragraphs=paragraphs,
        facts=[
            *facts_of_seminar(seminar, invitation.language),
            Fact(_("Municipality"), invitation.municipality.full_name),
            Fact(_("Letter"), letter_reference(invitation, invitation.language)),
            Fact(_("Answer by"), official_moment(invitation.round.answer_by, invitation.language)),
        ],
        button_label=_("Answer the invitation"),
        button_url=invitation_link(invitation),
        signature=signature_of(seminar),
    )


def letter_reference(invitation: Invitation, language: str) -> str:
    """Number and date of the official letter; the date alone while it has no number."""
    sent = invitation.round
    day = official_date(sent.letter_date, language)
    return f"№ {sent.letter_number}, {day}" if sent.letter_number else day
