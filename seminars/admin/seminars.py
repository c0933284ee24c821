"""The page on which a seminar is made, and the list of all seminars."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.admin import HistoryAdmin, in_both_languages
from core.dates import official_range
from core.languages import active_language
from seminars import policies, readiness, services
from seminars.admin.filters import TimeFilter, YearFilter
from seminars.admin.programme import ContributorInline, SessionInline
from seminars.admin.steps import SeminarSteps, gap_sentences, staff_member
from seminars.exceptions import AlreadyPublished
from seminars.forms import SeminarForm
from seminars.models import Phase, Seminar

# After publication these change only on the page that tells everyone who is registered, or not at all.
FIXED_BY_PUBLICATION = ("slug", "format", "starts_at", "ends_at", "city_ky", "city_ru", "venue_ky", "venue_ru")
SEATS = ("seats", "seats_per_municipality")


@admin.register(Seminar)
class SeminarAdmin(SeminarSteps, HistoryAdmin):
    """One page for all that is known of a seminar, in the order in which an organiser thinks."""

    form = SeminarForm
    inlines = (ContributorInline, SessionInline)
    list_display = ("days", "theme", "phase_badge", "seats_taken_of_all", "is_public")
    list_display_links = ("theme",)
    list_filter = (TimeFilter, YearFilter, "topics", "series")
    search_fields = ("title_ky", "title_ru", "slug")
    autocomplete_fields = ("series",)
    # The steps above the form lead to the public page once there is one.
    view_on_site = False
    fieldsets = (
        (_("What about, and for whom"), {"fields": (*in_both_languages("title", "purpose", "occasion", "audience"),)}),
        (_("Topics"), {"fields": ("topics", "series")}),
        (
            _("When and where"),
            {
                "fields": (
                    ("starts_at", "ends_at"),
                    "format",
                    *in_both_languages("city", "venue"),
                    "online_url",
                    "languages",
                )
            },
        ),
        (
            _("Seats and registration"),
            {
                "fields": (
                    ("seats", "seats_per_municipality"),
                    ("registration_opens_at", "registration_closes_at"),
                    "substitution_until",
                )
            },
        ),
        (_("Whom to ask"), {"fields": (*in_both_languages("contact"), ("contact_phone", "contact_email"))}),
        (_("Address of the page"), {"fields": ("slug",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Seminar]:
        return Seminar.objects.prefetch_related("blocks")

    def get_readonly_fields(self, request: HttpRequest, obj: Seminar | None = None) -> tuple[str, ...]:
        return (*FIXED_BY_PUBLICATION, *SEATS) if obj and obj.is_published else ()

    def has_delete_permission(self, request: HttpRequest, obj: Seminar | None = None) -> bool:
        if obj is None:
            return super().has_delete_permission(request)
        return policies.may_delete(request.user, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No deleting in bulk: a seminar that the public has seen is cancelled."""
        return {}

    def formfield_for_manytomany(self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "topics":
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_formset_kwargs(self, request: HttpRequest, obj: Seminar, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, SessionInline):
            kwargs["form_kwargs"] = {"day": obj.starts_at}
        return kwargs

    def save_model(self, request: HttpRequest, obj: Seminar, form: Any, change: bool) -> None:
        """Write what the page lets edit and nothing else: others may have published or moved it meanwhile.

        Raises AlreadyPublished when the page was that of a draft.
        """
        if not change:
            super().save_model(request, obj, form, change)
            return
        if Seminar.objects.locked(obj.pk).is_published and not obj.is_published:
            raise AlreadyPublished
        columns = {field.name for field in Seminar._meta.concrete_fields}
        obj.save(update_fields=columns & set(form.fields))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        seminar: Seminar = form.instance
        if not seminar.is_published:
            services.set_hall_seats(seminar=seminar, seats=form.cleaned_data["seats"] or 0, by=staff_member(request))
        for sentence in gap_sentences(seminar):
            messages.warning(request, sentence)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        seminar = self.get_object(request, object_id)
        context: dict[str, Any] = {}
        if seminar:
            context = {
                "may_publish": policies.may_publish(request.user, seminar),
                "may_copy": policies.may_copy(request.user),
                "lacks": [] if seminar.is_published else readiness.lacks(seminar, timezone.now()),
            }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    @admin.display(description=_("date"), ordering="starts_at")
    def days(self, seminar: Seminar) -> str:
        return official_range(seminar.starts_at, seminar.ends_at, active_language())

    @admin.display(description=_("theme"))
    def theme(self, seminar: Seminar) -> str:
        return seminar.title

    @admin.display(description=_("state"))
    def phase_badge(self, seminar: Seminar) -> str:
        if not seminar.is_published:
            return format_html('<span class="phase" data-phase="draft">{}</span>', _("Draft"))
        phase: Phase = seminar.phase
        return format_html('<span class="phase" data-phase="{}">{}</span>', phase.value, phase.label)

    @admin.display(description=_("seats taken"))
    def seats_taken_of_all(self, seminar: Seminar) -> str:
        return f"{seminar.capacity - seminar.seats_left} / {seminar.capacity}" if seminar.capacity else "–"

    @admin.display(description=_("published"), boolean=True)
    def is_public(self, seminar: Seminar) -> bool:
        return seminar.is_published

    @admin.display(description=_("seats in the hall"))
    def seats(self, seminar: Seminar) -> str:
        return self.seats_taken_of_all(seminar)
