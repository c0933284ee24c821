"""The posts of those who come to seminars."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.languages import active_language, text_in
from regions.models.places import Municipality


class PostQuerySet(models.QuerySet["Post"]):
    """Which posts."""

    def open_to_registration(self) -> Self:
        """Those that people may choose on the public form; guests are added by staff only."""
        return self.filter(is_open_to_registration=True)


class Post(models.Model):
    """A post in an aiyl aimak and its counterpart in a city: head of aiyl okmotu, mayor."""

    uid = models.SlugField(_("our identifier"), max_length=40, unique=True)
    name_ky = models.CharField(_("in an aiyl aimak, in Kyrgyz"), max_length=150)
    name_ru = models.CharField(_("in an aiyl aimak, in Russian"), max_length=150)
    city_name_ky = models.CharField(_("in a city, in Kyrgyz"), max_length=150)
    city_name_ru = models.CharField(_("in a city, in Russian"), max_length=150)
    genitive_ru = models.CharField(_("in an aiyl aimak, genitive in Russian"), max_length=150)
    city_genitive_ru = models.CharField(_("in a city, genitive in Russian"), max_length=150)
    is_head = models.BooleanField(_("heads the municipality"), default=False)
    is_open_to_registration = models.BooleanField(_("may register on the site"), default=False)
    position = models.PositiveSmallIntegerField(_("place in lists"))

    objects = PostQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name_in(None)

    def name_in(self, language: str | None) -> str:
        """Both names at once, as a form shows them where the municipality is not known yet."""
        code = language or active_language()
        aimak, city = getattr(self, f"name_{code}"), getattr(self, f"city_name_{code}")
        return aimak if aimak == city else f"{aimak} / {city}"

    def title(self, municipality: Municipality | None, language: str) -> str:
        """What the holder of the post is called in this municipality: head of aiyl okmotu, in a city mayor.

        Without a municipality (guests need none) it is the name in an aiyl aimak.
        """
        is_in_city = municipality is not None and municipality.is_city
        return text_in(self, "city_name" if is_in_city else "name", language)
