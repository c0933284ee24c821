"""What the list of documents can be narrowed to."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from materials.models import Document, DocumentQuerySet, File, FileQuerySet

FILES = {
    "infected": (_("infected"), FileQuerySet.infected),
    "scan": (_("waits for the scanner"), FileQuerySet.awaiting_scan),
    "reading": (_("being read"), FileQuerySet.awaiting_reading),
    "failed": (_("could not be read"), FileQuerySet.unreadable),
}


class FilesFilter(admin.SimpleListFilter):
    """Documents with a file that needs a look, or that is not ready."""

    title = _("files")
    parameter_name = "files"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, label) for name, (label, _condition) in FILES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> QuerySet[Document]:
        asked = self.value()
        if asked not in FILES:
            return queryset
        _label, which = FILES[asked]
        return cast("DocumentQuerySet", queryset).with_any_of(which(File.objects.all()))
