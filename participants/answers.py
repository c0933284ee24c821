"""What an invited office has said, kept in step with what became of its registration by whatever way.

Every function here expects the seminar's row to be locked by the caller and works inside its transaction.
"""

from __future__ import annotations

from core.clock import database_now
from participants import seating
from participants.actors import PORTAL, Actor
from participants.models import Answer, Invitation, InvitationAnswer, Registration


def write(
    invitation: Invitation,
    answer: Answer,
    *,
    registration: Registration | None,
    by: Actor,
    reason: str = "",
    source: str = "",
) -> InvitationAnswer:
    """Set the answer and add its line of history; a seat still kept for the office goes back to its block.

    A second click, the same answer by the same way, adds no line.
    """
    latest = invitation.answers.last()
    is_repeated = (invitation.answer, invitation.registration) == (answer, registration)
    if latest is not None and is_repeated and (latest.channel, latest.reason) == (by.channel, reason or by.reason):
        return latest
    seating.drop_hold(invitation)
    invitation.answer = answer
    invitation.answered_at = database_now()
    invitation.registration = registration
    invitation.save(update_fields=["answer", "answered_at", "registration"])
    return InvitationAnswer.objects.create(
        invitation=invitation,
        answer=answer,
        reason=reason or by.reason,
        channel=by.channel,
        source=source,
        by=by.user,
    )


def follow(registration: Registration, *, by: Actor) -> None:
    """Write down as the office's answer what happened to its registration by another way than its invitation.

    Who registers on the web, stands on a list, cancels or passes the place on has answered: nobody calls that office.
    When who spoke for it is gone and a colleague stood by, that colleague speaks for it now.
    """
    invitation = _invitation_of(registration)
    if invitation is None:
        return
    answer = answer_by(registration, invitation)
    if (invitation.answer, invitation.registration_id) != (answer, registration.pk):
        write(invitation, answer, registration=registration, by=by)
    if not registration.is_live and (colleague := _next_of_office(registration)):
        follow(colleague, by=PORTAL)


def _next_of_office(gone: Registration) -> Registration | None:
    """Who else of the municipality is registered: the holder of a seat before those who wait."""
    if gone.municipality is None:
        return None
    office = gone.seminar.registrations.live().of_municipality(gone.municipality).select_related("post", "seminar")
    return office.order_by("slot", "joined_at", "pk").first()


def answer_by(registration: Registration, invitation: Invitation) -> Answer:
    """What a registration says for the office: its head comes, somebody else does, or nobody."""
    if not registration.is_live:
        return Answer.NO
    is_head = registration.post.is_head and not invitation.is_vacant
    return Answer.YES if is_head or registration.person_id == invitation.person_id else Answer.DEPUTY


def _invitation_of(registration: Registration) -> Invitation | None:
    """The standing invitation that this registration answers, or the open one of its office that it may answer."""
    standing = Invitation.objects.standing().select_related("hold", "registration")
    if linked := standing.filter(registration=registration).first():
        return linked
    if registration.municipality is None or not registration.is_live:
        return None
    invitation = standing.filter(seminar=registration.seminar, municipality=registration.municipality).first()
    if invitation is None or (invitation.registration is not None and invitation.registration.is_live):
        return None
    return invitation if speaks_for_office(registration) else None


def speaks_for_office(registration: Registration) -> bool:
    """Whether the office needs no answer beyond this registration: its head comes, or it has no further seat."""
    office = registration.seminar.registrations.live().of_municipality(registration.municipality)
    return registration.post.is_head or office.count() >= registration.seminar.seats_per_municipality
