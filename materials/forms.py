"""The forms with which staff keep the library; an upload is looked into and stored while its form is checked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.clock import database_now
from core.forms import LineField, ParagraphsField
from materials import services
from materials.exceptions import FileRefused, NoRoomForFiles
from materials.inspection import Inspected, inspect
from materials.models import Document, Edition, Kind, Language, Status
from seminars.addresses import latin
from seminars.models import Seminar, Session, Topic

if TYPE_CHECKING:
    DocumentModelForm = forms.ModelForm[Document]
else:
    DocumentModelForm = forms.ModelForm

MOST_FILES = 20
YEARS = range(1991, 2101)
# Words that the library's own pages use or may need.
RESERVED = frozenset({"feed", "search", "topics", "new", "archive"})


class SeveralFiles(forms.FileInput):
    """One input for several files; `admin-upload.js` adds the place to drop them and the progress."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True, "accept": ".pdf,.docx,.pptx,.xlsx,.jpg,.jpeg,.png"})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-drop": _("You can drop files here."),
            "data-progress": _("Uploading"),
        }
        return context


class FilesField(forms.FileField):
    """Several files, each looked into; a refusal names the file."""

    widget = SeveralFiles

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Inspected]:
        uploads: list[UploadedFile[bytes]] = list(data or [])
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(_("At most %(number)d files at once.") % {"number": MOST_FILES})
        found, refusals = [], []
        for upload in uploads:
            try:
                found.append(inspect(upload))
            except FileRefused as refusal:
                refusals.append(f"{upload.name}: {refusal}")
        if refusals:
            raise forms.ValidationError(refusals)
        return found


