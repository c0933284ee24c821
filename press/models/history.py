"""What was done with a text: every stored version and move, and the corrections that the public reads."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from press.models.release import ReleaseText


class Revision(models.Model):
    """A version of a text as it was stored, or a move of it: who, when, why; never edited, never deleted."""

    class Event(models.TextChoices):
        DRAFTED = "drafted", _("drafted")
        EDITED = "edited", _("edited")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned with a comment")
        APPROVED = "approved", _("approved")
        CORRECTED = "corrected", _("corrected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    text = models.ForeignKey(ReleaseText, models.CASCADE, related_name="history")
    number = models.PositiveIntegerField(_("revision"))
    event = models.CharField(_("what was done"), max_length=9, choices=Event)
    at = models.DateTimeField(_("when"), db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    comment = models.TextField(_("comment"), blank=True)
    content = models.JSONField(_("text"))

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("history")
        ordering = ["number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="a_version_of_a_text_has_one_number")]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_event_display()}"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Which corrections."""

    def public(self) -> Self:
        """Approved by another person: the public reads them."""
        return self.filter(approved_at__isnull=False)


class Correction(models.Model):
    """A dated public note beside a published text, which stays as it was; another person approves it too."""

    text = models.ForeignKey(ReleaseText, models.CASCADE, related_name="corrections")
    note = models.TextField(_("correction"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    proposed_at = models.DateTimeField(_("written"), db_default=Now())
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("public since"), null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["approved_at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="a_correction_says_something"),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("proposed_by"))),
                name="another_person_approves_a_correction",
                violation_error_message=_("Whoever wrote the correction cannot approve it."),
            ),
        ]

    def __str__(self) -> str:
        return self.note[:80]

    @property
    def is_public(self) -> bool:
        """Whether the public reads it."""
        return self.approved_at is not None
