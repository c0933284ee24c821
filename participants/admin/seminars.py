"""The page about a whole seminar on which it is moved or cancelled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.exceptions import DomainError
from participants import policies
from participants.admin.announcing import CancelForm, ChangeForm, MoveForm
from participants.admin.base import Pages, actor, address_of, require, seminar_or_404
from seminars.models import Seminar

MOST_SEATS = 20_000


class SeminarPages(Pages):
    """Mixed into the admin of registrations."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("seminars/<int:pk>/change/", wrap(self.change_seminar_view), name="participants_change_seminar"),
            *super().get_urls(),
        ]

    def change_seminar_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two forms, move and cancel; each first shows whom it will tell what, then does it."""
        require(policies.may_rearrange(request.user))
        seminar = seminar_or_404(pk)
        intent = request.POST.get("intent", "") if request.method == "POST" else ""
        move, cancel = (
            form_class(request.POST if intent == name else None, prefix=name, seminar=seminar)
            for name, form_class in (("move", MoveForm), ("cancel", CancelForm))
        )
        context: dict[str, Any] = {
            "move": move,
            "cancel": cancel,
            "is_open": _is_changeable(seminar),
            "media": self.media + move.media,
        }
        chosen: ChangeForm | None = {"move": move, "cancel": cancel}.get(intent)
        if chosen is not None and chosen.is_valid():
            try:
                if "confirm" in request.POST:
                    messages.success(request, _told(chosen.carry_out(actor(request))))
                    return HttpResponseRedirect(address_of(seminar))
                context |= {"announcement": chosen.announcement(), "chosen": chosen, "intent": intent}
            except DomainError as refusal:
                chosen.add_error(None, ValidationError(str(refusal)))
        return self.page(request, "change_seminar", _("Move or cancel the seminar"), context=context, about=seminar)


def _is_changeable(seminar: Seminar) -> bool:
    """Whether it is published, not cancelled and not over; only shown: the services decide."""
    return seminar.is_published and not seminar.is_cancelled and timezone.now() < seminar.ends_at


def _told(number: int) -> str:
    return ngettext("%(number)d person is told.", "%(number)d people are told.", number) % {"number": number}
