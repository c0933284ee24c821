"""What the pages of all units share."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.admin import HistoryAdmin, PortalTabularInline
from regions.models.naming import Dated
from regions.partial_dates import PartialDate


def in_words(date: PartialDate | None) -> str:
    """The date as people read it, or a dash."""
    return date.in_words() if date else "—"


def list_link(model: str, count: int, **filters: Any) -> SafeString:
    """The number, linked to the list of what it counts."""
    address = reverse(f"admin:regions_{model}_changelist")
    return format_html('<a href="{}?{}">{}</a>', address, urlencode(filters), count)


def count_of(rows: QuerySet[Any], field: str) -> Coalesce:
    """How many of the rows point to each row of the outer query."""
    counted = rows.filter(**{field: OuterRef("pk")}).order_by().values(field).annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count")), 0)


class UnitAdmin(HistoryAdmin):
    """Units come and go by the dated files that are loaded; by hand people mend words only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("has this name since"))
    def named(self, unit: Any) -> str:
        return in_words(unit.named_since)


class NameInline(PortalTabularInline):
    """Former names and other spellings; what is added here is found by the search and in lists."""

    fields = (
        "kind",
        "name_ky",
        "name_ru",
        "valid_from",
        "valid_from_precision",
        "valid_to",
        "valid_to_precision",
        "source",
    )
    verbose_name = _("former name or other spelling")
    verbose_name_plural = _("former names and other spellings")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "source":
            field.widget.attrs["rows"] = 1
        return field


class ReadOnlyInline(PortalTabularInline):
    """What the loader writes and people only read."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CodeInline(ReadOnlyInline):
    """Official codes with the time when they held."""

    fields = ("code", "since", "until", "source")
    readonly_fields = ("since", "until")
    verbose_name = _("official code")
    verbose_name_plural = _("official codes")

    @admin.display(description=_("valid from"))
    def since(self, code: Dated) -> str:
        return in_words(code.valid_since)

    @admin.display(description=_("valid until"))
    def until(self, code: Dated) -> str:
        return in_words(code.valid_until)
