"""Staff pages of districts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.admin import in_both_languages
from regions.admin.base import CodeInline, NameInline, UnitAdmin, count_of, list_link
from regions.models import District, DistrictCode, DistrictName, Municipality

if TYPE_CHECKING:
    from regions.models.places import DistrictQuerySet


class DistrictNameInline(NameInline):
    """Former names and other spellings of a district."""

    model = DistrictName


class DistrictCodeInline(CodeInline):
    """Codes of a district."""

    model = DistrictCode


@admin.register(District)
class DistrictAdmin(UnitAdmin):
    """The districts of each oblast, with their municipalities of today."""

    list_display = ("name_ky", "name_ru", "oblast", "municipalities", "named")
    list_filter = ("oblast",)
    search_fields = ("name_ky", "name_ru")
    readonly_fields = ("uid", "oblast", "named", "source")
    fieldsets = (
        (None, {"fields": (*in_both_languages("name"), "note")}),
        (_("As in the data files"), {"fields": (("oblast", "uid"), "named", "source")}),
    )
    inlines = (DistrictNameInline, DistrictCodeInline)

    def get_queryset(self, request: HttpRequest) -> DistrictQuerySet:
        districts = District.objects.by_name().select_related("oblast")
        return districts.annotate(municipality_count=count_of(Municipality.objects.alive(), "district"))

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[DistrictQuerySet, bool]:
        return queryset.named(search_term) if search_term.strip() else queryset, False

    @admin.display(description=_("municipalities today"))
    def municipalities(self, district: Any) -> SafeString:
        return list_link("municipality", district.municipality_count, district=district.pk, life="alive")
