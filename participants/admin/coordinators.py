"""Links of coordinators: given for a group, a district or all groups at once; sent, copied, revoked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Language
from core.admin import PortalAdmin
from core.exceptions import DomainError
from core.forms import LineField
from outbox.models import Message
from participants import policies, services
from participants.admin.base import Pages, actor, address_of, require, seminar_or_404
from participants.admin.filters import SeminarFilter
from participants.emails.coordinators import about_link, coordinator_address, coordinator_messenger_text
from participants.models import CoordinatorLink
from participants.services import Coordinator
from regions.models import District, Oblast
from seminars.models import Seminar

MOST_PLACES = 20_000


class CoordinatorForm(forms.Form):
    """Who gets a link, within how many places."""

    name = LineField(label=gettext_lazy("Whose link: office or post"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=150)
    places = forms.IntegerField(
        label=gettext_lazy("Places"),
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
        help_text=gettext_lazy("Empty: as many as there are municipalities."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language, initial=Language.KY)


class OneLinkForm(CoordinatorForm):
    """A link for any oblast or district."""

    oblast = forms.ModelChoiceField(Oblast.objects.all(), label=gettext_lazy("Oblast"))
    district = forms.ModelChoiceField(
        District.objects.by_name(),
        label=gettext_lazy("District"),
        required=False,
        empty_label=gettext_lazy("the whole oblast"),
    )
    field_order = ("oblast", "district", "name", "email", "places", "language")

    def clean(self) -> dict[str, Any]:
        oblast, district = self.cleaned_data.get("oblast"), self.cleaned_data.get("district")
        if oblast and district and district.oblast_id != oblast.pk:
            self.add_error("district", _("This district lies in another oblast."))
        return self.cleaned_data

    def coordinator(self) -> Coordinator:
        """Who the cleaned form names."""
        return Coordinator(**self.cleaned_data)


class GroupForm(CoordinatorForm):
    """One row of the page that gives every group its link: proposed from the last seminar, ready to be sent."""

    def __init__(self, data: Any, *, oblast: Oblast, initial: dict[str, Any]) -> None:
        super().__init__(data, prefix=f"group-{oblast.pk}", initial=initial)
        self.oblast = oblast
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{oblast}: {field.label}"

    def coordinator(self) -> Coordinator:
        """Who the cleaned row names."""
        return Coordinator(oblast=self.oblast, **self.cleaned_data)


@admin.register(CoordinatorLink)
class CoordinatorLinkAdmin(Pages, PortalAdmin):
    """Links of all seminars; nobody edits one: a wrong link is revoked and another is given."""

    list_display = ("name", "place", "seminar", "places", "openings", "created_at", "revoked_at")
    list_filter = (SeminarFilter, "oblast", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("seminar", "oblast", "district")
    search_fields = ("name", "email")
    actions = None

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("seminars/<int:pk>/", wrap(self.links_view), name="participants_coordinators"),
            path("<int:pk>/send/", wrap(self.send_view), name="participants_coordinatorlink_send"),
            path("<int:pk>/revoke/", wrap(self.revoke_view), name="participants_coordinatorlink_revoke"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A link is given on the page of its seminar."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The links of a seminar; one more is given, or one to every group that has none, in one press."""
        require(policies.may_see_coordinators(request.user) and policies.may_give_links(request.user))
        seminar = seminar_or_404(pk)
        intent = request.POST.get("intent", "") if request.method == "POST" else ""
        one = OneLinkForm(request.POST if intent == "one" else None)
        groups = _group_forms(seminar, request.POST if intent == "groups" else None)
        rows: list[OneLinkForm | GroupForm] = [one] if intent == "one" else [*groups]
        status, refusal = (422 if intent else 200), ""
        # Every row is checked, so that every error is shown.
        if intent in {"one", "groups"} and all([row.is_valid() for row in rows]):  # noqa: C419
            coordinators = [row.coordinator() for row in rows]
            try:
                links = services.give_links(seminar=seminar, coordinators=coordinators, by=actor(request))
            except DomainError as error:
                status, refusal = 409, str(error)
            else:
                messages.success(request, _given(len(links)))
                return HttpResponseRedirect(request.path)
        context = {
            "links": _links_of(seminar),
            "one": one,
            "groups": groups,
            "refusal": refusal,
            "is_open": seminar.is_open_to_staff(timezone.now()),
        }
        response = self.page(request, "coordinators", _("Coordinators' links"), context=context, about=seminar)
        response.status_code = status
        return response

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One link: its address, a text to copy, what came of it."""
        require(policies.may_see_coordinators(request.user))
        link = self.get_object(request, object_id)
        if link is None:
            raise Http404
        may_see_messages = request.user.has_perm("outbox.view_message")
        context = {
            "link": link,
            "address": coordinator_address(link),
            "text": coordinator_messenger_text(link),
            "registered": link.registrations.live().count(),
            "letters": Message.objects.about(about_link(link)).defer("text", "html", "calendar")
            if may_see_messages
            else [],
            "may_give_links": policies.may_give_links(request.user),
        }
        return self.page(request, "coordinator", str(link), context=context, about=link.seminar)

    def send_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write the link to its coordinator once more."""
        link = self._link_to_change(request, pk)
        if request.method == "POST":
            with self.telling_refusals(request) as outcome:
                services.send_link(link=link, by=actor(request))
            if outcome.done:
                messages.success(request, _("The link goes out again."))
        return HttpResponseRedirect(address_of(link))

    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what revoking does; do it on POST."""
        link = self._link_to_change(request, pk)
        if request.method == "POST":
            with self.telling_refusals(request) as outcome:
                services.revoke_link(link=link, by=actor(request))
            if outcome.done:
                messages.success(request, _("The link is revoked."))
            return HttpResponseRedirect(reverse("admin:participants_coordinators", args=[link.seminar_id]))
        context = {"link": link, "registered": link.registrations.live().count()}
        return self.page(request, "coordinator_revoke", _("Revoke the link"), context=context, about=link)

    def _link_to_change(self, request: HttpRequest, pk: int) -> CoordinatorLink:
        require(policies.may_see_coordinators(request.user) and policies.may_give_links(request.user))
        return get_object_or_404(CoordinatorLink.objects.select_related("seminar", "oblast", "district"), pk=pk)

    @admin.display(description=gettext_lazy("for"), ordering="oblast__position")
    def place(self, link: CoordinatorLink) -> str:
        return f"{link.district}, {link.oblast}" if link.district else str(link.oblast)


def _links_of(seminar: Seminar) -> list[CoordinatorLink]:
    """The links of a seminar, those that work first, each with how many people its list brought."""
    links = seminar.coordinator_links.select_related("oblast", "district")
    return list(links.annotate(people=Count("registrations")).order_by("-revoked_at", "oblast__position", "pk"))


def _group_forms(seminar: Seminar, data: Any) -> list[GroupForm]:
    """A row for each group that may come and has no working link for the whole of it."""
    working = seminar.coordinator_links.working().filter(district=None)
    served = set(working.values_list("oblast", flat=True))
    earlier = CoordinatorLink.objects.filter(district=None).order_by("created_at", "pk")
    last = {link.oblast_id: link for link in earlier}
    quotas = {block.group_id: block.seats for block in seminar.blocks.all() if block.seats}
    forms_of = []
    for oblast in seminar.groups_that_may_come():
        if oblast.pk in served:
            continue
        before = last.get(oblast.pk)
        initial = {
            "name": before.name if before else _("Coordinator: %(group)s") % {"group": oblast},
            "email": before.email if before else "",
            "language": before.language if before else Language.KY,
            "places": quotas.get(oblast.pk),
        }
        forms_of.append(GroupForm(data, oblast=oblast, initial=initial))
    return forms_of


def _given(number: int) -> str:
    if not number:
        return _("These links were given before.")
    return ngettext("%(number)d link is given.", "%(number)d links are given.", number) % {"number": number}
