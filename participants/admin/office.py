"""Staff pages of what is left to settle, of the consent, and of who took lists of people away."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core.admin import HistoryAdmin, PortalAdmin, in_both_languages
from participants import policies
from participants.admin.base import address_of, require
from participants.admin.filters import OpenFilter
from participants.models import ConsentText, Disclosure, StaffTask


@admin.register(StaffTask)
class StaffTaskAdmin(PortalAdmin):
    """Tasks, the open ones first, each with the way to the registration and a button “settled”."""

    list_display = ("kind", "of_registration", "note", "of_seminar", "created_at", "settled")
    list_display_links = None
    list_filter = (OpenFilter, "kind")
    list_select_related = ("registration__seminar", "done_by")
    actions = None

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.settle_view))
        return [path("<int:pk>/settle/", view, name="participants_stafftask_settle"), *super().get_urls()]

    def settle_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write down that the task is settled."""
        require(policies.may_settle(request.user))
        if StaffTask.objects.settle(pk, by=request.user):  # type: ignore[arg-type]  # nobody anonymous gets here
            messages.success(request, _("The task is settled."))
        else:
            messages.warning(request, _("The task was settled before."))
        return HttpResponseRedirect(reverse("admin:participants_stafftask_changelist"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits a task; it is settled by its button."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and policies.may_see_people(request.user)

    @admin.display(description=_("registration"))
    def of_registration(self, task: StaffTask) -> str:
        return format_html('<a href="{}">{}</a>', address_of(task.registration), task.registration)

    @admin.display(description=_("seminar"))
    def of_seminar(self, task: StaffTask) -> str:
        return str(task.registration.seminar)

    @admin.display(description=_("settled"), ordering="done_at")
    def settled(self, task: StaffTask) -> str:
        if task.done_at:
            return f"{timezone.localtime(task.done_at):%d.%m.%Y %H:%M} {task.done_by or ''}".strip()
        return format_html(
            '<button type="submit" class="button" formaction="{}" formmethod="post">{}</button>',
            reverse("admin:participants_stafftask_settle", args=[task.pk]),
            _("Settled"),
        )


@admin.register(ConsentText)
class ConsentTextAdmin(HistoryAdmin):
    """Versions of the consent; one that is in use is never edited: a new version is a new row."""

    list_display = ("version", "valid_from")
    fields = ("version", "valid_from", *in_both_languages("text"))

    def has_change_permission(self, request: HttpRequest, obj: ConsentText | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or not obj.is_in_use)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Disclosure)
class DisclosureAdmin(PortalAdmin):
    """Who saw, printed or exported which list of people; nobody edits it."""

    list_display = ("at", "by", "form", "seminar", "rows")
    list_filter = ("form", "by")
    list_select_related = ("by", "seminar")
    list_display_links = None
    date_hierarchy = "at"
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
