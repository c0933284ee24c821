"""The page of an invited office: three buttons, nothing retyped; and the short code that leads to it from paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from core import limits
from core.clients import client_address
from core.exceptions import DomainError
from core.languages import active_language
from core.views import too_many_attempts
from participants import services
from participants.actors import HOLDER
from participants.addressees import addressee_of
from participants.forms import DeclineForm, DeputyForm
from participants.models import ConsentText, Invitation, Registration
from participants.queue import place_of

CODE_TIMES, CODE_SECONDS = 30, 900


@method_decorator(never_cache, name="dispatch")
class InvitationDetailView(DetailView[Invitation]):
    """Names the office and what is known, and takes its answer; opening it changes nothing but a counter."""

    queryset = Invitation.objects.select_related(
        "seminar", "round", "person", "hold", "municipality__oblast", "municipality__district", "registration__post"
    ).prefetch_related("seminar__blocks__group")
    slug_field = slug_url_kwarg = "token"
    template_name = "participants/invitation_detail.html"

    def get_object(self, queryset: Any = None) -> Invitation:
        invitation = super().get_object(queryset)
        if not invitation.seminar.is_published:
            raise Http404
        return invitation

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if request.method == "GET":
            services.note_opening(self.object)
        return self.page()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        acts: dict[str, Callable[[], HttpResponse]] = {
            "yes": self.accept,
            "no": self.decline,
            "deputy": self.send_deputy,
        }
        act = acts.get(request.POST.get("answer", ""))
        if act is None:
            return self.page(status=422)
        try:
            return act()
        except DomainError as refusal:
            typed = self.deputy_form(request.POST) if act == self.send_deputy else None
            self.object = self.get_object()
            return self.page(status=409, refusal=str(refusal), deputy_form=typed)

    def accept(self) -> HttpResponse:
        """One press, no field: the head's entry, with its page as the result."""
        registration = services.accept_invitation(
            invitation=self.object, by=HOLDER, language=active_language(), instead_of=self.shown_holder()
        )
        return HttpResponseRedirect(registration.get_absolute_url())

    def decline(self) -> HttpResponse:
        """Nobody comes; a reason may be given."""
        form = DeclineForm(self.request.POST)
        if not form.is_valid():
            return self.page(status=422, decline_form=form)
        services.decline_invitation(invitation=self.object, by=HOLDER, reason=form.cleaned_data["reason"])
        return HttpResponseRedirect(self.object.get_absolute_url())

    def send_deputy(self) -> HttpResponse:
        """A deputy comes. Who was registered before by other ways keeps the link: then the office's page answers."""
        form = self.deputy_form(self.request.POST)
        if not form.is_valid():
            return self.page(status=422, deputy_form=form)
        office = self.object.seminar.registrations.live().of_municipality(self.object.municipality)
        links_before = set(office.values_list("token", flat=True))
        registration = services.send_deputy(
            invitation=self.object,
            deputy=form.deputy(),
            by=HOLDER,
            language=active_language(),
            instead_of=self.shown_holder(),
        )
        is_theirs = registration.token in links_before
        return HttpResponseRedirect((self.object if is_theirs else registration).get_absolute_url())

    def deputy_form(self, data: Any = None) -> DeputyForm:
        """Where nobody heads the office, whoever comes may well be the acting head."""
        posts = self.object.seminar.posts_that_may_come()
        posts = posts if self.object.is_vacant else posts.filter(is_head=False)
        return DeputyForm(data, posts=posts, is_city=self.object.municipality.is_city)

    def shown_holder(self) -> Registration | None:
        """Who is registered for the office, if the page on which the button was pressed said so."""
        holder = self.object.registration
        is_shown = holder is not None and self.request.POST.get("instead_of") == str(holder.pk)
        return holder if is_shown else None

    def page(
        self,
        *,
        status: int = 200,
        refusal: str = "",
        deputy_form: forms.Form | None = None,
        decline_form: forms.Form | None = None,
    ) -> HttpResponse:
        """The page as the invitation stands now."""
        invitation = self.object
        holder = invitation.registration if invitation.registration and invitation.registration.is_live else None
        head = addressee_of(invitation.municipality)
        context = self.get_context_data(
            seminar=invitation.seminar,
            state=state_of(invitation),
            is_open=is_open(invitation),
            refusal=refusal,
            head=head,
            head_post=head.post.title(invitation.municipality, active_language()) if head.post else "",
            holder=holder,
            is_own=holder is not None and head.person is not None and holder.person_id == head.person.pk,
            place=place_of(holder) if holder and holder.is_waiting else None,
            blocks=blocks_for(invitation),
            deputy_form=deputy_form or self.deputy_form(),
            decline_form=decline_form or DeclineForm(),
            consent=ConsentText.current(),
        )
        return self.render_to_response(context, status=status)


def is_open(invitation: Invitation) -> bool:
    """Whether the page takes an answer now; only shown: services ask the database's clock."""
    seminar, now = invitation.seminar, timezone.now()
    is_in_time = now < min(invitation.round.answer_by, seminar.starts_at)
    return is_in_time and not seminar.is_cancelled and invitation.withdrawn_at is None


def state_of(invitation: Invitation) -> str:
    """What the page is about: withdrawn, cancelled, past; else the answer, or `open`, or `late` without one."""
    seminar = invitation.seminar
    if invitation.withdrawn_at is not None:
        return "withdrawn"
    if seminar.is_cancelled:
        return "cancelled"
    if seminar.ends_at <= timezone.now():
        return "past"
    return invitation.answer or ("open" if is_open(invitation) else "late")


def blocks_for(invitation: Invitation) -> list[Any]:
    """The seats that the office may get: of its group, and of the common pool; none where there is no hall."""
    if not invitation.seminar.has_hall:
        return []
    groups = (invitation.municipality.oblast_id, None)
    return [block for block in invitation.seminar.blocks.all() if block.group_id in groups]


@never_cache
@require_safe
def short_code(request: HttpRequest, code: str) -> HttpResponse:
    """From the code on a paper letter to the office's page, in the language of the letter, until the deadline."""
    if not limits.is_allowed(f"code:{client_address(request)}", times=CODE_TIMES, seconds=CODE_SECONDS):
        return too_many_attempts(request)
    invitation = Invitation.objects.by_code(code).select_related("round", "seminar").first()
    if invitation is None or not is_open(invitation):
        raise Http404
    with translation.override(invitation.language):
        return HttpResponseRedirect(invitation.get_absolute_url())
