"""What the pages beside the list of registrations share: rights, the frame of a page, who acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from core.admin import PortalAdmin
from core.languages import LANGUAGES, active_language
from participants.actors import Actor
from participants.models import Channel, Disclosure
from seminars.models import Seminar

if TYPE_CHECKING:
    from django.utils.functional import Promise

    PagesBase = PortalAdmin
else:
    PagesBase = object

# By what way a member of staff hears of a wish.
STAFF_CHANNELS = (Channel.PHONE, Channel.PAPER, Channel.LIST, Channel.STAFF)


class Pages(PagesBase):
    """Mixed into an admin: pages of its own in the frame of the admin."""

    def page(
        self,
        request: HttpRequest,
        template: str,
        title: str | Promise,
        *,
        context: dict[str, Any],
        about: Model | None = None,
    ) -> HttpResponse:
        """A page about a registration or a seminar, with the way back to it, or about what this admin lists."""
        model = self.model if about is None else type(about)
        whole = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(about) if about else None,
            "opts": self.opts,
            "about": about,
            "about_url": address_of(about) if about else "",
            "list_url": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
            "list_title": model._meta.verbose_name_plural,
            "media": self.media,
            **context,
        }
        return TemplateResponse(request, f"admin/participants/{template}.html", whole)

    def note_shown(self, request: HttpRequest, rows: int, seminar: Seminar) -> None:
        """Write down that a list of people was shown."""
        Disclosure.objects.note(
            Disclosure.Form.SCREEN,
            by=request.user,  # type: ignore[arg-type]  # admin_view lets nobody anonymous in
            rows=rows,
            seminar=seminar,
        )


def address_of(row: Model) -> str:
    """The staff page of the row."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def asked_language(request: HttpRequest) -> str:
    """The language of a list or a file that is taken away: the one asked for, else that of the page."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else active_language()


def require(allowed: bool) -> None:
    """Refuse whoever has not the right."""
    if not allowed:
        raise PermissionDenied


def seminar_or_404(pk: int) -> Seminar:
    """The seminar with its seats; a draft too."""
    return get_object_or_404(Seminar.objects.prefetch_related("blocks__group"), pk=pk)


def actor(request: HttpRequest, form: forms.Form | None = None) -> Actor:
    """The member of staff, with the channel and the reason that the form gives."""
    data = form.cleaned_data if form is not None else {}
    return Actor(
        Channel(data.get("channel") or Channel.STAFF),
        request.user,  # type: ignore[arg-type]  # admin_view lets nobody anonymous in
        str(data.get("reason", "")),
    )
