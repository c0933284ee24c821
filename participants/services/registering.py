"""Registering, and what a holder may do afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from core.clock import database_now
from core.folding import fold_name
from participants import seating
from participants.actors import Actor
from participants.emails import notify_registered, send_link
from participants.exceptions import (
    AlreadyRegistered,
    MunicipalityNotServed,
    NotAllowedNow,
    OfficeAlreadyRegistered,
    RegistrationClosed,
)
from participants.models import ConsentText, Person, Registration, StaffTask, Term
from participants.snapshots import snapshot
from participants.states import State
from regions.models import Municipality, Post
from seminars.models import Seminar


@dataclass(frozen=True)
class Entry:
    """What was given to register a person; phones in E.164, `phone_typed` as it was written.

    `form_key` is the one-time key of the rendered form: the same key gives the same registration.
    """

    full_name: str
    post: Post
    municipality: Municipality | None
    phones: tuple[str, ...] = ()
    phone_typed: str = ""
    email: str = ""
    language: str = "ky"
    mode: str = Registration.Mode.HALL
    consent: ConsentText | None = None
    form_key: UUID | None = None


@transaction.atomic
def register(*, seminar: Seminar, entry: Entry, by: Actor) -> Registration:
    """Give the office a seat, or a place in the queue when none is left for its group; the person is told.

    Raises RegistrationClosed, MunicipalityNotServed, AlreadyRegistered (the same person), OfficeAlreadyRegistered
    (somebody else of the municipality: one more may `stand_by`).
    """
    seminar = Seminar.objects.locked(seminar.pk)
    if same := _by_form_key(seminar, entry):
        return same
    _check(seminar, entry, by)
    _refuse_second_of_office(seminar, entry)
    return _enter(seminar, entry, by)


@transaction.atomic
def stand_by(*, seminar: Seminar, entry: Entry, by: Actor) -> Registration:
    """Register one more person of a municipality that is registered already.

    The person waits, and gets a seat only while the municipality is below its limit. Raises RegistrationClosed,
    MunicipalityNotServed, AlreadyRegistered.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    if same := _by_form_key(seminar, entry):
        return same
    _check(seminar, entry, by)
    return _enter(seminar, entry, by)


@transaction.atomic
def request_replacement(*, seminar: Seminar, entry: Entry, by: Actor) -> Registration:
    """Pass on to the holder and to staff that somebody else of the municipality asks for its seat.

    Nothing changes hands (rules.md, Registering 3). Returns the holder's registration. Raises RegistrationClosed,
    MunicipalityNotServed, AlreadyRegistered, NotAllowedNow when nobody of the municipality is registered.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    _check(seminar, entry, by)
    holder = _of_office(seminar, entry)
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
    _set_phones(registration, phones, phone_typed)
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


def _check(seminar: Seminar, entry: Entry, by: Actor) -> None:
    now = database_now()
    if not (seminar.is_registration_open(now) or (by.is_staff and seminar.is_open_to_staff(now))):
        raise RegistrationClosed
    if entry.municipality and not entry.municipality.is_alive_on(seminar.first_day):
        raise MunicipalityNotServed
    if same := _same_person(seminar, entry):
        raise AlreadyRegistered(same)


def _same_person(seminar: Seminar, entry: Entry) -> Registration | None:
    """The live registration of the same folded name and phone in that municipality."""
    return (
        seminar.registrations.live()
        .of_municipality(entry.municipality)
        .filter(folded_name=fold_name(entry.full_name), phone__in=entry.phones or [""])
        .first()
    )


def _of_office(seminar: Seminar, entry: Entry) -> Registration | None:
    """Who of the municipality is registered: the holder of a seat before those who wait."""
    return (
        seminar.registrations.live()
        .of_municipality(entry.municipality)
        .select_related("municipality", "post", "seminar")
        .order_by("slot", "joined_at", "pk")
        .first()
    )


def _refuse_second_of_office(seminar: Seminar, entry: Entry) -> None:
    if entry.municipality is None or entry.mode == Registration.Mode.ONLINE:
        return
    count = seminar.registrations.live().of_municipality(entry.municipality).filter(mode=Registration.Mode.HALL).count()
    if count >= seminar.seats_per_municipality and (holder := _of_office(seminar, entry)):
        raise OfficeAlreadyRegistered(holder)


def _enter(seminar: Seminar, entry: Entry, by: Actor) -> Registration:
    registration = Registration(
        seminar=seminar,
        person=_person(entry),
        channel=by.channel,
        form_key=entry.form_key,
        language=entry.language,
        email=entry.email,
        mode=entry.mode,
        consent=entry.consent,
        consent_language=entry.language if entry.consent else "",
        consented_at=database_now() if entry.consent else None,
        **snapshot(full_name=entry.full_name, post=entry.post, municipality=entry.municipality),
    )
    _set_phones(registration, entry.phones, entry.phone_typed)
    state = _seat(registration)
    transition = seating.move(registration, state, by=by)
    notify_registered(registration, transition)
    _note_other_head(registration)
    return registration


def _seat(registration: Registration) -> State:
    """Take a seat when the office may have one and its group or the pool has one free."""
    if registration.mode == Registration.Mode.ONLINE:
        return State.CONFIRMED
    slot = seating.free_slot(registration.seminar, registration.municipality)
    if registration.municipality is not None and slot is None:
        return State.WAITING
    block = seating.seat_for(registration.seminar, registration.oblast)
    if block is None:
        return State.WAITING
    seating.take(registration, block, slot)
    return State.CONFIRMED


def _set_phones(registration: Registration, phones: tuple[str, ...], typed: str) -> None:
    registration.phone = phones[0] if phones else ""
    registration.phone_other = phones[1] if len(phones) > 1 else ""
    registration.phone_typed = typed


def _person(entry: Entry) -> Person:
    """The person known by this folded name and phone in this municipality, else a new one."""
    known = (
        Person.objects.named(entry.full_name)
        .filter(registrations__municipality=entry.municipality, registrations__phone__in=entry.phones)
        .first()
        if entry.municipality and entry.phones
        else None
    )
    if known:
        return known
    person = Person.from_full_name(
        entry.full_name, phone=entry.phones[0] if entry.phones else "", email=entry.email, language=entry.language
    )
    person.save()
    return person


def _note_other_head(registration: Registration) -> None:
    """A claim to be the head never writes a term of office; a mismatch becomes a task (rules.md, Registering 5)."""
    if registration.municipality is None or not registration.post.is_head:
        return
    term = (
        Term.objects.current().heads().filter(municipality=registration.municipality).select_related("person").first()
    )
    if term and term.person.folded_name != registration.folded_name:
        StaffTask.objects.note(StaffTask.Kind.OTHER_HEAD, registration, term.person.full_name)
