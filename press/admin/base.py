"""What the staff pages of the press centre share: the frame of a page, who acts, who may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from accounts.models import User
from core.admin import PortalAdmin
from press import policies
from press.models import Mailing, ReleaseText

if TYPE_CHECKING:
    from django.utils.functional import Promise

    PagesBase = PortalAdmin
else:
    PagesBase = object

STYLE = {"all": ["css/admin-participants.css", "css/admin-press.css"]}


class PressPages(PagesBase):
    """Mixed into the admins of the press centre: pages of its own in the frame of the admin."""

    def page(
        self,
        request: HttpRequest,
        template: str,
        title: str | Promise,
        *,
        about: ReleaseText | Mailing,
        context: dict[str, Any],
        status: int = 200,
    ) -> HttpResponse:
        """A page about a text or a mailing, with the way back to it and to the release."""
        text = about.text if isinstance(about, Mailing) else about
        whole = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(text),
            "opts": self.opts,
            "text": text,
            "text_url": address_of(text),
            "release_url": reverse("admin:press_release_change", args=[text.release_id]),
            "media": self.media,
            **context,
        }
        return TemplateResponse(request, f"admin/press/{template}.html", whole, status=status)


def address_of(text: ReleaseText) -> str:
    """The staff page of the text."""
    return reverse("admin:press_releasetext_change", args=[text.pk])


def require(allowed: bool) -> None:
    """Refuse whoever has not the right."""
    if not allowed:
        raise PermissionDenied


def text_or_404(request: HttpRequest, pk: int) -> ReleaseText:
    """The text with its records, for who may see releases before their hour."""
    require(policies.may_see(request.user))
    texts = ReleaseText.objects.with_parts().select_related(
        "release__seminar", "last_editor", "submitted_by", "approved_by", "withdrawn_by"
    )
    return get_object_or_404(texts, pk=pk)


def member(request: HttpRequest) -> User:
    """Who is signed in; admin_view lets nobody else in."""
    return cast("User", request.user)
