"""The forms with which staff make a seminar, its programme and its copies; contradictions are refused at the field."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Language
from core.admin import NamedInputsInlineFormSet
from core.dates import local_day
from seminars import readiness
from seminars.addresses import RESERVED, propose
from seminars.models import OrganisationName, Seminar, Session, SessionSpeaker, Speaker
from seminars.services import address_book, set_speakers

if TYPE_CHECKING:
    SeminarModelForm = forms.ModelForm[Seminar]
    SessionModelForm = forms.ModelForm[Session]
    NameModelForm = forms.ModelForm[OrganisationName]
    Speakers = forms.ModelMultipleChoiceField[Speaker]
else:
    SeminarModelForm = SessionModelForm = NameModelForm = forms.ModelForm
    Speakers = forms.ModelMultipleChoiceField


MOMENTS = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")
# Local self-government of the independent country; other years are slips of the finger.
YEARS = range(1991, 2101)
# A copy further away than this is a slip of the finger.
YEARS_AWAY = 50


class SeminarForm(SeminarModelForm):
    """A seminar as the organiser writes it; which fields are shown is the admin's matter."""

    slug = forms.SlugField(
        label=capfirst(_("address")),
        max_length=80,
        required=False,
        help_text=_(
            "Latin letters, digits and hyphens. Left empty, it is made of the theme. It is final once published."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=capfirst(_("working languages")), choices=Language, required=False, widget=forms.CheckboxSelectMultiple
    )
    seats = forms.IntegerField(
        label=capfirst(_("seats in the hall")),
        min_value=1,
        max_value=20_000,
        required=False,
        help_text=_("All seats are in the common pool. After publication they are changed on a page of their own."),
    )

    class Meta:
        model = Seminar
        fields = ("slug", "languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "seats" in self.fields:
            self.fields["seats"].initial = self.instance.capacity or None

    def clean_slug(self) -> str:
        """Small letters; words that the portal needs itself are refused."""
        slug = str(self.cleaned_data["slug"]).lower()
        if slug in RESERVED:
            raise forms.ValidationError(_("The portal uses this address itself. Choose another."), code="reserved")
        return slug

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._check_days()
        self._check_registration()
        if self._value("format") == Seminar.Format.ONLINE and self._value("seats"):
            self._refuse("seats", _("An online seminar has no hall: leave the seats empty or change the format."))
        self._propose_address()
        return self.cleaned_data

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's hook, unknown to its stubs
        if self.instance.is_published:
            for lack in readiness.lacking_texts(self.instance):
                self._refuse(lack.field, lack.message)

    def _value(self, name: str) -> Any:
        """What was typed, or what is stored where the page only shows it."""
        return self.cleaned_data.get(name) if name in self.fields else getattr(self.instance, name, None)

    def _refuse(self, name: str, message: str | Promise) -> None:
        self.add_error(name if name in self.fields else None, forms.ValidationError(str(message), code="contradiction"))

    def _check_days(self) -> None:
        for name in MOMENTS:
            moment = self.cleaned_data.get(name)
            if moment and moment.year not in YEARS:
                self._refuse(name, _("Check the year."))
        starts_at, ends_at = self._value("starts_at"), self._value("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self._refuse("ends_at", _("The seminar must end after it starts."))

    def _check_registration(self) -> None:
        opens_at, closes_at = self._value("registration_opens_at"), self._value("registration_closes_at")
        starts_at, ends_at = self._value("starts_at"), self._value("ends_at")
        if closes_at and not opens_at and "registration_opens_at" not in self.errors:
            self._refuse("registration_opens_at", _("Say when registration opens."))
        if closes_at and opens_at and closes_at <= opens_at:
            self._refuse("registration_closes_at", _("Registration must close after it opens."))
        elif closes_at and ends_at and closes_at > ends_at:
            self._refuse("registration_closes_at", _("Registration must close before the seminar is over."))
        if opens_at and not closes_at and starts_at and opens_at >= starts_at:
            self._refuse("registration_opens_at", _("Registration must open before the seminar starts."))

    def _propose_address(self) -> None:
        theme = self._value("title_ky") or self._value("title_ru")
        starts_at = self._value("starts_at")
        if "slug" in self.fields and "slug" not in self.errors and not self._value("slug") and theme and starts_at:
            taken = address_book() - {self.instance.slug}
            self.cleaned_data["slug"] = propose(theme, local_day(starts_at), taken)


class SessionForm(SessionModelForm):
    """One item of the programme with those who speak in it and those who lead it."""

    talking = Speakers(label=capfirst(_("speakers")), queryset=Speaker.objects.all(), required=False)
    leading = Speakers(label=capfirst(_("moderators")), queryset=Speaker.objects.all(), required=False)

    class Meta:
        model = Session
        fields = ("kind", "starts_at", "ends_at", "title_ky", "title_ru", "summary_ky", "summary_ru")

    def __init__(self, *args: Any, day: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            roles = [(appearance.role, appearance.speaker_id) for appearance in self.instance.appearances.all()]
            self.initial["talking"] = [key for role, key in roles if role == SessionSpeaker.Role.SPEAKER]
            self.initial["leading"] = [key for role, key in roles if role == SessionSpeaker.Role.MODERATOR]
        elif day:
            self.initial.update(starts_at=day, ends_at=day)

    def clean(self) -> dict[str, Any]:
        super().clean()
        starts_at, ends_at = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("A session must end after it starts."))
        both = set(self.cleaned_data.get("talking") or ()) & set(self.cleaned_data.get("leading") or ())
        if both:
            names = ", ".join(str(speaker) for speaker in both)
            self.add_error(
                "leading", _("Name each person once, as speaker or as moderator: %(names)s.") % {"names": names}
            )
        return self.cleaned_data

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]  # Django's hook, unknown to its stubs
        set_speakers(
            session=self.instance, speakers=self.cleaned_data["talking"], moderators=self.cleaned_data["leading"]
        )


class ProgrammeFormSet(NamedInputsInlineFormSet):
    """The programme of one seminar: every session lies within its days; parallel sessions are fine."""

    def clean(self) -> None:
        super().clean()
        seminar = self.instance
        if not (seminar.starts_at and seminar.ends_at):
            return
        for form in self.forms:
            if not self._should_delete_form(form):  # type: ignore[attr-defined]  # unknown to the stubs
                refuse_other_days(form, seminar)


def refuse_other_days(form: forms.BaseForm, seminar: Seminar) -> None:
    """Put a sentence at the moments of a session that lie outside the seminar's days."""
    for name in ("starts_at", "ends_at"):
        moment = form.cleaned_data.get(name) if hasattr(form, "cleaned_data") else None
        if moment and not seminar.first_day <= local_day(moment) <= seminar.last_day:
            form.add_error(name, _("The seminar is not held on this day."))


class OrganisationNameForm(NameModelForm):
    """What an organisation was called in one period; `NamesFormSet` compares the periods of a page."""

    class Meta:
        model = OrganisationName
        fields = ("name_ky", "name_ru", "short_name_ky", "short_name_ru", "valid_from", "valid_to")

    def _get_validation_exclusions(self) -> set[str]:
        # What is stored says nothing while the neighbouring rows change too.
        return {*super()._get_validation_exclusions(), "organisation"}  # type: ignore[misc]  # Django's hook


class NamesFormSet(NamedInputsInlineFormSet):
    """The names of one organisation: at most one of them holds on any day."""

    def clean(self) -> None:
        super().clean()
        kept: list[OrganisationName] = []
        for form in self.forms:
            if (not form.has_changed() and not form.instance.pk) or self._should_delete_form(form):  # type: ignore[attr-defined]
                continue
            if any(form.instance.overlaps(other) for other in kept):
                form.add_error("valid_from", _("Another name of this organisation holds in the same period."))
            kept.append(form.instance)


class CopyForm(forms.Form):
    """On which day the copy of a seminar begins."""

    first_day = forms.DateField(label=capfirst(_("first day of the new seminar")), widget=AdminDateWidget)

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seminar = seminar

    def clean_first_day(self) -> date:
        """A day that people mean: not the same one, and within a century."""
        day: date = self.cleaned_data["first_day"]
        if day == self.seminar.first_day:
            raise forms.ValidationError(_("The seminar itself begins on this day."), code="same_day")
        if abs(day.year - self.seminar.first_day.year) > YEARS_AWAY:
            raise forms.ValidationError(_("Check the year."), code="far")
        return day
