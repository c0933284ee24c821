"""The forms of the staff pages of the press centre."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.admin import LabelledSplitDateTime, name_widget
from core.forms import LineField, ParagraphsField
from press.models import LINES, PARAGRAPHS, Journalist, ReleaseText, StoredFile
from press.services import Content

LONGEST_PART = 10_000
MOST_ROWS = 30
BIGGEST_REVISION = 2_000_000_000

_WIDE = {"class": "vTextField"}


def _line(label: Any, length: int, *, required: bool = False, help_text: Any = "") -> LineField:
    widget = forms.TextInput(attrs=_WIDE)
    return LineField(label=capfirst(label), max_length=length, required=required, help_text=help_text, widget=widget)


def _paragraphs(label: Any, *, required: bool = False, rows: int = 3, help_text: Any = "") -> ParagraphsField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
    return ParagraphsField(label=label, max_length=LONGEST_PART, required=required, help_text=help_text, widget=widget)


class SeenForm(forms.Form):
    """Carries the number of the version that was on the page."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=BIGGEST_REVISION)


class CommentForm(SeenForm):
    """Why a text goes back."""

    comment = _paragraphs(_("Comment"), required=True, help_text=_("What is to be changed; the writer reads it."))


class NoteForm(SeenForm):
    """A note that the public reads, with its date."""

    note = _paragraphs(
        _("Note"), required=True, help_text=_("The public reads it, with the date, in the language of this text.")
    )


class TextForm(SeenForm):
    """The parts of a text. A blank line begins a paragraph; lines that begin with `- ` are a list."""

    date_line = _line(_("date line"), 100)
    place_line = _line(_("place line"), 200)
    headline = _line(_("headline"), 300)
    lead = _paragraphs(_("lead"), rows=5, help_text=_("A blank line begins a paragraph; “- ” begins a line of a list."))
    presented = _paragraphs(_("what was presented"))
    voices = _paragraphs(_("what participants said"))
    further = _paragraphs(_("further paragraphs"))
    support = _paragraphs(_("support"))
    public_from = forms.SplitDateTimeField(
        label=capfirst(_("public from")),
        required=False,
        widget=LabelledSplitDateTime,
        help_text=_("Nothing of it can be had before this hour. Without one it is published on approval."),
    )

    def __init__(self, data: Any = None, *, text: ReleaseText) -> None:
        names = (*LINES, *PARAGRAPHS, "public_from", "revision")
        super().__init__(data, initial={name: getattr(text, name) for name in names})
        for name in (*LINES, *PARAGRAPHS):
            self.fields[name].widget.attrs["lang"] = text.language

    def clean_public_from(self) -> datetime | None:
        """No hour, or one that a calendar on the wall has."""
        moment: datetime | None = self.cleaned_data["public_from"]
        if moment is not None and not 2000 <= moment.year <= timezone.now().year + 2:
            raise forms.ValidationError(_("Choose a moment within the next two years."))
        return moment


class QuoteForm(forms.Form):
    """What somebody said."""

    words = _paragraphs(_("quote"), required=True)
    speaker = _line(_("speaker"), 200, required=True)
    post = _line(_("post"), 300)


class DocumentForm(forms.Form):
    """A document presented."""

    title = _line(_("title"), 500, required=True)
    url = forms.URLField(
        label=capfirst(_("link")),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs=_WIDE),
    )


class ContactForm(forms.Form):
    """Whom journalists ask."""

    name = _line(_("name"), 200, required=True)
    post = _line(_("post"), 300)
    phones = _line(_("phones"), 200)
    email = forms.EmailField(label=capfirst(_("e-mail")), required=False, widget=forms.EmailInput(attrs=_WIDE))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("phones") or cleaned.get("email")):
            self.add_error("phones", _("Give a phone or an e-mail."))
        return cleaned


class PictureRowForm(forms.Form):
    """A picture that the text has, with its words."""

    file = forms.CharField(max_length=32, widget=forms.HiddenInput)
    alt = _line(_("alternative text"), 300, required=True, help_text=_("What is to be seen, for who cannot see."))
    caption = _line(_("caption"), 500)


class AttachmentRowForm(forms.Form):
    """A file that the text has, with its title."""

    file = forms.CharField(max_length=32, widget=forms.HiddenInput)
    title = _line(_("title"), 300, required=True)


class Rows(BaseFormSet[forms.Form]):
    """Records of one kind, in the order that the numbers give; a row ticked as deleted goes."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = capfirst(gettext("order"))
        form.fields["ORDER"].widget.attrs["class"] = "row-order"
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = gettext("Delete")

    def rows(self) -> list[dict[str, Any]]:
        """The rows that were typed and not deleted, in their order."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name not in ("ORDER", "DELETE")}
            for form in self.ordered_forms
        ]


