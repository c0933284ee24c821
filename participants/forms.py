"""Forms of the public pages: at most six fields, everything typed kept, errors in a summary and at the field."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, cast
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import LineField
from core.languages import active_language
from participants.models import ConsentText, Registration
from participants.names import LONGEST_NAME
from participants.phones import NotAPhone, parse_phones
from participants.services import Deputy, Entry
from regions.models import Municipality, Oblast, Post
from seminars.models import Seminar


class PhoneField(LineField):
    """A phone, or two, as people type them; cleaned to a tuple of E.164 numbers, `typed` keeps the text."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def clean(self, value: Any) -> tuple[str, ...]:
        text = super().clean(value)
        if not text:
            return ()
        try:
            return tuple(parse_phones(text))
        except NotAPhone as error:
            raise forms.ValidationError(str(error)) from error


class MunicipalityChoiceIterator(forms.models.ModelChoiceIterator[Municipality]):
    """Choices under the headings of their districts; cities of the oblast come first, without a heading."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for district, municipalities in groupby(self.queryset, key=lambda municipality: municipality.district):
            choices = [self.choice(municipality) for municipality in municipalities]
            if district is None:
                yield from choices
            else:
                yield (str(district), choices)


class MunicipalityField(forms.ModelChoiceField[Municipality]):
    """A municipality of one group."""

    iterator = MunicipalityChoiceIterator

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name if obj.is_city else obj.short_name)


class PostField(forms.ModelChoiceField[Post]):
    """A post; named as in a city when the whole group is a city."""

    is_city = False

    def label_from_instance(self, obj: Any) -> str:
        language = active_language()
        name = getattr(obj, f"city_name_{language}") if self.is_city else obj.name_in(language)
        return str(capfirst(name))


class RegistrationForm(forms.Form):
    """Registers a head of a municipality of one group: six fields and a one-time key."""

    municipality = MunicipalityField(
        queryset=Municipality.objects.none(),
        label=_("Municipality"),
        error_messages={"required": _("Choose your municipality in the list.")},
    )
    post = PostField(
        queryset=Post.objects.none(),
        label=_("Your post"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose your post.")},
    )
    full_name = LineField(
        label=_("Surname, given name, patronymic"),
        max_length=LONGEST_NAME,
        min_length=2,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": _("Write your surname and name.")},
    )
    phone = PhoneField(
        label=_("Mobile phone"),
        max_length=60,
        help_text=_("For example 0555 123 456. We call only about this seminar."),
        error_messages={"required": _("Write a phone on which the organiser can reach you.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=150,
        help_text=_("If you have one: we send the link to your registration there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    consent = forms.BooleanField(
        label=_("I agree to the processing of my personal data"),
        error_messages={"required": _("Without your agreement we may not keep your data. Tick the box to register.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seminar: Seminar, group: Oblast, mode: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mode = mode
        self.consent_text = ConsentText.current()
        municipality = cast(MunicipalityField, self.fields["municipality"])
        post = cast(PostField, self.fields["post"])
        municipality.queryset = Municipality.objects.alive_on(seminar.first_day).of_group(group).with_names().by_name()
        # A city group is one municipality: there is nothing to choose.
        municipality.empty_label = None if group.is_city else str(_("Choose"))
        post.queryset = seminar.posts_that_may_come()
        post.is_city = group.is_city
        self.fields["consent"].help_text = self.consent_text.text
        self.fields["key"].initial = uuid4()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("municipality", "post", "full_name", "phone", "email", "consent", "key")

    def clean_key(self) -> UUID:
        """The key of the form as it was rendered; one that is missing or broken gets a new one."""
        return self.cleaned_data["key"] or uuid4()

    def entry(self) -> Entry:
        """What the cleaned form registers."""
        data = self.cleaned_data
        return Entry(
            full_name=data["full_name"],
            post=data["post"],
            municipality=data["municipality"],
            phones=data["phone"],
            phone_typed=self.data.get("phone", "")[:60],
            email=data["email"],
            language=active_language(),
            mode=self.mode,
            consent=self.consent_text,
            form_key=data["key"],
        )


class ContactsForm(forms.Form):
    """Corrects the phone and the e-mail of a registration."""

    phone = PhoneField(label=_("Mobile phone"), max_length=60, help_text=_("For example 0555 123 456."))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=150,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class DeputyForm(forms.Form):
    """Who comes instead: three fields; only the posts given may be chosen."""

    full_name = LineField(
        label=_("Full name"),
        max_length=LONGEST_NAME,
        min_length=2,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the surname and the name of who will come.")},
    )
    post = PostField(
        queryset=Post.objects.none(),
        label=_("Post"),
        error_messages={"required": _("Choose the post.")},
    )
    phone = PhoneField(
        label=_("Mobile phone"),
        max_length=60,
        help_text=_("For example 0555 123 456."),
        error_messages={"required": _("Write a phone on which the organiser can reach the deputy.")},
    )

    def __init__(self, *args: Any, posts: QuerySet[Post], is_city: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "deputy_%s"
        post = cast(PostField, self.fields["post"])
        post.queryset = posts
        post.empty_label = str(_("Choose"))
        post.is_city = is_city
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def is_possible(self) -> bool:
        """Whether the seminar is for any post that a deputy may have."""
        return bool(cast(PostField, self.fields["post"]).queryset)

    def deputy(self) -> Deputy:
        """What the cleaned form says."""
        data = self.cleaned_data
        return Deputy(
            full_name=data["full_name"],
            post=data["post"],
            phones=data["phone"],
            phone_typed=self.data.get("phone", "")[:60],
        )


class DeclineForm(forms.Form):
    """Why nobody comes, when the office wants to say so."""

    reason = LineField(label=_("Why, if you like"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "decline_%s"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


_NOT_STATED = [("", _("not stated"))]


class StatisticsForm(forms.ModelForm[Registration]):
    """Sex and age band, both optional, asked on the page of the registration."""

    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=_NOT_STATED + Registration.Sex.choices)
    age_band = forms.ChoiceField(label=_("Age"), required=False, choices=_NOT_STATED + Registration.AgeBand.choices)

    class Meta:
        model = Registration
        fields = ["sex", "age_band"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class FindForm(forms.Form):
    """Asks for the personal link by phone or e-mail."""

    contact = LineField(
        label=_("Phone or e-mail that you gave when you registered"),
        max_length=150,
        error_messages={"required": _("Write the phone or the e-mail address in full.")},
        widget=forms.TextInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_contact(self) -> str:
        """An e-mail address in lower case, or a phone in E.164."""
        text = str(self.cleaned_data["contact"])
        if "@" in text:
            return str(forms.EmailField().clean(text)).lower()
        try:
            return parse_phones(text)[0]
        except NotAPhone as error:
            raise forms.ValidationError(_("Write the phone or the e-mail address in full.")) from error
