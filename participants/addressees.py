"""Whom a letter to an office reaches today: the head, or nobody where the office is vacant, and by what contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from participants.models import OfficeContact, Person, Term
from regions.models import Municipality, Post


@dataclass(frozen=True)
class Addressee:
    """An office with who heads it today and how it is reached: the head's own contacts before the office's."""

    municipality: Municipality
    term: Term | None
    office: OfficeContact | None

    @property
    def person(self) -> Person | None:
        """The head, or None: the office is vacant."""
        return self.term.person if self.term else None

    @property
    def full_name(self) -> str:
        """The head's name; empty when the office is vacant."""
        return self.term.person.full_name if self.term else ""

    @property
    def post(self) -> Post | None:
        """What the head is: for who only acts as head, the post of an acting head where the register has one."""
        if self.term is None or not self.term.is_acting:
            return self.term.post if self.term else None
        return Post.objects.filter(uid="acting_head").first() or self.term.post

    @property
    def phone(self) -> str:
        """The head's phone, else that of the office, else empty."""
        return (self.term.person.phone if self.term else "") or (self.office.phone if self.office else "")

    @property
    def email(self) -> str:
        """The head's e-mail, else that of the office, else empty."""
        return (self.term.person.email if self.term else "") or (self.office.email if self.office else "")

    @property
    def language(self) -> str:
        """The head's language, else that of the office."""
        if self.term:
            return self.term.person.language
        return self.office.language if self.office else "ky"


def addressees_of(municipalities: Iterable[Municipality]) -> list[Addressee]:
    """The addressees of these offices, in the same order; two queries for all."""
    units = list(municipalities)
    heads = Term.objects.current().heads().filter(municipality__in=units).select_related("person", "post")
    term_of = {term.municipality_id: term for term in heads}
    contact_of = {contact.municipality_id: contact for contact in OfficeContact.objects.filter(municipality__in=units)}
    return [Addressee(unit, term_of.get(unit.pk), contact_of.get(unit.pk)) for unit in units]


def addressee_of(municipality: Municipality) -> Addressee:
    """The addressee of one office."""
    return addressees_of([municipality])[0]