def _rows(form: type[forms.Form], *, extra: int) -> type[Rows]:
    made = formset_factory(
        form,
        formset=Rows,
        extra=extra,
        can_order=True,
        can_delete=True,
        can_delete_extra=False,
        max_num=MOST_ROWS,
        validate_max=True,
    )
    return cast("type[Rows]", made)


FORMSETS = {
    "quotes": (_("quotes"), _rows(QuoteForm, extra=1)),
    "documents": (_("documents presented"), _rows(DocumentForm, extra=2)),
    "contacts": (_("media contacts"), _rows(ContactForm, extra=1)),
    "pictures": (_("pictures"), _rows(PictureRowForm, extra=0)),
    "attachments": (_("attachments"), _rows(AttachmentRowForm, extra=0)),
}


class TextPage:
    """The form of a text together with the forms of its records."""

    def __init__(self, text: ReleaseText, data: QueryDict | None = None) -> None:
        self.form = TextForm(data, text=text)
        self.sections: dict[str, tuple[Any, Rows]] = {}
        for prefix, (label, formset) in FORMSETS.items():
            initial = None if data is not None else self._initial(text, prefix, formset)
            rows = formset(data, prefix=prefix, initial=initial)
            for row in rows:
                for field in row.fields.values():
                    name_widget(field.widget, field.label or "")
            self.sections[prefix] = (label, rows)

    def is_valid(self) -> bool:
        """Whether everything that was typed can be stored."""
        return all([self.form.is_valid(), *(rows.is_valid() for _label, rows in self.sections.values())])

    def content(self) -> Content:
        """What was typed."""
        cleaned = self.form.cleaned_data
        return Content(
            parts={name: cleaned[name] for name in (*LINES, *PARAGRAPHS)},
            public_from=cleaned["public_from"],
            **{prefix: rows.rows() for prefix, (_label, rows) in self.sections.items()},
        )

    @staticmethod
    def _initial(text: ReleaseText, prefix: str, formset: type[Rows]) -> list[dict[str, Any]]:
        names = [name for name in formset.form.base_fields if name != "file"]
        found = []
        for row in getattr(text, prefix).all():
            values = {name: getattr(row, name) for name in names}
            found.append(values | ({"file": row.file.key} if hasattr(row, "file") else {}))
        return found


class FileForm(SeenForm):
    """A new file, or one that the release has already."""

    kind: StoredFile.Kind
    upload = forms.FileField(label=_("New file"), required=False, allow_empty_file=False)
    known = forms.ChoiceField(label=_("or one that this release has already"), required=False)

    def __init__(self, *args: Any, text: ReleaseText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        files = text.release.files.filter(kind=self.kind)
        choices = [("", "—"), *((stored.key, stored.name) for stored in files)]
        field = self.fields["known"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned.get("upload")) == bool(cleaned.get("known")):
            self.add_error("upload", _("Choose a new file or one of the known ones."))
        return cleaned


class PictureForm(FileForm):
    """A picture with its words."""

    kind = StoredFile.Kind.PICTURE
    alt = _line(_("alternative text"), 300, required=True, help_text=_("What is to be seen, for who cannot see."))
    caption = _line(_("caption"), 500)


class AttachmentForm(FileForm):
    """A file with its title."""

    kind = StoredFile.Kind.ATTACHMENT
    title = _line(_("title"), 300, required=True)


class PreviewForm(forms.Form):
    """For whom a preview link is, and how long it is good."""

    journalist = forms.ModelChoiceField(label=capfirst(_("journalist")), queryset=Journalist.objects.none())
    expires_at = forms.SplitDateTimeField(label=capfirst(_("expires")), widget=LabelledSplitDateTime)

    def __init__(self, data: Any = None, *, text: ReleaseText) -> None:
        default = text.public_from if text.is_scheduled else timezone.now() + timedelta(days=2)
        super().__init__(data, initial={"expires_at": default})
        field = self.fields["journalist"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Journalist.objects.mailable().select_related("outlet")

    def clean_expires_at(self) -> Any:
        """Some moment to come, a month away at most."""
        moment = self.cleaned_data["expires_at"]
        if not timezone.now() < moment < timezone.now() + timedelta(days=31):
            raise forms.ValidationError(_("Choose a moment within the next month."))
        return moment


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, if something was."""
    return request.POST if request.method == "POST" else None
