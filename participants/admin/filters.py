"""What the lists of people can be narrowed to, and how they are searched."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.dates import official_date
from core.folding import fold_name
from core.languages import active_language
from participants.models import Registration, StaffTask, Term
from regions.models import Municipality, Oblast
from seminars.models import Seminar

MOST_PAST = 60
SHORTEST_PHONE = 4


class SeminarFilter(admin.SimpleListFilter):
    """The registrations of one seminar: those to come first, then the latest."""

    title = _("seminar")
    parameter_name = "seminar"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        seminars = [*Seminar.objects.upcoming(), *Seminar.objects.past()[:MOST_PAST]]
        return [
            (str(seminar.pk), f"{official_date(seminar.starts_at, active_language())}: {seminar}")
            for seminar in seminars
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        pk = chosen_seminar(request)
        return queryset.filter(seminar=pk) if pk else queryset


def chosen_seminar(request: HttpRequest) -> int | None:
    """The key of the seminar to which the list is narrowed."""
    value = request.GET.get(SeminarFilter.parameter_name, "")
    return int(value) if re.fullmatch(r"[0-9]{1,9}", value) else None


def chosen_oblast(request: HttpRequest) -> Oblast | None:
    """The oblast to which a page about a seminar is narrowed, by its identifier."""
    wanted = request.GET.get("oblast", "")
    return next((oblast for oblast in Oblast.objects.all() if oblast.uid == wanted), None) if wanted else None


class EmailFilter(admin.SimpleListFilter):
    """Whom messages reach by themselves, and whom only by hand."""

    title = _("e-mail")
    parameter_name = "email"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("given")), ("no", _("none: messages are passed on by hand"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        if self.value() == "yes":
            return queryset.exclude(email="")
        return queryset.filter(email="") if self.value() == "no" else queryset


class OpenFilter(admin.SimpleListFilter):
    """What is still to be settled; that is what the list shows by itself."""

    title = _("state")
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("settled")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        return [{**first, "display": _("open")}, *rest]

    def queryset(self, request: HttpRequest, queryset: QuerySet[StaffTask]) -> QuerySet[StaffTask]:
        if self.value() == "all":
            return queryset
        return queryset.filter(done_at__isnull=self.value() != "yes")


class CurrentFilter(admin.SimpleListFilter):
    """In office today, or not."""

    title = _("in office")
    parameter_name = "current"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("today")), ("no", _("earlier or later"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Term]) -> QuerySet[Term]:
        current = Term.objects.current().order_by().values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=current)
        return queryset.exclude(pk__in=current) if self.value() == "no" else queryset


def named(text: str, *, name: str = "folded_name") -> Q:
    """Whose folded name holds every word of the text, in any order and spelling."""
    condition = Q()
    for word in text.split():
        condition &= Q(**{f"{name}__contains": fold_name(word)})
    return condition


def of_place(text: str) -> Q:
    """Of a municipality that is or was called so."""
    return Q(municipality__in=Municipality.objects.named(text).order_by().values("pk"))


def matching(text: str) -> Q:
    """By name, by municipality, by a phone as people write it, or by e-mail."""
    if "@" in text:
        return Q(email__icontains=text)
    digits = re.sub(r"\D", "", text)
    if len(digits) >= SHORTEST_PHONE and not re.search(r"[^\W\d_]", text):
        tail = digits.removeprefix("996").removeprefix("0")
        return Q(phone__contains=tail) | Q(phone_other__contains=tail)
    return named(text) | of_place(text)
