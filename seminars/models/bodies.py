"""Bodies behind a seminar: organisers, partners, donors and their projects, with fixed wording in each language."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.languages import Localized, LocalizedText


class Organisation(models.Model):
    """A body that outlives its names: an agency, a partner, a donor."""

    uid = models.SlugField(_("short name in Latin letters"), unique=True)
    website = models.URLField(_("website"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["uid"]

    def __str__(self) -> str:
        return str(self.name_on(None) or self.uid)

    def name_on(self, day: date | None) -> LocalizedText | None:
        """The full name in the active language on that day (None: the latest); None when it has no name then."""
        name = self.naming_on(day)
        return name.name if name else None

    def naming_on(self, day: date | None) -> OrganisationName | None:
        """The record of names that held on that day (None: the latest); uses prefetched rows."""
        names = list(self.names.all())
        if day is not None:
            names = [name for name in names if name.holds_on(day)]
        return max(names, key=lambda name: name.valid_from or date.min, default=None)


class OrganisationName(models.Model):
    """What a body was called in one period, in both languages."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names", verbose_name=_("organisation"))
    name_ky = models.CharField(_("full name (ky)"), max_length=400, blank=True)
    name_ru = models.CharField(_("full name (ru)"), max_length=400, blank=True)
    short_name_ky = models.CharField(_("short name (ky)"), max_length=120, blank=True)
    short_name_ru = models.CharField(_("short name (ru)"), max_length=120, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until (exclusive)"), null=True, blank=True)

    name = Localized("name")
    short_name = Localized("short_name")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of an organisation")
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name_ky="", name_ru=""),
                name="organisation_name_in_some_language",
                violation_error_message=_("Give the name in at least one language."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__gt=models.F("valid_from")),
                name="organisation_name_begins_before_it_ends",
                violation_error_message=_("A name must begin before it ends."),
            ),
            ExclusionConstraint(
                name="one_name_of_an_organisation_at_a_time",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    (
                        models.Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another name of this organisation holds in the same period."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.short_name or self.name)

    def clean(self) -> None:
        # PostgreSQL makes no range that ends before it begins, so the field is refused before the constraint asks.
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValidationError({"valid_to": _("A name must begin before it ends.")})

    def holds_on(self, day: date) -> bool:
        """Whether the name was in use on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    def overlaps(self, other: OrganisationName) -> bool:
        """Whether both hold on some day."""
        starts, ends = self.valid_from or date.min, self.valid_to or date.max
        return starts < (other.valid_to or date.max) and (other.valid_from or date.min) < ends


class Project(models.Model):
    """A project that supports seminars, named with its fixed wording: who runs it and who pays."""

    uid = models.SlugField(_("short name in Latin letters"), unique=True)
    name_ky = models.CharField(_("name (ky)"), max_length=300, blank=True)
    name_ru = models.CharField(_("name (ru)"), max_length=300, blank=True)
    wording_ky = models.TextField(_("fixed wording (ky)"), blank=True)
    wording_ru = models.TextField(_("fixed wording (ru)"), blank=True)
    donor = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="paid_projects",
        verbose_name=_("donor"),
    )

    name = Localized("name")
    wording = Localized("wording")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["uid"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name_ky="", name_ru=""),
                name="project_name_in_some_language",
                violation_error_message=_("Give the name in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class ContributorQuerySet(models.QuerySet["Contributor"]):
    """Who stands behind seminars."""

    def with_names(self) -> Self:
        """With everything that naming them needs."""
        return self.select_related("organisation", "project").prefetch_related("organisation__names")


class Contributor(models.Model):
    """A body or a project in its role at one seminar."""

    class Role(models.TextChoices):
        ORGANISER = "organiser", _("Organiser")
        PARTNER = "partner", _("Partner")
        PROJECT = "project", _("Project")
        DONOR = "donor", _("Donor")

    seminar = models.ForeignKey(
        "seminars.Seminar", models.CASCADE, related_name="contributors", verbose_name=_("seminar")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("organisation")
    )
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, verbose_name=_("project"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ContributorQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("organisers, partners, projects and donors")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, project__isnull=True)
                | models.Q(organisation__isnull=True, project__isnull=False),
                name="contributor_is_a_body_or_a_project",
                violation_error_message=_("Choose an organisation or a project, not both."),
            ),
            models.CheckConstraint(
                condition=models.Q(role="project", project__isnull=False)
                | (~models.Q(role="project") & models.Q(project__isnull=True)),
                name="only_a_project_has_the_role_of_project",
                violation_error_message=_("A project has the role “Project”; an organisation has another role."),
            ),
            models.UniqueConstraint(
                fields=["seminar", "role", "organisation"],
                name="an_organisation_once_in_a_role",
                violation_error_message=_("This organisation already has this role."),
            ),
            models.UniqueConstraint(
                fields=["seminar", "project"],
                name="a_project_once_in_a_seminar",
                violation_error_message=_("This project is already listed."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.project or self.organisation)

    def name_on(self, day: date) -> LocalizedText | None:
        """How it is named at a seminar of that day."""
        if self.project is not None:
            return self.project.name
        return self.organisation.name_on(day) if self.organisation else None
