"""The pages of a coordinator's link: send a list, check its rows, accept them, change who is on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from core import limits
from core.exceptions import DomainError
from core.views import too_many_attempts
from participants import services
from participants.actors import Actor
from participants.listing import Scope
from participants.listing.forms import InsteadForm, ListForm
from participants.listing.preview import Preview
from participants.models import Channel, CoordinatorLink, ListDraft, Registration

SENT_TIMES, SENT_SECONDS = 60, 900
LONGEST_REASON = 300


class LinkMixin:
    """Finds the link by its token; an unknown one is a 404, a revoked one a page that says so."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.link.revoked_at is not None:
            return render(request, "participants/list_revoked.html", {"seminar": self.link.seminar}, status=410)
        if request.method == "POST" and not limits.is_allowed(
            f"list:{self.link.pk}", times=SENT_TIMES, seconds=SENT_SECONDS
        ):
            return too_many_attempts(request)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def link(self) -> CoordinatorLink:
        links = CoordinatorLink.objects.select_related("seminar", "oblast", "district__oblast")
        return get_object_or_404(links, token=self.kwargs["token"], seminar__published_at__lte=timezone.now())

    @property
    def by(self) -> Actor:
        """The coordinator, named in the history by the words of the link."""
        return Actor(Channel.LIST, reason=self.link.name[:LONGEST_REASON])

    @property
    def draft(self) -> ListDraft | None:
        """The list being checked."""
        draft = ListDraft.objects.filter(link=self.link).first()
        if draft is not None:
            draft.link, draft.seminar = self.link, self.link.seminar
        return draft

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_open = self.link.is_open_at(timezone.now())
        context = {"link": self.link, "seminar": self.link.seminar, "is_open": is_open, **kwargs}
        return super().get_context_data(**context)  # type: ignore[misc,no-any-return]


class ListView(LinkMixin, FormView[ListForm]):
    """Who is registered of the coordinator's units, and the form that takes a list."""

    form_class = ListForm
    template_name = "participants/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET":
            CoordinatorLink.objects.count_opening(self.link)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        units = list(Scope.of_link(self.link).municipalities)
        registered = list(self.link.seminar.registrations.live().filter(municipality__in=units).for_lists())
        with_somebody = {registration.municipality_id for registration in registered}
        return super().get_context_data(
            draft=self.draft,
            registered=registered,
            own=sum(registration.coordinator_link_id == self.link.pk for registration in registered),
            missing=[unit for unit in units if unit.pk not in with_somebody],
            **kwargs,
        )

    def form_valid(self, form: ListForm) -> HttpResponse:
        try:
            services.keep_list(scope=Scope.of_link(self.link), reading=form.reading(), by=self.by)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return HttpResponseRedirect(reverse("participants:list_draft", args=[self.link.token]))

    def form_invalid(self, form: ListForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ListDraftView(LinkMixin, TemplateView):
    """Row by row what was understood; corrected, accepted or discarded on POST."""

    template_name = "participants/list_draft.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.shown() if self.draft else self.back()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = self.draft
        if draft is None:
            return self.back()
        try:
            registered = services.work_on_list(
                draft=draft,
                intent=request.POST.get("intent", ""),
                typed=request.POST.dict(),
                dropped=set(request.POST.getlist("drop")),
                by=self.by,
            )
        except DomainError as refusal:
            return self.shown(str(refusal), status=409)
        if registered == [] and self.draft is not None:
            return self.shown(_("No row can be accepted yet. Settle what is asked below."), status=409)
        if registered is None and self.draft is not None:
            return HttpResponseRedirect(request.path)
        return self.back()

    def shown(self, refusal: str = "", *, status: int = 200) -> HttpResponse:
        """The preview."""
        draft = self.draft
        if draft is None:
            return self.back()
        preview = Preview.of(draft, opened=self.request.GET.get("row", ""))
        return self.render_to_response(self.get_context_data(preview=preview, refusal=refusal), status=status)

    def back(self) -> HttpResponse:
        """To the page of the link: there is nothing left to check."""
        return HttpResponseRedirect(self.link.get_absolute_url())


class ListEntryView(LinkMixin, FormView[InsteadForm]):
    """Replaces or takes back somebody whom this link's list named; opening the page changes nothing."""

    form_class = InsteadForm
    template_name = "participants/list_entry.html"

    @cached_property
    def registration(self) -> Registration:
        own = self.link.registrations.live().select_related("seminar", "municipality", "post", "coordinator_link")
        return get_object_or_404(own, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "registration": self.registration}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(registration=self.registration, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("intent") != "remove":
            return super().post(request, *args, **kwargs)
        try:
            services.remove_from_list(registration=self.registration, by=self.by)
        except DomainError as refusal:
            form = InsteadForm(registration=self.registration)
            return self.render_to_response(self.get_context_data(form=form, refusal=str(refusal)), status=409)
        return HttpResponseRedirect(self.link.get_absolute_url())

    def form_valid(self, form: InsteadForm) -> HttpResponse:
        try:
            services.replace_on_list(registration=self.registration, deputy=form.entry(), by=self.by)
        except DomainError as refusal:
            return self.render_to_response(self.get_context_data(form=form, refusal=str(refusal)), status=409)
        return HttpResponseRedirect(self.link.get_absolute_url())

    def form_invalid(self, form: InsteadForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
