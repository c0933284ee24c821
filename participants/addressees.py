"""Whom a letter to an office reaches today: the head, or nobody where the office is vacant, and by what contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from core.languages import DEFAULT_LANGUAGE
from participants.models import OfficeContact, Person, Term
from regions.models import Municipality, Post

# What the register calls the post of who only acts as head.
ACTING = "acting_head"


@dataclass(frozen=True)
class Addressee:
    """An office with who heads it and in what post (both None: vacant), and how it is reached."""

    municipality: Municipality
    person: Person | None
    post: Post | None
    office: OfficeContact | None

    @property
    def is_vacant(self) -> bool:
        """Whether nobody heads the municipality."""
        return self.person is None

    @property
    def full_name(self) -> str:
        """The head's name; empty when the office is vacant."""
        return self.person.full_name if self.person else ""

    @property
    def phone(self) -> str:
        """The head's phone, else that of the office, else empty."""
        return (self.person.phone if self.person else "") or (self.office.phone if self.office else "")

    @property
    def email(self) -> str:
        """The head's e-mail, else that of the office, else empty."""
        return (self.person.email if self.person else "") or (self.office.email if self.office else "")

    @property
    def language(self) -> str:
        """The head's language, else that of the office."""
        if self.person:
            return self.person.language
        return self.office.language if self.office else DEFAULT_LANGUAGE


def addressees_of(municipalities: Iterable[Municipality], *, day: date | None = None) -> list[Addressee]:
    """The addressees of these offices on the day (None: today), in the same order; three queries for all."""
    units = list(municipalities)
    heads = Term.objects.on(day or timezone.localdate()).heads().filter(municipality__in=units)
    term_of = {term.municipality_id: term for term in heads.select_related("person", "post")}
    contact_of = {contact.municipality_id: contact for contact in OfficeContact.objects.filter(municipality__in=units)}
    acting = Post.objects.filter(uid=ACTING).first()
    found = []
    for unit in units:
        contact, term = contact_of.get(unit.pk), term_of.get(unit.pk)
        if term is None:
            found.append(Addressee(unit, None, None, contact))
        else:
            post = acting if acting and term.is_acting else term.post
            found.append(Addressee(unit, term.person, post, contact))
    return found


def addressee_of(municipality: Municipality) -> Addressee:
    """The addressee of one office today."""
    return addressees_of([municipality])[0]
