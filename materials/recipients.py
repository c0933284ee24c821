"""Who got an earlier edition of a document and does not have this one yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models.functions import Now

from materials.emails import key_of
from materials.models import Edition, Handout
from outbox.models import Message
from participants.models import Registration
from participants.states import State

CAME = (State.CONFIRMED, State.ATTENDED)


@dataclass(frozen=True)
class Recipient:
    """A person by the latest seminar that gave an earlier edition; `is_told`: a message about this one is written."""

    registration: Registration
    is_told: bool


def may_be_told_of(edition: Edition) -> bool:
    """Whether those who got an earlier edition may have this one."""
    document = edition.document
    is_shown = type(document).objects.visible_to_participants().filter(pk=document.pk).exists()
    return edition.is_current and edition.number > 1 and is_shown


def recipients(edition: Edition) -> list[Recipient]:
    """Each person once, of seminars that have begun, without those who were given this edition or a later one."""
    handouts = Handout.objects.filter(edition__document=edition.document_id)
    earlier = handouts.filter(edition__number__lt=edition.number).values("seminar")
    this_or_later = handouts.filter(edition__number__gte=edition.number).values("seminar")
    have_it = Registration.objects.filter(state__in=CAME, seminar__in=this_or_later).values("person")
    registrations = list(
        Registration.objects.filter(
            state__in=CAME, seminar__in=earlier, seminar__cancelled_at=None, seminar__starts_at__lte=Now()
        )
        .exclude(person__in=have_it)
        .select_related("seminar", "person", "municipality")
        .order_by("person_id", "-seminar__starts_at", "-pk")
        .distinct("person_id")
    )
    keys = [key_of(edition, registration) for registration in registrations]
    told = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    found = [Recipient(registration, key in told) for registration, key in zip(registrations, keys, strict=True)]
    return sorted(found, key=lambda recipient: (recipient.is_told, recipient.registration.full_name))
