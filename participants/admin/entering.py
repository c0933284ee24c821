"""Staff register people who called, wrote or stand on a list, by the same service as the web."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.exceptions import DomainError
from participants import policies, services
from participants.admin.base import Pages, actor, address_of, require
from participants.admin.filters import chosen_seminar
from participants.admin.forms import EntryForm, label_of
from participants.exceptions import AlreadyRegistered, OfficeAlreadyRegistered
from participants.models import Registration
from participants.queue import place_of
from regions.models import Municipality

MOST_FOUND = 20


class Entering(Pages):
    """Mixed into the admin of registrations: the page “add”."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("municipalities/", wrap(require_safe(self.municipalities_view)), name="participants_municipalities"),
            *super().get_urls(),
        ]

    def municipalities_view(self, request: HttpRequest) -> HttpResponse:
        """Municipalities found by any name, as the search box of the form wants them."""
        require(request.user.has_perm("regions.view_municipality"))
        term = request.GET.get("term", "")[:100].strip()
        found = Municipality.objects.with_names().by_name()
        found = found.named(term) if term else found.alive()
        results = [{"id": str(unit.pk), "text": label_of(unit)} for unit in found[:MOST_FOUND]]
        return JsonResponse(
            {"results": results, "pagination": {"more": False}}, json_dumps_params={"ensure_ascii": False}
        )

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The form; a refusal is a sentence on it, and everything typed stays."""
        require(policies.may_enter(request.user))
        form = EntryForm(
            request.POST if request.method == "POST" else None, initial={"seminar": chosen_seminar(request)}
        )
        context: dict[str, Any] = {"form": form, "media": self.media + form.media}
        if request.method == "POST" and form.is_valid():
            act = services.stand_by if request.POST.get("intent") == "stand_by" else services.register
            try:
                registration = act(seminar=form.cleaned_data["seminar"], entry=form.entry(), by=actor(request, form))
            except AlreadyRegistered as refusal:
                context["known"] = refusal.registration
            except OfficeAlreadyRegistered as refusal:
                context["holder"] = refusal.holder
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _outcome(registration))
                return HttpResponseRedirect(address_of(registration))
        return self.page(request, "registration/add", _("Register a person"), context=context)


def _outcome(registration: Registration) -> str:
    """What came of it, in a sentence."""
    name = {"name": registration.full_name}
    if not registration.is_waiting:
        return _("%(name)s is registered and has a place.") % name
    place = place_of(registration)
    return _("%(name)s is on the waiting list, number %(number)d.") % {**name, "number": place.number}
