"""Pages beside the page of a seminar: publish it, copy it, see it as the public will."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from core.admin import PortalAdmin
from core.languages import LANGUAGES
from seminars import policies, readiness, services
from seminars.forms import CopyForm
from seminars.models import Seminar
from seminars.views import seminar_page

if TYPE_CHECKING:
    _Base = PortalAdmin
else:
    _Base = object


class SeminarSteps(_Base):
    """Mixed into the admin of seminars: what is done to a whole seminar at once, said before it happens."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/publish/", wrap(self.publish_view), name="seminars_seminar_publish"),
            path("<int:pk>/copy/", wrap(self.copy_view), name="seminars_seminar_copy"),
            path(
                "<int:pk>/preview/<str:language>/",
                wrap(require_safe(self.preview_view)),
                name="seminars_seminar_preview",
            ),
            *super().get_urls(),
        ]

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Says what publication will do and what it waits for; publishes on POST."""
        seminar = self._found(request, pk)
        if not policies.may_publish(request.user, seminar):
            raise PermissionDenied
        if request.method == "POST":
            with self.telling_refusals(request) as outcome:
                services.publish(seminar=seminar, by=staff_member(request))
            if outcome.done:
                messages.success(request, _("The seminar is published."))
            return HttpResponseRedirect(self._address(seminar))
        now = timezone.now()
        context = {
            "lacks": readiness.lacks(seminar, now),
            "doubts": readiness.doubts(seminar, now),
            "gaps": gap_sentences(seminar),
        }
        return self._page(request, seminar, "publish", _("Publish"), context)

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for the first day of the copy; makes it on POST and opens it."""
        seminar = self._found(request, pk)
        if not policies.may_copy(request.user):
            raise PermissionDenied
        form = CopyForm(request.POST if request.method == "POST" else None, seminar=seminar)
        if form.is_valid():
            twin = services.copy(seminar=seminar, first_day=form.cleaned_data["first_day"], by=staff_member(request))
            messages.success(request, _("This is the copy. Nobody sees it until you publish it."))
            return HttpResponseRedirect(self._address(twin))
        return self._page(request, seminar, "copy", _("Copy"), {"form": form, "media": self.media + form.media})

    def preview_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """The page as the public will see it in that language; like all staff pages it is kept by nobody."""
        if language not in LANGUAGES:
            raise Http404
        seminar = self._found(request, pk)
        with translation.override(language):
            return seminar_page(request, seminar)

    def _found(self, request: HttpRequest, pk: int) -> Seminar:
        seminar: Seminar | None = self.get_object(request, str(pk))
        if seminar is None:
            raise Http404
        if not self.has_view_permission(request, seminar):
            raise PermissionDenied
        return seminar

    def _address(self, seminar: Seminar) -> str:
        return reverse("admin:seminars_seminar_change", args=[seminar.pk])

    def _page(
        self, request: HttpRequest, seminar: Seminar, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        whole = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(seminar),
            "opts": self.opts,
            "seminar": seminar,
            **context,
        }
        return TemplateResponse(request, f"admin/seminars/seminar/{name}.html", whole)


def staff_member(request: HttpRequest) -> User:
    """Who is signed in; the admin lets nobody else in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def gap_sentences(seminar: Seminar) -> list[str]:
    """For each language in which something is missing, the sentence that names it."""
    sentences = {
        "ky": _("The Kyrgyz page will show these in Russian and say so: %(what)s."),
        "ru": _("The Russian page will show these in Kyrgyz and say so: %(what)s."),
    }
    return [
        sentences[language] % {"what": ", ".join(words)}
        for language, words in readiness.in_one_language(seminar).items()
    ]
