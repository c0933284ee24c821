"""The states of a registration and the moves between them: one table, for the web, staff and the portal itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a registration stands."""

    CONFIRMED = "confirmed", _("confirmed")
    WAITING = "waiting", _("waiting")
    CANCELLED = "cancelled", _("cancelled")
    DECLINED = "declined", _("declined")
    ATTENDED = "attended", _("attended")
    ABSENT = "absent", _("absent")

    @classmethod
    def live(cls) -> list[str]:
        """Has a seat or waits for one."""
        return [*SEATED, cls.WAITING.value]


# Holds a seat.
SEATED = ["confirmed", "attended", "absent"]

# From each state to which others; the empty one is a new registration.
TRANSITIONS: dict[str, set[str]] = {
    "": {"confirmed", "waiting"},
    "confirmed": {"cancelled", "declined", "attended", "absent"},
    "waiting": {"confirmed", "cancelled", "declined"},
    "attended": {"absent", "confirmed"},
    "absent": {"attended", "confirmed"},
    "cancelled": set(),
    "declined": set(),
}


def may_move(before: str, after: str) -> bool:
    """Whether the table allows the move."""
    return after in TRANSITIONS[before]
