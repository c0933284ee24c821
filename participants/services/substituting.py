"""Sending somebody else instead: the seat or the place in the queue stays with the office (rules.md, Registering 6)."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from core.clock import database_now
from core.folding import fold_name
from participants import answers, seating
from participants.actors import Actor
from participants.emails import notify_replaced, notify_sent_instead
from participants.exceptions import NotAllowedNow, SameParticipant, TooLateForDeputy
from participants.models import Person, Registration, Substitution
from participants.models.registration import new_token
from participants.services.entering import Entry, person_of, refuse_post, set_phones
from participants.snapshots import snapshot
from participants.states import State, may_move
from seminars.models import Seminar


@transaction.atomic
def substitute(*, registration: Registration, deputy: Entry, by: Actor) -> Registration:
    """Put the deputy in the place of who is registered; both are told and the old link is dead.

    The deputy comes for the same municipality, whatever the entry says. Another live entry of the deputy is merged
    into this one, which keeps the better place of the two. Raises NotAllowedNow, TooLateForDeputy, MayNotCome,
    SameParticipant.
    """
    seminar = Seminar.objects.locked(registration.seminar_id)
    now = database_now()
    link = registration.token
    registration = seminar.registrations.select_related("person", "post", "municipality__oblast", "block").get(
        pk=registration.pk
    )
    deputy = replace(deputy, municipality=registration.municipality, mode=registration.mode)
    if link != registration.token and not by.is_staff:
        # Somebody has been sent meanwhile; a link that died then sends nobody.
        raise NotAllowedNow
    _refuse(seminar, registration, deputy, by, now)
    person = person_of(deputy)
    before = copy(registration)
    is_seated = _merge_other_entry(seminar, registration, deputy, person, by)
    _put_in_place(registration, deputy, person, now)
    if is_seated:
        seating.move(registration, State.CONFIRMED, by=by)
    else:
        registration.save()
    change = Substitution.objects.create(
        registration=registration,
        left=before.person,
        left_post=before.post,
        came=person,
        came_post=deputy.post,
        dead_token=before.token,
        by=by.user,
        channel=by.channel,
        reason=by.reason,
    )
    if deputy.invitation is None:
        answers.follow(registration, by=by)
    notify_replaced(before, change)
    notify_sent_instead(registration, change)
    seating.fill_free_seats(seminar, now=now)
    return registration


def _refuse(seminar: Seminar, registration: Registration, deputy: Entry, by: Actor, now: datetime) -> None:
    if registration.state not in (State.CONFIRMED, State.WAITING) or seminar.is_cancelled or seminar.ends_at <= now:
        raise NotAllowedNow
    if not by.is_staff:
        if now >= seminar.substitutes_until:
            raise TooLateForDeputy
        refuse_post(seminar, deputy)
    if registration.folded_name == fold_name(deputy.full_name) and registration.post_id == deputy.post.pk:
        raise SameParticipant


def _merge_other_entry(seminar: Seminar, registration: Registration, deputy: Entry, person: Person, by: Actor) -> bool:
    """End the deputy's own entry, if there is one; whether this one takes over its seat."""
    live = seminar.registrations.live().exclude(pk=registration.pk).select_related("block")
    same_name = live.of_municipality(registration.municipality).filter(folded_name=fold_name(deputy.full_name))
    other = live.filter(person=person).first() or same_name.filter(phone__in=deputy.phones or [""]).first()
    if other is None:
        return False
    if not may_move(other.state, State.CANCELLED):
        # The deputy is marked as present or absent already.
        raise SameParticipant
    block, is_same_office = other.block, other.municipality_id == registration.municipality_id
    seating.leave(other)
    seating.move(other, State.CANCELLED, by=by)
    if not is_same_office:
        answers.follow(other, by=by)
    if not (registration.is_waiting and is_same_office and block is not None):
        return False
    seating.take(registration, block, seating.free_slot(seminar, registration.municipality))
    return True


def _put_in_place(registration: Registration, deputy: Entry, person: Person, now: datetime) -> None:
    """Write who comes into the entry, in memory; what was stated about the other person goes."""
    fields = snapshot(full_name=deputy.full_name, post=deputy.post, municipality=registration.municipality)
    fields |= {
        # The group is the one of the day of registration: quotas were counted by it.
        "oblast": registration.oblast,
        "person": person,
        "email": deputy.email,
        "language": deputy.language,
        "token": new_token(),
        # The form that the other person sent must not lead to this page any more.
        "form_key": None,
        "sex": "",
        "age_band": "",
        "consent": deputy.consent,
        "consent_language": deputy.language if deputy.consent else "",
        "consented_at": now if deputy.consent else None,
    }
    for name, value in fields.items():
        setattr(registration, name, value)
    set_phones(registration, deputy.phones, deputy.phone_typed)
