"""Earlier names, other spellings and official codes, each with the time when it held."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.expressions import FoldName
from core.languages import Localized
from regions.models.places import District, Municipality
from regions.partial_dates import Partial, precision_field, precision_is_paired


class NameKind(models.TextChoices):
    """Whether the name was official once, or is a spelling that people and papers use."""

    FORMER = "former", _("former name")
    VARIANT = "variant", _("other spelling")


def _period_constraints() -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(valid_from__lt=F("valid_to")) | Q(valid_from=None) | Q(valid_to=None),
            name="a_%(class)s_begins_before_it_ends",
            violation_error_message=_("A period must begin before it ends."),
        ),
        models.CheckConstraint(
            condition=precision_is_paired("valid_from") & precision_is_paired("valid_to"),
            name="a_%(class)s_date_has_its_precision",
            violation_error_message=_("Say how exactly the date is known, or leave both empty."),
        ),
    ]


class Dated(models.Model):
    """What held from a day until another, as far as sources tell."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_from_precision = precision_field()
    valid_to = models.DateField(_("valid until"), null=True, blank=True, help_text=_("the first day without it"))
    valid_to_precision = precision_field()
    source = models.TextField(_("source"), blank=True)

    valid_since = Partial("valid_from")
    valid_until = Partial("valid_to")

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = _period_constraints()


class DatedName(Dated):
    """A former name or another spelling of a unit."""

    kind = models.CharField(_("kind"), max_length=10, choices=NameKind)
    name_ky = models.CharField(_("name in Kyrgyz"), max_length=150, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=150, blank=True)

    name = Localized("name")

    class Meta(Dated.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *_period_constraints(),
            models.CheckConstraint(
                condition=~Q(name_ky="", name_ru=""),
                name="a_%(class)s_is_not_empty",
                violation_error_message=_("Give the name in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DatedCode(Dated):
    """An official code of 14 digits; after a reform another unit may get the same one."""

    code = models.CharField(_("official code"), max_length=14)

    class Meta(Dated.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *_period_constraints(),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{14}$"),
                name="a_%(class)s_has_14_digits",
                violation_error_message=_("An official code has 14 digits."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


def _once(*fields: str, name: str, message: Any) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=fields, name=name, violation_error_message=message, nulls_distinct=False)


class DistrictName(DatedName):
    """A former name or another spelling of a district."""

    district = models.ForeignKey(District, models.CASCADE, related_name="names", verbose_name=_("district"))
    history = HistoricalRecords()

    class Meta(DatedName.Meta):
        verbose_name = _("former name or other spelling of a district")
        verbose_name_plural = _("former names and other spellings of districts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *DatedName.Meta.constraints,
            _once(
                "district",
                "kind",
                "name_ky",
                "name_ru",
                name="a_district_name_is_listed_once",
                message=_("This name is already listed."),
            ),
        ]


class MunicipalityName(DatedName):
    """A former name or another spelling of a municipality."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="names", verbose_name=_("municipality"))
    history = HistoricalRecords()

    class Meta(DatedName.Meta):
        verbose_name = _("former name or other spelling of a municipality")
        verbose_name_plural = _("former names and other spellings of municipalities")
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(OpClass(FoldName("name_ky"), name="gin_trgm_ops"), name="former_folded_name_ky"),
            GinIndex(OpClass(FoldName("name_ru"), name="gin_trgm_ops"), name="former_folded_name_ru"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *DatedName.Meta.constraints,
            _once(
                "municipality",
                "kind",
                "name_ky",
                "name_ru",
                name="a_municipality_name_is_listed_once",
                message=_("This name is already listed."),
            ),
        ]


class DistrictCode(DatedCode):
    """A code of a district."""

    district = models.ForeignKey(District, models.CASCADE, related_name="codes", verbose_name=_("district"))
    history = HistoricalRecords()

    class Meta(DatedCode.Meta):
        verbose_name = _("code of a district")
        verbose_name_plural = _("codes of districts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *DatedCode.Meta.constraints,
            _once(
                "district",
                "code",
                "valid_from",
                name="a_district_code_is_listed_once",
                message=_("This code is already listed."),
            ),
        ]


class MunicipalityCode(DatedCode):
    """A code of a municipality."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="codes", verbose_name=_("municipality"))
    history = HistoricalRecords()

    class Meta(DatedCode.Meta):
        verbose_name = _("code of a municipality")
        verbose_name_plural = _("codes of municipalities")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["code"], name="municipality_by_code")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *DatedCode.Meta.constraints,
            _once(
                "municipality",
                "code",
                "valid_from",
                name="a_municipality_code_is_listed_once",
                message=_("This code is already listed."),
            ),
        ]
