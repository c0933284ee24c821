"""The invited seminar of the demonstration: quotas, heads of two oblasts, a letter with answers of every kind."""

from __future__ import annotations

import random
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from participants import services
from participants.actors import HOLDER, PORTAL, Actor
from participants.demonstration.names import full_name
from participants.models import (
    Channel,
    CoordinatorLink,
    Invitation,
    InvitationAnswer,
    Person,
    Round,
    Substitution,
    Term,
)
from participants.services import Arrangement, Deputy, OfficialLetter
from regions.models import Municipality, Oblast, Post
from seminars.demonstration import invited_seminar, seminars
from seminars.models import Seminar
from seminars.quotas import proposal_for

# What the invented terms of office are known by.
BASIS = "үлгү · образец"
OBLASTS = ("naryn-oblast", "talas-oblast")
ANSWER_WITHIN, DEADLINE_WITHIN = timedelta(days=10), timedelta(days=20)
VACANT_IN_TEN = WITHOUT_EMAIL_IN_TEN = 1
# Of ten offices: five come, one does not, one sends a deputy, one has only opened the page.
ANSWERS = ("yes",) * 5 + ("no", "deputy", "opened", "", "")


def load(*, seed: int = 2019) -> int:
    """Invite two oblasts to the demonstration's invited seminar; returns how many offices. Twice changes nothing."""
    seminar = invited_seminar()
    if seminar.rounds.exists():
        return 0
    chance = random.Random(seed)  # noqa: S311 - invented people, not secrets
    with transaction.atomic():
        offices = list(Municipality.objects.alive_on(seminar.first_day).filter(oblast__uid__in=OBLASTS).order_by("uid"))
        _give_heads(offices, chance)
        _share_out(seminar)
        sent = services.invite(
            seminar=seminar,
            municipalities=offices,
            letter=OfficialLetter("01-13/81", timezone.localdate(), timezone.now() + ANSWER_WITHIN),
            key=uuid4(),
            by=PORTAL,
        )
        for invitation in sent.invitations.select_related("municipality").order_by("pk"):
            _answer(invitation, chance)
        for oblast in Oblast.objects.filter(uid__in=OBLASTS):
            CoordinatorLink.objects.create(
                seminar=seminar, oblast=oblast, name=f"{oblast.name_ky} боюнча өкүлчүлүк (үлгү)"
            )
    return len(offices)


def remove() -> None:
    """Take invitations, links, substitutions and invented heads away; registrations stay to whoever calls this."""
    CoordinatorLink.objects.filter(seminar__in=seminars()).delete()
    InvitationAnswer.objects.filter(invitation__seminar__in=seminars()).delete()
    Invitation.objects.filter(seminar__in=seminars()).delete()
    Round.objects.filter(seminar__in=seminars()).delete()
    Substitution.objects.filter(registration__seminar__in=seminars()).delete()
    invented = Term.objects.filter(basis=BASIS)
    people = list(invented.values_list("person", flat=True))
    Term.history.filter(basis=BASIS).delete()
    invented.delete()
    Person.objects.filter(pk__in=people, registrations=None, terms=None).delete()


def _give_heads(offices: list[Municipality], chance: random.Random) -> None:
    head = Post.objects.get(uid="head")
    for number, municipality in enumerate(offices):
        has_head = Term.objects.current().heads().filter(municipality=municipality).exists()
        if has_head or chance.randrange(10) < VACANT_IN_TEN:
            continue
        has_email = chance.randrange(10) >= WITHOUT_EMAIL_IN_TEN
        person = Person.from_full_name(
            full_name(chance),
            phone=f"+9965550000{number % 100:02d}",
            email=f"{municipality.uid}@example.org" if has_email else "",
            language=chance.choice(["ky", "ky", "ru"]),
        )
        person.save()
        Term.objects.create(
            person=person,
            municipality=municipality,
            post=head,
            is_acting=chance.randrange(20) == 0,
            starts_on=timezone.localdate() - timedelta(days=chance.randrange(100, 900)),
            basis=BASIS,
        )


def _share_out(seminar: Seminar) -> None:
    proposal = proposal_for(seminar, seminar.capacity)
    oblasts = Oblast.objects.in_bulk(list(proposal.seats))
    services.arrange_seats(
        seminar=seminar,
        arrangement=Arrangement(
            capacity=seminar.capacity,
            quotas={oblasts[key]: seats for key, seats in proposal.seats.items()},
            lists_deadline=timezone.now() + DEADLINE_WITHIN,
        ),
        by=PORTAL,
    )


def _answer(invitation: Invitation, chance: random.Random) -> None:
    said = chance.choice(ANSWERS)
    if said:
        services.note_opening(invitation)
    phoned = Actor(Channel.PHONE) if chance.randrange(3) == 0 else HOLDER
    if said == "yes" and not invitation.is_vacant:
        services.accept_invitation(invitation=invitation, by=phoned)
    elif said == "no":
        services.decline_invitation(invitation=invitation, by=phoned, reason="Ошол эле күнү башка жыйын өтөт")
    elif said == "deputy":
        deputy = Deputy(full_name(chance), Post.objects.get(uid="deputy"), ("+996555000099",), "0555 000 099")
        services.send_deputy(invitation=invitation, deputy=deputy, by=phoned)
