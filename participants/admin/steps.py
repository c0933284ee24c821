"""What staff may do with one registration: a page that says what will happen, then a button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participants import policies, services
from participants.actors import Actor
from participants.admin import saying
from participants.admin.base import Pages, actor, address_of, require
from participants.admin.forms import DeputyStepForm, NoteForm, OverrideForm, ReasonForm, StaffContactsForm
from participants.admin.saying import Situation
from participants.emails import about
from participants.models import Registration
from participants.states import State


@dataclass(frozen=True)
class Step:
    """One thing that staff may do with a registration, in words and in deed."""

    name: str
    title: str | Promise
    done: str | Promise
    is_allowed: Callable[[policies.Visitor], bool]
    is_offered: Callable[[Situation], bool]
    says: Callable[[Registration], list[str]]
    act: Callable[[Registration, Actor, forms.Form], None]
    form: type[forms.Form] = ReasonForm
    # What leaves no change of state is written to the admin's own history.
    is_logged: bool = False


def _cancel(registration: Registration, by: Actor, form: forms.Form) -> None:
    services.cancel(registration=registration, by=by)


def _promote(registration: Registration, by: Actor, form: forms.Form) -> None:
    services.promote(registration=registration, by=by)


def _override(registration: Registration, by: Actor, form: forms.Form) -> None:
    services.seat_by_override(registration=registration, by=by)


def _substitute(registration: Registration, by: Actor, form: forms.Form) -> None:
    deputy = cast(DeputyStepForm, form).entry(registration.municipality)
    services.substitute(registration=registration, deputy=deputy, by=by)


def _mark(state: State) -> Callable[[Registration, Actor, forms.Form], None]:
    def act(registration: Registration, by: Actor, form: forms.Form) -> None:
        services.mark_attendance(registration=registration, state=state, by=by)

    return act


def _send_link(registration: Registration, by: Actor, form: forms.Form) -> None:
    services.send_link_again(registration=registration)


def _correct(registration: Registration, by: Actor, form: forms.Form) -> None:
    services.correct_contacts(
        registration=registration,
        phones=form.cleaned_data["phone"],
        phone_typed=form.data.get("phone", "")[:60],
        email=form.cleaned_data["email"],
    )


STEPS = (
    Step(
        "attended",
        _("Mark as attended"),
        _("Marked: attended."),
        policies.may_mark,
        lambda now: now.has_begun and now.may_become(State.ATTENDED),
        saying.of_attended,
        _mark(State.ATTENDED),
        NoteForm,
    ),
    Step(
        "absent",
        _("Mark as absent"),
        _("Marked: absent."),
        policies.may_mark,
        lambda now: now.has_begun and now.may_become(State.ABSENT),
        saying.of_absent,
        _mark(State.ABSENT),
        NoteForm,
    ),
    Step(
        "unmark",
        _("Take the mark back"),
        _("The mark is taken back."),
        policies.may_mark,
        lambda now: now.registration.state in {State.ATTENDED, State.ABSENT},
        saying.of_unmarking,
        _mark(State.CONFIRMED),
        NoteForm,
    ),
    Step(
        "promote",
        _("Give a free seat out of turn"),
        _("The person has a seat now and is told."),
        policies.may_change,
        lambda now: now.may_be_seated and now.is_a_seat_free,
        saying.of_promoting,
        _promote,
    ),
    Step(
        "override",
        _("Give a seat beyond the number"),
        _("One seat is added; the person has it now and is told."),
        policies.may_change,
        lambda now: now.may_be_seated,
        saying.of_override,
        _override,
        OverrideForm,
    ),
    Step(
        "deputy",
        _("Send a deputy"),
        _("The deputy has the place now; both are told."),
        policies.may_change,
        lambda now: now.registration.state in {State.CONFIRMED, State.WAITING} and not now.is_over,
        saying.of_substituting,
        _substitute,
        DeputyStepForm,
    ),
    Step(
        "contacts",
        _("Correct phone and e-mail"),
        _("Phone and e-mail are corrected."),
        policies.may_change,
        lambda now: now.registration.is_live,
        saying.of_contacts,
        _correct,
        StaffContactsForm,
        is_logged=True,
    ),
    Step(
        "link",
        _("Send the link again"),
        _("The link goes out again."),
        policies.may_change,
        lambda now: now.registration.is_live and bool(now.registration.email),
        saying.of_link,
        _send_link,
        forms.Form,
        is_logged=True,
    ),
    Step(
        "cancel",
        _("Cancel the registration"),
        _("The registration is cancelled; the person is told."),
        policies.may_change,
        lambda now: now.may_become(State.CANCELLED),
        saying.of_cancelling,
        _cancel,
    ),
)
BY_NAME = {step.name: step for step in STEPS}


class RegistrationSteps(Pages):
    """Mixed into the admin of registrations: one small page for each step."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/steps/<slug:name>/", wrap(self.step_view), name="participants_registration_step"),
            *super().get_urls(),
        ]

    def steps_for(self, request: HttpRequest, registration: Registration) -> list[dict[str, Any]]:
        """The steps that this member of staff may take now, with their addresses."""
        situation = Situation(registration)
        return [
            {
                "title": step.title,
                "url": reverse("admin:participants_registration_step", args=[registration.pk, step.name]),
            }
            for step in STEPS
            if step.is_allowed(request.user) and step.is_offered(situation)
        ]

    def step_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Says what the step will do; does it on POST."""
        step = BY_NAME.get(name)
        if step is None:
            raise Http404
        require(policies.may_see_people(request.user) and step.is_allowed(request.user))
        registration = get_object_or_404(
            Registration.objects.select_related("seminar", "person", "municipality", "oblast"), pk=pk
        )
        form = step.form(
            request.POST if request.method == "POST" else None,
            initial={"phone": registration.phone_typed or registration.phone, "email": registration.email},
        )
        if request.method == "POST" and form.is_valid():
            self._take(request, step, registration, form)
            return HttpResponseRedirect(address_of(registration))
        if not step.is_offered(Situation(registration)):
            messages.error(request, _("This is not possible now."))
            return HttpResponseRedirect(address_of(registration))
        context = {"step": step, "sentences": step.says(registration), "form": form, "registration": registration}
        return self.page(request, "registration/step", step.title, context=context, about=registration)

    def _take(self, request: HttpRequest, step: Step, registration: Registration, form: forms.Form) -> None:
        with self.telling_refusals(request) as outcome:
            step.act(registration, actor(request, form), form)
            if step.is_logged:
                _log(request, registration, str(step.title))
        if outcome.done:
            messages.success(request, str(step.done))


def _log(request: HttpRequest, registration: Registration, what: str) -> None:
    """Who did what, in the history of the registration; its key and not its name, which may be erased."""
    LogEntry.objects.create(
        user_id=cast(int, request.user.pk),
        content_type=ContentType.objects.get_for_model(Registration),
        object_id=str(registration.pk),
        object_repr=about(registration),
        action_flag=CHANGE,
        change_message=what,
    )
