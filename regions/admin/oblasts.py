"""Staff pages of oblasts, posts and the data files that were loaded."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.admin import HistoryAdmin, PortalAdmin, in_both_languages
from regions.admin.base import UnitAdmin, count_of, list_link
from regions.models import District, LoadedFile, Municipality, Oblast, Post


@admin.register(Oblast)
class OblastAdmin(UnitAdmin):
    """The top of the tree: nine groups with their districts and municipalities of today."""

    list_display = ("name_ky", "name_ru", "kind", "districts", "municipalities", "iso_code")
    readonly_fields = ("uid", "kind", "code", "iso_code", "position", "source")
    fieldsets = (
        (None, {"fields": (*in_both_languages("name", "genitive", "locative"),)}),
        (_("As in the data files"), {"fields": ("uid", "kind", ("code", "iso_code"), "position", "source")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Oblast]:
        return Oblast.objects.annotate(
            district_count=count_of(District.objects.all(), "oblast"),
            municipality_count=count_of(Municipality.objects.alive(), "oblast"),
        )

    @admin.display(description=_("districts"))
    def districts(self, oblast: Any) -> SafeString:
        return list_link("district", oblast.district_count, oblast__id__exact=oblast.pk)

    @admin.display(description=_("municipalities today"))
    def municipalities(self, oblast: Any) -> SafeString:
        return list_link("municipality", oblast.municipality_count, oblast__id__exact=oblast.pk, life="alive")


@admin.register(Post)
class PostAdmin(HistoryAdmin):
    """The posts that people hold and choose when they register."""

    list_display = ("name_ky", "name_ru", "city_name_ky", "city_name_ru", "is_head", "is_open_to_registration")
    fieldsets = (
        (_("In an aiyl aimak"), {"fields": (*in_both_languages("name"), "genitive_ru")}),
        (_("In a city"), {"fields": (*in_both_languages("city_name"), "city_genitive_ru")}),
        (None, {"fields": ("is_head", "is_open_to_registration", "position", "uid")}),
    )
    # The portal knows posts by these.
    readonly_fields = ("uid", "is_head")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        return False


@admin.register(LoadedFile)
class LoadedFileAdmin(PortalAdmin):
    """Which data files the register has taken in, and when; to look at."""

    list_display = ("name", "loaded_at", "digest")
    ordering = ("-loaded_at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: LoadedFile | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LoadedFile | None = None) -> bool:
        return False
