"""The forms of a round of invitations: whom it is for, and under which letter it goes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.admin import LabelledSplitDateTime
from core.exceptions import DomainError
from core.forms import LineField, ParagraphsField
from participants.audience import Audience, Kind, Wish, audience_of
from participants.exceptions import DeadlineImpossible
from participants.models import Round
from participants.services import OfficialLetter
from regions.matching import Finder, Match, Outcome
from regions.models import District, Municipality, Oblast
from seminars.models import Seminar

MOST_NAMES, LONGEST_NAMES = 1_000, 100_000
LEAVE_OUT = "-"


class PlacesField(forms.Field):
    """Ticked oblasts or districts, looked up in one query; cleaned to their keys."""

    widget = forms.SelectMultiple

    def __init__(self, places: models.QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.places = places

    def clean(self, value: Any) -> frozenset[int]:
        """Refuse what is no key of such a place."""
        keys = {str(key) for key in value or () if key}
        known = {str(pk) for pk in self.places.values_list("pk", flat=True)} if keys else set()
        if keys - known:
            raise forms.ValidationError(_("Choose places of the list."))
        return frozenset(int(key) for key in keys)


@dataclass(frozen=True)
class NamedRow:
    """One pasted name: what it means, and what staff said when that was asked."""

    key: str
    text: str
    match: Match
    said: str

    @property
    def municipality(self) -> Municipality | None:
        """The municipality meant, by itself or as staff chose; None: unknown yet, or left out."""
        if self.match.municipality is not None:
            return self.match.municipality
        return next((unit for unit in self.match.candidates if str(unit.pk) == self.said), None)

    @property
    def is_left_out(self) -> bool:
        """Whether staff said to pass over it."""
        return self.said == LEAVE_OUT and self.match.municipality is None

    @property
    def is_open(self) -> bool:
        """Whether it waits for staff."""
        return self.municipality is None and not self.is_left_out

    @property
    def question(self) -> str | Promise:
        """Why it is asked."""
        return {
            Outcome.AMBIGUOUS: _("Several are called so. Which one?"),
            Outcome.SIMILAR: _("No such name. Is it one of these?"),
        }.get(self.match.outcome, _("No such name is known."))


class WhomForm(forms.Form):
    """Places, kinds, who was never reached, and a pasted list of names: together, whom the round is for."""

    everywhere = forms.BooleanField(label=gettext_lazy("The whole country"), required=False)
    oblasts = PlacesField(Oblast.objects.all(), label=gettext_lazy("Oblasts"))
    districts = PlacesField(District.objects.all(), label=gettext_lazy("Districts"))
    names = ParagraphsField(
        label=gettext_lazy("Names of municipalities, one a line"),
        required=False,
        max_length=LONGEST_NAMES,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "In Kyrgyz or Russian, in any spelling; with the district where several are called so. They are added to "
            "the places ticked above."
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Of these"), choices=Kind, initial=Kind.ANY, widget=forms.RadioSelect, required=False
    )
    unreached = forms.BooleanField(
        label=gettext_lazy("Only those that have never attended on this topic"),
        required=False,
        help_text=gettext_lazy("A municipality whose predecessor attended counts as reached."),
    )

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seminar = seminar
        if not seminar.topics.all():
            self.fields["unreached"].disabled = True
            self.fields["unreached"].help_text = _("The seminar has no topic yet: choose it on the seminar's page.")

    @cached_property
    def rows(self) -> list[NamedRow]:
        """The pasted names with what they mean on the day of the seminar; the register is read once."""
        lines = [line.strip() for line in self.cleaned_data.get("names", "").splitlines()]
        texts = list(dict.fromkeys(line for line in lines if line))[:MOST_NAMES]
        if not texts:
            return []
        finder, day = Finder(), self.seminar.first_day
        return [self._row(text, finder.find(text, on=day)) for text in texts]

    def _row(self, text: str, match: Match) -> NamedRow:
        key = blake2b(text.encode(), digest_size=6).hexdigest()
        return NamedRow(key, text, match, self.data.get(f"which-{key}", ""))

    @property
    def matched(self) -> list[NamedRow]:
        """Names that mean one municipality."""
        return [row for row in self.rows if row.match.municipality is not None]

    @property
    def asked(self) -> list[NamedRow]:
        """Names that do not, settled or not."""
        return [row for row in self.rows if row.match.municipality is None]

    @property
    def carried(self) -> Iterator[tuple[str, str]]:
        """Everything typed, as pairs of hidden inputs."""
        for name, values in cast(QueryDict, self.data).lists():
            if name in self.fields or name.startswith("which-"):
                yield from ((name, str(value)) for value in values)

    def clean_names(self) -> str:
        """No more names than there can be municipalities."""
        names = str(self.cleaned_data["names"])
        if len(names.splitlines()) > MOST_NAMES:
            raise forms.ValidationError(_("At most %(number)d names at once.") % {"number": MOST_NAMES})
        return names

    @cached_property
    def audience(self) -> Audience:
        """Whom the cleaned form means; what is still asked is not among them."""
        data = self.cleaned_data
        wish = Wish(
            is_everywhere=data.get("everywhere", False),
            oblasts=data.get("oblasts", frozenset()),
            districts=data.get("districts", frozenset()),
            named=[row.municipality for row in self.rows if row.municipality is not None],
            kind=Kind(data.get("kind") or Kind.ANY),
            only_unreached=data.get("unreached", False),
        )
        return audience_of(self.seminar, wish)

    def is_ready(self) -> bool:
        """Whether the next page can follow the valid form: every name is settled and somebody is left to invite."""
        if left := sum(row.is_open for row in self.rows):
            self.add_error(
                "names",
                ngettext(
                    "%(number)d name is not settled: choose below what it means, or leave it out.",
                    "%(number)d names are not settled: choose below what they mean, or leave them out.",
                    left,
                )
                % {"number": left},
            )
        elif not self.audience.units:
            self.add_error(None, _("Nobody is left to invite: choose other places or names."))
        return not self.errors

    def places(self) -> list[dict[str, Any]]:
        """Each oblast that may come with its districts, and whether they are ticked."""
        oblasts, districts = (set(cast(QueryDict, self.data).getlist(name)) for name in ("oblasts", "districts"))
        of_oblast: dict[int, list[dict[str, Any]]] = {}
        for district in District.objects.by_name():
            ticked = {"place": district, "is_ticked": str(district.pk) in districts}
            of_oblast.setdefault(district.oblast_id, []).append(ticked)
        return [
            {
                "place": oblast,
                "is_ticked": str(oblast.pk) in oblasts,
                "districts": of_oblast.get(oblast.pk, []),
                "is_opened": any(row["is_ticked"] for row in of_oblast.get(oblast.pk, [])),
            }
            for oblast in self.seminar.groups_that_may_come()
        ]


class LetterForm(forms.Form):
    """Number and date of the official letter, until when answers are asked; and the key that makes two presses one."""

    number = LineField(
        label=gettext_lazy("Number of the letter"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Empty: the letter is printed with a line on which it is written by hand."),
    )
    date = forms.DateField(label=gettext_lazy("Date of the letter"))
    answer_by = forms.SplitDateTimeField(
        label=gettext_lazy("Answers are asked by"),
        widget=LabelledSplitDateTime,
        help_text=gettext_lazy("Until then the office can answer by its link; a seat kept for it waits until then."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, seminar: Seminar) -> None:
        initial = {
            "number": "",
            "date": timezone.localdate(),
            "answer_by": seminar.lists_deadline or seminar.registration_closes_at or seminar.starts_at,
            "key": uuid4(),
        }
        super().__init__(data if data and "date" in data else None, initial=initial)
        self.seminar = seminar

    def clean_key(self) -> UUID:
        """The key of the page as it was rendered; one that is missing or broken gets a new one."""
        return self.cleaned_data["key"] or uuid4()

    @property
    def carried(self) -> Iterator[tuple[str, str]]:
        """Everything typed, as pairs of hidden inputs."""
        names = ("number", "date", "answer_by_0", "answer_by_1", "key")
        yield from ((name, self.data[name]) for name in names if name in self.data)

    @property
    def sent(self) -> Round | None:
        """The round that went out under the key of this page."""
        self.is_valid()
        key = getattr(self, "cleaned_data", {}).get("key")
        return Round.objects.filter(seminar=self.seminar, key=key).first() if key else None

    def renewed(self) -> LetterForm:
        """The same form, with a new key where a round went out under the old one: another is being prepared."""
        if self.sent is not None:
            data = cast(QueryDict, self.data).copy()
            data["key"] = str(uuid4())
            self.data = data
        return self

    @property
    def letter(self) -> OfficialLetter:
        """What the form says; what it proposes, as long as nothing valid is typed."""
        data: Any = self.cleaned_data if self.is_valid() else self.initial
        return OfficialLetter(number=data["number"], date=data["date"], answer_by=data["answer_by"])

    def refuse(self, refusal: DomainError) -> None:
        """Put the sentence of a refusal at the field that it is about."""
        self.add_error("answer_by" if isinstance(refusal, DeadlineImpossible) else None, str(refusal))
