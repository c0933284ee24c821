"""Staff enter a list of any oblast or district, with the same reading, preview and acceptance as a coordinator."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.exceptions import DomainError
from participants import policies, services
from participants.actors import Actor
from participants.admin.base import Pages, require, seminar_or_404
from participants.listing.forms import StaffListForm
from participants.listing.preview import Preview
from participants.models import Channel, ListDraft, Registration
from seminars.models import Seminar


class ListPages(Pages):
    """Mixed into the admin of registrations."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("seminars/<int:pk>/list/", wrap(self.list_view), name="participants_list"),
            path("seminars/<int:pk>/list/draft/", wrap(self.list_draft_view), name="participants_list_draft"),
            *super().get_urls(),
        ]

    def list_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form that takes a list; what was read is kept until it is accepted."""
        require(policies.may_enter(request.user))
        seminar = seminar_or_404(pk)
        is_sent = request.method == "POST"
        form = StaffListForm(request.POST if is_sent else None, request.FILES if is_sent else None)
        status = 200
        if is_sent and form.is_valid():
            try:
                services.keep_list(scope=form.scope(seminar), reading=form.reading(), by=_by(request))
                return HttpResponseRedirect(reverse("admin:participants_list_draft", args=[pk]))
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        if is_sent:
            status = 422
        context = {
            "form": form,
            "is_open": seminar.is_open_to_staff(timezone.now()),
            "draft": _draft(request, seminar),
        }
        response = self.page(request, "list", _("Enter a list"), context=context, about=seminar)
        response.status_code = status
        return response

    def list_draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Row by row what was understood; corrected, accepted or discarded on POST."""
        require(policies.may_enter(request.user))
        seminar = seminar_or_404(pk)
        draft, refusal = _draft(request, seminar), ""
        if request.method == "POST" and draft is not None:
            try:
                registered = services.work_on_list(
                    draft=draft,
                    intent=request.POST.get("intent", ""),
                    typed=request.POST.dict(),
                    dropped=set(request.POST.getlist("drop")),
                    by=_by(request),
                )
                if registered:
                    messages.success(request, _outcome(registered))
                draft = _draft(request, seminar)
                if draft is not None and registered != []:
                    return HttpResponseRedirect(request.path)
                refusal = _("No row can be accepted yet. Settle what is asked below.")
            except DomainError as error:
                refusal = str(error)
        if draft is None:
            return HttpResponseRedirect(reverse("admin:participants_list", args=[pk]))
        context = {"preview": Preview.of(draft, opened=request.GET.get("row", "")), "refusal": refusal}
        response = self.page(request, "list_draft", _("Check the list"), context=context, about=seminar)
        response.status_code = 409 if refusal else 200
        return response


def _by(request: HttpRequest) -> Actor:
    return Actor(Channel.LIST, cast(User, request.user))


def _draft(request: HttpRequest, seminar: Seminar) -> ListDraft | None:
    """The list that this member of staff is checking."""
    return ListDraft.objects.filter(seminar=seminar, by=cast(User, request.user)).first()


def _outcome(registered: list[Registration]) -> str:
    """What came of it, in a sentence."""
    waiting = sum(registration.is_waiting for registration in registered)
    accepted = ngettext("%(number)d person is registered.", "%(number)d people are registered.", len(registered)) % {
        "number": len(registered)
    }
    if not waiting:
        return accepted
    wait = ngettext("%(number)d of them waits for a seat.", "%(number)d of them wait for a seat.", waiting)
    return f"{accepted} {wait % {'number': waiting}}"
