"""One invitation: its link, what the office said and by what way; staff enter an answer or take the invitation back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from core.admin import PortalAdmin
from core.exceptions import DomainError
from core.forms import LineField
from outbox.models import Message
from participants import policies, services
from participants.actors import Actor
from participants.admin.base import actor, address_of, require
from participants.admin.boards import BoardPages
from participants.admin.filters import SeminarFilter, named, of_place
from participants.admin.forms import CHANNELS, LONGEST_REASON
from participants.admin.inviting import InvitePages
from participants.emails import about_invitation, invitation_link, invitation_messenger_text
from participants.exceptions import OfficeAlreadyRegistered
from participants.forms import DeputyForm, PhoneField
from participants.models import Answer, Channel, Invitation, Registration
from regions.models import Post

Outcome = Registration | Invitation


class AnswerForm(forms.Form):
    """What the office said, by what way, and who told us."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer, widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_("The answer came by"), choices=CHANNELS, initial=Channel.PHONE)
    source = LineField(
        label=_("Who told us"),
        max_length=200,
        help_text=_("For example: the head; the reception; letter No. 12 of 5 December."),
    )
    reason = LineField(label=_("Why nobody comes, if they said"), required=False, max_length=LONGEST_REASON)


class StaffDeputyForm(DeputyForm):
    """Who comes instead, in any post; the phone may be unknown yet."""

    phone = PhoneField(label=_("Mobile phone"), required=False, max_length=60, help_text=_("For example 0555 123 456."))

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, posts=Post.objects.all(), is_city=invitation.municipality.is_city, **kwargs)


@admin.register(Invitation)
class InvitationAdmin(InvitePages, BoardPages, PortalAdmin):
    """Invitations of all seminars; nobody edits one: it is answered, or taken back."""

    list_display = ("office", "of_seminar", "said", "answered_at", "openings")
    list_filter = (SeminarFilter, "answer", "municipality__oblast", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("municipality__district", "municipality__oblast", "seminar")
    search_fields = ("full_name",)
    search_help_text = _("a name or a municipality in any spelling, or a short code")
    actions = None

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/answer/", wrap(self.answer_view), name="participants_invitation_answer"),
            path("<int:pk>/withdraw/", wrap(self.withdraw_view), name="participants_invitation_withdraw"),
            *super().get_urls(),
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Invitation], search_term: str
    ) -> tuple[QuerySet[Invitation], bool]:
        text = search_term.strip()
        if not text:
            return queryset, False
        found = queryset.filter(named(text, name="person__folded_name") | of_place(text))
        return found | queryset.filter(pk__in=Invitation.objects.by_code(text).values("pk")), False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and policies.may_read_answers(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An invitation is made by the pages that invite."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The invitation with all its answers, and the form for one more."""
        require(policies.may_read_answers(request.user))
        return self._page(request, _invitation_or_404(object_id))

    def answer_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take an answer; a refusal is a sentence on the page, and everything typed stays."""
        require(policies.may_read_answers(request.user) and policies.may_take_answers(request.user))
        invitation = _invitation_or_404(pk)
        if request.method != "POST":
            return HttpResponseRedirect(address_of(invitation))
        form = AnswerForm(request.POST)
        is_deputy = request.POST.get("answer") == Answer.DEPUTY
        deputy = StaffDeputyForm(request.POST if is_deputy else None, invitation=invitation)
        # Both are checked, so that every error is shown.
        if not all([form.is_valid(), deputy.is_valid() or not is_deputy]):
            return self._page(request, invitation, form=form, deputy=deputy, status=422)
        try:
            _take(invitation, form, deputy, actor(request, form), _holder(request, invitation))
        except OfficeAlreadyRegistered as refusal:
            return self._page(request, invitation, form=form, deputy=deputy, holder=refusal.holder, status=409)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self._page(request, invitation, form=form, deputy=deputy, status=409)
        messages.success(request, _("The answer is written down."))
        return HttpResponseRedirect(address_of(invitation))

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what taking the invitation back does; do it on POST."""
        require(policies.may_read_answers(request.user) and policies.may_take_answers(request.user))
        invitation = _invitation_or_404(pk)
        if request.method == "POST":
            with self.telling_refusals(request) as outcome:
                services.withdraw_invitation(invitation=invitation, by=actor(request))
            if outcome.done:
                messages.success(request, _("The invitation is taken back."))
            return HttpResponseRedirect(address_of(invitation))
        return self.page(
            request, "withdraw", _("Take the invitation back"), context={"invitation": invitation}, about=invitation
        )

    def _page(
        self,
        request: HttpRequest,
        invitation: Invitation,
        *,
        form: AnswerForm | None = None,
        deputy: StaffDeputyForm | None = None,
        holder: Registration | None = None,
        status: int = 200,
    ) -> HttpResponse:
        may_see_messages = request.user.has_perm("outbox.view_message")
        context = {
            "invitation": invitation,
            "form": form or AnswerForm(),
            "deputy": deputy or StaffDeputyForm(invitation=invitation),
            "holder": holder,
            "may_answer": policies.may_take_answers(request.user) and invitation.withdrawn_at is None,
            "answers": invitation.answers.select_related("by"),
            "letters": Message.objects.about(about_invitation(invitation)).defer("text", "html", "calendar")
            if may_see_messages
            else [],
            "link": invitation_link(invitation),
            "text": invitation_messenger_text(invitation),
            "board_url": reverse("admin:participants_board", args=[invitation.seminar_id]),
        }
        response = self.page(request, "invitation", str(invitation), context=context, about=invitation.seminar)
        response.status_code = status
        return response

    @admin.display(description=_("municipality"))
    def office(self, invitation: Invitation) -> str:
        return invitation.municipality.full_name

    @admin.display(description=_("seminar"), ordering="seminar__starts_at")
    def of_seminar(self, invitation: Invitation) -> str:
        return str(invitation.seminar)

    @admin.display(description=_("answer"), ordering="answer")
    def said(self, invitation: Invitation) -> str:
        if invitation.withdrawn_at:
            return str(_("taken back"))
        return str(invitation.get_answer_display() or _("silent"))


def _invitation_or_404(key: Any) -> Invitation:
    if not str(key).isdecimal():
        key = 0
    rows = Invitation.objects.select_related(
        "seminar",
        "round",
        "hold",
        "person",
        "municipality__oblast",
        "municipality__district",
        "registration__post",
        "registration__municipality",
    )
    return get_object_or_404(rows, pk=key)


def _holder(request: HttpRequest, invitation: Invitation) -> Registration | None:
    """Who is to be replaced, as the page said on which the button was pressed."""
    key = request.POST.get("instead_of", "")
    office = invitation.seminar.registrations.live().of_municipality(invitation.municipality)
    return next((row for row in office if str(row.pk) == key), None)


def _take(
    invitation: Invitation, form: AnswerForm, deputy: DeputyForm, by: Actor, instead_of: Registration | None
) -> Outcome:
    """Give the answer to the service that takes it."""
    source = form.cleaned_data["source"]
    takes: dict[str, Callable[[], Outcome]] = {
        Answer.YES: lambda: services.accept_invitation(
            invitation=invitation, by=by, source=source, instead_of=instead_of
        ),
        Answer.NO: lambda: services.decline_invitation(
            invitation=invitation, by=by, reason=form.cleaned_data["reason"], source=source
        ),
        Answer.DEPUTY: lambda: services.send_deputy(
            invitation=invitation, deputy=deputy.deputy(), by=by, source=source, instead_of=instead_of
        ),
    }
    return takes[form.cleaned_data["answer"]]()
