"""What staff may do with one text: a page that says what will happen, then a button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from press import policies, services
from press.admin import saying
from press.admin.base import PressPages, address_of, member, require, text_or_404
from press.admin.forms import AttachmentForm, CommentForm, NoteForm, PictureForm, SeenForm, posted
from press.models import ReleaseText

Visitor = policies.Visitor


@dataclass(frozen=True)
class Step:
    """One thing that staff may do with a text, in words and in deed."""

    name: str
    title: str | Promise
    done: str | Promise
    is_allowed: Callable[[Visitor], bool]
    is_offered: Callable[[ReleaseText], bool]
    says: Callable[[ReleaseText], list[str]]
    act: Callable[[ReleaseText, User, dict[str, Any]], object]
    form: type[forms.Form] = SeenForm
    takes_four_eyes: bool = False

    def is_for(self, user: Visitor, text: ReleaseText) -> bool:
        """Whether this person may do it with this text as it stands."""
        is_one_of_two = not self.takes_four_eyes or policies.may_approve_this(user, text)
        return self.is_allowed(user) and self.is_offered(text) and is_one_of_two

    @property
    def takes_a_file(self) -> bool:
        """Whether its form has a file."""
        return self.form in (PictureForm, AttachmentForm)


def _submit(text: ReleaseText, by: User, data: dict[str, Any]) -> None:
    services.submit(text=text, revision=data["revision"], by=by)


def _approve(text: ReleaseText, by: User, data: dict[str, Any]) -> None:
    services.approve(text=text, revision=data["revision"], by=by)


def _return(text: ReleaseText, by: User, data: dict[str, Any]) -> None:
    services.return_to_draft(text=text, revision=data["revision"], comment=data["comment"], by=by)


def _withdraw(text: ReleaseText, by: User, data: dict[str, Any]) -> None:
    services.withdraw(text=text, revision=data["revision"], note=data["note"], by=by)


def _correct(text: ReleaseText, by: User, data: dict[str, Any]) -> None:
    services.propose_correction(text=text, note=data["note"], by=by)


def _place_picture(text: ReleaseText, by: User, data: dict[str, Any]) -> None:
    services.place_picture(
        text=text,
        revision=data["revision"],
        upload=data["upload"],
        key=data["known"],
        alt=data["alt"],
        caption=data["caption"],
        by=by,
    )


def _place_attachment(text: ReleaseText, by: User, data: dict[str, Any]) -> None:
    services.place_attachment(
        text=text, revision=data["revision"], upload=data["upload"], key=data["known"], title=data["title"], by=by
    )


def _test(text: ReleaseText, by: User, data: dict[str, Any]) -> None:
    services.mail_test(text=text, by=by)


def _mail(text: ReleaseText, by: User, data: dict[str, Any]) -> None:
    services.mail_release(text=text, by=by)


def _mail_under_embargo(text: ReleaseText, by: User, data: dict[str, Any]) -> None:
    services.mail_under_embargo(text=text, by=by)


def _is_open(text: ReleaseText) -> bool:
    return not text.is_public


def _stands(text: ReleaseText) -> bool:
    return text.is_approved and text.is_public


STEPS = (
    Step(
        "submit",
        _("Submit for approval"),
        _("The text is submitted."),
        policies.may_submit,
        lambda text: text.is_draft,
        saying.of_submitting,
        _submit,
    ),
    Step(
        "approve",
        _("Approve"),
        _("The text is approved."),
        policies.may_approve,
        lambda text: text.is_submitted,
        saying.of_approving,
        _approve,
        takes_four_eyes=True,
    ),
    Step(
        "return",
        _("Return with a comment"),
        _("The text is a draft again."),
        policies.may_approve,
        lambda text: text.is_submitted or text.is_scheduled,
        saying.of_returning,
        _return,
        CommentForm,
    ),
    Step(
        "picture",
        _("Add a picture"),
        _("The picture is in its place."),
        policies.may_edit,
        _is_open,
        saying.of_pictures,
        _place_picture,
        PictureForm,
    ),
    Step(
        "attachment",
        _("Add an attachment"),
        _("The file is attached."),
        policies.may_edit,
        _is_open,
        saying.of_files,
        _place_attachment,
        AttachmentForm,
    ),
    Step(
        "test",
        _("Send the letter to myself"),
        _("The letter is on its way to you."),
        policies.may_mail,
        lambda text: text.is_approved,
        saying.of_testing,
        _test,
    ),
    Step(
        "mail",
        _("Send to the media list"),
        _("The letters are on their way."),
        policies.may_mail,
        _stands,
        saying.of_mailing,
        _mail,
    ),
    Step(
        "embargo",
        _("Send to the media list under embargo"),
        _("The letters are on their way, under embargo."),
        policies.may_mail,
        lambda text: text.is_scheduled,
        saying.of_mailing_under_embargo,
        _mail_under_embargo,
    ),
    Step(
        "correct",
        _("Write a correction"),
        _("The correction waits for another person."),
        policies.may_edit,
        _stands,
        saying.of_correcting,
        _correct,
        NoteForm,
    ),
    Step(
        "withdraw",
        _("Withdraw"),
        _("The release is withdrawn in this language; its page says so."),
        policies.may_approve,
        _stands,
        saying.of_withdrawing,
        _withdraw,
        NoteForm,
    ),
)
BY_NAME = {step.name: step for step in STEPS}


class TextSteps(PressPages):
    """Mixed into the admin of texts: one small page for each step."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/steps/<slug:step>/", wrap(self.step_view), name="press_releasetext_step"),
            *super().get_urls(),
        ]

    def steps_for(self, request: HttpRequest, text: ReleaseText) -> list[dict[str, Any]]:
        """The steps that this member of staff may take now, with their addresses."""
        return [
            {"title": step.title, "url": reverse("admin:press_releasetext_step", args=[text.pk, step.name])}
            for step in STEPS
            if step.is_for(request.user, text)
        ]

    def step_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """Says what the step will do; does it on POST."""
        chosen = BY_NAME.get(step)
        if chosen is None:
            raise Http404
        require(chosen.is_allowed(request.user))
        text = text_or_404(request, pk)
        if not chosen.is_for(request.user, text):
            messages.error(request, _("This is not possible now."))
            return HttpResponseRedirect(address_of(text))
        form = self._form(request, chosen, text)
        if form.is_valid() and self._take(request, chosen, text, form):
            return HttpResponseRedirect(address_of(text))
        context = {"step": chosen, "sentences": chosen.says(text), "form": form}
        status = 422 if form.errors else 409 if form.is_bound else 200
        return self.page(request, "step", chosen.title, about=text, context=context, status=status)

    def _form(self, request: HttpRequest, step: Step, text: ReleaseText) -> forms.Form:
        options: dict[str, Any] = {"initial": {"revision": text.revision}}
        if step.takes_a_file:
            options["text"] = text
        return step.form(posted(request), request.FILES or None, **options)

    def _take(self, request: HttpRequest, step: Step, text: ReleaseText, form: forms.Form) -> bool:
        with self.telling_refusals(request) as outcome:
            step.act(text, member(request), form.cleaned_data)
        if outcome.done:
            messages.success(request, str(step.done))
        return outcome.done
