"""The list of documents, and the page on which one is made with its first edition and files."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.db import connection, transaction
from django.db.models import ManyToManyField, Prefetch, QuerySet
from django.forms import CheckboxSelectMultiple
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.admin import HistoryAdmin, in_both_languages
from core.dates import official_date
from core.languages import active_language
from materials import policies, services, storing
from materials.admin.base import for_upload, staff_member
from materials.admin.editions import EditionPages
from materials.admin.filters import FilesFilter
from materials.admin.handouts import HandoutPages
from materials.admin.telling import TellingPages
from materials.forms import DocumentForm, NewDocumentForm
from materials.models import Document, Edition

__all__ = ["DocumentAdmin"]


@admin.register(Document)
class DocumentAdmin(EditionPages, HandoutPages, TellingPages, HistoryAdmin):
    """One page for all that is known of a document; its editions and files stand above the form."""

    list_display = ("theme", "kind", "status_badge", "audience", "current_edition", "published_at")
    list_display_links = ("theme",)
    list_filter = ("status", "kind", "audience", FilesFilter, "topics")
    search_fields = ("title_ky", "title_ru", "number", "slug")
    autocomplete_fields = ("issuer", "successor")
    view_on_site = False
    change_form_template = "admin/materials/document/change_form.html"
    fieldsets = (
        (None, {"fields": ("kind", *in_both_languages("title"), "topics")}),
        (_("Who issued it"), {"fields": ("issuer", ("act_type", "number", "issued_on"), "source_url")}),
        (_("Whether it holds, and for whom"), {"fields": ("status", "successor", "audience", "published_at")}),
        (_("Address of the page"), {"fields": ("slug",)}),
    )

    class Media:
        js = (Script("js/admin-upload.js", type="module"),)

    first_edition = (_("First edition"), {"fields": ("dated", "files_ky", "files_ru", "files_both")})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        current = Edition.objects.filter(is_current=True)
        return Document.objects.prefetch_related(Prefetch("editions", current, to_attr="current_editions"))

    def get_fieldsets(self, request: HttpRequest, obj: Document | None = None) -> Any:
        return self.fieldsets if obj else (self.fieldsets[0], self.first_edition, *self.fieldsets[1:])

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{"form": DocumentForm if obj else NewDocumentForm, **kwargs})

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        if obj is None:
            return request.user.has_perm(f"materials.{get_permission_codename('delete', self.opts)}")
        return policies.may_delete(request.user, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No deleting in bulk: what people were given is kept."""
        return {}

    def formfield_for_manytomany(self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "topics":
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        with storing.files_follow_rows(), transaction.atomic():
            if request.FILES:
                _wait_for_files()
            response = super().changeform_view(request, object_id, form_url, extra_context)
            shown = (getattr(response, "context_data", None) or {}).get("adminform")
            return for_upload(request, response, shown.form if shown else None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        document = self.get_object(request, object_id)
        context = self.editions_context(request, document) if document else {}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            document: Document = form.instance
            edition = services.add_edition(
                document=document,
                dated=form.cleaned_data["dated"] or document.issued_on or timezone.localdate(),
                by=staff_member(request),
            )
            services.add_files(edition=edition, stored=form.stored, by=staff_member(request))

    def delete_model(self, request: HttpRequest, obj: Document) -> None:
        services.delete_document(document=obj, by=staff_member(request))

    @admin.display(description=_("title"), ordering="title_ru")
    def theme(self, document: Document) -> str:
        return document.title

    @admin.display(description=_("status"), ordering="status")
    def status_badge(self, document: Document) -> str:
        return format_html(
            '<span class="state-badge" data-status="{}">{}</span>', document.status, document.get_status_display()
        )

    @admin.display(description=_("current edition"))
    def current_edition(self, document: Any) -> str:
        """Its number and date; the list has fetched it beforehand."""
        editions: list[Edition] = document.current_editions
        return "".join(f"{edition.number}: {official_date(edition.dated, active_language())}" for edition in editions)


def _wait_for_files() -> None:
    """Django checks the form inside the transaction; looking into files and storing them takes longer than others do.

    Nothing is locked meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '60s'")
