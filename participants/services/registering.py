"""Registering, and what a holder may do afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core.clock import database_now
from participants.actors import Actor
from participants.emails import send_link
from participants.exceptions import NotAllowedNow, RegistrationClosed
from participants.models import Registration, StaffTask
from participants.services.entering import (
    Entry,
    enter,
    holder_of_office,
    refuse_second_of_office,
    refuse_unfit,
    refuse_who_may_not_come,
    set_phones,
)
from seminars.models import Seminar


@transaction.atomic
def register(*, seminar: Seminar, entry: Entry, by: Actor) -> Registration:
    """Give the office a seat, or a place in the queue when none is left for its group; the person is told.

    Raises RegistrationClosed, MunicipalityNotServed, AlreadyRegistered (the same person), RegisteredElsewhere (from
    another municipality), OfficeAlreadyRegistered (somebody else of the municipality: one more may `stand_by`).
    """
    seminar = Seminar.objects.locked(seminar.pk)
    if same := _by_form_key(seminar, entry):
        return same
    now = _check(seminar, entry, by)
    refuse_second_of_office(seminar, entry)
    return enter(seminar, entry, by, now=now)


@transaction.atomic
def stand_by(*, seminar: Seminar, entry: Entry, by: Actor) -> Registration:
    """Register one more person of a municipality that is registered already.

    The person waits, and gets a seat only while the municipality is below its limit. Raises RegistrationClosed,
    MunicipalityNotServed, AlreadyRegistered.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    if same := _by_form_key(seminar, entry):
        return same
    now = _check(seminar, entry, by)
    return enter(seminar, entry, by, now=now)


@transaction.atomic
def request_replacement(*, seminar: Seminar, entry: Entry, by: Actor) -> Registration:
    """Pass on to the holder and to staff that somebody else of the municipality asks for its seat.

    Nothing changes hands (rules.md, Registering 3). Returns the holder's registration. Raises RegistrationClosed,
    MunicipalityNotServed, AlreadyRegistered, NotAllowedNow when nobody of the municipality is registered.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    _check(seminar, entry, by)
    holder = holder_of_office(seminar, entry)
    if holder is None:
        raise NotAllowedNow
    StaffTask.objects.note(
        StaffTask.Kind.REPLACEMENT, holder, f"{entry.full_name}, {entry.post}, {', '.join(entry.phones)}"
    )
    send_link(holder, asked_for_by=entry.post)
    return holder


@transaction.atomic
def send_link_again(*, registration: Registration) -> None:
    """Send the personal link to the address that the registration has; without one staff get a task."""
    send_link(registration)
    if not registration.email:
        StaffTask.objects.note(StaffTask.Kind.LINK_BY_HAND, registration)


@transaction.atomic
def correct_contacts(*, registration: Registration, phones: tuple[str, ...], phone_typed: str, email: str) -> None:
    """Set the phone and e-mail that the holder gives; a new e-mail gets the personal link."""
    registration = Registration.objects.select_for_update(of=("self",), no_key=True).get(pk=registration.pk)
    is_new_email = bool(email) and email != registration.email
    set_phones(registration, phones, phone_typed)
    registration.email = email
    registration.save()
    if is_new_email and registration.is_live:
        send_link(registration)


def state_statistics(*, registration: Registration, sex: str, age_band: str) -> None:
    """Keep sex and age band as the person stated them, or empty: they are counted, never shown with the name."""
    Registration.objects.filter(pk=registration.pk).update(sex=sex, age_band=age_band)


def _by_form_key(seminar: Seminar, entry: Entry) -> Registration | None:
    if entry.form_key is None:
        return None
    return seminar.registrations.filter(form_key=entry.form_key).first()


def _check(seminar: Seminar, entry: Entry, by: Actor) -> datetime:
    """The moment of the act. Raises what refuses it."""
    now = database_now()
    if not (seminar.is_registration_open(now) or (by.is_staff and seminar.is_open_to_staff(now))):
        raise RegistrationClosed
    if not by.is_staff:
        refuse_who_may_not_come(seminar, entry)
    refuse_unfit(seminar, entry)
    return now
