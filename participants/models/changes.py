"""What became of a person's entry or of a person: a deputy sent instead, two rows of one human made one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models.people import Person
from participants.models.registration import Channel, Registration
from regions.models import Post


class Substitution(models.Model):
    """One person took another's place: the seat stayed with the office; never edited, never deleted."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="substitutions")
    left = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who gave the place up"))
    left_post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("in the post"))
    came = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who comes instead"))
    came_post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("in the post"))
    # Opens nothing any more: who comes back by it reads why.
    dead_token = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    at = models.DateTimeField(_("when"), db_default=models.functions.Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        ordering = ["at", "pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.left} → {self.came}"


class PersonMerge(models.Model):
    """Two rows of one human were made one; names nobody but by key."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges", verbose_name=_("kept"))
    merged_key = models.BigIntegerField(_("key of the row that went"))
    moved = models.JSONField(_("what moved"), default=dict)
    at = models.DateTimeField(_("when"), db_default=models.functions.Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )

    class Meta:
        verbose_name = _("merging of two people")
        verbose_name_plural = _("mergings of people")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.merged_key} → {self.kept_id}"
