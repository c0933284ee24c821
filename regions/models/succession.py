"""What became of a municipality."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from regions.models.places import Municipality
from regions.partial_dates import Partial, precision_field, precision_is_paired


class SuccessionKind(models.TextChoices):
    """How the successor came to stand for the predecessor."""

    MERGED = "merged", _("merged into")
    ANNEXED = "annexed", _("annexed to a city")
    BECAME = "became", _("became (kind or rank changed)")
    FORMED_FROM = "formed_from", _("part of it formed")


class Succession(models.Model):
    """One step from an earlier municipality to a later one; a database trigger refuses circles (migration 0003)."""

    predecessor = models.ForeignKey(
        Municipality, models.CASCADE, related_name="successions", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(Municipality, models.PROTECT, related_name="origins", verbose_name=_("successor"))
    kind = models.CharField(_("kind"), max_length=20, choices=SuccessionKind)
    on = models.DateField(_("since"), null=True, blank=True)
    on_precision = precision_field()
    source = models.TextField(_("source"), blank=True)

    since = Partial("on")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="one_step_between_two_municipalities",
                violation_error_message=_("This succession is already listed."),
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="nobody_succeeds_itself",
                violation_error_message=_("A municipality cannot succeed itself."),
            ),
            models.CheckConstraint(
                condition=precision_is_paired("on"),
                name="a_succession_date_has_its_precision",
                violation_error_message=_("Say how exactly the date is known, or leave both empty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    def clean(self) -> None:
        """Refuse a circle with a sentence, before the trigger does."""
        if self.predecessor_id is None or self.successor_id is None:
            return
        lineage = Municipality.objects.lineage_of(self.predecessor)
        if self.predecessor_id != self.successor_id and lineage.filter(pk=self.successor_id).exists():
            raise ValidationError(_("Then each would come from the other: a circle of successions."))
