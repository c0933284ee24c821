"""Corrections on the page of a text: written by one person, approved by another or dropped."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from press import policies, services
from press.admin.base import PressPages, address_of, member, require, text_or_404
from press.models import ReleaseText


class TextCorrections(PressPages):
    """Mixed into the admin of texts."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.correction_view)
        return [
            path("<int:pk>/corrections/<int:correction>/", view, name="press_releasetext_correction"),
            *super().get_urls(),
        ]

    def corrections_of(self, request: HttpRequest, text: ReleaseText) -> dict[str, Any]:
        """The corrections with who wrote and approved them."""
        return {"corrections": text.corrections.select_related("proposed_by", "approved_by")}

    def correction_view(self, request: HttpRequest, pk: int, correction: int) -> HttpResponse:
        """Says to whom the correction goes; on POST approves it or, when that was chosen, drops it."""
        require(policies.may_edit(request.user) or policies.may_approve(request.user))
        text = text_or_404(request, pk)
        note = get_object_or_404(text.corrections.select_related("proposed_by"), pk=correction, approved_at=None)
        if request.method == "POST":
            with self.telling_refusals(request) as outcome:
                if "drop" in request.POST:
                    services.drop_correction(correction=note)
                else:
                    require(policies.may_approve(request.user))
                    services.approve_correction(correction=note, by=member(request))
            if outcome.done:
                done = _("The correction is dropped.") if "drop" in request.POST else _("The correction is public.")
                messages.success(request, done)
            return HttpResponseRedirect(address_of(text))
        count = services.recipients_of_correction(note).count()
        context = {
            "note": note,
            "may_approve": policies.may_approve(request.user) and note.proposed_by_id != request.user.pk,
            "reach": ngettext(
                "It goes to %(count)d journalist who was sent the text.",
                "It goes to %(count)d journalists who were sent the text.",
                count,
            )
            % {"count": count},
        }
        return self.page(request, "correction", _("Correction"), about=text, context=context)
