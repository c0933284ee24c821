"""Oblast, district, municipality."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.expressions import FoldName
from core.languages import Localized, LocalizedText
from regions.models.lookups import by_alphabet, units_named
from regions.partial_dates import Partial, precision_field, precision_is_paired

# What stands around the proper name of a municipality, by language.
_AROUND_NAME = {
    "ky": re.compile(r"\s*\b(айыл аймагы|айылный аймак|шаары)$", re.IGNORECASE),
    "ru": re.compile(r"^(город|айылный аймак)\s+|\s+айылный аймак\b", re.IGNORECASE),
}


class OblastKind(models.TextChoices):
    """An oblast, or one of the two cities that are equal to one."""

    OBLAST = "oblast", _("oblast")
    CITY = "city", _("city of republican rank")


class OblastQuerySet(models.QuerySet["Oblast"]):
    """Which oblasts."""

    def oblasts(self) -> Self:
        """The seven oblasts, without the cities Bishkek and Osh."""
        return self.filter(kind=OblastKind.OBLAST)


class Oblast(models.Model):
    """One of the nine groups by which seats are shared out: seven oblasts, Bishkek, Osh."""

    uid = models.SlugField(_("our identifier"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=OblastKind)
    name_ky = models.CharField(_("name in Kyrgyz"), max_length=150)
    name_ru = models.CharField(_("name in Russian"), max_length=150)
    genitive_ky = models.CharField(_("genitive in Kyrgyz"), max_length=150, help_text=_("whose: “Ош облусунун”"))
    genitive_ru = models.CharField(_("genitive in Russian"), max_length=150, help_text=_("of what: “Ошской области”"))
    locative_ky = models.CharField(_("locative in Kyrgyz"), max_length=150, help_text=_("where: “Ош облусунда”"))
    locative_ru = models.CharField(_("locative in Russian"), max_length=150, help_text=_("where: “в Ошской области”"))
    code = models.CharField(_("official code"), max_length=14, blank=True)
    iso_code = models.CharField(_("ISO 3166-2 code"), max_length=6, blank=True)
    position = models.PositiveSmallIntegerField(_("place in lists"))
    source = models.TextField(_("source"), blank=True)

    name = Localized("name")
    genitive = Localized("genitive")
    locative = Localized("locative")
    objects = OblastQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("oblast")
        verbose_name_plural = _("oblasts")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_city(self) -> bool:
        """Whether the group is one city, with a mayor."""
        return self.kind == OblastKind.CITY


class DistrictQuerySet(models.QuerySet["District"]):
    """Which districts, in which order."""

    def by_name(self) -> Self:
        """Oblast after oblast, in each by the Kyrgyz alphabet."""
        return self.order_by("oblast__position", by_alphabet(), "pk")

    def named(self, text: str) -> Self:
        """Those whose name, present or former, in either language, holds the text; or with such a code."""
        return units_named(self, text)


class District(models.Model):
    """A rayon: it holds aiyl aimaks and towns."""

    uid = models.SlugField(_("our identifier"), max_length=60, unique=True)
    oblast = models.ForeignKey(Oblast, models.PROTECT, related_name="districts", verbose_name=_("oblast"))
    name_ky = models.CharField(_("name in Kyrgyz"), max_length=150)
    name_ru = models.CharField(_("name in Russian"), max_length=150)
    named_from = models.DateField(_("has this name since"), null=True, blank=True)
    named_from_precision = precision_field()
    source = models.TextField(_("source"), blank=True)
    note = models.TextField(_("note"), blank=True)

    name = Localized("name")
    named_since = Partial("named_from")
    objects = DistrictQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        constraints = [
            # The target of the foreign key that keeps a municipality and its district in one oblast (migration 0003).
            models.UniqueConstraint(fields=["id", "oblast"], name="a_district_lies_in_one_oblast"),
            models.CheckConstraint(
                condition=precision_is_paired("named_from"),
                name="a_district_name_date_has_its_precision",
                violation_error_message=_("Say how exactly the date is known, or leave both empty."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MunicipalityKind(models.TextChoices):
    """An aiyl aimak or a city of one of three ranks."""

    AIYL_AIMAK = "aiyl_aimak", _("aiyl aimak")
    CITY_REPUBLICAN = "city_republican", _("city of republican rank")
    CITY_OBLAST = "city_oblast", _("city of oblast rank")
    CITY_DISTRICT = "city_district", _("city of district rank")


IN_A_DISTRICT = (MunicipalityKind.AIYL_AIMAK, MunicipalityKind.CITY_DISTRICT)

_LINEAGE = """
WITH RECURSIVE lineage (id) AS (
    VALUES (%s::bigint)
    UNION
    SELECT succession.predecessor_id FROM regions_succession AS succession
    JOIN lineage ON succession.successor_id = lineage.id
)
SELECT id FROM lineage
"""


_HEIRS = """
WITH RECURSIVE heirs (id) AS (
    SELECT unnest(%s::bigint[])
    UNION
    SELECT succession.successor_id FROM regions_succession AS succession
    JOIN heirs ON succession.predecessor_id = heirs.id
)
SELECT id FROM heirs
"""


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Which municipalities, in which order."""

    def alive_on(self, day: dt.date) -> Self:
        """Those that existed on the day; `alive_to` is the first day without them."""
        begun = Q(alive_from=None) | Q(alive_from__lte=day)
        return self.filter(begun, Q(alive_to=None) | Q(alive_to__gt=day))

    def alive(self) -> Self:
        """Those that exist today, as far as the register knows."""
        return self.alive_on(timezone.localdate())

    def of_group(self, oblast: Oblast) -> Self:
        """Those of an oblast, or of the city Bishkek or Osh as a group of its own."""
        return self.filter(oblast=oblast)

    def with_names(self) -> Self:
        """With oblast and district, so that full names cost no further query."""
        return self.select_related("oblast", "district")

    def by_name(self) -> Self:
        """Oblast after oblast, cities without a district first, then district by district, by the Kyrgyz alphabet."""
        return self.order_by("oblast__position", by_alphabet("district__").asc(nulls_first=True), by_alphabet(), "pk")

    def lineage_of(self, municipality: Municipality) -> Self:
        """The municipality and all its predecessors, theirs too: whose visits count for it."""
        return self.filter(pk__in=RawSQL(_LINEAGE, [municipality.pk]))  # noqa: S611

    def heirs_of(self, keys: Iterable[int]) -> Self:
        """The municipalities of these keys and all that came of them: what those did counts for these."""
        return self.filter(pk__in=RawSQL(_HEIRS, [list(keys)]))  # noqa: S611

    def named(self, text: str) -> Self:
        """Those whose name, present or former, in either language, holds the text, however it is spelled.

        A text of digits is looked for among the official codes.
        """
        return units_named(self, text)


