"""The register of heads kept in step with a list that a ministry, an oblast or a project sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from participants.actors import Actor
from participants.exceptions import ImpossibleTerm
from participants.models import Person, Term
from participants.services.people import appoint, end_term
from regions.models import Municipality, Post


@dataclass
class Head:
    """Who heads a municipality, as the register or a list has it; without a name the office is vacant.

    In a list `starts_on`, `phone` and `email` may be left out: then what the register has stays.
    """

    municipality: Municipality
    post: Post
    full_name: str = ""
    is_acting: bool = False
    starts_on: date | None = None
    phone: str = ""
    email: str = ""


@transaction.atomic
def note_head(*, head: Head, by: Actor, today: date) -> None:
    """Let the register say what the list says: nothing changes where it does already.

    Another head ends the old one's term the same day, a vacancy ends it, the same head has date, post and contacts put
    right. Raises what `appoint` and `end_term` raise, and ImpossibleTerm.
    """
    terms = Term.objects.on(today).heads().filter(municipality=head.municipality)
    term = terms.select_related("person", "post", "municipality").first()
    if not head.full_name:
        if term is not None:
            end_term(term=term, on=head.starts_on or today, reason=by.reason, by=by)
    elif term is not None and term.person in Person.objects.named(head.full_name):
        _put_right(term, head, by, today)
    else:
        _appoint(person_for(head), head, by, today)


def person_for(head: Head) -> Person:
    """Who is meant: a person of this name known in that municipality or by that phone, else a new one (unsaved)."""
    known = Q(terms__municipality=head.municipality) | Q(registrations__municipality=head.municipality)
    if head.phone:
        known |= Q(phone=head.phone) | Q(registrations__phone=head.phone)
    person = Person.objects.named(head.full_name).filter(known).order_by("pk").first()
    return person or Person.from_full_name(head.full_name, phone=head.phone, email=head.email)


def _put_right(term: Term, head: Head, by: Actor, today: date) -> None:
    """What the list says otherwise about who is in office."""
    is_other_post = (term.post, term.is_acting) != (head.post, head.is_acting)
    if is_other_post and head.starts_on != term.starts_on:
        _appoint(term.person, head, by, today)
    elif is_other_post or (head.starts_on is not None and head.starts_on != term.starts_on):
        term.post, term.is_acting, term.starts_on = head.post, head.is_acting, head.starts_on
        _save_term(term, by)
    _keep_contacts(term.person, head)


def _appoint(person: Person, head: Head, by: Actor, today: date) -> None:
    appoint(
        municipality=head.municipality,
        person=person,
        post=head.post,
        is_acting=head.is_acting,
        starts_on=head.starts_on or today,
        basis=by.reason,
        ended_because=by.reason,
        by=by,
    )
    _keep_contacts(person, head)


def _save_term(term: Term, by: Actor) -> None:
    try:
        term.full_clean(exclude=["person", "municipality", "post"])
    except ValidationError as error:
        raise ImpossibleTerm(" ".join(error.messages)) from error
    term._history_user = by.user  # type: ignore[attr-defined]  # simple-history's own way to name the user
    term.save()


def _keep_contacts(person: Person, head: Head) -> None:
    wanted = (head.phone or person.phone, head.email or person.email)
    if wanted != (person.phone, person.email):
        person.phone, person.email = wanted
        person.save()
