"""Which data files the register has already taken in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedFile(models.Model):
    """A data file that was loaded, known by its content, so that each start does not load it again.

    Without this a file shipped with the portal would undo, at the next start, what staff or a newer file corrected.
    """

    digest = models.CharField(_("fingerprint of the content (SHA-256)"), max_length=64, unique=True)
    name = models.CharField(_("file name"), max_length=255)
    loaded_at = models.DateTimeField(_("loaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("loaded data file")
        verbose_name_plural = _("loaded data files")

    def __str__(self) -> str:
        return self.name
