"""Sending invitations to offices, reminding those that are silent, taking one back (rules.md, Seats 9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.clock import database_now
from core.dates import local_day
from participants import answers, seating
from participants.actors import PORTAL, Actor
from participants.addressees import Addressee, addressees_of
from participants.emails.invitations import not_reminded, send_invitations, send_reminders
from participants.exceptions import DeadlineImpossible, NobodyToInvite, NotAllowedNow, OfficesGoneByThen, SeminarNotOpen
from participants.models import Invitation, Round
from participants.services.journal import note
from regions.models import Municipality, Oblast
from seminars.models import Seminar


@dataclass(frozen=True)
class OfficialLetter:
    """The letter that invites: its number (may be empty), its date, and until when answers are asked."""

    number: str
    date: date
    answer_by: datetime


@transaction.atomic
def invite(
    *, seminar: Seminar, municipalities: Iterable[Municipality], letter: OfficialLetter, key: UUID, by: Actor
) -> Round:
    """Invite these offices with their heads of today; each gets its personal link, and its seat is kept where asked.

    The same key gives the same round. An office with a standing invitation is left out. One that is registered
    already counts as having answered: no message goes to it. Raises SeminarNotOpen, DeadlineImpossible,
    OfficesGoneByThen, NobodyToInvite, MoreKeptThanFree; nothing is sent then.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    if same := Round.objects.filter(key=key).first():
        return same
    now = database_now()
    _refuse(seminar, letter, now)
    units = still_to_invite(seminar, municipalities)
    sent = Round.objects.create(
        seminar=seminar,
        letter_number=letter.number,
        letter_date=letter.date,
        answer_by=letter.answer_by,
        key=key,
        by=by.user,
    )
    invitations = Invitation.objects.bulk_create(_invitation(sent, addressee) for addressee in addressees_of(units))
    seating.fill_free_seats(seminar, now=now)
    silent = _without_registered(seminar, invitations)
    if seminar.holds_seats and seminar.has_hall:
        seating.hold_seats(seminar, silent)
    send_invitations(silent)
    return sent


def still_to_invite(seminar: Seminar, municipalities: Iterable[Municipality]) -> list[Municipality]:
    """Those of the municipalities that have no standing invitation yet, in the order of lists.

    Raises OfficesGoneByThen, naming those that do not exist on the first day, and NobodyToInvite.
    """
    keys = {municipality.pk for municipality in municipalities}
    units = Municipality.objects.filter(pk__in=keys).with_names().by_name()
    if gone := [unit for unit in units if not unit.is_alive_on(seminar.first_day)]:
        raise OfficesGoneByThen(gone)
    invited = set(seminar.invitations.standing().values_list("municipality", flat=True))
    if not (left := [unit for unit in units if unit.pk not in invited]):
        raise NobodyToInvite
    return left


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor) -> Invitation:
    """Take an invitation back: its page says so, its code is dead, the seat kept for it goes to the next in line.

    A registration that came of it stays; staff cancel it on its own page. Raises NotAllowedNow when it is withdrawn.
    """
    seminar = Seminar.objects.locked(invitation.seminar_id)
    invitation = seminar.invitations.select_related("hold").get(pk=invitation.pk)
    if invitation.withdrawn_at is not None:
        raise NotAllowedNow
    now = database_now()
    seating.drop_hold(invitation)
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    note(invitation, by, _("The invitation was taken back"))
    seating.fill_free_seats(seminar, now=now)
    return invitation


@transaction.atomic
def remind_silent(*, seminar: Seminar, by: Actor, oblast: Oblast | None = None) -> int:
    """Write to every invited office that is silent (of one oblast: only to those), each once a day at most.

    Returns how many are reminded now. Nobody is after the deadline of the letter. Raises SeminarNotOpen.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    now = database_now()
    if not seminar.is_open_to_staff(now) or now >= seminar.starts_at:
        raise SeminarNotOpen
    silent = whom_to_remind(seminar, oblast=oblast, now=now)
    send_reminders(silent, day=local_day(now))
    number = len(silent)
    note(
        seminar,
        by,
        ngettext("%(number)d silent office reminded", "%(number)d silent offices reminded", number)
        % {"number": number},
    )
    return number


def whom_to_remind(seminar: Seminar, *, now: datetime, oblast: Oblast | None = None) -> list[Invitation]:
    """The silent offices that may still answer and were not reminded today, in the order of lists."""
    silent = seminar.invitations.silent().filter(round__answer_by__gt=now).for_lists().select_related("person")
    if oblast is not None:
        silent = silent.filter(municipality__oblast=oblast)
    return not_reminded(list(silent), day=local_day(now))


def note_opening(invitation: Invitation) -> None:
    """Count one more opening of the page: a counter, not proof (rules.md, Messages 4)."""
    Invitation.objects.filter(pk=invitation.pk).update(openings=models.F("openings") + 1)


def _refuse(seminar: Seminar, letter: OfficialLetter, now: datetime) -> None:
    if not seminar.is_open_to_staff(now):
        raise SeminarNotOpen
    if not now < letter.answer_by <= seminar.ends_at:
        raise DeadlineImpossible


def _invitation(sent: Round, addressee: Addressee) -> Invitation:
    return Invitation(
        seminar=sent.seminar,
        round=sent,
        municipality=addressee.municipality,
        person=addressee.person,
        full_name=addressee.full_name,
        phone=addressee.phone,
        email=addressee.email,
        language=addressee.language,
    )


def _without_registered(seminar: Seminar, invitations: list[Invitation]) -> list[Invitation]:
    """Those whose office is not registered yet; the others get as their answer what stands in the registration."""
    live = seminar.registrations.live().filter(municipality__in=[one.municipality_id for one in invitations])
    # The last of an office stays: the head before others, a seat before a place in the queue.
    in_order = live.select_related("post", "seminar").order_by("post__is_head", "-slot", "-joined_at", "-pk")
    speaking = {row.municipality_id: row for row in in_order if answers.speaks_for_office(row)}
    for invitation in invitations:
        if (row := speaking.get(invitation.municipality_id)) is not None:
            answers.write(invitation, answers.answer_by(row, invitation), registration=row, by=PORTAL)
    return [invitation for invitation in invitations if invitation.municipality_id not in speaking]
