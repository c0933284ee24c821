"""Messages about one registration, rendered in the participant's language when they are written to the outbox."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from participants.emails.letters import change_of_plans, send
from participants.models import Registration, Transition
from participants.queue import Place, Queue
from regions.models import Post
from seminars.models import Seminar

LINK_EVERY_SECONDS = 600


def notify_registered(seminar: Seminar, registered: Sequence[tuple[Registration, Transition]]) -> None:
    """Tell each of the seat, or of the place in the queue and why."""
    waits = any(registration.is_waiting for registration, _transition in registered)
    places = Queue(seminar).places() if waits else {}
    for registration, transition in registered:
        with translation.override(registration.language):
            if registration.is_waiting:
                _send_waiting(registration, transition, places[registration.pk])
            else:
                _send_registered(registration, transition)


def notify_promoted(registration: Registration, transition: Transition) -> None:
    """Tell who waited that the seat is theirs."""
    with translation.override(registration.language):
        send(
            registration,
            f"promoted:{transition.pk}",
            subject=_("A seat is free for you: %(seminar)s"),
            paragraphs=[
                _("A seat has become free and it is yours. You need not do anything."),
                change_of_plans(),
            ],
            method="REQUEST",
        )


def notify_cancelled(registration: Registration, transition: Transition) -> None:
    """Confirm that the registration is cancelled and the seat is free."""
    with translation.override(registration.language):
        send(
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
        paragraphs = [_("Here is the link to the page of your registration."), change_of_plans()]
        if asked_for_by is not None:
            post = asked_for_by.title(registration.municipality, registration.language)
            paragraphs.insert(
                0,
                _("Somebody else of your municipality (%(post)s) asks for its seat. Nothing has changed: you decide.")
                % {"post": post},
            )
        send(
            registration,
            f"link:{_ten_minutes()}{':asked' if asked_for_by else ''}",
            subject=_("Your registration: %(seminar)s"),
            paragraphs=paragraphs,
        )


def _send_registered(registration: Registration, transition: Transition) -> None:
    send(
        registration,
        f"registered:{transition.pk}",
        subject=_("You are registered: %(seminar)s"),
        paragraphs=[_("Your place at the seminar is confirmed."), change_of_plans()],
        method="REQUEST",
    )


def _send_waiting(registration: Registration, transition: Transition, place: Place) -> None:
    send(
        registration,
        f"waiting:{transition.pk}",
        subject=_("You are on the waiting list: %(seminar)s"),
        paragraphs=[
            _("There is no free seat now. You are number %(number)d on the waiting list.") % {"number": place.number},
            place.reason,
            _("As soon as a seat is free for you, it becomes yours and we write to you. You need not do anything."),
            change_of_plans(),
        ],
    )


def _ten_minutes() -> int:
    return int(timezone.now().timestamp()) // LINK_EVERY_SECONDS
