"""The forms of lists: a file or rows pasted or typed come in; who is on a list is replaced."""

from __future__ import annotations

from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import LineField
from core.languages import active_language
from participants.forms import PhoneField, PostField
from participants.listing.posts import PostReader
from participants.listing.reading import Reading, read_tables
from participants.listing.rows import Scope
from participants.models import Registration
from participants.names import LONGEST_NAME
from participants.services import Entry
from participants.spreadsheets import Table, UnreadableList, read_file, read_text
from regions.matching import Finder
from regions.models import District, Oblast, Post
from seminars.models import Seminar

LONGEST_TEXT = 400_000


class ListForm(forms.Form):
    """Takes a list as a file or as text; what cannot be read is an error at its field."""

    text = forms.CharField(
        label=_("Rows pasted from a spreadsheet, or typed"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_(
            "One person a row: municipality, post, full name, phone. The order does not matter; headings help but need "
            "not be there."
        ),
    )
    file = forms.FileField(
        label=_("Or a file: Excel (.xlsx) or CSV, at most 1 MB"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tables: list[Table] = []
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("file"):
            self._read("file")
        if data.get("text", "").strip():
            self._read("text")
        if not (self.tables or self.errors):
            self.add_error("text", _("Paste or type the rows, or choose a file."))
        return data

    def _read(self, name: str) -> None:
        data = self.cleaned_data
        try:
            self.tables += read_file(data["file"].read()) if name == "file" else read_text(data["text"])
        except UnreadableList as error:
            self.add_error(name, str(error))

    def reading(self) -> Reading:
        """The rows of the cleaned form."""
        return read_tables(self.tables, Finder(), PostReader(Post.objects.all()))


class StaffListForm(ListForm):
    """Takes a list of any oblast or district; without one, of the whole country."""

    oblast = forms.ModelChoiceField(
        Oblast.objects.all(), label=_("Oblast"), required=False, empty_label=_("the whole country")
    )
    district = forms.ModelChoiceField(
        District.objects.by_name(), label=_("District"), required=False, empty_label=_("the whole oblast")
    )
    field_order = ("oblast", "district", "text", "file")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        oblast, district = data.get("oblast"), data.get("district")
        if oblast and district and district.oblast_id != oblast.pk:
            self.add_error("district", _("This district lies in another oblast."))
        return data

    def scope(self, seminar: Seminar) -> Scope:
        """The units that were chosen."""
        district: District | None = self.cleaned_data["district"]
        return Scope(seminar, district.oblast if district else self.cleaned_data["oblast"], district)


class InsteadForm(forms.Form):
    """Names who comes instead of somebody on the list."""

    full_name = LineField(label=_("Full name"), min_length=2, max_length=LONGEST_NAME)
    post = PostField(queryset=Post.objects.none(), label=_("Post"), empty_label=_("Choose"))
    phone = PhoneField(label=_("Mobile phone"), max_length=60, help_text=_("For example 0555 123 456."))
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=150)

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registration = registration
        post = cast(PostField, self.fields["post"])
        post.queryset = registration.seminar.posts_that_may_come()
        post.is_city = registration.municipality is not None and registration.municipality.is_city
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def entry(self) -> Entry:
        """Who comes, as the cleaned form says."""
        data = self.cleaned_data
        return Entry(
            full_name=data["full_name"],
            post=data["post"],
            municipality=self.registration.municipality,
            phones=data["phone"],
            phone_typed=self.data.get("phone", "")[:60],
            email=data["email"],
            language=active_language(),
        )
