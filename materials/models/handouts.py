"""What seminars hand out: always an edition, so that an old page keeps the file that people were given."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from materials.models.catalogue import Document, Edition
from materials.models.files import File
from seminars.models import Seminar, Session


class HandoutQuerySet(models.QuerySet["Handout"]):
    """Which handouts."""

    def of_seminar(self, seminar: Seminar) -> Self:
        """What one seminar hands out, in the order of its programme; the seminar's own ones first."""
        return self.filter(seminar=seminar).order_by(models.F("session__starts_at").asc(nulls_first=True), "pk")

    def for_readers(self) -> Self:
        """Of documents that everyone may have, with what a page shows of them, in one query.

        `files` are the released files of the edition handed out, `newer` the current edition where that is another.
        """
        files = File.objects.released().filter(edition=models.OuterRef("edition")).order_by("language", "format", "pk")
        file = JSONObject(key="key", language="language", format="format", size="size", pages="pages")
        newer = Edition.objects.filter(
            document=models.OuterRef("edition__document"),
            is_current=True,
            number__gt=models.OuterRef("edition__number"),
        )
        edition = JSONObject(number="number", dated="dated", note_ky="note_ky", note_ru="note_ru")
        return (
            self.filter(edition__document__in=Document.objects.public())
            .select_related("session", "edition__document")
            .annotate(files=ArraySubquery(files.values_list(file)), newer=models.Subquery(newer.values_list(edition)))
        )


class Handout(models.Model):
    """A seminar, or one session of it, hands out an edition."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="handouts", verbose_name=_("seminar"))
    # RESTRICT: a session with documents is not deleted by accident, a draft seminar goes with all that it has.
    session = models.ForeignKey(
        Session,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="handouts",
        verbose_name=_("session"),
        help_text=_("Empty: the seminar as a whole."),
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="handouts", verbose_name=_("edition"))

    objects = HandoutQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("handout")
        verbose_name_plural = _("handouts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seminar", "session", "edition"],
                nulls_distinct=False,
                name="an_edition_is_handed_out_once_in_a_session",
                violation_error_message=_("This edition is handed out here already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seminar}: {self.edition}"

    def clean(self) -> None:
        if self.session_id and self.session and self.session.seminar_id != self.seminar_id:
            raise ValidationError({"session": _("This session belongs to another seminar.")})
