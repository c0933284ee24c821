"""Changes to seminars that touch several rows or what the public sees."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction

from accounts.models import User
from core.clock import database_now
from seminars import readiness
from seminars.addresses import propose
from seminars.exceptions import AlreadyPublished, NotReadyToPublish, QuotasPromiseMore, SeatsAreFixed
from seminars.models import SeatBlock, SeatChange, Seminar, Session, SessionSpeaker, Speaker

# What belongs to one sitting only and is not taken over into a copy.
NOT_COPIED = {
    "id",
    "slug",
    "online_url",
    "published_at",
    "cancelled_at",
    "notice_ky",
    "notice_ru",
    "calendar_sequence",
}


@transaction.atomic
def publish(*, seminar: Seminar, by: User) -> Seminar:
    """Show the seminar to the public from now on; there is no way back but cancelling it.

    Raises AlreadyPublished, NotReadyToPublish.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    if seminar.is_published:
        raise AlreadyPublished
    now = database_now()
    if lacks := readiness.lacks(seminar, now):
        raise NotReadyToPublish(lacks)
    seminar.published_at = now
    seminar._history_user = by  # type: ignore[attr-defined]  # how simple-history is told who
    seminar.save(update_fields=["published_at"])
    return seminar


@transaction.atomic
def set_hall_seats(*, seminar: Seminar, seats: int, by: User) -> None:
    """Give a seminar that is not published yet so many seats; quotas stay as they are, the rest is the common pool.

    Raises SeatsAreFixed after publication: then `participants` changes seats and promotes who waits.
    Raises QuotasPromiseMore when the quotas alone are more.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    if seminar.is_published:
        raise SeatsAreFixed
    before = sum(seminar.blocks.pool().values_list("seats", flat=True))
    promised = sum(seminar.blocks.exclude(group=None).values_list("seats", flat=True))
    if seats < promised:
        raise QuotasPromiseMore(promised)
    pool = seats - promised
    if pool == before:
        return
    if pool or promised:
        SeatBlock.objects.update_or_create(seminar=seminar, group=None, defaults={"seats": pool})
    else:
        seminar.blocks.pool().delete()
    SeatChange.objects.create(seminar=seminar, before=before, after=pool, by=by)


@transaction.atomic
def copy(*, seminar: Seminar, first_day: date, by: User) -> Seminar:
    """A new unpublished seminar with the same texts, programme, contributors, topics and seats.

    Everything moves by whole days so that it begins on `first_day` at the same hour. The address is new; the address
    of the online meeting is left out, because meetings have their own.
    """
    # Two copies at once wait for each other, so each finds an address of its own.
    seminar = Seminar.objects.locked(seminar.pk)
    shift = first_day - seminar.first_day
    twin = Seminar(**_values(seminar, NOT_COPIED, shift))
    twin.slug = propose(twin.title, first_day, address_book())
    twin._history_user = by  # type: ignore[attr-defined]  # how simple-history is told who
    twin.save()
    for name in ("topics", "posts", "groups"):
        getattr(twin, name).set(getattr(seminar, name).all())
    for block in seminar.blocks.all():
        SeatBlock.objects.create(seminar=twin, group=block.group, seats=block.seats)
        SeatChange.objects.create(seminar=twin, group=block.group, before=0, after=block.seats, by=by)
    for contributor in seminar.contributors.all():
        twin.contributors.create(**_values(contributor, {"id", "seminar"}, shift))
    for session in seminar.sessions.with_speakers():
        _copy_session(session, twin, shift)
    return twin


def _copy_session(session: Session, twin: Seminar, shift: timedelta) -> None:
    new = twin.sessions.create(**_values(session, {"id", "seminar"}, shift))
    for appearance in session.appearances.all():
        new.appearances.create(**_values(appearance, {"id", "session"}, shift))


def _values(row: models.Model, without: set[str], shift: timedelta) -> dict[str, Any]:
    """The row's own columns by name, moments moved by `shift`."""
    values = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name not in without}
    return {name: value + shift if isinstance(value, datetime) else value for name, value in values.items()}


def address_book() -> set[str]:
    """The addresses that seminars have already."""
    return set(Seminar.objects.values_list("slug", flat=True))


@transaction.atomic
def set_speakers(*, session: Session, speakers: Iterable[Speaker], moderators: Iterable[Speaker]) -> None:
    """Exactly these people appear in the session, moderators first; nobody may be given twice."""
    wanted = [(speaker, SessionSpeaker.Role.MODERATOR) for speaker in moderators]
    wanted += [(speaker, SessionSpeaker.Role.SPEAKER) for speaker in speakers]
    known = {appearance.speaker_id: appearance for appearance in session.appearances.all()}
    for position, (speaker, role) in enumerate(wanted):
        appearance = known.pop(speaker.pk, None)
        if appearance is None:
            session.appearances.create(speaker=speaker, role=role, position=position)
        elif (appearance.role, appearance.position) != (role, position):
            appearance.role, appearance.position = role, position
            appearance.save()
    for appearance in known.values():
        appearance.delete()
