"""Reminders before a seminar: once each, in time or after an outage, never of what is cancelled or has begun."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from core.clock import database_now
from participants.emails import notify_reminded
from participants.exceptions import SeminarNotChangeable
from participants.models import Registration
from participants.states import State
from seminars.models import Seminar


def due_reminder(seminar: Seminar, now: datetime) -> int | None:
    """How many days before is the latest reminder whose hour has come; None before the first and once it has begun."""
    if seminar.is_cancelled or seminar.reminders_stopped_at or not seminar.is_published or now >= seminar.starts_at:
        return None
    return min((days for days in seminar.reminder_days if seminar.reminder_moment(days) <= now), default=None)


def to_remind(seminar: Seminar, days: int) -> QuerySet[Registration]:
    """Who has a place, and had it when the hour of that reminder came: who got it later has just been told."""
    had_place = seminar.registrations.confirmed().filter(
        transitions__after=State.CONFIRMED, transitions__at__lte=seminar.reminder_moment(days)
    )
    return had_place.select_related("seminar", "person", "municipality").distinct().order_by("pk")


@transaction.atomic
def remind(*, seminar: Seminar) -> int:
    """Write the reminder that is due now to everyone whom it concerns; return to how many.

    Of several that an outage left behind only the latest goes out; a second run writes nothing.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    days = due_reminder(seminar, database_now())
    if days is None:
        return 0
    return sum(notify_reminded(registration, days) for registration in to_remind(seminar, days))


@transaction.atomic
def set_reminders(*, seminar: Seminar, days: Iterable[int]) -> Seminar:
    """Remind so many days before, each once; none: no reminders. Raises SeminarNotChangeable."""
    seminar = _locked(seminar)
    seminar.reminder_days = sorted(set(days), reverse=True)
    seminar.save(update_fields=["reminder_days"])
    return seminar


@transaction.atomic
def stop_reminders(*, seminar: Seminar) -> Seminar:
    """Let no reminder of the seminar be written until they are resumed. Raises SeminarNotChangeable."""
    seminar = _locked(seminar)
    seminar.reminders_stopped_at = Now()  # the clock of the database
    seminar.save(update_fields=["reminders_stopped_at"])
    return seminar


@transaction.atomic
def resume_reminders(*, seminar: Seminar) -> Seminar:
    """Let reminders go out again; what is due goes with the next run. Raises SeminarNotChangeable."""
    seminar = _locked(seminar)
    seminar.reminders_stopped_at = None
    seminar.save(update_fields=["reminders_stopped_at"])
    return seminar


def _locked(seminar: Seminar) -> Seminar:
    seminar = Seminar.objects.locked(seminar.pk)
    if seminar.is_cancelled or seminar.starts_at <= database_now():
        raise SeminarNotChangeable
    return seminar
