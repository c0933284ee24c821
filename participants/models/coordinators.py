"""Links by which coordinators in oblasts and districts return their lists, without an account."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Language
from participants.models.registration import new_token
from regions.models import District, Municipality, Oblast
from seminars.models import Seminar


class CoordinatorLinkQuerySet(models.QuerySet["CoordinatorLink"]):
    """Which links."""

    def working(self) -> Self:
        """Not revoked."""
        return self.filter(revoked_at=None)

    def count_opening(self, link: CoordinatorLink) -> None:
        """One more opening of the link's page: a counter, not proof (rules.md, Messages 4)."""
        self.filter(pk=link.pk).update(openings=models.F("openings") + 1)


class CoordinatorLink(models.Model):
    """One coordinator's way to the list of one oblast or one district, within so many places."""

    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="coordinator_links", verbose_name=_("seminar"))
    oblast = models.ForeignKey(Oblast, models.PROTECT, related_name="+", verbose_name=_("oblast"))
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("district"),
        help_text=_("Empty: the whole oblast."),
    )
    places = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        help_text=_("How many people the coordinator may name. Empty: as many as there are municipalities."),
    )
    name = models.CharField(_("whose link: office or post"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KY)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    openings = models.PositiveIntegerField(_("times opened"), default=0, editable=False)
    created_at = models.DateTimeField(_("made"), db_default=models.functions.Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = CoordinatorLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("coordinator's link")
        verbose_name_plural = _("coordinators' links")
        ordering = ["oblast__position", "pk"]
        default_permissions = ("view", "add", "change")

    def __str__(self) -> str:
        return f"{self.name}: {self.district or self.oblast}"

    def get_absolute_url(self) -> str:
        return reverse("participants:list", args=[self.token])

    @property
    def municipalities(self) -> models.QuerySet[Municipality]:
        """The units whose people this coordinator may name, as they are on the day of the seminar."""
        units = Municipality.objects.alive_on(self.seminar.first_day).of_group(self.oblast)
        return units.filter(district=self.district) if self.district_id else units

    @property
    def deadline(self) -> datetime:
        """Until when the list may be returned and changed."""
        return self.seminar.lists_deadline or self.seminar.starts_at

    def is_open_at(self, now: datetime) -> bool:
        """Whether the list may be changed at that moment; services pass the database's clock."""
        seminar = self.seminar
        return (
            self.revoked_at is None
            and seminar.is_published
            and not seminar.is_cancelled
            and now < min(self.deadline, seminar.ends_at)
        )
