"""The files of an edition: what they are, where they lie, what became of reading and scanning them, how often taken."""

from __future__ import annotations

import secrets
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from materials.models.catalogue import Audience, Document, Edition
from participants.models import Registration
from seminars.models import Seminar

KEY_BYTES = 16


def new_key() -> str:
    """128 random bits for the address of a file."""
    return secrets.token_urlsafe(KEY_BYTES)


def stored_name(_file: models.Model | None = None, _shown_name: str = "") -> str:
    """A random name that says nothing of the file, spread over folders."""
    name = secrets.token_hex(KEY_BYTES)
    return f"materials/{name[:2]}/{name}"


class Language(models.TextChoices):
    """In which language a file is written."""

    KY = "ky", _("Kyrgyz")
    RU = "ru", _("Russian")
    BOTH = "both", _("Kyrgyz and Russian")


class Format(models.TextChoices):
    """What may be uploaded; found by looking inside, never by the name."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    PPTX = "pptx", "PPTX"
    XLSX = "xlsx", "XLSX"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"


class Extraction(models.TextChoices):
    """What became of reading the file for the search."""

    WAITING = "waiting", _("being read")
    DONE = "done", _("text is read")
    EMPTY = "empty", _("no text inside")
    FAILED = "failed", _("could not be read")


class Scan(models.TextChoices):
    """What the virus scanner said."""

    NOT_ASKED = "not_asked", _("no scanner")
    WAITING = "waiting", _("waits for the scanner")
    CLEAN = "clean", _("clean")
    INFECTED = "infected", _("infected")


RELEASED = (Scan.NOT_ASKED, Scan.CLEAN)


class FileQuerySet(models.QuerySet["File"]):
    """Which files."""

    def released(self) -> Self:
        """Not held back by the virus scan."""
        return self.filter(scan__in=RELEASED)

    def public(self) -> Self:
        """What everyone may have."""
        return self.released().filter(edition__document__in=Document.objects.public())

    def handed_out_at(self, seminar: Seminar) -> Self:
        """Of the editions that the seminar handed out, each once, in the order of its programme."""
        return (
            self.filter(edition__handouts__seminar=seminar)
            .annotate(at=models.Min("edition__handouts__session__starts_at"))
            .order_by(models.F("at").asc(nulls_first=True), "edition", "language", "format", "pk")
        )

    def visible_to(self, registration: Registration) -> Self:
        """What this participant may have: public ones, and the editions that the seminar handed out or later ones."""
        documents = Document.objects.visible_to_participants()
        handed_out = models.Q(edition__document__in=documents) & models.Exists(
            Edition.objects.filter(
                document=models.OuterRef("edition__document"),
                number__lte=models.OuterRef("edition__number"),
                handouts__seminar=registration.seminar_id,
            )
        )
        public = models.Q(edition__document__in=documents.filter(audience=Audience.PUBLIC))
        return self.released().filter(public | handed_out)

    def given_to(self, registration: Registration) -> Self:
        """What the seminar handed out to this participant, as it was then and as it is now, by document."""
        documents = Document.objects.handed_out_at(registration.seminar)
        as_then = models.Exists(
            Edition.objects.filter(pk=models.OuterRef("edition"), handouts__seminar=registration.seminar_id)
        )
        return (
            self.visible_to(registration)
            .filter(as_then | models.Q(edition__is_current=True), edition__document__in=documents)
            .select_related("edition__document")
            .order_by("edition__document_id", "edition__number", "language", "format", "pk")
        )

    def awaiting_scan(self) -> Self:
        """Held back until the scanner has answered."""
        return self.filter(scan=Scan.WAITING)

    def infected(self) -> Self:
        """Held back for good: the scanner found something."""
        return self.filter(scan=Scan.INFECTED)

    def unreadable(self) -> Self:
        """Whose text could not be read for the search."""
        return self.filter(extraction=Extraction.FAILED)

    def awaiting_reading(self) -> Self:
        """Released, and not yet read for the search."""
        return self.released().filter(extraction=Extraction.WAITING)


class File(models.Model):
    """One file of an edition: stored once under a random name, never written over."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files", verbose_name=_("edition"))
    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    language = models.CharField(_("language"), max_length=4, choices=Language)
    format = models.CharField(_("format"), max_length=4, choices=Format, editable=False)
    shown_name = models.CharField(_("name"), max_length=150)
    content = models.FileField(_("file"), upload_to=stored_name, max_length=100, unique=True)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    picture = models.FileField(_("picture of the first page"), upload_to=stored_name, max_length=100, blank=True)
    extraction = models.CharField(
        _("text for the search"), max_length=7, choices=Extraction, default=Extraction.WAITING, editable=False
    )
    scan = models.CharField(_("virus scan"), max_length=9, choices=Scan, default=Scan.NOT_ASKED, editable=False)
    scan_note = models.CharField(_("what the scanner found"), max_length=200, blank=True, editable=False)
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)

    objects = FileQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["picture"])

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["edition", "language", "format", "pk"]
        indexes = [models.Index(fields=["scan"], condition=models.Q(scan="waiting"), name="files_awaiting_scan")]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "sha256"],
                name="a_file_once_in_an_edition",
                violation_error_message=_("This edition has exactly this file already."),
            ),
            models.CheckConstraint(condition=models.Q(size__gte=1), name="no_file_is_empty"),
            models.CheckConstraint(condition=models.Q(pages__gte=1), name="a_counted_file_has_pages"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="sha256_is_64_hexadecimal_digits"
            ),
            models.CheckConstraint(
                condition=~models.Q(content="") & ~models.Q(shown_name=""), name="a_file_has_its_content_and_name"
            ),
            models.CheckConstraint(
                condition=~models.Q(shown_name__regex=r"[\x01-\x1f\x7f/\\]"), name="the_name_of_a_file_is_one_line"
            ),
            models.CheckConstraint(condition=models.Q(language__in=Language.values), name="file_language_is_known"),
            models.CheckConstraint(condition=models.Q(format__in=Format.values), name="file_format_is_known"),
            models.CheckConstraint(condition=models.Q(extraction__in=Extraction.values), name="extraction_is_known"),
            models.CheckConstraint(condition=models.Q(scan__in=Scan.values), name="scan_is_known"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.key])

    def address_for(self, registration: Registration) -> str:
        """The address under which this participant has it, though it is not for everyone."""
        return reverse("file_of_participant", args=[self.key, registration.token])

    @property
    def is_released(self) -> bool:
        """Whether the virus scan lets people have it."""
        return self.scan in RELEASED


class Download(models.Model):
    """How often files of an edition were taken on one day, by language; nothing is kept of who took them."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="downloads", verbose_name=_("edition"))
    language = models.CharField(_("language"), max_length=4, choices=Language)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("downloads"), default=1)

    class Meta:
        verbose_name = _("downloads of a day")
        verbose_name_plural = _("downloads")
        ordering = ["-day", "edition", "language"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "language", "day"], name="one_count_per_edition_language_and_day"
            ),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="a_count_of_downloads_begins_at_one"),
            models.CheckConstraint(condition=models.Q(language__in=Language.values), name="download_language_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, {self.language}, {self.day}: {self.count}"
