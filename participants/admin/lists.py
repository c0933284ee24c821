"""The list of a seminar's registrants to take away: a workbook and a sheet to print; each is written down."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import translation
from django.views.decorators.http import require_safe

from accounts.models import User
from participants import policies
from participants.admin.base import Pages, asked_language, require, seminar_or_404
from participants.documents import SHEET_HEADINGS, in_both_languages, registrants_workbook, sections_to_print
from participants.models import Disclosure

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Lists(Pages):
    """Mixed into the admin of registrations: lists that leave the portal."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "seminars/<int:pk>/registrants.xlsx",
                wrap(require_safe(self.workbook_view)),
                name="participants_registrants_workbook",
            ),
            path(
                "seminars/<int:pk>/sheet/", wrap(require_safe(self.sheet_view)), name="participants_registrants_sheet"
            ),
            *super().get_urls(),
        ]

    def workbook_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The workbook, in the language asked for."""
        require(policies.may_see_people(request.user))
        seminar = seminar_or_404(pk)
        with translation.override(asked_language(request)):
            content = registrants_workbook(seminar)
        response = HttpResponse(content, content_type=WORKBOOK)
        response.headers["Content-Disposition"] = f'attachment; filename="registrants-{seminar.slug}.xlsx"'
        Disclosure.objects.note(
            Disclosure.Form.WORKBOOK,
            by=cast(User, request.user),
            rows=seminar.registrations.live().count(),
            seminar=seminar,
        )
        return response

    def sheet_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The sheet to sign: a section for each group, then guests, then who waits."""
        require(policies.may_see_people(request.user))
        seminar = seminar_or_404(pk)
        sections = sections_to_print(seminar)
        headings = [in_both_languages(heading) for heading in SHEET_HEADINGS]
        context = {"seminar": seminar, "sections": sections, "headings": headings}
        with translation.override(asked_language(request)):
            response = render(request, "participants/documents/sheet.html", context)
        Disclosure.objects.note(
            Disclosure.Form.SHEET,
            by=cast(User, request.user),
            rows=sum(len(section.rows) for section in sections),
            seminar=seminar,
        )
        return response
