"""Messages to participants, rendered in their language when they are written to the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.dates import clock_time, official_range
from outbox.letters import Fact, Letter
from outbox.services import enqueue
from participants.documents import calendar_for
from participants.models import Registration, Transition
from participants.queue import place_of
from regions.models import Post
from seminars.models import Seminar

LINK_EVERY_SECONDS = 600


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
                _when(seminar, registration.language),
                f"{registration.full_name}: {state}",
                link_to(registration),
            ]
        )


def about(registration: Registration) -> str:
    """The key under which the outbox keeps messages about this registration."""
    return f"registration:{registration.pk}"


def notify_registered(registration: Registration, transition: Transition) -> None:
    """Tell of the seat, or of the place in the queue and why."""
    with translation.override(registration.language):
        if registration.is_waiting:
            _send_waiting(registration, transition)
        else:
            _send(
                registration,
                f"registered:{transition.pk}",
                subject=_("You are registered: %(seminar)s"),
                paragraphs=[_("Your place at the seminar is confirmed."), _change_of_plans()],
                method="REQUEST",
            )


def notify_promoted(registration: Registration, transition: Transition) -> None:
    """Tell who waited that the seat is theirs."""
    with translation.override(registration.language):
        _send(
            registration,
            f"promoted:{transition.pk}",
            subject=_("A seat is free for you: %(seminar)s"),
            paragraphs=[
                _("A seat has become free and it is yours. You need not do anything."),
                _change_of_plans(),
            ],
            method="REQUEST",
        )


def notify_cancelled(registration: Registration, transition: Transition) -> None:
    """Confirm that the registration is cancelled and the seat is free."""
    with translation.override(registration.language):
        _send(
            registration,
            f"cancelled:{transition.pk}",
            subject=_("Registration cancelled: %(seminar)s"),
            paragraphs=[
                _("Your registration for the seminar is cancelled, and your place has been given back."),
                _("While registration is open you can register again."),
            ],
            method="CANCEL",
        )


def send_link(registration: Registration, *, asked_for_by: Post | None = None) -> None:
    """Send the personal link again, at most once in ten minutes; say so when somebody else asks for the seat."""
    with translation.override(registration.language):
        paragraphs = [_("Here is the link to the page of your registration."), _change_of_plans()]
        if asked_for_by is not None:
            post = asked_for_by.title(registration.municipality, registration.language)
            paragraphs.insert(
                0,
                _("Somebody else of your municipality (%(post)s) asks for its seat. Nothing has changed: you decide.")
                % {"post": post},
            )
        _send(
            registration,
            f"link:{_ten_minutes()}{':asked' if asked_for_by else ''}",
            subject=_("Your registration: %(seminar)s"),
            paragraphs=paragraphs,
        )


def notify_seminar_cancelled(registration: Registration) -> None:
    """Tell that the seminar will not be held, with the reason."""
    letter = letter_of_cancelled_seminar(registration)
    _post(registration, f"seminar-cancelled:{registration.seminar.calendar_sequence}", letter, method="CANCEL")


def notify_seminar_moved(registration: Registration) -> None:
    """Tell the new dates and place, with the reason."""
    _post(
        registration,
        f"seminar-moved:{registration.seminar.calendar_sequence}",
        letter_of_moved_seminar(registration),
        method="REQUEST" if registration.has_seat else "",
    )


def letter_of_cancelled_seminar(registration: Registration) -> Letter:
    """What the person reads when the seminar is cancelled; nothing is written or sent."""
    with translation.override(registration.language):
        return _letter(
            registration,
            subject=_("The seminar is cancelled: %(seminar)s"),
            paragraphs=[_("The seminar will not be held."), *_notice(registration)],
        )


def letter_of_moved_seminar(registration: Registration) -> Letter:
    """What the person reads when the seminar has moved; nothing is written or sent."""
    with translation.override(registration.language):
        return _letter(
            registration,
            subject=_("The seminar has new dates or another place: %(seminar)s"),
            paragraphs=[
                _("The date or the place of the seminar has changed. Your registration stays as it is."),
                *_notice(registration),
                _change_of_plans(),
            ],
        )


def _send_waiting(registration: Registration, transition: Transition) -> None:
    place = place_of(registration)
    _send(
        registration,
        f"waiting:{transition.pk}",
        subject=_("You are on the waiting list: %(seminar)s"),
        paragraphs=[
            _("There is no free seat now. You are number %(number)d on the waiting list.") % {"number": place.number},
            place.reason,
            _("As soon as a seat is free for you, it becomes yours and we write to you. You need not do anything."),
            _change_of_plans(),
        ],
    )


def _change_of_plans() -> str:
    return _("If you cannot come, cancel on the page of your registration: somebody else is waiting for a seat.")


def _notice(registration: Registration) -> Sequence[str]:
    return [str(registration.seminar.notice)] if registration.seminar.notice else []


def _when(seminar: Seminar, language: str) -> str:
    """The days and the hour of beginning, named as such when there are several days."""
    begins = "" if seminar.first_day == seminar.last_day else f"{_('begins')} "
    return f"{official_range(seminar.starts_at, seminar.ends_at, language)}, {begins}{clock_time(seminar.starts_at)}"


def _facts(registration: Registration) -> list[Fact]:
    seminar = registration.seminar
    place = ", ".join(str(part) for part in (seminar.city, seminar.venue) if part)
    facts = [
        Fact(_("Seminar"), str(seminar.title)),
        Fact(_("When"), _when(seminar, registration.language)),
        Fact(_("Where"), place),
        Fact(_("Participant"), registration.full_name),
        Fact(_("Municipality"), str(registration.municipality_name)),
    ]
    if seminar.online_url and registration.has_seat and seminar.format != seminar.Format.IN_PERSON:
        facts.append(Fact(_("Online meeting"), seminar.online_url))
    return [fact for fact in facts if fact.value]


def _signature(registration: Registration) -> list[str]:
    seminar = registration.seminar
    contact = ", ".join(part for part in (str(seminar.contact), seminar.contact_phone, seminar.contact_email) if part)
    return [_("Questions: %(contact)s") % {"contact": contact}] if contact else []


def _letter(registration: Registration, *, subject: str, paragraphs: Sequence[str]) -> Letter:
    """A letter about the registration, in the active language."""
    return Letter(
        language=registration.language,
        subject=subject % {"seminar": registration.seminar.title},
        greeting=_("Dear %(name)s,") % {"name": registration.person.given_names or registration.full_name},
        paragraphs=paragraphs,
        facts=_facts(registration),
        button_label=_("Open my registration"),
        button_url=link_to(registration),
        signature=_signature(registration),
    )


def _send(registration: Registration, event: str, *, subject: str, paragraphs: Sequence[str], method: str = "") -> None:
    """Write one message to the outbox, in the caller's transaction and the active language."""
    _post(registration, event, _letter(registration, subject=subject, paragraphs=paragraphs), method=method)


def _post(registration: Registration, event: str, letter: Letter, *, method: str = "") -> None:
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


def _ten_minutes() -> int:
    return int(timezone.now().timestamp()) // LINK_EVERY_SECONDS
