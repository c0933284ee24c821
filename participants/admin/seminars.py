"""Pages about a whole seminar that concern who is registered: its seats; moving and cancelling it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.exceptions import DomainError
from core.forms import LineField
from participants import policies, services
from participants.actors import Actor
from participants.admin.announcing import CancelForm, ChangeForm, MoveForm
from participants.admin.base import Pages, actor, address_of, require, seminar_or_404
from regions.models import Oblast
from seminars.models import SeatChange, Seminar

MOST_SEATS = 20_000


class SeatsForm(forms.Form):
    """The number of seats of the common pool or of a group."""

    group = forms.ModelChoiceField(
        Oblast.objects.none(),
        label=gettext_lazy("Seats of"),
        required=False,
        empty_label=gettext_lazy("the common pool"),
    )
    seats = forms.IntegerField(label=gettext_lazy("Number of seats from now on"), min_value=0, max_value=MOST_SEATS)
    reason = LineField(label=gettext_lazy("Why"), required=False, max_length=300)

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seminar = seminar
        groups = [block.group_id for block in seminar.blocks.all() if block.group_id]
        if groups:
            field: Any = self.fields["group"]
            field.queryset = Oblast.objects.filter(pk__in=groups)
        else:
            del self.fields["group"]

    def carry_out(self, by: Actor) -> int:
        """Change the number; return how many people got a seat by it. Raises SeatsBelowTaken."""
        promoted = services.change_seats(
            seminar=self.seminar, seats=self.cleaned_data["seats"], group=self.cleaned_data.get("group"), by=by
        )
        return len(promoted)

    def rehearse(self, by: Actor) -> int:
        """How many people would get a seat; everything is undone. Raises SeatsBelowTaken."""
        with transaction.atomic():
            number = self.carry_out(by)
            transaction.set_rollback(True)
        return number


class SeminarPages(Pages):
    """Mixed into the admin of registrations."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("seminars/<int:pk>/seats/", wrap(self.seats_view), name="participants_seats"),
            path("seminars/<int:pk>/change/", wrap(self.change_seminar_view), name="participants_change_seminar"),
            *super().get_urls(),
        ]

    def seats_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The blocks of seats; a new number is first shown with what it will do, then set."""
        require(policies.may_rearrange(request.user))
        seminar = seminar_or_404(pk)
        is_open = _is_changeable(seminar)
        form = SeatsForm(request.POST if request.method == "POST" and is_open else None, seminar=seminar)
        rehearsed = None
        if form.is_bound and form.is_valid():
            try:
                if "confirm" in request.POST:
                    messages.success(request, _promoted(form.carry_out(actor(request, form))))
                    return HttpResponseRedirect(request.path)
                rehearsed = _promotion_sentences(seminar, form.rehearse(actor(request, form)))
            except DomainError as refusal:
                form.add_error("seats", str(refusal))
        context = {
            "form": form,
            "sentences": rehearsed,
            "is_open": is_open,
            "rows": _rows(seminar),
            "waiting": seminar.registrations.waiting().count(),
            "changes": SeatChange.objects.filter(seminar=seminar).select_related("by", "group"),
        }
        return self.page(request, "seats", _("Seats"), context=context, about=seminar)

    def change_seminar_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two forms, move and cancel; each first shows whom it will tell what, then does it."""
        require(policies.may_rearrange(request.user))
        seminar = seminar_or_404(pk)
        intent = request.POST.get("intent", "") if request.method == "POST" else ""
        move, cancel = (
            form_class(request.POST if intent == name else None, prefix=name, seminar=seminar)
            for name, form_class in (("move", MoveForm), ("cancel", CancelForm))
        )
        context: dict[str, Any] = {
            "move": move,
            "cancel": cancel,
            "is_open": _is_changeable(seminar),
            "media": self.media + move.media,
        }
        chosen: ChangeForm | None = {"move": move, "cancel": cancel}.get(intent)
        if chosen is not None and chosen.is_valid():
            try:
                if "confirm" in request.POST:
                    messages.success(request, _told(chosen.carry_out(actor(request))))
                    return HttpResponseRedirect(address_of(seminar))
                context |= {"announcement": chosen.announcement(), "chosen": chosen, "intent": intent}
            except DomainError as refusal:
                chosen.add_error(None, ValidationError(str(refusal)))
        return self.page(request, "change_seminar", _("Move or cancel the seminar"), context=context, about=seminar)


def _is_changeable(seminar: Seminar) -> bool:
    """Whether it is published, not cancelled and not over; only shown: the services decide."""
    return seminar.is_published and not seminar.is_cancelled and timezone.now() < seminar.ends_at


def _rows(seminar: Seminar) -> list[dict[str, Any]]:
    """Each block with who of its group waits; whoever waits may have a seat of the common pool."""
    waiting = dict(seminar.registrations.waiting().order_by().values_list("oblast").annotate(number=Count("pk")))
    return [
        {"block": block, "waiting": waiting.get(block.group_id, 0) if block.group_id else sum(waiting.values())}
        for block in seminar.blocks.all()
    ]


def _promotion_sentences(seminar: Seminar, number: int) -> list[str]:
    sentences = [_promoted(number)]
    if not seminar.is_promotion_automatic(timezone.now()):
        sentences.append(_("Registration is closed, so nobody is seated by itself: promote from the list."))
    return sentences


def _promoted(number: int) -> str:
    if not number:
        return _("Nobody from the waiting list gets a seat by it.")
    return ngettext(
        "%(number)d person from the waiting list gets a seat and is told.",
        "%(number)d people from the waiting list get a seat and are told.",
        number,
    ) % {"number": number}


def _told(number: int) -> str:
    return ngettext("%(number)d person is told.", "%(number)d people are told.", number) % {"number": number}
