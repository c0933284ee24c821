"""The queue in words: which place, and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Registration


@dataclass(frozen=True)
class Place:
    """The place of a waiting registration now; `is_stand_by` when its municipality has all its seats."""

    number: int
    is_stand_by: bool

    @property
    def reason(self) -> str:
        """Why it is there, in the active language."""
        if self.is_stand_by:
            return _("Your municipality already has its seat. You will take it if whoever holds it cannot come.")
        if self.number == 1:
            return _("You are the first: the next free seat is yours.")
        return ngettext(
            "Seats go in the order of registration; %(ahead)d person registered before you.",
            "Seats go in the order of registration; %(ahead)d people registered before you.",
            self.number - 1,
        ) % {"ahead": self.number - 1}


def place_of(registration: Registration) -> Place:
    """The place of a waiting registration among those who may be seated, by the same order that seats them."""
    seminar = registration.seminar
    may_be_seated = list(seminar.registrations.waiting().may_be_seated(seminar).values_list("pk", flat=True))
    if registration.pk in may_be_seated:
        return Place(may_be_seated.index(registration.pk) + 1, is_stand_by=False)
    everyone = list(seminar.registrations.waiting().values_list("pk", flat=True))
    number = everyone.index(registration.pk) + 1 if registration.pk in everyone else len(everyone) + 1
    return Place(number, is_stand_by=True)
