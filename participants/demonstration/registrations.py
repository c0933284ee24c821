"""Who registered for the open seminar of the demonstration, and who came to the first one of 2019."""

from __future__ import annotations

import random
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from outbox.models import Message
from participants import services
from participants.actors import VISITOR
from participants.demonstration.names import full_name
from participants.emails import about
from participants.models import Channel, ConsentText, Person, Registration, StaffTask, Substitution, Transition
from participants.services import Entry
from participants.snapshots import snapshot
from participants.states import State
from regions.models import Municipality, Post
from seminars.demonstration import first_seminar, open_seminar, seminars
from seminars.models import Seminar

REGISTRATIONS = 300
# Who came to the first seminar of 2019: invented numbers, said to be on its page.
CAME, CAME_AS_GUESTS = 54, 4
WITH_EMAIL_IN_TEN = 6
DEPUTIES_IN_TEN = 2
MINUTES_BETWEEN = 11


def load(*, seed: int = 2019) -> int:
    """Fill the open demonstration seminar with registrations over all groups; returns how many were added.

    Who came to the first seminar is there too. Twice changes nothing.
    """
    _load_first(random.Random(seed))  # noqa: S311 - invented people, not secrets
    seminar = open_seminar()
    if seminar.registrations.exists():
        return 0
    chance = random.Random(seed)  # noqa: S311 - invented people, not secrets
    municipalities = _mixed(seminar, chance)
    posts = {post.uid: post for post in Post.objects.open_to_registration()}
    consent = ConsentText.current()
    with transaction.atomic():
        for number, municipality in enumerate(municipalities):
            entry = _entry(number, municipality, posts, consent, chance)
            services.register(seminar=seminar, entry=entry, by=VISITOR)
        _spread_over_days(seminar)
    return len(municipalities)


@transaction.atomic
def remove() -> int:
    """Take every registration of the demonstration's seminars away, with people and messages; returns how many."""
    registrations = Registration.objects.filter(seminar__in=seminars())
    substitutions = Substitution.objects.filter(registration__in=registrations)
    people = [*registrations.values_list("person", flat=True), *substitutions.values_list("left", flat=True)]
    keys = [about(registration) for registration in registrations]
    StaffTask.objects.filter(registration__in=registrations).delete()
    Transition.objects.filter(registration__in=registrations).delete()
    substitutions.delete()
    count = registrations.count()
    registrations.delete()
    Message.objects.filter(about__in=keys).delete()
    Person.objects.filter(pk__in=people, registrations=None, terms=None).delete()
    return count


@transaction.atomic
def _load_first(chance: random.Random) -> None:
    """Put down who came to the first seminar; services register nobody for a seminar of the past."""
    seminar = first_seminar()
    if seminar.registrations.exists():
        return
    aimaks = [
        municipality
        for municipality in Municipality.objects.alive_on(seminar.first_day).with_names().order_by("uid")
        if not municipality.oblast.is_city
    ]
    posts = {post.uid: post for post in Post.objects.all()}
    offices = [*chance.sample(aimaks, min(CAME, len(aimaks))), *[None] * CAME_AS_GUESTS]
    block = seminar.blocks.pool().get()
    for office in offices:
        name = full_name(chance)
        person = Person.from_full_name(name, phone="", email="", language="ky")
        person.save()
        registration = Registration.objects.create(
            seminar=seminar,
            person=person,
            state=State.ATTENDED,
            channel=Channel.PAPER,
            block=block,
            slot=1 if office else None,
            joined_at=seminar.registration_opens_at or seminar.starts_at,
            **snapshot(full_name=name, post=posts["head" if office else "other"], municipality=office),
        )
        Transition.objects.create(
            registration=registration, after=State.ATTENDED, at=seminar.starts_at, channel=Channel.PAPER
        )
    block.taken = len(offices)
    block.save()


def _mixed(seminar: Seminar, chance: random.Random) -> list[Municipality]:
    """Municipalities of every group in the order in which they register; Bishkek and Osh come too."""
    everyone = list(Municipality.objects.alive_on(seminar.first_day).with_names().order_by("uid"))
    cities = [municipality for municipality in everyone if municipality.oblast.is_city]
    others = [municipality for municipality in everyone if not municipality.oblast.is_city]
    chosen = chance.sample(others, min(REGISTRATIONS - len(cities), len(others))) + cities
    chance.shuffle(chosen)
    return chosen


def _entry(
    number: int, municipality: Municipality, posts: dict[str, Post], consent: ConsentText, chance: random.Random
) -> Entry:
    is_deputy = chance.randrange(10) < DEPUTIES_IN_TEN
    has_email = chance.randrange(10) < WITH_EMAIL_IN_TEN
    phone = f"+9965550000{number % 100:02d}"
    return Entry(
        full_name=full_name(chance),
        post=posts["deputy" if is_deputy else "head"],
        municipality=municipality,
        phones=(phone,),
        phone_typed=f"0{phone[4:]}",
        email=f"{municipality.uid}@example.org" if has_email else "",
        language=chance.choice(["ky", "ky", "ru"]),
        consent=consent,
    )


def _spread_over_days(seminar: Seminar) -> None:
    """Give the registrations the times of the past days, in the order in which they were made."""
    rows = list(seminar.registrations.order_by("pk"))
    now = timezone.now()
    for back, row in enumerate(reversed(rows), start=1):
        row.joined_at = now - timedelta(minutes=MINUTES_BETWEEN * back)
    Registration.objects.bulk_update(rows, ["joined_at"])
    Transition.objects.filter(registration__in=rows).update(
        at=models.Subquery(Registration.objects.filter(pk=models.OuterRef("registration")).values("joined_at"))
    )
