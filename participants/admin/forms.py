"""Forms of the staff pages; what services refuse is added to them as a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, get_select2_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Language
from core.forms import LineField
from core.languages import active_language
from participants.admin.base import STAFF_CHANNELS
from participants.forms import ContactsForm, PhoneField
from participants.models import Channel, ConsentText, Registration
from participants.names import LONGEST_NAME
from participants.services import Entry
from regions.models import Municipality, Post
from seminars.models import Seminar

if TYPE_CHECKING:
    MunicipalityChoice = forms.ModelChoiceField[Municipality]
else:
    MunicipalityChoice = forms.ModelChoiceField

LONGEST_REASON = 300
CHANNELS = [(channel.value, channel.label) for channel in STAFF_CHANNELS]


class MunicipalitySelect(AutocompleteSelect):
    """A search in the register by any name, whose answers tell namesakes apart."""

    url_name = "%s:participants_municipalities"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Registration._meta.get_field("municipality"), admin.site, **kwargs)

    @property
    def i18n_name(self) -> str | None:
        """The language of the page that shows it, and not of the process that made the form's class."""
        return get_select2_language()

    @i18n_name.setter
    def i18n_name(self, name: str | None) -> None:
        """Django's own constructor sets what was right when the class was made."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        # What is no key is refused at the field; the query for what was chosen must not break over it.
        return super().optgroups(name, [key for key in value if str(key).isdecimal() and len(str(key)) < 10], attr)


class AnyMunicipalityField(MunicipalityChoice):
    """A municipality of any time and oblast."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Municipality"))
        super().__init__(Municipality.objects.with_names(), widget=MunicipalitySelect(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return label_of(obj)


def label_of(municipality: Municipality) -> str:
    """The full name; of one that is gone, with a word that says so."""
    closed = "" if municipality.is_alive else f" ({_('no longer exists')})"
    return f"{municipality.full_name}{closed}"


class ReasonForm(forms.Form):
    """Who asked by what way, and why."""

    channel = forms.ChoiceField(label=_("The wish came by"), choices=CHANNELS, initial=Channel.PHONE)
    reason = LineField(label=_("Why"), required=False, max_length=LONGEST_REASON)


class OverrideForm(ReasonForm):
    """A seat beyond the number is never given without a reason."""

    reason = LineField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        help_text=_("Kept in the history of the registration and of the seats."),
    )


class NoteForm(forms.Form):
    """A note, if there is something to note."""

    reason = LineField(label=_("Note"), required=False, max_length=LONGEST_REASON)


class StaffContactsForm(ContactsForm):
    """Corrects contacts; a guest may have none."""

    phone = PhoneField(label=_("Mobile phone"), required=False, max_length=60, help_text=_("For example 0555 123 456."))


class DeputyStepForm(ReasonForm):
    """Who comes instead, as somebody told staff."""

    full_name = LineField(label=_("Full name"), min_length=2, max_length=LONGEST_NAME)
    post = forms.ModelChoiceField(Post.objects.all(), label=_("Post"))
    phone = PhoneField(label=_("Mobile phone"), required=False, max_length=60, help_text=_("For example 0555 123 456."))
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=150)
    language = forms.ChoiceField(label=_("Messages in"), choices=Language, initial=Language.KY)

    field_order = ("full_name", "post", "phone", "email", "language", "channel", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The contacts of who gives the place up are not those of who comes.
        kwargs.pop("initial", None)
        super().__init__(*args, **kwargs)

    def entry(self, municipality: Municipality | None) -> Entry:
        """Who comes for the municipality; the sheet is signed, as with every entry by phone or paper."""
        data = self.cleaned_data
        return Entry(
            full_name=data["full_name"],
            post=data["post"],
            municipality=municipality,
            phones=data["phone"],
            phone_typed=self.data.get("phone", "")[:60],
            email=data["email"],
            language=data["language"],
            consent=ConsentText.current(),
        )


class EntryForm(forms.Form):
    """Registers somebody who called, wrote or stands on a list; a guest may have no municipality."""

    seminar = forms.ModelChoiceField(Seminar.objects.none(), label=_("Seminar"))
    municipality = AnyMunicipalityField(
        label=_("Municipality"),
        required=False,
        help_text=_("Type a part of its name, in any spelling. Only guests come without one."),
    )
    post = forms.ModelChoiceField(Post.objects.all(), label=_("Post"))
    full_name = LineField(label=_("Full name"), min_length=2, max_length=LONGEST_NAME)
    phone = PhoneField(
        label=_("Mobile phone"),
        required=False,
        max_length=60,
        help_text=_("For example 0555 123 456; also two numbers."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=150)
    language = forms.ChoiceField(label=_("Messages in"), choices=Language, initial=Language.KY)
    mode = forms.ChoiceField(label=_("Takes part"), choices=Registration.Mode, initial=Registration.Mode.HALL)
    channel = forms.ChoiceField(label=_("Came by"), choices=CHANNELS, initial=Channel.PHONE)
    reason = LineField(label=_("Note"), required=False, max_length=LONGEST_REASON)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seminar = cast("forms.ModelChoiceField[Seminar]", self.fields["seminar"])
        seminar.queryset = Seminar.objects.published().not_cancelled().upcoming()
        self.fields["key"].initial = uuid4()
        self.consent_text = ConsentText.current()

    def clean_key(self) -> UUID:
        """The key of the form as it was rendered, so that a double click registers once."""
        return self.cleaned_data["key"] or uuid4()

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        post, seminar = data.get("post"), data.get("seminar")
        if post and post.is_open_to_registration and "municipality" in data and not data["municipality"]:
            self.add_error("municipality", _("Choose the municipality. Only guests come without one."))
        if seminar and data.get("mode") == Registration.Mode.ONLINE and seminar.format == Seminar.Format.IN_PERSON:
            self.add_error("mode", _("This seminar is held in the hall only."))
        if seminar and data.get("mode") == Registration.Mode.HALL and not seminar.has_hall:
            self.add_error("mode", _("This seminar is held online only."))
        return data

    def entry(self) -> Entry:
        """What the cleaned form registers. The sheet is signed: the text and its language are kept with the channel."""
        data = self.cleaned_data
        return Entry(
            full_name=data["full_name"],
            post=data["post"],
            municipality=data["municipality"],
            phones=data["phone"],
            phone_typed=self.data.get("phone", "")[:60],
            email=data["email"],
            language=data["language"] or active_language(),
            mode=data["mode"],
            consent=self.consent_text,
            form_key=data["key"],
        )
