"""Moving and cancelling a seminar: the forms, and what would be told to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import LabelledSplitDateTime
from core.forms import LineField, ParagraphsField
from core.languages import LANGUAGES
from outbox.letters import Letter
from participants import services
from participants.actors import Actor
from participants.emails import letter_of_cancelled_seminar, letter_of_moved_seminar
from participants.exceptions import SeminarChangedMeanwhile
from participants.models import Person, Registration
from participants.services.seminars import Notice, Place, rearrange
from participants.states import State
from seminars.models import Seminar

# Stands where a message has the personal part of a link.
SAMPLE_TOKEN = "x" * 22


def _paragraphs(label: Any) -> ParagraphsField:
    return ParagraphsField(label=label, max_length=1000, widget=AdminTextareaWidget({"rows": 3}))


@dataclass(frozen=True)
class Announcement:
    """Who will be told what: numbers of people and of silent offices, and the message in each language."""

    by_email: int
    by_hand: int
    letters: list[Letter]


class ChangeForm(forms.Form):
    """What moving and cancelling share: the reason in both languages, and protection against a second press."""

    sequence = forms.IntegerField(widget=forms.HiddenInput)
    reason_ky = _paragraphs(gettext_lazy("Why, in Kyrgyz: people and the public read it"))
    reason_ru = _paragraphs(gettext_lazy("Why, in Russian: people and the public read it"))

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        kwargs["initial"] = {**vars(seminar), "sequence": seminar.calendar_sequence}
        super().__init__(*args, **kwargs)
        self.seminar = seminar

    @property
    def notice(self) -> Notice:
        """The reason in both languages."""
        return Notice(ky=self.cleaned_data["reason_ky"], ru=self.cleaned_data["reason_ru"])

    def announcement(self) -> Announcement:
        """What would be told, to how many; nothing is written. Raises a DomainError of `rearrange`."""
        seminar = Seminar.objects.get(pk=self.seminar.pk)
        seminar.notice_ky, seminar.notice_ru = self.notice.ky, self.notice.ru
        counted = {"by_email": Count("pk", filter=~Q(email="")), "by_hand": Count("pk", filter=Q(email=""))}
        people = seminar.registrations.live().aggregate(**counted)
        offices = seminar.invitations.silent().aggregate(**counted)
        return Announcement(letters=self.letters(seminar), **{name: people[name] + offices[name] for name in counted})

    def letters(self, seminar: Seminar) -> list[Letter]:
        """The message in each language."""
        raise NotImplementedError

    @transaction.atomic
    def carry_out(self, by: Actor) -> int:
        """Do it, once; return how many people were told. Raises SeminarChangedMeanwhile and what the service raises."""
        if Seminar.objects.locked(self.seminar.pk).calendar_sequence != self.cleaned_data["sequence"]:
            raise SeminarChangedMeanwhile
        return self.act(by)

    def act(self, by: Actor) -> int:
        """Call the service."""
        raise NotImplementedError


class MoveForm(ChangeForm):
    """Other dates, another place."""

    starts_at = forms.SplitDateTimeField(label=capfirst(gettext_lazy("starts")), widget=LabelledSplitDateTime)
    ends_at = forms.SplitDateTimeField(label=capfirst(gettext_lazy("ends")), widget=LabelledSplitDateTime)
    city_ky = LineField(label=capfirst(gettext_lazy("town (ky)")), max_length=100, required=False)
    city_ru = LineField(label=capfirst(gettext_lazy("town (ru)")), max_length=100, required=False)
    venue_ky = LineField(label=capfirst(gettext_lazy("venue (ky)")), max_length=300, required=False)
    venue_ru = LineField(label=capfirst(gettext_lazy("venue (ru)")), max_length=300, required=False)

    field_order = (
        "sequence",
        "starts_at",
        "ends_at",
        "city_ky",
        "city_ru",
        "venue_ky",
        "venue_ru",
        "reason_ky",
        "reason_ru",
    )

    @property
    def place(self) -> Place:
        """When and where."""
        return Place(**{name: self.cleaned_data[name] for name in Place.__dataclass_fields__})

    def clean(self) -> dict[str, Any]:
        if not self.errors and all(getattr(self.seminar, name) == value for name, value in vars(self.place).items()):
            raise forms.ValidationError(_("Nothing is different: change the dates or the place."))
        return self.cleaned_data

    def letters(self, seminar: Seminar) -> list[Letter]:
        rearrange(seminar, self.place, now=timezone.now())
        return samples(seminar, letter_of_moved_seminar)

    def act(self, by: Actor) -> int:
        return services.move_seminar(seminar=self.seminar, place=self.place, notice=self.notice, by=by)


class CancelForm(ChangeForm):
    """The seminar will not be held."""

    def letters(self, seminar: Seminar) -> list[Letter]:
        return samples(seminar, letter_of_cancelled_seminar)

    def act(self, by: Actor) -> int:
        return services.cancel_seminar(seminar=self.seminar, notice=self.notice, by=by)


def samples(seminar: Seminar, letter_of: Callable[[Registration], Letter]) -> list[Letter]:
    """The message to an invented participant, in each language."""
    letters = []
    for language in LANGUAGES:
        with translation.override(language):
            name = _("(name of the participant)")
        letters.append(
            letter_of(
                Registration(
                    seminar=seminar,
                    person=Person(given_names=name),
                    full_name=name,
                    language=language,
                    state=State.CONFIRMED,
                    token=SAMPLE_TOKEN,
                )
            )
        )
    return letters
