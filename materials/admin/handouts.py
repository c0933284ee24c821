"""What a seminar hands out, kept on a page of its own beside the page of the seminar."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.admin import SearchedChoice
from core.exceptions import DomainError
from materials import policies, services
from materials.admin.base import Pages, require, staff_member
from materials.forms import HandoutForm
from materials.models import Document, Handout
from seminars.models import Seminar


class HandoutPages(Pages):
    """Mixed into the admin of documents."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("seminars/<int:pk>/", wrap(self.handouts_view), name="materials_handouts"),
            path(
                "handouts/<int:handout_pk>/delete/",
                wrap(require_POST(self.take_back_view)),
                name="materials_handout_delete",
            ),
            *super().get_urls(),
        ]

    def handouts_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The documents of the seminar by session, and a form for one more."""
        require(policies.may_see(request.user))
        seminar = get_object_or_404(Seminar, pk=pk)
        form = self._form(request, seminar)
        if request.method == "POST":
            require(policies.may_hand_out(request.user))
            if form.is_valid() and _handed_out(seminar, form, request):
                messages.success(request, _("The seminar hands it out."))
                return HttpResponseRedirect(request.path)
        handouts = Handout.objects.of_seminar(seminar).select_related("session", "edition__document")
        context = {
            "form": form if policies.may_hand_out(request.user) else None,
            "handouts": list(handouts),
            "media": self.media + form.media,
        }
        return self.page(request, "handouts", _("Materials of the seminar"), about=seminar, context=context)

    def take_back_view(self, request: HttpRequest, handout_pk: int) -> HttpResponse:
        """The seminar does not hand it out after all."""
        require(policies.may_hand_out(request.user))
        handout = get_object_or_404(Handout, pk=handout_pk)
        services.take_back(handout=handout, by=staff_member(request))
        messages.success(request, _("The seminar does not hand it out any more."))
        return HttpResponseRedirect(self._address(handout.seminar_id))

    def _form(self, request: HttpRequest, seminar: Seminar) -> HandoutForm:
        form = HandoutForm(request.POST if request.method == "POST" else None)
        fields: dict[str, Any] = form.fields
        fields["session"].queryset = seminar.sessions.all()
        fields["session"].empty_label = _("the seminar as a whole")
        document: ModelChoiceField[Document] = fields["document"]
        document.widget = SearchedChoice(Document._meta.get_field("successor"), admin.site, choices=document.choices)
        return form

    def _address(self, pk: int) -> str:
        return reverse("admin:materials_handouts", args=[pk])


def _handed_out(seminar: Seminar, form: HandoutForm, request: HttpRequest) -> bool:
    try:
        services.hand_out(seminar=seminar, by=staff_member(request), **form.cleaned_data)
    except DomainError as refusal:
        form.add_error("document", ValidationError(str(refusal)))
        return False
    return True
