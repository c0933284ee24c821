"""The media list: outlets and journalists; whoever leaves it by choice or is erased leaves no trace."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import HistoryAdmin, PortalAdmin, in_both_languages
from press import services
from press.models import Journalist, Outlet


@admin.register(Outlet)
class OutletAdmin(HistoryAdmin):
    """Newspapers, agencies, channels, sites."""

    list_display = ("__str__", "website", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name_ky", "name_ru")
    fields = (*in_both_languages("name"), ("website", "is_active"))


@admin.register(Journalist)
class JournalistAdmin(PortalAdmin):
    """Who is sent releases: language, topics, consent."""

    list_display = ("name", "outlet", "language", "consented_on", "unsubscribed_at", "is_active")
    list_filter = ("language", "is_active", ("unsubscribed_at", admin.EmptyFieldListFilter), "topics")
    list_select_related = ("outlet",)
    search_fields = ("name", "email", "outlet__name_ky", "outlet__name_ru")
    autocomplete_fields = ("outlet",)
    readonly_fields = ("unsubscribed_at",)
    fieldsets = (
        (None, {"fields": (("name", "outlet"), ("email", "phone"), ("language", "is_active"))}),
        (_("Which releases"), {"fields": ("topics",)}),
        (_("Consent"), {"fields": (("consented_on", "consent_source"), "unsubscribed_at")}),
    )

    def formfield_for_manytomany(self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "topics":
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Journalist, form: Any, change: bool) -> None:
        """Store it; a new day of consent ends an earlier “no more”."""
        if change and "consented_on" in form.changed_data and obj.consented_on:
            obj.unsubscribed_at = None
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Journalist) -> None:
        services.forget_journalist(journalist=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Journalist]) -> None:
        for journalist in queryset:
            services.forget_journalist(journalist=journalist)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return self._nameless(super().log_addition(request, obj, message))

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return self._nameless(super().log_change(request, obj, message))

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """History names people by key (rules.md, Pages 8)."""
        keys = [journalist.pk for journalist in queryset]
        entries = super().log_deletions(request, queryset)
        content_type = ContentType.objects.get_for_model(Journalist)
        for key in keys:
            LogEntry.objects.filter(content_type=content_type, object_id=str(key)).update(
                object_repr=f"journalist:{key}"
            )
        return entries

    def _nameless(self, entry: LogEntry) -> LogEntry:
        """The entry without the person's name."""
        entry.object_repr = f"journalist:{entry.object_id}"
        entry.save(update_fields=["object_repr"])
        return entry
