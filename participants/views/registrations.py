"""Public pages of registering: two pages to register, one page to come back to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, FormView
from django.views.generic.detail import SingleObjectMixin

from core import limits
from core.clients import client_address
from core.exceptions import DomainError
from core.pages import kept_for_back
from core.views import too_many_attempts
from participants import services
from participants.actors import HOLDER, VISITOR
from participants.documents import calendar_for
from participants.exceptions import AlreadyRegistered, OfficeAlreadyRegistered, RegistrationClosed
from participants.forms import ContactsForm, DeputyForm, FindForm, RegistrationForm, StatisticsForm
from participants.models import Registration, Substitution
from participants.queue import place_of
from participants.services import Entry
from regions.models import Oblast
from seminars.models import Phase, Seminar

FIND_TIMES, FIND_SECONDS = 10, 900


@method_decorator(kept_for_back, name="dispatch")
class RegisterView(FormView[RegistrationForm]):
    """The second page of registering: the form for one group; without a group it offers the groups."""

    form_class = RegistrationForm
    template_name = "participants/registration_form.html"

    @cached_property
    def seminar(self) -> Seminar:
        return get_object_or_404(Seminar.objects.published().prefetch_related("blocks"), slug=self.kwargs["slug"])

    @cached_property
    def group(self) -> Oblast | None:
        return self.seminar.groups_that_may_come().filter(uid=self.request.GET.get("group", "")[:60]).first()

    @property
    def mode(self) -> str:
        """Online where there is no hall, and in a hybrid seminar for who asks for it; else in the hall."""
        asks_online = self.request.GET.get("mode") == Registration.Mode.ONLINE
        is_online = not self.seminar.has_hall or (asks_online and self.seminar.is_hybrid)
        return Registration.Mode.ONLINE if is_online else Registration.Mode.HALL

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.seminar.phase not in (Phase.OPEN, Phase.FULL) and request.method in ("GET", "HEAD"):
            return self.closed()
        if self.group is None:
            return render(request, "participants/registration_groups.html", {"seminar": self.seminar})
        return super().dispatch(request, *args, **kwargs)

    def closed(self) -> HttpResponse:
        """The page that says why one cannot register and what to do."""
        status = 200 if self.request.method in ("GET", "HEAD") else 409
        return render(self.request, "participants/registration_closed.html", {"seminar": self.seminar}, status=status)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "seminar": self.seminar, "group": self.group, "mode": self.mode}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(seminar=self.seminar, group=self.group, mode=self.mode, **kwargs)

    def form_valid(self, form: RegistrationForm) -> HttpResponse:
        intent = self.request.POST.get("intent", "register")
        try:
            if intent == "replacement":
                services.request_replacement(seminar=self.seminar, entry=form.entry(), by=VISITOR)
                return self.known("asked")
            act = services.stand_by if intent == "stand_by" else services.register
            registration = act(seminar=self.seminar, entry=form.entry(), by=VISITOR)
        except RegistrationClosed:
            return self.closed()
        except AlreadyRegistered as refusal:
            services.send_link_again(registration=refusal.registration)
            return self.known("known")
        except OfficeAlreadyRegistered as refusal:
            services.send_link_again(registration=refusal.holder)
            return self.render_to_response(self.get_context_data(form=form, holder=refusal.holder), status=409)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return HttpResponseRedirect(registration.get_absolute_url())

    def form_invalid(self, form: RegistrationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def known(self, state: str) -> HttpResponse:
        """Says what was sent to the holder; shows nobody's page."""
        return render(self.request, "participants/registration_known.html", {"seminar": self.seminar, "state": state})


def passed_on(request: HttpRequest, *, registration: Registration | None = None, status: int = 200) -> HttpResponse:
    """Says that the place has been passed on; with the text for the deputy to whoever has just sent one."""
    return render(request, "participants/registration_passed_on.html", {"registration": registration}, status=status)


class RegistrationMixin(SingleObjectMixin[Registration]):
    """Finds a registration by the token of its personal link; an unknown token is a 404, one that has died a 410."""

    queryset = Registration.objects.select_related(
        "seminar", "person", "municipality__district", "post"
    ).prefetch_related("seminar__blocks")
    slug_field = slug_url_kwarg = "token"
    context_object_name = "registration"

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except Http404:
            if not Substitution.objects.filter(dead_token=kwargs["token"]).exists():
                raise
            return passed_on(request, status=410)

    def get_object(self, queryset: Any = None) -> Registration:
        registration = super().get_object(queryset)
        if not registration.seminar.is_published:
            raise Http404
        return registration


