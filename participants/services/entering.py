"""How one more entry comes into being, whatever way it came by; the seminar's row is locked by the caller."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from core.folding import fold_name
from participants import answers, seating
from participants.actors import Actor
from participants.emails import notify_registered
from participants.exceptions import (
    AlreadyRegistered,
    MayNotCome,
    MunicipalityNotServed,
    OfficeAlreadyRegistered,
    RegisteredElsewhere,
)
from participants.models import (
    ConsentText,
    CoordinatorLink,
    Invitation,
    Person,
    Registration,
    StaffTask,
    Term,
    Transition,
)
from participants.snapshots import snapshot
from participants.states import State
from regions.models import Municipality, Post
from seminars.models import Seminar


@dataclass(frozen=True)
class Entry:
    """What was given to register a person; phones in E.164, `phone_typed` as it was written.

    `person` is who it is, where that is known already. `form_key` is the one-time key of the rendered form: the same
    key gives the same registration. `invitation` is the one that this answers; its service writes the answer down.
    `coordinator_link` is the one by which the list came that names the person.
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
    person: Person | None = None
    invitation: Invitation | None = None
    coordinator_link: CoordinatorLink | None = None


def refuse_unfit(seminar: Seminar, entry: Entry) -> None:
    """Raises MunicipalityNotServed, AlreadyRegistered (the same person of that municipality), RegisteredElsewhere."""
    if entry.municipality and not entry.municipality.is_alive_on(seminar.first_day):
        raise MunicipalityNotServed
    if same := same_person(seminar, entry):
        raise AlreadyRegistered(same)
    if own := seminar.registrations.live().filter(person=known_person(entry)).first():
        raise AlreadyRegistered(own) if own.municipality == entry.municipality else RegisteredElsewhere


def refuse_who_may_not_come(seminar: Seminar, entry: Entry) -> None:
    """Raises MayNotCome when the seminar is for other oblasts or posts; staff may enter anybody."""
    if entry.municipality and entry.municipality.oblast not in seminar.groups_that_may_come():
        raise MayNotCome(_("This seminar is not for municipalities of your oblast."))
    refuse_post(seminar, entry)


def refuse_post(seminar: Seminar, entry: Entry) -> None:
    """Raises MayNotCome when the seminar is for other posts."""
    if entry.post not in seminar.posts_that_may_come():
        raise MayNotCome(_("This seminar is not for this post."))


def same_person(seminar: Seminar, entry: Entry) -> Registration | None:
    """The live registration of the same folded name and phone in that municipality."""
    return (
        seminar.registrations.live()
        .of_municipality(entry.municipality)
        .filter(folded_name=fold_name(entry.full_name), phone__in=entry.phones or [""])
        .first()
    )


def holder_of_office(seminar: Seminar, entry: Entry) -> Registration | None:
    """Who of the municipality is registered: the holder of a seat before those who wait."""
    return (
        seminar.registrations.live()
        .of_municipality(entry.municipality)
        .select_related("municipality", "post", "seminar")
        .order_by("slot", "joined_at", "pk")
        .first()
    )


def refuse_second_of_office(seminar: Seminar, entry: Entry) -> None:
    """Raises OfficeAlreadyRegistered when as many of the municipality are registered as it may have seats."""
    if entry.municipality is None or entry.mode == Registration.Mode.ONLINE:
        return
    count = seminar.registrations.live().of_municipality(entry.municipality).filter(mode=Registration.Mode.HALL).count()
    if count >= seminar.seats_per_municipality and (holder := holder_of_office(seminar, entry)):
        raise OfficeAlreadyRegistered(holder)


def enter(seminar: Seminar, entry: Entry, by: Actor, *, now: datetime) -> Registration:
    """Give the entry a seat, or a place in the queue when none is left for it; the person is told."""
    return enter_all(seminar, [entry], by, now=now)[0]


def enter_all(seminar: Seminar, entries: Iterable[Entry], by: Actor, *, now: datetime) -> list[Registration]:
    """Enter one after the other; whoever waits is told the place that is theirs when all are entered.

    Seats that the clock frees go to those who wait before anybody new.
    """
    seating.fill_free_seats(seminar, now=now)
    invited = set(seminar.invitations.standing().values_list("municipality", flat=True))
    entered = [_enter(seminar, entry, by, invited, now=now) for entry in entries]
    notify_registered(seminar, entered)
    return [registration for registration, _transition in entered]


def _enter(
    seminar: Seminar, entry: Entry, by: Actor, invited: Container[int], *, now: datetime
) -> tuple[Registration, Transition]:
    is_invited = entry.municipality is not None and entry.municipality.pk in invited
    registration = Registration(
        seminar=seminar,
        person=person_of(entry),
        channel=by.channel,
        coordinator_link=entry.coordinator_link,
        form_key=entry.form_key,
        language=entry.language,
        email=entry.email,
        mode=entry.mode,
        consent=entry.consent,
        consent_language=entry.language if entry.consent else "",
        consented_at=now if entry.consent else None,
        **snapshot(full_name=entry.full_name, post=entry.post, municipality=entry.municipality),
    )
    set_phones(registration, entry.phones, entry.phone_typed)
    kept = seating.hold_of(seminar, registration.municipality) if is_invited else None
    state = _seat(registration, kept)
    transition = seating.move(registration, state, by=by)
    _note_other_head(registration)
    if is_invited and entry.invitation is None:
        answers.follow(registration, by=by)
    return registration, transition


def _seat(registration: Registration, kept: Invitation | None) -> State:
    """Take the seat kept for the office, or one that its group or the pool has free, when the office may have one."""
    if registration.mode == Registration.Mode.ONLINE:
        return State.CONFIRMED
    slot = seating.free_slot(registration.seminar, registration.municipality)
    if registration.municipality is not None and slot is None:
        return State.WAITING
    if kept is not None:
        seating.claim_hold(registration, kept)
        return State.CONFIRMED
    block = seating.seat_for(registration.seminar, registration.oblast)
    if block is None:
        return State.WAITING
    seating.take(registration, block, slot)
    return State.CONFIRMED


def set_phones(registration: Registration, phones: tuple[str, ...], typed: str) -> None:
    """Set both phones, in memory, and keep them as they were typed."""
    registration.phone = phones[0] if phones else ""
    registration.phone_other = phones[1] if len(phones) > 1 else ""
    registration.phone_typed = typed


def person_of(entry: Entry) -> Person:
    """Who is meant: the person that is known, else a new one."""
    if person := known_person(entry):
        return person
    person = Person.from_full_name(
        entry.full_name, phone=entry.phones[0] if entry.phones else "", email=entry.email, language=entry.language
    )
    person.save()
    return person


def known_person(entry: Entry) -> Person | None:
    """A person of this folded name who gave this phone or holds an office here, if there is one."""
    if entry.person is not None or entry.municipality is None:
        return entry.person
    same_phone = Q(registrations__municipality=entry.municipality, registrations__phone__in=entry.phones)
    in_office = Q(terms__municipality=entry.municipality)
    return Person.objects.named(entry.full_name).filter(same_phone | in_office).order_by("pk").first()


def _note_other_head(registration: Registration) -> None:
    """A claim to be the head never writes a term of office; a mismatch becomes a task (rules.md, Registering 5)."""
    if registration.municipality is None or not registration.post.is_head:
        return
    term = (
        Term.objects.current().heads().filter(municipality=registration.municipality).select_related("person").first()
    )
    if term and term.person.folded_name != registration.folded_name:
        StaffTask.objects.note(StaffTask.Kind.OTHER_HEAD, registration, term.person.full_name)
