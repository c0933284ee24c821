"""Messages to invited offices, each in the language of its invitation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from participants.models import Invitation


def send_invitations(invitations: Sequence[Invitation]) -> None:
    """Write the invitation with its personal link to each of these offices."""


def send_reminders(invitations: Sequence[Invitation], *, day: date) -> int:
    """Remind each of these offices, once a day at most; return how many are reminded now."""
    return len(invitations)


def thank_for_no(invitation: Invitation) -> None:
    """Confirm that nobody comes, and say until when the answer can be changed."""
