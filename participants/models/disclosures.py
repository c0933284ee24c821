"""Who of the staff saw or took away a list of people."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.models import Seminar


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    """Which disclosures."""

    def note(self, form: str, *, by: User, rows: int, seminar: Seminar | None = None) -> Disclosure:
        """Write down that a list of so many people was given out."""
        return self.create(form=form, by=by, rows=rows, seminar=seminar)


class Disclosure(models.Model):
    """One list of people that was shown, printed or exported: who, when, of which seminar, how many rows.

    Never edited, never deleted; it names no participant.
    """

    class Form(models.TextChoices):
        SCREEN = "screen", _("shown as a list")
        SHEET = "sheet", _("sheet to print")
        WORKBOOK = "workbook", _("workbook (XLSX)")

    form = models.CharField(_("how"), max_length=8, choices=Form)
    seminar = models.ForeignKey(
        Seminar, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("seminar")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    rows = models.PositiveIntegerField(_("how many people"))
    at = models.DateTimeField(_("when"), db_default=models.functions.Now())

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("list given out")
        verbose_name_plural = _("lists given out")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(form__in=("screen", "sheet", "workbook")), name="a_list_is_given_out_in_a_known_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()}: {self.rows}"
