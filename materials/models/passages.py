"""What stands in the files, in passages: what the search looks into, and what it quotes."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.expressions import FoldText
from materials.models.catalogue import Document
from materials.models.files import RELEASED, File

# One vector holds a megabyte at most; a passage of this length stays below, whatever is written in it.
LONGEST_PASSAGE = 12_000


class PassageQuerySet(models.QuerySet["Passage"]):
    """Which passages."""

    def current(self) -> Self:
        """Of files that the scanner released, in the current edition of their document, whoever may have that."""
        return self.filter(file__scan__in=RELEASED, file__edition__is_current=True)

    def public(self) -> Self:
        """Of those, what everyone may have."""
        return self.current().filter(file__edition__document__in=Document.objects.public())


class Passage(models.Model):
    """A few pages of a file: as long as fits, a form feed between two pages."""

    file = models.ForeignKey(File, models.CASCADE, related_name="passages", verbose_name=_("file"))
    number = models.PositiveIntegerField()
    first_page = models.PositiveIntegerField(help_text="The page on which it begins, counted from 1.")
    text = models.TextField()
    words = models.GeneratedField(
        expression=SearchVector(FoldText("text"), config="russian") + SearchVector(FoldText("text"), config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        default_permissions = ()
        ordering = ["file", "number"]
        indexes = [GinIndex(fields=["words"], name="passages_by_word")]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="passages_of_a_file_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.number}"