class Municipality(models.Model):
    """A unit of local self-government: an aiyl aimak or a city, with its span of life.

    A rename keeps the row; a merger (even into a unit of the same name) and a change of kind make a new one. Official
    codes are dated attributes (`codes`) and repeat, so nothing is ever joined by them.
    """

    uid = models.SlugField(_("our identifier"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=MunicipalityKind)
    oblast = models.ForeignKey(Oblast, models.PROTECT, related_name="municipalities", verbose_name=_("oblast"))
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="municipalities", verbose_name=_("district")
    )
    name_ky = models.CharField(_("name in Kyrgyz"), max_length=150, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=150, blank=True)
    name_en = models.CharField(_("name in Latin letters"), max_length=150, blank=True, help_text=_("a hint only"))
    named_from = models.DateField(_("has this name since"), null=True, blank=True)
    named_from_precision = precision_field()
    alive_from = models.DateField(_("exists since"), null=True, blank=True)
    alive_from_precision = precision_field()
    alive_to = models.DateField(_("existed until"), null=True, blank=True, help_text=_("the first day without it"))
    alive_to_precision = precision_field()
    confirmed_after_reform = models.BooleanField(
        _("confirmed after the reform of 2024"),
        default=False,
        help_text=_("a source names it after the territorial reform"),
    )
    source = models.TextField(_("source"), blank=True)
    note = models.TextField(_("note"), blank=True)

    name = Localized("name")
    named_since = Partial("named_from")
    alive_since = Partial("alive_from")
    alive_until = Partial("alive_to")
    objects = MunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        indexes = [
            GinIndex(OpClass(FoldName("name_ky"), name="gin_trgm_ops"), name="municipality_folded_name_ky"),
            GinIndex(OpClass(FoldName("name_ru"), name="gin_trgm_ops"), name="municipality_folded_name_ru"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_ky="", name_ru=""),
                name="a_municipality_has_a_name",
                violation_error_message=_("Give the name in at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(alive_from__lt=F("alive_to")) | Q(alive_from=None) | Q(alive_to=None),
                name="a_municipality_begins_before_it_ends",
                violation_error_message=_("A municipality must begin before it ends."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=IN_A_DISTRICT, district__isnull=False)
                | (~Q(kind__in=IN_A_DISTRICT) & Q(district__isnull=True)),
                name="aimaks_and_towns_have_a_district",
                violation_error_message=_(
                    "Aiyl aimaks and cities of district rank lie in a district; other cities do not."
                ),
            ),
            models.CheckConstraint(
                condition=precision_is_paired("named_from")
                & precision_is_paired("alive_from")
                & precision_is_paired("alive_to"),
                name="a_municipality_date_has_its_precision",
                violation_error_message=_("Say how exactly the date is known, or leave both empty."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_city(self) -> bool:
        """Whether it has a mayor and not a head of aiyl okmotu."""
        return self.kind != MunicipalityKind.AIYL_AIMAK

    @property
    def short_name(self) -> LocalizedText:
        """The proper name without «айыл аймагы», «айылный аймак», «шаары», «город», in the page's language."""
        name = self.name
        return LocalizedText(_AROUND_NAME[name.language].sub("", name).strip(), name.language)

    @property
    def full_name(self) -> str:
        """The name with district and oblast, which tells namesakes apart."""
        district = [self.district.name] if self.district else []
        oblast = [] if self.kind == MunicipalityKind.CITY_REPUBLICAN else [self.oblast.name]
        return ", ".join([self.name, *district, *oblast])

    @property
    def is_alive(self) -> bool:
        """Whether it exists today, as far as the register knows."""
        return self.is_alive_on(timezone.localdate())

    def is_alive_on(self, day: dt.date) -> bool:
        """Whether it existed on that day."""
        return (self.alive_from is None or self.alive_from <= day) and (self.alive_to is None or day < self.alive_to)
