"""Heads of real municipalities, as they fill in the form."""

from typing import Any

from participants.models import ConsentText
from participants.services import Entry, register
from regions.models import Municipality, Post
from seminars.models import Seminar
from tests.factories.participants import VISITOR


def municipality_of(seminar: Seminar, group: str, *, number: int = 0) -> Municipality:
    """One of the register's municipalities of the group, alive on the day of the seminar."""
    return Municipality.objects.alive_on(seminar.first_day).filter(oblast__uid=group).order_by("uid")[number]


def answers(municipality: Municipality, **changed: Any) -> dict[str, Any]:
    """What the head of the municipality answers, by the names of the form's fields."""
    return {
        "municipality": municipality.pk,
        "post": Post.objects.get(uid="head").pk,
        "full_name": "Өскөнбаева Гүлзаңгүл Төлөгөновна",
        "phone": "0555 000 011",
        "email": "gulzangul@example.org",
        "consent": True,
        **changed,
    }


def somebody_registered(seminar: Seminar, municipality: Municipality) -> Any:
    """The registration of another head, made before the visitor comes."""
    entry = Entry(
        full_name="Сынаков Үлгү",
        post=Post.objects.get(uid="head"),
        municipality=municipality,
        phones=("+996555000099",),
        email="first@example.org",
        consent=ConsentText.current(),
    )
    return register(seminar=seminar, entry=entry, by=VISITOR)
