"""People, their terms of office and the consent that they give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Language
from core.folding import fold_name
from core.languages import Localized
from participants.names import short_name, split_full_name
from regions.models import Municipality, Post


class PersonQuerySet(models.QuerySet["Person"]):
    """Which people."""

    def named(self, full_name: str) -> Self:
        """Whose full name is the same after folding of letters."""
        return self.filter(folded_name=fold_name(full_name))

    def with_what_tells_apart(self) -> Self:
        """With terms and registrations, by which staff see whether two rows are one human."""
        return self.prefetch_related(
            models.Prefetch(
                "terms", Term.objects.select_related("post", "municipality__oblast", "municipality__district")
            ),
            "registrations__seminar",
        )

    def names_that_repeat(self) -> models.QuerySet[Person, str]:
        """Folded names that more than one person has, in alphabetical order."""
        names = self.order_by("folded_name").values_list("folded_name", flat=True)
        return names.annotate(number=models.Count("pk")).filter(number__gt=1)


class Person(models.Model):
    """Somebody who holds an office or takes part; kept apart from the office by `Term`.

    Phones and e-mails belong to registrations and identify nobody.
    """

    surname = models.CharField(_("surname"), max_length=100)
    given_names = models.CharField(_("given names and patronymic"), max_length=150, blank=True)
    folded_name = models.CharField(max_length=260, editable=False, db_index=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KY)
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["surname", "given_names"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded_name = fold_name(self.full_name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def full_name(self) -> str:
        """Surname first, as in lists."""
        return f"{self.surname} {self.given_names}".strip()

    @property
    def short_name(self) -> str:
        """Initial and surname: `Н. Жээнбек уулу`."""
        return short_name(self.surname, self.given_names)

    @classmethod
    def from_full_name(cls, full_name: str, **fields: str) -> Person:
        """An unsaved person of that name, split as `participants.names` says."""
        surname, given_names = split_full_name(full_name)
        return cls(surname=surname, given_names=given_names, **fields)


class TermQuerySet(models.QuerySet["Term"]):
    """Which terms of office."""

    def on(self, day: date) -> Self:
        """In office on that day."""
        return self.filter(models.Q(starts_on__isnull=True) | models.Q(starts_on__lte=day)).filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=day)
        )

    def current(self) -> Self:
        """In office today."""
        return self.on(timezone.localdate())

    def heads(self) -> Self:
        """Of heads of aiyl okmotu and mayors, acting ones too."""
        return self.filter(is_head=True)

    def by_municipality(self, municipalities: Iterable[Municipality]) -> dict[int, Term]:
        """The terms of these municipalities by their keys; expects one of each: the heads of a day."""
        terms = self.filter(municipality__in=municipalities).select_related("person", "post")
        return {term.municipality_id: term for term in terms}


class Term(models.Model):
    """A term of office: one person in one post of one municipality, from a day to a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="terms", verbose_name=_("person"))
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="terms", verbose_name=_("municipality"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("post"))
    is_head = models.BooleanField(_("heads the municipality"), default=False, editable=False)
    is_acting = models.BooleanField(_("acting"), default=False)
    starts_on = models.DateField(_("in office from"), null=True, blank=True)
    ends_on = models.DateField(_("in office until (exclusive)"), null=True, blank=True)
    basis = models.CharField(_("basis: order, number, date"), max_length=200, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True)

    objects = TermQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        ordering = [models.F("starts_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="term_ends_after_it_starts",
                violation_error_message=_("A term of office must end after it starts."),
            ),
            ExclusionConstraint(
                name="one_head_per_municipality_at_a_time",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    (
                        models.Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=models.Q(is_head=True),
                violation_error_message=_(
                    "This municipality has another head in that period. End that term of office first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.municipality}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.is_head = self.post.is_head
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        if self.post_id:
            self.is_head = self.post.is_head
        # At the field, and before PostgreSQL is asked for a range that ends before it starts.
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            raise ValidationError({"ends_on": _("A term of office must end after it starts.")})

    def overlaps(self, other: Term) -> bool:
        """Whether some day lies in both terms."""
        return (self.ends_on is None or other.starts_on is None or other.starts_on < self.ends_on) and (
            other.ends_on is None or self.starts_on is None or self.starts_on < other.ends_on
        )


class ConsentText(models.Model):
    """One version of the consent to the processing of personal data; the text lives here, not in code."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    text_ky = models.TextField(_("text (ky)"))
    text_ru = models.TextField(_("text (ru)"))
    valid_from = models.DateField(_("in use from"))

    text = Localized("text")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{_('version')} {self.version}"

    @property
    def is_in_use(self) -> bool:
        """Whether people are or were asked to agree to it: then its words stay as they are."""
        return self.valid_from <= timezone.localdate()

    @classmethod
    def current(cls) -> ConsentText:
        """The version in use today."""
        return cls.objects.filter(valid_from__lte=timezone.localdate()).latest("version")
