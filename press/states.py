"""The states of a text of a release and the moves between them: one table, for the admin and the services."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a text stands; scheduled or published follows from `public_from` and the clock and is stored nowhere."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Standing(models.TextChoices):
    """What people say of a text: its state, and for an approved one what the clock and its corrections make of it."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("withdrawn")


# From each state to which others. An approved text goes back to a draft only before its hour, and is withdrawn only
# after it: what the public has seen stays or says that it is gone.
TRANSITIONS: dict[str, set[str]] = {
    "draft": {"submitted"},
    "submitted": {"draft", "approved"},
    "approved": {"draft", "withdrawn"},
    "withdrawn": set(),
}


def may_move(before: str, after: str) -> bool:
    """Whether the table allows the move."""
    return after in TRANSITIONS[before]
