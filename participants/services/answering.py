"""How an invited office answers: yes, no, a deputy; by its link, or through staff by phone or on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from core.clock import database_now
from core.folding import fold_name
from participants import answers, seating
from participants.actors import Actor
from participants.addressees import addressee_of
from participants.emails.invitations import thank_for_no
from participants.exceptions import (
    AnswersClosed,
    InvitationWithdrawn,
    MunicipalityNotServed,
    NobodyInOffice,
    RegisteredElsewhere,
)
from participants.models import Answer, Channel, ConsentText, Invitation, Registration
from participants.services.entering import (
    Entry,
    enter,
    holder_of_office,
    refuse_post,
    refuse_second_of_office,
    refuse_unfit,
    same_person,
)
from participants.services.states import cancel
from participants.services.substituting import substitute
from regions.models import Post
from seminars.models import Seminar

# An answer that came by one of these ways is the office's own word; web, list and portal speak for it only.
OWN_WORD = (Channel.LINK, Channel.PHONE, Channel.PAPER, Channel.STAFF)


@dataclass(frozen=True)
class Deputy:
    """Who comes instead of the head; phones in E.164, `phone_typed` as it was written."""

    full_name: str
    post: Post
    phones: tuple[str, ...] = ()
    phone_typed: str = ""
    email: str = ""


@transaction.atomic
def accept_invitation(
    *,
    invitation: Invitation,
    by: Actor,
    language: str = "",
    source: str = "",
    instead_of: Registration | None = None,
) -> Registration:
    """Register the head of today for the office, or bring the head back in place of the deputy; return the entry.

    `language` is that of the page on which the head pressed the button: its words are the consent. A head who is
    registered already keeps that entry. Raises AnswersClosed, InvitationWithdrawn, NobodyInOffice, RegisteredElsewhere,
    and OfficeAlreadyRegistered when somebody else holds the office's place whom the office has not named: then the
    answer is repeated with `instead_of` that holder.
    """
    case = _opened(invitation, by, source)
    entry = _entry_of_head(case, language)
    own = _own_entry(case.seminar, entry)
    if own is None and case.seminar.registrations.live().filter(person=entry.person).exists():
        raise RegisteredElsewhere
    return _come(case, entry, Answer.YES, own=own, instead_of=instead_of)


@transaction.atomic
def send_deputy(
    *,
    invitation: Invitation,
    deputy: Deputy,
    by: Actor,
    language: str = "",
    source: str = "",
    instead_of: Registration | None = None,
) -> Registration:
    """Register the deputy for the office, or put the deputy in the place of who was to come; return the entry.

    The deputy consents on the sheet. Raises AnswersClosed, InvitationWithdrawn, MayNotCome (the post), and
    OfficeAlreadyRegistered as `accept_invitation` does.
    """
    case = _opened(invitation, by, source)
    entry = Entry(
        full_name=deputy.full_name,
        post=deputy.post,
        municipality=invitation.municipality,
        phones=deputy.phones,
        phone_typed=deputy.phone_typed,
        email=deputy.email,
        language=language or invitation.language,
        mode=case.mode,
        invitation=case.invitation,
    )
    if not by.is_staff:
        refuse_post(case.seminar, entry)
    return _come(case, entry, Answer.DEPUTY, own=same_person(case.seminar, entry), instead_of=instead_of)


@transaction.atomic
def decline_invitation(*, invitation: Invitation, by: Actor, reason: str = "", source: str = "") -> Invitation:
    """Write down that nobody comes for the office: its entry is cancelled, its seat goes to the next in line at once.

    Raises AnswersClosed, InvitationWithdrawn, NotAllowedNow (who came cannot be cancelled).
    """
    case = _opened(invitation, by, source)
    registration = case.invitation.registration
    answers.write(case.invitation, Answer.NO, registration=registration, by=by, reason=reason, source=source)
    if registration is not None and registration.is_live:
        cancel(registration=registration, by=by)
    else:
        seating.fill_free_seats(case.seminar, now=case.now)
        thank_for_no(case.invitation)
    return case.invitation


@dataclass(frozen=True)
class _Case:
    """An invitation under the seminar's lock, who answers it, on whose word, and the moment."""

    seminar: Seminar
    invitation: Invitation
    by: Actor
    source: str
    now: datetime

    @property
    def mode(self) -> str:
        """An office is invited to the hall where there is one."""
        return Registration.Mode.HALL if self.seminar.has_hall else Registration.Mode.ONLINE


