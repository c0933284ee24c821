"""What all messages to participants share: their frame, facts, links, and the way to the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.dates import clock_time, official_range
from outbox.letters import Fact, Letter
from outbox.services import enqueue
from participants.documents import calendar_for
from participants.models import Registration
from seminars.models import Seminar


def link_to(registration: Registration) -> str:
    """The full address of the registration's page, in the participant's language."""
    with translation.override(registration.language):
        return f"{settings.SITE_URL}{registration.get_absolute_url()}"


def messenger_text(registration: Registration) -> str:
    """A short text for a messenger: what, when, which state, and the link; in the participant's language."""
    seminar = registration.seminar
    with translation.override(registration.language):
        state = registration.get_state_display()
        return "\n".join(
            [
                str(seminar.title),
                when(seminar, registration.language),
                f"{registration.full_name}: {state}",
                link_to(registration),
            ]
        )


def about(registration: Registration) -> str:
    """The key under which the outbox keeps messages about this registration."""
    return f"registration:{registration.pk}"


def change_of_plans() -> str:
    """What to do when one cannot come."""
    return _("If you cannot come, cancel on the page of your registration: somebody else is waiting for a seat.")


def notice_of(registration: Registration) -> Sequence[str]:
    """Why the seminar was moved or cancelled, when a reason was given."""
    return [str(registration.seminar.notice)] if registration.seminar.notice else []


def when(seminar: Seminar, language: str) -> str:
    """The days and the hour of beginning, named as such when there are several days."""
    begins = "" if seminar.first_day == seminar.last_day else f"{_('begins')} "
    return f"{official_range(seminar.starts_at, seminar.ends_at, language)}, {begins}{clock_time(seminar.starts_at)}"


def facts_of_seminar(seminar: Seminar, language: str) -> list[Fact]:
    """What, when and where, as far as it is known, in the active language."""
    place = ", ".join(str(part) for part in (seminar.city, seminar.venue) if part)
    facts = [
        Fact(_("Seminar"), str(seminar.title)),
        Fact(_("When"), when(seminar, language)),
        Fact(_("Where"), place),
    ]
    return [fact for fact in facts if fact.value]


def facts_of(registration: Registration) -> list[Fact]:
    """The seminar, who takes part, and the address of the online meeting for who has a place."""
    seminar = registration.seminar
    facts = [
        *facts_of_seminar(seminar, registration.language),
        Fact(_("Participant"), registration.full_name),
        Fact(_("Municipality"), str(registration.municipality_name)),
    ]
    if seminar.online_url and registration.has_seat and seminar.format != seminar.Format.IN_PERSON:
        facts.append(Fact(_("Online meeting"), seminar.online_url))
    return [fact for fact in facts if fact.value]


def signature_of(seminar: Seminar) -> list[str]:
    """Whom to ask, in the active language."""
    contact = ", ".join(part for part in (str(seminar.contact), seminar.contact_phone, seminar.contact_email) if part)
    return [_("Questions: %(contact)s") % {"contact": contact}] if contact else []


def letter_about(registration: Registration, *, subject: str, paragraphs: Sequence[str]) -> Letter:
    """A letter about the registration, in the active language."""
    return Letter(
        language=registration.language,
        subject=subject % {"seminar": registration.seminar.title},
        greeting=_("Dear %(name)s,") % {"name": registration.person.given_names or registration.full_name},
        paragraphs=paragraphs,
        facts=facts_of(registration),
        button_label=_("Open my registration"),
        button_url=link_to(registration),
        signature=signature_of(registration.seminar),
    )


def send(registration: Registration, event: str, *, subject: str, paragraphs: Sequence[str], method: str = "") -> None:
    """Write one message to the outbox, in the caller's transaction and the active language."""
    post(registration, event, letter_about(registration, subject=subject, paragraphs=paragraphs), method=method)


def post(registration: Registration, event: str, letter: Letter, *, method: str = "") -> None:
    """Write the letter to the outbox, once per event; `method` adds the calendar entry (REQUEST or CANCEL)."""
    calendar: dict[str, Any] = (
        {"calendar": calendar_for(registration, method=method, url=link_to(registration)), "calendar_method": method}
        if method
        else {}
    )
    enqueue(
        key=f"{about(registration)}:{event}",
        recipient=registration.email,
        language=registration.language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        about=about(registration),
        **calendar,
    )
