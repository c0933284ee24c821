"""The typed records of a text: quotes, documents presented, contacts, pictures, attachments.

All belong to one text and not to the release, so that what was approved in one language cannot change with the other.
"""

from __future__ import annotations

import secrets
from typing import Self

from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from press.models.release import Release, ReleaseText

KEY_BYTES = 16


class Quote(models.Model):
    """What somebody said."""

    text = models.ForeignKey(ReleaseText, models.CASCADE, related_name="quotes")
    words = models.TextField(_("quote"))
    speaker = models.CharField(_("speaker"), max_length=200, blank=True)
    post = models.CharField(_("post"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["position", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.speaker or self.words[:60]

    def as_line(self) -> str:
        """The record in one line, for history."""
        return f"{self.words} — {self.speaker}, {self.post}"


class PresentedDocument(models.Model):
    """A document that was presented, with its address when it has one."""

    text = models.ForeignKey(ReleaseText, models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=500)
    url = models.URLField(_("link"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("document presented")
        verbose_name_plural = _("documents presented")
        ordering = ["position", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    def as_line(self) -> str:
        """The record in one line, for history."""
        return f"{self.title} {self.url}".strip()


class Contact(models.Model):
    """Whom journalists ask."""

    text = models.ForeignKey(ReleaseText, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=200)
    post = models.CharField(_("post"), max_length=300, blank=True)
    phones = models.CharField(_("phones"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("media contact")
        verbose_name_plural = _("media contacts")
        ordering = ["position", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(phones="", email=""),
                name="a_media_contact_can_be_reached",
                violation_error_message=_("Give a phone or an e-mail."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def as_line(self) -> str:
        """The record in one line, for history."""
        return ", ".join(filter(None, [self.name, self.post, self.phones, self.email]))


def new_key() -> str:
    """128 random bits: the name of a file and its address."""
    return secrets.token_urlsafe(KEY_BYTES)


def stored_name(stored: StoredFile, filename: str) -> str:
    """Where the bytes lie: under the random key; nothing that was typed or uploaded names it."""
    return f"press/{stored.key}"


def file_storage() -> Storage:
    """The portal's private storage."""
    return storages["default"]


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Which files; the database's clock decides in the statement itself."""

    def public(self) -> Self:
        """Pictures and attachments of texts that stand in public."""
        return self._of(ReleaseText.objects.standing())

    def of_text(self, text: ReleaseText) -> Self:
        """Pictures and attachments of that text."""
        return self._of(ReleaseText.objects.filter(pk=text.pk))

    def _of(self, texts: models.QuerySet[ReleaseText]) -> Self:
        uses = Q(models.Exists(Picture.objects.filter(file=models.OuterRef("pk"), text__in=texts)))
        uses |= Q(models.Exists(Attachment.objects.filter(file=models.OuterRef("pk"), text__in=texts)))
        return self.filter(uses)


class StoredFile(models.Model):
    """The bytes of a picture or an attachment, checked on upload, never changed afterwards."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("picture")
        ATTACHMENT = "attachment", _("attachment")

    release = models.ForeignKey(Release, models.CASCADE, related_name="files")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    file = models.FileField(_("file"), upload_to=stored_name, storage=file_storage, editable=False)
    name = models.CharField(_("name as uploaded"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(_("width"), null=True)
    height = models.PositiveIntegerField(_("height"), null=True)
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=models.functions.Now())

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["uploaded_at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="picture", width__gte=1, height__gte=1)
                | Q(kind="attachment", width=None, height=None),
                name="a_picture_knows_its_size",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Picture(models.Model):
    """A picture in its place in a text, with its words in that language."""

    text = models.ForeignKey(ReleaseText, models.CASCADE, related_name="pictures")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    alt = models.CharField(
        _("alternative text"), max_length=300, help_text=_("What is to be seen, for who cannot see.")
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["position", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["text", "file"], name="a_picture_once_in_a_text"),
            models.CheckConstraint(condition=~Q(alt=""), name="a_picture_has_words"),
        ]

    def __str__(self) -> str:
        return self.alt

    def as_line(self) -> str:
        """The record in one line, for history."""
        return f"{self.file.name}: {self.alt} / {self.caption} ({self.file.sha256[:12]})"


class Attachment(models.Model):
    """A file beside a text."""

    text = models.ForeignKey(ReleaseText, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    title = models.CharField(_("title"), max_length=300)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["position", "pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["text", "file"], name="an_attachment_once_in_a_text")]

    def __str__(self) -> str:
        return self.title

    def as_line(self) -> str:
        """The record in one line, for history."""
        return f"{self.title} ({self.file.name}, {self.file.sha256[:12]})"