class FilesForm(forms.Form):
    """Files by language. What is valid is stored at once, so that a full disk is told at the field.

    Used inside `storing.files_follow_rows`; `stored` then goes to `services.add_files`.
    """

    files_ky = FilesField(label=gettext_lazy("Files in Kyrgyz"))
    files_ru = FilesField(label=gettext_lazy("Files in Russian"))
    files_both = FilesField(label=gettext_lazy("Files in both languages"))

    stored: list[services.Stored]

    def __init__(self, *args: Any, edition: Edition | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's hook, unknown to its stubs
        self._refuse_twins()
        self.stored = []
        if not self.errors:
            self._store()

    def _chosen(self) -> Iterable[tuple[Language, Inspected]]:
        for language in Language:
            for inspected in self.cleaned_data.get(f"files_{language}") or ():
                yield language, inspected

    def _refuse_twins(self) -> None:
        known = set(self.edition.files.values_list("sha256", flat=True)) if self.edition else set()
        for language, inspected in list(self._chosen()):
            if inspected.sha256 in known:
                refusal = _("%(name)s: this edition has exactly this file.") % {"name": inspected.shown_name}
                self.add_error(f"files_{language}", refusal)
            known.add(inspected.sha256)

    def _store(self) -> None:
        for language, inspected in self._chosen():
            try:
                self.stored.append(services.store(inspected, language))
            except NoRoomForFiles as refusal:
                self.add_error(f"files_{language}", str(refusal))
                return


class MoreFilesForm(FilesForm):
    """More files for an edition that is there."""

    def clean(self) -> dict[str, Any]:
        if not self.errors and not list(self._chosen()):
            raise forms.ValidationError(_("Choose at least one file."))
        return self.cleaned_data


def _dated(**kwargs: Any) -> forms.DateField:
    return forms.DateField(label=gettext_lazy("Date of the edition"), widget=AdminDateWidget, **kwargs)


class EditionForm(FilesForm):
    """What changed, and the files of the new edition."""

    dated = _dated(initial=timezone.localdate)
    note_ky = ParagraphsField(label=gettext_lazy("What changed, in Kyrgyz"), max_length=2000, required=False)
    note_ru = ParagraphsField(label=gettext_lazy("What changed, in Russian"), max_length=2000, required=False)

    field_order = ("note_ky", "note_ru", "dated", "files_ky", "files_ru", "files_both")

    def clean_dated(self) -> Any:
        """Within the years of the field."""
        return _checked_year(self.cleaned_data["dated"])

    def clean(self) -> dict[str, Any]:
        if not self.errors and not (self.cleaned_data["note_ky"] or self.cleaned_data["note_ru"]):
            raise forms.ValidationError(_("Say in at least one language what changed."))
        return self.cleaned_data


class DocumentForm(DocumentModelForm):
    """What is known of a document; which fields are shown is the admin's matter."""

    slug = forms.SlugField(
        label=capfirst(gettext_lazy("address")),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Latin letters, digits and hyphens. Left empty, it is made of the title."),
    )

    class Meta:
        model = Document
        fields = ("slug",)

    def clean_slug(self) -> str:
        """Small letters; words that the portal needs itself are refused."""
        slug = str(self.cleaned_data["slug"]).lower()
        if slug in RESERVED:
            raise forms.ValidationError(_("The portal uses this address itself. Choose another."), code="reserved")
        return slug

    def clean_issued_on(self) -> Any:
        """Within the years of the field."""
        return _checked_year(self.cleaned_data["issued_on"])

    def clean_published_at(self) -> Any:
        """Within the years of the field."""
        return _checked_year(self.cleaned_data["published_at"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._settle_publication()
        self._check_successor()
        if "slug" in self.fields and not self.cleaned_data.get("slug") and "slug" not in self.errors:
            self.cleaned_data["slug"] = self.instance.slug or self._proposed_slug()
        return self.cleaned_data

    def _settle_publication(self) -> None:
        """A draft has no moment; what is no draft is published now unless another moment is given."""
        if self.cleaned_data.get("status") == Status.DRAFT:
            self.cleaned_data["published_at"] = None
        elif "published_at" in self.cleaned_data and self.cleaned_data["published_at"] is None:
            self.cleaned_data["published_at"] = database_now()

    def _check_successor(self) -> None:
        successor, is_replaced = self.cleaned_data.get("successor"), self.cleaned_data.get("status") == Status.REPLACED
        if is_replaced and successor is None and "successor" not in self.errors:
            self.add_error("successor", _("Say which document replaced it."))
        if successor is not None and not is_replaced:
            self.add_error(
                "successor", _("Only a replaced document has a successor: change the status or leave it empty.")
            )
        if successor is not None and self.instance.pk and Document.objects.leads_to(successor, self.instance):
            self.add_error("successor", _("That document was itself replaced by this one, directly or in steps."))

    def _proposed_slug(self) -> str:
        base = latin(self.cleaned_data.get("title_ky") or self.cleaned_data.get("title_ru") or "") or "document"
        candidates = chain([base] if base not in RESERVED else [], (f"{base}-{number}" for number in count(2)))
        taken = set(Document.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        return next(slug for slug in candidates if slug not in taken)


class NewDocumentForm(FilesForm, DocumentForm):
    """A new document with its first edition and files."""

    dated = _dated(required=False, help_text=gettext_lazy("Left empty: the date of the document, or today."))

    def clean_dated(self) -> Any:
        """Within the years of the field."""
        return _checked_year(self.cleaned_data["dated"])


class HandoutForm(forms.Form):
    """A document that the seminar hands out, as a whole or in one session."""

    session = forms.ModelChoiceField(Session.objects.none(), label=gettext_lazy("Session"), required=False)
    document = forms.ModelChoiceField(Document.objects.all(), label=gettext_lazy("Document"))
    number = forms.IntegerField(
        label=gettext_lazy("Number of the edition"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=gettext_lazy("Left empty: the current one."),
    )


def _checked_year(moment: Any) -> Any:
    if moment and moment.year not in YEARS:
        raise forms.ValidationError(_("Check the year."))
    return moment


class LibraryForm(forms.Form):
    """What a visitor looks for in the library: words, and choices that narrow it."""

    q = LineField(label=gettext_lazy("Search in the library"), max_length=200, required=False)
    topic = forms.ModelChoiceField(Topic.objects.all(), to_field_name="slug", required=False)
    kind = forms.ChoiceField(choices=[("", ""), *Kind.choices], required=False)
    year = forms.IntegerField(min_value=1900, max_value=2100, required=False)
    seminar = forms.ModelChoiceField(Seminar.objects.none(), to_field_name="slug", required=False)
    language = forms.ChoiceField(choices=[("", ""), ("ky", ""), ("ru", "")], required=False)
    status = forms.ChoiceField(
        choices=[("", ""), *((value, "") for value in Status.values if value != Status.DRAFT)], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Seminar]", self.fields["seminar"]).queryset = Seminar.objects.published()

    @property
    def choices(self) -> dict[str, Any]:
        """What the list is narrowed to, by name; topics and seminars by key."""
        chosen = {name: self.cleaned_data.get(name) for name in self.fields if name != "q"}
        return {name: getattr(value, "pk", value) for name, value in chosen.items() if value}

    @property
    def is_linked_wrongly(self) -> bool:
        """Whether the address names something that is not there, other than words that cannot be looked for."""
        return bool(self.errors.keys() - {"q"})

    @property
    def parameters(self) -> dict[str, str]:
        """The known parameters of the address that say something."""
        given = {name: str(self.data.get(name, "")).strip() for name in self.fields}
        return {name: value for name, value in given.items() if value}

    @property
    def query(self) -> str:
        """They as a query string."""
        return urlencode(self.parameters)
