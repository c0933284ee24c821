"""One screen for the seats of a seminar: how many, shared between which oblasts, until when, for whom."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.admin import LabelledSplitDateTime
from core.exceptions import DomainError
from core.forms import LineField
from participants import policies, services
from participants.actors import Actor
from participants.admin.base import Pages, actor, require, seminar_or_404
from participants.exceptions import SeatsBelowTaken
from participants.queue import Queue
from participants.services import Arrangement
from regions.models import Municipality, Oblast, Post
from seminars.models import SeatBlock, SeatChange, Seminar
from seminars.quotas import proposal_for

MOST_SEATS = 20_000
QUOTA = "quota_"


def _moment(label: Any, help_text: Any) -> forms.SplitDateTimeField:
    return forms.SplitDateTimeField(label=label, help_text=help_text, required=False, widget=LabelledSplitDateTime)


class ArrangementForm(forms.Form):
    """The seats of a hall, a number for each group, and the rules by which they are given."""

    capacity = forms.IntegerField(label=gettext_lazy("Seats in the hall"), min_value=0, max_value=MOST_SEATS)
    seats_per_municipality = forms.IntegerField(
        label=gettext_lazy("Seats per municipality"), min_value=1, max_value=100
    )
    groups = forms.ModelMultipleChoiceField(
        Oblast.objects.all(),
        label=gettext_lazy("Oblasts that may come"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: the whole country."),
    )
    posts = forms.ModelMultipleChoiceField(
        Post.objects.all(),
        label=gettext_lazy("Posts that may come"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: every post that may register on the site."),
    )
    lists_deadline = _moment(
        gettext_lazy("Answers and lists come back by"),
        gettext_lazy("Until then invited offices answer and coordinators return their lists."),
    )
    quotas_release_at = _moment(
        gettext_lazy("Unused quotas are released"),
        gettext_lazy("From then on free seats of every oblast are for all. Empty: the midnight after that deadline."),
    )
    holds_seats = forms.BooleanField(
        label=gettext_lazy("Keep a seat for every invited office until it answers"), required=False
    )
    is_queue_by_time = forms.BooleanField(label=gettext_lazy("The waiting list goes by time alone"), required=False)
    reason = LineField(label=gettext_lazy("Why"), required=False, max_length=300)

    class Media:
        js = (Script("js/admin-quotas.js", type="module"),)

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        self.seminar = seminar
        self.oblasts = list(Oblast.objects.all())
        blocks = {block.group_id: block for block in seminar.blocks.all()}
        kwargs["initial"] = {
            "capacity": seminar.capacity,
            **{name: getattr(seminar, name) for name in Arrangement.__dataclass_fields__ if hasattr(seminar, name)},
            "groups": [oblast.pk for oblast in seminar.groups.all()],
            "posts": [post.pk for post in seminar.posts.all()],
            **{f"{QUOTA}{key}": block.seats for key, block in blocks.items() if key},
        }
        super().__init__(*args, **kwargs)
        for oblast in self.oblasts:
            self.fields[f"{QUOTA}{oblast.pk}"] = forms.IntegerField(
                label=str(oblast),
                min_value=0,
                max_value=MOST_SEATS,
                required=False,
                widget=forms.NumberInput(attrs={"aria-label": _("%(group)s: quota") % {"group": oblast}}),
            )

    @property
    def size(self) -> list[forms.BoundField]:
        """What the proposal is made of."""
        return [self["capacity"], self["seats_per_municipality"]]

    @property
    def rules(self) -> list[forms.BoundField]:
        """Who may come and until when: all fields but the numbers."""
        numbers = {"capacity", "seats_per_municipality"}
        return [field for field in self if not field.name.startswith(QUOTA) and field.name not in numbers]

    def clean(self) -> dict[str, Any]:
        """Say of every quota of an oblast that may not come that it is none, and of the sum that it is too much."""
        data = super().clean() or self.cleaned_data
        allowed = set(data.get("groups") or ()) or set(self.oblasts)
        for oblast in self.oblasts:
            if data.get(f"{QUOTA}{oblast.pk}") and oblast not in allowed:
                self.add_error(f"{QUOTA}{oblast.pk}", _("This oblast is not among those that may come."))
        return data

    @property
    def arrangement(self) -> Arrangement:
        """What the cleaned form asks for."""
        data = self.cleaned_data
        quotas = {oblast: data.get(f"{QUOTA}{oblast.pk}") for oblast in self.oblasts}
        own = {name: data[name] for name in Arrangement.__dataclass_fields__ if name in data}
        return Arrangement(quotas={oblast: seats for oblast, seats in quotas.items() if seats is not None}, **own)

    def proposing(self) -> ArrangementForm:
        """The same form with the proposed quotas filled in; nothing is stored."""
        data: Any = cast(Any, self.data).copy()
        weighed = Seminar.objects.get(pk=self.seminar.pk)
        weighed.seats_per_municipality = self.cleaned_data.get("seats_per_municipality") or 1
        allowed = self.cleaned_data.get("groups") or None
        proposal = proposal_for(weighed, self.cleaned_data.get("capacity") or 0, groups=allowed)
        for oblast in self.oblasts:
            data[f"{QUOTA}{oblast.pk}"] = str(proposal.seats.get(oblast.pk, ""))
        return ArrangementForm(data, seminar=self.seminar)

    def carry_out(self, by: Actor) -> int:
        """Share the seats out; return how many people got a seat by it. Raises what the service raises."""
        return len(services.arrange_seats(seminar=self.seminar, arrangement=self.arrangement, by=by))

    def rehearse(self, by: Actor) -> int:
        """How many people would get a seat; everything is undone. Raises what the service raises."""
        with transaction.atomic():
            number = self.carry_out(by)
            transaction.set_rollback(True)
        return number

    def refuse(self, refusal: DomainError) -> None:
        """Put the sentence of a refusal at the number that it is about."""
        group = refusal.group if isinstance(refusal, SeatsBelowTaken) else None
        self.add_error(f"{QUOTA}{group.pk}" if group else "capacity", str(refusal))


class QuotaPages(Pages):
    """Mixed into the admin of registrations: the seats of a seminar, and its waiting list."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("seminars/<int:pk>/seats/", wrap(self.seats_view), name="participants_seats"),
            path("seminars/<int:pk>/queue/", wrap(self.queue_view), name="participants_queue"),
            *super().get_urls(),
        ]

    def seats_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The seats; another arrangement is proposed, shown with what it will do, then set."""
        require(policies.may_rearrange(request.user))
        seminar = seminar_or_404(pk)
        is_open = not seminar.is_cancelled and timezone.now() < seminar.ends_at
        form = ArrangementForm(
            request.POST if request.method == "POST" and is_open else None,
            seminar=seminar,
        )
        sentences = None
        if form.is_bound:
            valid = form.is_valid()
            if "propose" in request.POST:
                form = form.proposing()
            elif valid:
                try:
                    if "confirm" in request.POST:
                        messages.success(request, promoted(form.carry_out(actor(request, form))))
                        return HttpResponseRedirect(request.path)
                    sentences = _what_will_happen(form, form.rehearse(actor(request, form)))
                except DomainError as refusal:
                    form.refuse(refusal)
        context = {
            "form": form,
            "sentences": sentences,
            "is_open": is_open,
            "rows": _rows(seminar, form),
            "pool": _numbers(seminar, None),
            "waiting": seminar.registrations.waiting().count(),
            "changes": SeatChange.objects.filter(seminar=seminar).select_related("by", "group"),
            "media": self.media + form.media,
        }
        return self.page(request, "seats", _("Seats and quotas"), context=context, about=seminar)

    def queue_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everyone who waits, in the order in which seats go to them, each with the reason."""
        require(policies.may_see_people(request.user))
        seminar = seminar_or_404(pk)
        places = Queue(seminar).places()
        people = seminar.registrations.waiting().select_related("municipality__district", "oblast")
        rows = sorted(
            ((places[person.pk], person) for person in people if person.pk in places),
            key=lambda row: (row[0].is_stand_by, row[0].number, row[1].oblast_id or 0),
        )
        self.note_shown(request, len(rows), seminar)
        return self.page(request, "queue", _("Waiting list"), context={"rows": rows}, about=seminar)


