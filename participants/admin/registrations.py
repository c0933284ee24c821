"""The list of registrations and the page of one, which nobody edits: every change is a step through a service."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.admin import PortalAdmin
from core.exceptions import DomainError
from outbox.models import Message
from participants import policies, services
from participants.admin.base import actor
from participants.admin.entering import Entering
from participants.admin.filters import EmailFilter, SeminarFilter, chosen_seminar, matching
from participants.admin.listing import ListPages
from participants.admin.lists import Lists
from participants.admin.quotas import QuotaPages
from participants.admin.reminding import ReminderPages
from participants.admin.seminars import SeminarPages
from participants.admin.steps import RegistrationSteps
from participants.emails import about
from participants.models import Disclosure, Registration
from participants.phones import show_phone
from participants.queue import place_of
from participants.states import State
from seminars.models import Seminar

DASH = "—"


@admin.register(Registration)
class RegistrationAdmin(
    Entering, RegistrationSteps, QuotaPages, ReminderPages, SeminarPages, ListPages, Lists, PortalAdmin
):
    """Who is registered for what; found by name, phone or municipality."""

    list_display = ("full_name", "post_title", "place", "state_badge", "contacts", "came", "of_seminar")
    view_on_site = False
    list_filter = (SeminarFilter, "state", "oblast", "channel", EmailFilter)
    search_fields = ("folded_name",)
    search_help_text = _("a name, a municipality in any spelling, a phone or an e-mail")
    actions = ("mark_attended", "mark_absent")
    fieldsets = (
        (None, {"fields": ("state_badge", "of_seminar", "full_name", "post_title", "place", "mode", "block")}),
        (_("How to reach the person"), {"fields": ("phones", "phone_typed", "mail", "language", "own_page")}),
        (_("How it came in"), {"fields": ("came_by", "joined_at", "consent_given")}),
    )

    class Media:
        css = {"all": ("css/admin-participants.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        return super().get_queryset(request).select_related("seminar", "municipality__district", "oblast", "consent")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Registration], search_term: str
    ) -> tuple[QuerySet[Registration], bool]:
        text = search_term.strip()
        return (queryset.filter(matching(text)) if text else queryset), False

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Without the seminar when the list is of one."""
        return self.list_display[:-1] if chosen_seminar(request) else self.list_display

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits the fields of a registration."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_mark_permission(self, request: HttpRequest) -> bool:
        """Who is offered the actions on many rows."""
        return policies.may_mark(request.user)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        seminar = Seminar.objects.filter(pk=chosen_seminar(request) or 0).first()
        response = super().changelist_view(request, {"seminar": seminar, **(extra_context or {})})
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown:
            Disclosure.objects.note(
                Disclosure.Form.SCREEN,
                by=request.user,  # type: ignore[arg-type]  # admin_view lets nobody anonymous in
                rows=len(shown["cl"].result_list),
                seminar=seminar,
            )
        return response

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        registration = self.get_object(request, object_id)
        context: dict[str, Any] = {}
        if registration is not None:
            may_see_messages = request.user.has_perm("outbox.view_message")
            context = {
                "steps": self.steps_for(request, registration),
                "transitions": registration.transitions.select_related("by"),
                "substitutions": registration.substitutions.select_related(
                    "by", "left", "left_post", "came", "came_post"
                ),
                "letters": Message.objects.about(about(registration)).defer("text", "html", "calendar")
                if may_see_messages
                else [],
                "queue_place": place_of(registration) if registration.is_waiting else None,
            }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    @admin.display(description=_("seminar"), ordering="seminar__starts_at")
    def of_seminar(self, registration: Registration) -> str:
        return str(registration.seminar)

    @admin.display(description=_("post"))
    def post_title(self, registration: Registration) -> str:
        return str(registration.post_title)

    @admin.display(description=_("municipality"), ordering="municipality_name_ru")
    def place(self, registration: Registration) -> str:
        names = (registration.municipality_name, registration.oblast_name)
        return ", ".join(dict.fromkeys(str(name) for name in names if name)) or DASH

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, registration: Registration) -> str:
        return format_html(
            '<span class="state-badge" data-state="{}">{}</span>', registration.state, registration.get_state_display()
        )

    @admin.display(description=_("phone"))
    def phones(self, registration: Registration) -> str:
        numbers = (registration.phone, registration.phone_other)
        return ", ".join(show_phone(number) for number in numbers if number) or DASH

    @admin.display(description=_("e-mail"), ordering="email")
    def mail(self, registration: Registration) -> str:
        return registration.email or format_html('<span class="no-email">{}</span>', _("no e-mail"))

    @admin.display(description=_("phone, e-mail"), ordering="email")
    def contacts(self, registration: Registration) -> str:
        return format_html(
            '<span class="line">{}</span> <span class="line">{}</span>',
            self.phones(registration),
            self.mail(registration),
        )

    @admin.display(description=_("registered"), ordering="joined_at")
    def came(self, registration: Registration) -> str:
        moment = timezone.localtime(registration.joined_at)
        return format_html(
            '<span class="line">{}</span> <span class="line">{}</span>',
            f"{moment:%d.%m.%Y %H:%M}",
            registration.get_channel_display(),
        )

    @admin.display(description=_("came by"), ordering="channel")
    def came_by(self, registration: Registration) -> str:
        return str(registration.get_channel_display())

    @admin.display(description=_("page of the participant"))
    def own_page(self, registration: Registration) -> str:
        address = registration.get_absolute_url()
        return format_html('<a href="{}" rel="noreferrer">{}</a>', address, _("Open as the participant sees it"))

    @admin.display(description=_("consent"))
    def consent_given(self, registration: Registration) -> str:
        if registration.consent is None:
            return DASH
        return f"{registration.consent}, {registration.get_consent_language_display()}"

    @admin.action(description=_("Mark as attended"), permissions=["mark"])
    def mark_attended(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        self._mark(request, queryset, State.ATTENDED)

    @admin.action(description=_("Mark as absent"), permissions=["mark"])
    def mark_absent(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        self._mark(request, queryset, State.ABSENT)

    def _mark(self, request: HttpRequest, queryset: QuerySet[Registration], state: State) -> None:
        """Mark each that can be marked; say how many could not, and why."""
        refusals: Counter[str] = Counter()
        rows = queryset.order_by("seminar", "pk")
        for registration in rows:
            try:
                services.mark_attendance(registration=registration, state=state, by=actor(request))
            except DomainError as refusal:
                refusals[str(refusal)] += 1
        marked = len(rows) - refusals.total()
        if marked:
            text = ngettext("%(number)d person is marked.", "%(number)d people are marked.", marked)
            messages.success(request, text % {"number": marked})
        for sentence, number in refusals.items():
            text = ngettext(
                "%(number)d person is not marked: %(why)s", "%(number)d people are not marked: %(why)s", number
            )
            messages.error(request, text % {"number": number, "why": sentence})
