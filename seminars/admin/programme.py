"""The rows on the page of a seminar: its programme and who stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.db.models import ForeignKey, ManyToManyField, QuerySet
from django.http import HttpRequest

from core.admin import PortalStackedInline, PortalTabularInline, in_both_languages
from seminars.forms import ProgrammeFormSet, SessionForm
from seminars.models import Contributor, Organisation, Project, Session

if TYPE_CHECKING:
    AnyForeignKey = ForeignKey[Any, Any]
    Sessions = QuerySet[Session]

# More than a week of parallel halls.
MOST_SESSIONS = 150

OF_ROWS: dict[type[Any], QuerySet[Any]] = {
    Organisation: Organisation.objects.prefetch_related("names"),
    Project: Project.objects.all(),
}


class ContributorInline(PortalTabularInline):
    """Organisers, partners, projects and donors in the order of the page."""

    model = Contributor
    fields = ("role", "organisation", "project", "position")
    autocomplete_fields = ("organisation", "project")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contributor]:
        return Contributor.objects.with_names()

    def formfield_for_foreignkey(self, db_field: AnyForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model in OF_ROWS:
            kwargs["queryset"] = OF_ROWS[db_field.related_model].all()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SessionInline(PortalStackedInline):
    """The programme, one session below the other, with who speaks and who leads."""

    model = Session
    form = SessionForm
    formset = ProgrammeFormSet
    max_num = MOST_SESSIONS
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("starts_at", "ends_at"),
                    *in_both_languages("title", "summary"),
                    ("talking", "leading"),
                    "kind",
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Sessions:
        return Session.objects.with_speakers()

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        # A forged number of rows must not keep a worker busy.
        formset = super().get_formset(request, obj, **{"absolute_max": MOST_SESSIONS + 1, **kwargs})
        for name in ("talking", "leading"):
            if name in formset.form.base_fields:
                formset.form.base_fields[name].widget = speakers_widget(request)
        return formset


class SpeakersSelect(AutocompleteSelectMultiple):
    """A search that takes several people; each has a cross, so there is no cross for all in the list."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}


def speakers_widget(request: HttpRequest) -> RelatedFieldWidgetWrapper:
    """A search for speakers that takes several, with a door to a new one."""
    field = cast("ManyToManyField[Any, Any]", Session._meta.get_field("speakers"))
    return RelatedFieldWidgetWrapper(
        SpeakersSelect(field, admin.site),
        field.remote_field,  # type: ignore[arg-type]  # the stubs know foreign keys only
        admin.site,
        can_add_related=request.user.has_perm("seminars.add_speaker"),
    )
