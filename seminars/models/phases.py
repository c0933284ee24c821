"""What follows from the dates and seats of a seminar at a moment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """What a visitor may do with a seminar at a moment; it follows from dates and seats and is stored nowhere."""

    NOT_OPEN = "not_open", _("Registration has not opened yet")
    OPEN = "open", _("Registration is open")
    FULL = "full", _("No seats left, the waiting list is open")
    CLOSED = "closed", _("Registration is closed")
    PAST = "past", _("The seminar is over")
    CANCELLED = "cancelled", _("The seminar is cancelled")
