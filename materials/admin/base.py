"""What the pages beside the list of documents share: rights, the frame of a page, the answer to an upload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.admin import PortalAdmin
from materials.models import Document, Edition
from seminars.models import Seminar

if TYPE_CHECKING:
    PagesBase = PortalAdmin
else:
    PagesBase = object


class Pages(PagesBase):
    """Mixed into the admin of documents: pages of its own in the frame of the admin."""

    def page(
        self, request: HttpRequest, template: str, title: str, *, about: Document | Seminar, context: dict[str, Any]
    ) -> HttpResponse:
        """A page about a document or a seminar, with the way back to it."""
        whole = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(about),
            "opts": self.opts,
            "about": about,
            "about_url": address_of(about),
            "list_url": reverse(f"admin:{about._meta.app_label}_{about._meta.model_name}_changelist"),
            "list_title": about._meta.verbose_name_plural,
            "media": self.media,
            **context,
        }
        return TemplateResponse(request, f"admin/materials/{template}.html", whole)


def address_of(row: models.Model) -> str:
    """The staff page of the row."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def edition_address(name: str, edition: Edition) -> str:
    """A page about an edition: `files`, `delete`, `tell`."""
    return reverse(f"admin:materials_edition_{name}", args=[edition.pk])


def require(allowed: bool) -> None:
    """Refuse whoever has not the right."""
    if not allowed:
        raise PermissionDenied


def staff_member(request: HttpRequest) -> User:
    """Who is signed in; the admin lets nobody else in."""
    return cast("User", request.user)


def for_upload(request: HttpRequest, response: HttpResponse, form: BaseForm | None = None) -> HttpResponse:
    """To `admin-upload.js`: where to go (it would follow a redirect unseen), or what the form refuses, as JSON."""
    if request.headers.get("X-Requested-With") != "upload":
        return response
    if response.status_code == 302:
        return JsonResponse({"location": response["Location"]})
    if form is None or not form.errors:
        return response
    errors = {name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()}
    return JsonResponse({"errors": errors, "note": _("Please correct the errors below.")}, status=422)
