"""Giving coordinators their links, sending them, taking them back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from core.clock import database_now
from core.languages import DEFAULT_LANGUAGE
from participants.actors import Actor
from participants.emails.coordinators import send_coordinator_link
from participants.exceptions import NotAllowedNow, SeminarNotOpen
from participants.models import CoordinatorLink
from participants.services.journal import note
from regions.models import District, Oblast
from seminars.models import Seminar


@dataclass(frozen=True)
class Coordinator:
    """Who gets a link, for which units (without district: the whole oblast) and how many places (None: no limit)."""

    oblast: Oblast
    name: str
    district: District | None = None
    places: int | None = None
    email: str = ""
    language: str = DEFAULT_LANGUAGE


@transaction.atomic
def give_links(*, seminar: Seminar, coordinators: Iterable[Coordinator], by: Actor) -> list[CoordinatorLink]:
    """Give each coordinator a link and write it to them; without e-mail the message waits to be passed on by hand.

    Who has a working link of that name for the same units keeps it and is not written to again: two presses are one.
    Returns the links that are new. Raises SeminarNotOpen.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    if not seminar.is_open_to_staff(database_now()):
        raise SeminarNotOpen
    working = seminar.coordinator_links.working()
    known = {_identity(link.oblast_id, link.district_id, link.name) for link in working}
    links = []
    for one in coordinators:
        identity = _identity(one.oblast.pk, one.district.pk if one.district else None, one.name)
        if identity in known:
            continue
        known.add(identity)
        link = CoordinatorLink.objects.create(
            seminar=seminar,
            oblast=one.oblast,
            district=one.district,
            places=one.places,
            name=one.name,
            email=one.email,
            language=one.language,
            created_by=by.user,
        )
        send_coordinator_link(link)
        links.append(link)
    return links


@transaction.atomic
def send_link(*, link: CoordinatorLink, by: Actor) -> None:
    """Write the link to its coordinator once more. Raises NotAllowedNow when it is revoked."""
    Seminar.objects.locked(link.seminar_id)
    link.refresh_from_db(fields=["revoked_at"])
    if link.revoked_at is not None:
        raise NotAllowedNow
    send_coordinator_link(link)
    note(link, by, _("The link was sent again"))


@transaction.atomic
def revoke_link(*, link: CoordinatorLink, by: Actor) -> None:
    """Let the link open nothing any more; who was registered by it stays. Raises NotAllowedNow when it is revoked."""
    Seminar.objects.locked(link.seminar_id)
    if not CoordinatorLink.objects.working().filter(pk=link.pk).update(revoked_at=Now()):
        raise NotAllowedNow
    note(link, by, _("The link was revoked"))


def _identity(oblast: int, district: int | None, name: str) -> tuple[int, int | None, str]:
    return oblast, district, name.casefold()
