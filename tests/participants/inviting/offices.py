"""Offices, their heads and invitations for the tests of inviting."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.utils import timezone

from participants import services
from participants.actors import Actor
from participants.models import Channel, OfficeContact, Term
from participants.services import Deputy, OfficialLetter
from tests.factories.accounts import StaffFactory
from tests.factories.participants import PersonFactory, post
from tests.factories.regions import MunicipalityFactory

_numbers = count(1)


def clerk(channel=Channel.PHONE):
    """A member of staff who takes an answer."""
    return Actor(channel, StaffFactory())


def office(head=True, **fields):
    """A municipality with its head; `head=False` leaves it vacant."""
    municipality = MunicipalityFactory(**fields)
    if head:
        number = next(_numbers)
        person = PersonFactory(
            surname=f"Үлгүбаев{number}",
            given_names="Өмүрбек Төлөгөнович",
            phone=f"+99655501{number:04d}",
            email=f"office{number}@example.org",
        )
        Term.objects.create(person=person, municipality=municipality, post=post())
    return municipality


def of_district(district, number=1, **fields):
    """So many offices of a district."""
    return [office(oblast=district.oblast, district=district, **fields) for _number in range(number)]


def letter(**fields):
    """An official letter that asks for answers within ten days."""
    given = {
        "number": "01-24/19",
        "date": timezone.localdate(),
        "answer_by": timezone.now() + timedelta(days=10),
    }
    return OfficialLetter(**{**given, **fields})


def send(seminar, *offices, key=None, **fields):
    """Invite the offices; the round."""
    return services.invite(
        seminar=seminar, municipalities=offices, letter=letter(**fields), key=key or uuid4(), by=clerk(Channel.STAFF)
    )


def invited(seminar, municipality=None, **fields):
    """One invitation, sent."""
    return send(seminar, municipality or office(), **fields).invitations.get()


def deputy(**fields):
    """Who comes instead of the head."""
    number = next(_numbers)
    given = {
        "full_name": f"Осмонкулова{number} Айгүл",
        "post": post("deputy"),
        "phones": (f"+99655502{number:04d}",),
        "phone_typed": f"0555 02{number:04d}",
    }
    return Deputy(**{**given, **fields})


def office_contact(municipality, **fields):
    return OfficeContact.objects.create(municipality=municipality, **fields)


def pass_deadline(invitation):
    """Let the time to answer be over."""
    invitation.round.answer_by = timezone.now() - timedelta(minutes=1)
    invitation.round.save()


def lines(invitation):
    """The history: answers with their channels, oldest first."""
    return list(invitation.answers.values_list("answer", "channel"))
