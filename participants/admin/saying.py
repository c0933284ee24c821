"""What a step will do to a registration, said before it happens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Registration
from participants.queue import place_of
from participants.seating import free_slot
from participants.states import State, may_move


@dataclass(frozen=True)
class Situation:
    """What decides which steps are offered for a registration; looked up once, only shown: services decide."""

    registration: Registration

    @cached_property
    def has_begun(self) -> bool:
        """Whether the first day of the seminar has come, so that who came can be marked."""
        seminar = self.registration.seminar
        return not seminar.is_cancelled and timezone.localdate() >= seminar.first_day

    @cached_property
    def is_over(self) -> bool:
        """Whether the seminar is cancelled or has ended."""
        seminar = self.registration.seminar
        return seminar.is_cancelled or timezone.now() >= seminar.ends_at

    @cached_property
    def may_be_seated(self) -> bool:
        """Whether it waits, for a seat that its municipality may have, of a seminar that is not over."""
        seminar, municipality = self.registration.seminar, self.registration.municipality
        if not self.registration.is_waiting or self.is_over:
            return False
        return municipality is None or free_slot(seminar, municipality) is not None

    @cached_property
    def is_a_seat_free(self) -> bool:
        """Whether its own group or the common pool has a free seat."""
        groups = {None, self.registration.oblast_id}
        return any(block.left for block in self.registration.seminar.blocks.all() if block.group_id in groups)

    def may_become(self, state: State) -> bool:
        """Whether the table of states has the move."""
        return may_move(self.registration.state, state)


def of_cancelling(registration: Registration) -> list[str]:
    """Who loses what, and who gets the seat."""
    if registration.is_waiting:
        return [_("%(name)s leaves the waiting list.") % _name(registration), _told(registration), _no_way_back()]
    return [
        _("%(name)s loses the place.") % _name(registration),
        _next_in_line(registration),
        _told(registration),
        _no_way_back(),
    ]


def of_promoting(registration: Registration) -> list[str]:
    """Whom the person overtakes."""
    ahead = place_of(registration).number - 1
    sentences = [_("%(name)s gets one of the free seats.") % _name(registration), _told(registration)]
    if ahead:
        sentences.insert(
            1,
            ngettext(
                "%(ahead)d person who stands before stays on the waiting list.",
                "%(ahead)d people who stand before stay on the waiting list.",
                ahead,
            )
            % {"ahead": ahead},
        )
    return sentences


def of_override(registration: Registration) -> list[str]:
    """How many seats there will be."""
    pool = next((block.seats for block in registration.seminar.blocks.all() if block.group_id is None), 0)
    return [
        _("One seat is added to the common pool: %(before)d become %(after)d. Make sure that the hall has it.")
        % {"before": pool, "after": pool + 1},
        _("%(name)s gets this seat at once, before everybody who waits.") % _name(registration),
        _told(registration),
    ]


def of_attended(registration: Registration) -> list[str]:
    """What a mark means."""
    return [_("%(name)s came to the seminar and is counted as a participant.") % _name(registration), _can_be_undone()]


def of_absent(registration: Registration) -> list[str]:
    """What a mark means."""
    return [_("%(name)s did not come. The seat is not given to anybody else.") % _name(registration), _can_be_undone()]


def of_unmarking(registration: Registration) -> list[str]:
    """What is left without the mark."""
    return [_("%(name)s has a place, and nothing is said about coming.") % _name(registration)]


def of_substituting(registration: Registration) -> list[str]:
    """Who loses and who gets what."""
    return [
        _("%(name)s gives the place up; it stays with the municipality.") % _name(registration),
        _("The link of %(name)s stops working at once; whoever comes gets a link of their own.") % _name(registration),
        _told(registration),
    ]


def of_contacts(registration: Registration) -> list[str]:
    """Who is written to."""
    return [
        _("Messages go to the new address from now on."),
        _("If the e-mail is new, the link to the registration is sent there."),
    ]


def of_link(registration: Registration) -> list[str]:
    """Where the link goes."""
    return [
        _("The link to the page of the registration goes to %(email)s.") % {"email": registration.email},
        _("Within ten minutes it is sent only once."),
    ]


def _name(registration: Registration) -> dict[str, str]:
    return {"name": registration.full_name}


def _told(registration: Registration) -> str:
    if registration.email:
        return _("A message about it goes to %(email)s.") % {"email": registration.email}
    return _("There is no e-mail: the message about it waits among those to be passed on by hand.")


def _next_in_line(registration: Registration) -> str:
    seminar = registration.seminar
    if not seminar.is_promotion_automatic(timezone.now()):
        return _("Nobody gets the seat by itself, because registration is closed: you choose.")
    if seminar.registrations.waiting().exists():
        return _("The seat goes at once to the first on the waiting list who may have it; that person is told.")
    return _("Nobody waits: the seat is free again.")


def _no_way_back() -> str:
    return _("There is no way back; the person can only be registered anew.")


def _can_be_undone() -> str:
    return _("The mark can be changed and taken back.")
