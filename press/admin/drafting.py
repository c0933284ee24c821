"""The click on a seminar's page that drafts its release."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from core.languages import DEFAULT_LANGUAGE
from press import policies, services
from press.admin.base import PressPages, address_of, member, require
from press.models import Release
from seminars.models import Seminar


class Drafting(PressPages):
    """Mixed into the admin of releases: a release drafted from a seminar's own data."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.draft_view))
        return [path("seminars/<int:pk>/draft/", view, name="press_draft_release"), *super().get_urls()]

    def draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draft the release that the button names and show its Kyrgyz text; a refusal is told on the seminar's page."""
        require(policies.may_draft(request.user))
        seminar = get_object_or_404(Seminar, pk=pk)
        kind = request.POST.get("kind", "")
        if kind not in Release.Kind.values:
            raise Http404
        with self.telling_refusals(request) as outcome:
            release = services.draft_release(seminar=seminar, kind=Release.Kind(kind), by=member(request))
        if not outcome.done:
            return HttpResponseRedirect(reverse("admin:seminars_seminar_change", args=[pk]))
        return HttpResponseRedirect(address_of(release.texts.get(language=DEFAULT_LANGUAGE)))