class RegistrationDetailView(RegistrationMixin, DetailView[Registration]):
    """The page of a registration: state, place, calendar, how to cancel."""

    template_name = "participants/registration_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        registration = self.object
        return super().get_context_data(
            seminar=registration.seminar,
            place=place_of(registration) if registration.is_waiting else None,
            statistics_form=StatisticsForm(instance=registration),
            **kwargs,
        )


class RegistrationCalendarView(RegistrationMixin, DetailView[Registration]):
    """The calendar file of a registration."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        method = "REQUEST" if self.object.has_seat and not self.object.seminar.is_cancelled else "CANCEL"
        response = HttpResponse(calendar_for(self.object, method=method), content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{self.object.seminar.slug}.ics"'
        return response


class RegistrationCancelView(RegistrationMixin, DetailView[Registration]):
    """Asks once more, then cancels on POST; opening the page changes nothing."""

    template_name = "participants/registration_cancel.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        try:
            services.cancel(registration=self.object, by=HOLDER)
        except DomainError as refusal:
            context = self.get_context_data(refusal=str(refusal))
            return self.render_to_response(context, status=409)
        return HttpResponseRedirect(self.object.get_absolute_url())


class RegistrationDeclineView(RegistrationMixin, DetailView[Registration]):
    """Refuses a seat that came from the waiting list, by one press on the page of the registration."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        try:
            services.decline(registration=self.object, by=HOLDER)
        except DomainError as refusal:
            context = {"registration": self.object, "refusal": str(refusal)}
            return render(request, "participants/registration_cancel.html", context, status=409)
        return HttpResponseRedirect(self.object.get_absolute_url())


class RegistrationFormView(RegistrationMixin, FormView[Any]):
    """A form on one registration; back to its page afterwards."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        return super().post(request, *args, **kwargs)

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ContactsView(RegistrationFormView):
    """Corrects phone and e-mail."""

    form_class = ContactsForm
    template_name = "participants/registration_contacts.html"

    def get_initial(self) -> dict[str, Any]:
        return {"phone": self.object.phone_typed or self.object.phone, "email": self.object.email}

    def form_valid(self, form: ContactsForm) -> HttpResponse:
        services.correct_contacts(
            registration=self.object,
            phones=form.cleaned_data["phone"],
            phone_typed=form.data["phone"][:60],
            email=form.cleaned_data["email"],
        )
        return super().form_valid(form)


class DeputyView(RegistrationFormView):
    """Sends somebody else: three fields; the link by which the page was opened is dead afterwards.

    Whoever sends reads the deputy's link once, to pass it on by messenger: most deputies give no e-mail.
    """

    form_class = DeputyForm
    template_name = "participants/registration_deputy.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        registration = self.object
        posts = registration.seminar.posts_that_may_come()
        is_city = registration.municipality is not None and registration.municipality.is_city
        return {**super().get_form_kwargs(), "posts": posts, "is_city": is_city}

    def form_valid(self, form: DeputyForm) -> HttpResponse:
        try:
            registration = services.substitute(registration=self.object, deputy=self.entry(form), by=HOLDER)
        except DomainError as refusal:
            # A second click finds the link dead, and says so as the page does.
            self.object = self.get_object()
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return passed_on(self.request, registration=registration)

    def entry(self, form: DeputyForm) -> Entry:
        """Who comes; the language stays the one of the office until the deputy chooses another."""
        return Entry(**vars(form.deputy()), municipality=self.object.municipality, language=self.object.language)


class StatisticsView(RegistrationFormView):
    """Keeps sex and age band, both optional."""

    form_class = StatisticsForm
    template_name = "participants/registration_statistics.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.object}

    def form_valid(self, form: StatisticsForm) -> HttpResponse:
        services.state_statistics(registration=self.object, **form.cleaned_data)
        return super().form_valid(form)


@method_decorator(never_cache, name="dispatch")
class FindView(FormView[FindForm]):
    """“Send me my link again”: the same answer whether the contact is known or not."""

    form_class = FindForm
    template_name = "participants/registration_find.html"

    def form_valid(self, form: FindForm) -> HttpResponse:
        if not limits.is_allowed(f"find:{client_address(self.request)}", times=FIND_TIMES, seconds=FIND_SECONDS):
            return too_many_attempts(self.request)
        for registration in Registration.objects.reached_by(form.cleaned_data["contact"]):
            services.send_link_again(registration=registration)
        return render(self.request, "participants/registration_find_done.html", {"contact": form.data["contact"]})

    def form_invalid(self, form: FindForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
