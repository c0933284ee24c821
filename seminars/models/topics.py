"""How seminars are grouped: by topic, and into series of the same programme."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.languages import Localized


class TopicQuerySet(models.QuerySet["Topic"]):
    """What seminars are about."""

    def with_numbers(self) -> Self:
        """Topics of at least one published seminar, annotated with `number`, how many there are."""
        published = models.Q(seminars__published_at__lte=timezone.now())
        return self.annotate(number=models.Count("seminars", filter=published)).filter(number__gt=0)


class Topic(models.Model):
    """What seminars are about; coverage is counted by topic."""

    slug = models.SlugField(_("address"), unique=True)
    name_ky = models.CharField(_("name (ky)"), max_length=150)
    name_ru = models.CharField(_("name (ru)"), max_length=150)

    name = Localized("name")
    objects = TopicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name_ru"]

    def __str__(self) -> str:
        return str(self.name)


class Series(models.Model):
    """The same programme held several times; each sitting is a seminar."""

    slug = models.SlugField(_("address"), unique=True)
    title_ky = models.CharField(_("title (ky)"), max_length=300)
    title_ru = models.CharField(_("title (ru)"), max_length=300)

    title = Localized("title")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title_ru"]

    def __str__(self) -> str:
        return str(self.title)
