"""Cancelling and moving a seminar: everyone who is registered is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from simple_history.utils import update_change_reason

from core.clock import database_now
from participants.actors import Actor
from participants.emails import (
    notify_seminar_cancelled,
    notify_seminar_moved,
    tell_invited_cancelled,
    tell_invited_moved,
)
from participants.exceptions import ImpossibleDates, SeminarNotChangeable
from participants.models import Invitation, Registration
from seminars.models import Seminar

# Farther than this a seminar is not moved but typed wrong.
FARTHEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Notice:
    """Why a seminar was cancelled or moved, in the words that participants and the public read."""

    ky: str
    ru: str


@dataclass(frozen=True)
class Place:
    """When and where a seminar is held."""

    starts_at: datetime
    ends_at: datetime
    venue_ky: str
    venue_ru: str
    city_ky: str
    city_ru: str


@transaction.atomic
def cancel_seminar(*, seminar: Seminar, notice: Notice, by: Actor) -> int:
    """Cancel a published seminar that is not over; return how many were told: people, and offices that are silent.

    Registrations stay as they are: their pages say that the seminar is cancelled. Raises SeminarNotChangeable.
    """
    seminar, now = _locked_changeable(seminar)
    seminar.cancelled_at = now
    _announce(seminar, notice, by)
    people = _to_tell(seminar)
    for registration in people:
        notify_seminar_cancelled(registration)
    offices = _silent(seminar)
    for invitation in offices:
        tell_invited_cancelled(invitation)
    return len(people) + len(offices)


@transaction.atomic
def move_seminar(*, seminar: Seminar, place: Place, notice: Notice, by: Actor) -> int:
    """Give a published seminar other dates or another place; return how many were told, as `cancel_seminar` does.

    Sessions and the closing of registration move with the first day. Raises SeminarNotChangeable, ImpossibleDates.
    """
    seminar, now = _locked_changeable(seminar)
    shift = place.starts_at - seminar.starts_at
    rearrange(seminar, place, now=now)
    for session in seminar.sessions.all():
        session.starts_at += shift
        session.ends_at += shift
        session.save()
    _announce(seminar, notice, by)
    people = _to_tell(seminar)
    for registration in people:
        notify_seminar_moved(registration)
    offices = _silent(seminar)
    for invitation in offices:
        tell_invited_moved(invitation)
    return len(people) + len(offices)


def rearrange(seminar: Seminar, place: Place, *, now: datetime) -> None:
    """Give the seminar, in memory only, other dates and another place; deadlines move along.

    Raises ImpossibleDates.
    """
    if place.ends_at <= now:
        raise ImpossibleDates(_("These dates have passed already."))
    shift = place.starts_at - seminar.starts_at
    if abs(shift) > FARTHEST:
        raise ImpossibleDates(_("These dates are too far away. Check the year."))
    for name in ("registration_closes_at", "lists_deadline", "quotas_release_at"):
        if (moment := getattr(seminar, name)) is not None:
            setattr(seminar, name, moment + shift)
    for name, value in vars(place).items():
        setattr(seminar, name, value)
    try:
        seminar.validate_constraints()
    except ValidationError as error:
        raise ImpossibleDates(" ".join(error.messages)) from error


def _locked_changeable(seminar: Seminar) -> tuple[Seminar, datetime]:
    seminar = Seminar.objects.locked(seminar.pk)
    now = database_now()
    if not seminar.is_published or seminar.is_cancelled or seminar.ends_at <= now:
        raise SeminarNotChangeable
    return seminar, now


def _announce(seminar: Seminar, notice: Notice, by: Actor) -> None:
    seminar.notice_ky, seminar.notice_ru = notice.ky, notice.ru
    seminar.calendar_sequence += 1
    seminar.save()
    update_change_reason(seminar, by.reason[:100])


def _to_tell(seminar: Seminar) -> list[Registration]:
    return list(seminar.registrations.live().select_related("seminar", "person", "municipality").order_by("pk"))


def _silent(seminar: Seminar) -> list[Invitation]:
    """Invited offices without an answer: their letter names the old day."""
    return list(seminar.invitations.silent().for_lists().select_related("person"))
