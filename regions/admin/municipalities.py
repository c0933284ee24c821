"""Staff pages of municipalities."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core.admin import in_both_languages
from regions.admin.base import CodeInline, NameInline, ReadOnlyInline, UnitAdmin, in_words
from regions.models import District, Municipality, MunicipalityCode, MunicipalityName, Succession
from regions.models.places import MunicipalityQuerySet
from regions.register import INCOMPLETE


class LifeFilter(admin.SimpleListFilter):
    """Existing today, or closed."""

    title = _("life")
    parameter_name = "life"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("alive", _("exists today")), ("closed", _("closed or not yet begun"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        alive = Municipality.objects.alive().values("pk")
        if self.value() == "alive":
            return queryset.filter(pk__in=alive)
        if self.value() == "closed":
            return queryset.exclude(pk__in=alive)
        return queryset


class DistrictFilter(admin.SimpleListFilter):
    """The district; when an oblast is chosen, only its districts are offered."""

    title = _("district")
    parameter_name = "district"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        districts = District.objects.by_name()
        oblast = request.GET.get("oblast__id__exact", "")
        if oblast.isdecimal():
            districts = districts.filter(oblast=int(oblast))
        return [(str(district.pk), district.name) for district in districts]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        return queryset.filter(district=int(value)) if value.isdecimal() and len(value) < 10 else queryset


class MunicipalityNameInline(NameInline):
    """Former names and other spellings of a municipality."""

    model = MunicipalityName


class MunicipalityCodeInline(CodeInline):
    """Codes of a municipality."""

    model = MunicipalityCode


class StepInline(ReadOnlyInline):
    """One side of the successions of a municipality."""

    model = Succession
    readonly_fields = ("since",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Succession]:
        return super().get_queryset(request).select_related("predecessor", "successor")

    @admin.display(description=_("since"))
    def since(self, step: Succession) -> str:
        return in_words(step.since)


class OriginInline(StepInline):
    """What the municipality came from."""

    fk_name = "successor"
    fields = ("predecessor", "kind", "since", "source")
    verbose_name_plural = _("came from")


class SuccessorInline(StepInline):
    """What became of the municipality."""

    fk_name = "predecessor"
    fields = ("successor", "kind", "since", "source")
    verbose_name_plural = _("what became of it")


@admin.register(Municipality)
class MunicipalityAdmin(UnitAdmin):
    """Aimaks and cities of all times: found by any name, narrowed by place, kind and life."""

    list_display = ("name_ky", "name_ru", "kind", "district", "oblast", "begun", "ended", "confirmed_after_reform")
    list_filter = (LifeFilter, "oblast", DistrictFilter, "kind", "confirmed_after_reform")
    search_fields = ("name_ky", "name_ru")
    search_help_text = _("any name, present or former, in either language and spelling; or an official code")
    readonly_fields = ("uid", "kind", "oblast", "district", "named", "begun", "ended", "source")
    fieldsets = (
        (None, {"fields": (*in_both_languages("name"), "name_en", "confirmed_after_reform", "note")}),
        (
            _("As in the data files"),
            {"fields": ("kind", ("oblast", "district"), ("begun", "ended", "named"), "uid", "source")},
        ),
    )
    inlines = (MunicipalityNameInline, MunicipalityCodeInline, OriginInline, SuccessorInline)

    def get_queryset(self, request: HttpRequest) -> MunicipalityQuerySet:
        return Municipality.objects.with_names().by_name()

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[MunicipalityQuerySet, bool]:
        return queryset.named(search_term) if search_term.strip() else queryset, False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"note": INCOMPLETE, **(extra_context or {})})

    @admin.display(description=_("exists since"), ordering="alive_from")
    def begun(self, unit: Municipality) -> str:
        return in_words(unit.alive_since)

    @admin.display(description=_("existed until"), ordering="alive_to")
    def ended(self, unit: Municipality) -> str:
        return in_words(unit.alive_until)