def _opened(invitation: Invitation, by: Actor, source: str) -> _Case:
    """Lock, and refuse what comes too late. Raises InvitationWithdrawn, AnswersClosed, MunicipalityNotServed."""
    seminar = Seminar.objects.locked(invitation.seminar_id)
    invitation = seminar.invitations.select_related(
        "round", "hold", "person", "municipality__oblast", "registration__post", "registration__municipality"
    ).get(pk=invitation.pk)
    now = database_now()
    if invitation.withdrawn_at is not None:
        raise InvitationWithdrawn
    if not seminar.is_open_to_staff(now):
        raise AnswersClosed(seminar)
    if not by.is_staff and now >= min(invitation.round.answer_by, seminar.starts_at):
        raise AnswersClosed(seminar)
    if not invitation.municipality.is_alive_on(seminar.first_day):
        raise MunicipalityNotServed
    return _Case(seminar, invitation, by, source, now)


def _entry_of_head(case: _Case, language: str) -> Entry:
    """What is known of the head of today; the contacts of the invitation when it went to the same person.

    Raises NobodyInOffice.
    """
    invitation, head = case.invitation, addressee_of(case.invitation.municipality)
    if head.person is None or head.post is None:
        raise NobodyInOffice
    reached_by = invitation if invitation.person_id == head.person.pk else head
    return Entry(
        full_name=head.full_name,
        post=head.post,
        municipality=invitation.municipality,
        phones=(reached_by.phone,) if reached_by.phone else (),
        phone_typed=reached_by.phone,
        email=reached_by.email,
        language=language or invitation.language,
        mode=case.mode,
        consent=None if case.by.is_staff else ConsentText.current(),
        person=head.person,
        invitation=invitation,
    )


def _own_entry(seminar: Seminar, entry: Entry) -> Registration | None:
    """The head's own live entry for this office, however it was made."""
    office = seminar.registrations.live().of_municipality(entry.municipality).select_related("post")
    named = office.filter(folded_name=fold_name(entry.full_name))
    return office.filter(person=entry.person).first() or named.first()


def _come(
    case: _Case, entry: Entry, answer: Answer, *, own: Registration | None, instead_of: Registration | None
) -> Registration:
    """Somebody comes for the office: by the own entry that there is, in the place of another, or by a new entry."""
    linked = case.invitation.registration
    if own is not None and (linked is None or not linked.is_live or linked == own):
        registration = own
    elif holder := _whose_place(case, entry, instead_of):
        registration = substitute(registration=holder, deputy=entry, by=case.by)
    else:
        refuse_unfit(case.seminar, entry)
        registration = enter(case.seminar, entry, case.by, now=case.now)
        case.invitation.refresh_from_db(fields=["hold"])
    answers.write(case.invitation, answer, registration=registration, by=case.by, source=case.source)
    seating.fill_free_seats(case.seminar, now=case.now)
    return registration


def _whose_place(case: _Case, entry: Entry, instead_of: Registration | None) -> Registration | None:
    """Whom the newcomer replaces. Raises OfficeAlreadyRegistered when the office has not been asked about it."""
    linked = case.invitation.registration
    if linked is not None and linked.is_live and (linked == instead_of or _is_known_to_office(case.invitation, linked)):
        return linked
    if instead_of is not None and holder_of_office(case.seminar, entry) == instead_of:
        return instead_of
    refuse_second_of_office(case.seminar, entry)
    return None


def _is_known_to_office(invitation: Invitation, registration: Registration) -> bool:
    """Whether the office itself named who is registered, or it is the head whom the letter addressed."""
    latest = invitation.answers.last()
    is_head = registration.person_id == invitation.person_id or (
        registration.folded_name == fold_name(invitation.full_name)
    )
    return is_head or (latest is not None and latest.channel in OWN_WORD)
