"""What the list of seminars can be narrowed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from seminars.models import Seminar, SeminarQuerySet

if TYPE_CHECKING:
    Seminars = QuerySet[Seminar]


class TimeFilter(admin.SimpleListFilter):
    """Still to come, or over."""

    title = _("time")
    parameter_name = "time"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("upcoming", _("upcoming")), ("past", _("past"))]

    def queryset(self, request: HttpRequest, queryset: Seminars) -> Seminars:
        seminars = cast("SeminarQuerySet", queryset)
        if self.value() == "upcoming":
            return seminars.upcoming()
        return seminars.past() if self.value() == "past" else seminars


class YearFilter(admin.SimpleListFilter):
    """The year in which they start."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(year), str(year)) for year in Seminar.objects.years()]

    def queryset(self, request: HttpRequest, queryset: Seminars) -> Seminars:
        year = self.value()
        known = year and year in {value for value, _label in self.lookup_choices}
        return cast("SeminarQuerySet", queryset).in_year(int(year)) if year and known else queryset