def _rows(seminar: Seminar, form: ArrangementForm) -> list[dict[str, Any]]:
    """Each group with its weight, proposal, seats and who of it waits; then the common pool, without a field."""
    waiting = dict(seminar.registrations.waiting().order_by().values_list("oblast").annotate(number=Count("pk")))
    alive = Municipality.objects.alive_on(seminar.first_day).order_by()
    numbers = dict(alive.values_list("oblast").annotate(number=Count("pk")))
    proposal = proposal_for(seminar, seminar.capacity).seats
    return [
        {
            "group": oblast,
            "municipalities": numbers.get(oblast.pk, 0),
            "proposed": proposal.get(oblast.pk),
            "waiting": waiting.get(oblast.pk, 0),
            "field": form[f"{QUOTA}{oblast.pk}"],
            **_numbers(seminar, oblast.pk),
        }
        for oblast in form.oblasts
    ]


def _numbers(seminar: Seminar, group: int | None) -> dict[str, int]:
    """Seats, taken and free of a group (None: the common pool); zeroes where it has no block."""
    block = next((block for block in seminar.blocks.all() if block.group_id == group), SeatBlock(seats=0))
    return {"seats": block.seats, "taken": block.taken, "free": block.left}


def _what_will_happen(form: ArrangementForm, number: int) -> list[str]:
    wanted, seminar = form.arrangement, form.seminar
    quotas = sum(wanted.quotas.values())
    sentences = [
        _("Quotas: %(quotas)d seats. Common pool: %(pool)d. Together %(capacity)d.")
        % {"quotas": quotas, "pool": wanted.pool, "capacity": wanted.capacity}
    ]
    if wanted.quotas and not (wanted.quotas_release_at or wanted.lists_deadline):
        sentences.append(_("Unused quotas stay with their oblasts, because no release date is set."))
    if seminar.is_published:
        sentences.append(promoted(number))
        if not seminar.is_promotion_automatic(timezone.now()):
            sentences.append(_("Registration is closed, so nobody is seated by itself: promote from the list."))
    return sentences


def promoted(number: int) -> str:
    """How many people the change seats, in a sentence."""
    if not number:
        return str(capfirst(_("Nobody from the waiting list gets a seat by it.")))
    return ngettext(
        "%(number)d person from the waiting list gets a seat and is told.",
        "%(number)d people from the waiting list get a seat and are told.",
        number,
    ) % {"number": number}
