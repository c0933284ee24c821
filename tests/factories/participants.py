"""People and registrations for tests; municipalities come from small factories of their own."""

from itertools import count

import factory

from participants import services
from participants.actors import HOLDER, VISITOR, Actor
from participants.models import Channel, ConsentText, Person
from participants.services import Entry
from regions.models import Post

__all__ = ["HOLDER", "STAFF", "VISITOR", "PersonFactory", "entry_for", "post", "register"]

_numbers = count(1)
STAFF = Actor(Channel.STAFF)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    surname = factory.Sequence(lambda n: f"Сынаков{n}")
    given_names = "Үлгү"


def post(uid="head"):
    """A post of the register."""
    names = {"head": "Айыл өкмөтүнүн башчысы", "deputy": "Башчынын орун басары"}
    return Post.objects.get_or_create(
        uid=uid,
        defaults={
            "name_ky": names.get(uid, uid),
            "name_ru": f"ru {uid}",
            "city_name_ky": "Мэр" if uid == "head" else uid,
            "city_name_ru": "Мэр" if uid == "head" else uid,
            "genitive_ru": "главы",
            "city_genitive_ru": "мэра",
            "is_head": uid == "head",
            "is_open_to_registration": True,
            "position": 1,
        },
    )[0]


def entry_for(municipality, **fields):
    """What a head of the municipality would enter; each call another person."""
    number = next(_numbers)
    given = {
        "full_name": f"Үлгүбаев{number} Асан Үсөнович",
        "post": post(),
        "municipality": municipality,
        "phones": (f"+9965550{number % 100_000:05d}",),
        "email": f"head{number}@example.org",
        "language": "ky",
        "consent": ConsentText.current(),
    }
    return Entry(**{**given, **fields})


def register(seminar, municipality, by=VISITOR, **fields):
    """Register a person of the municipality through the service."""
    return services.register(seminar=seminar, entry=entry_for(municipality, **fields), by=by)
