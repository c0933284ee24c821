"""What every admin of the portal has in common: labels for all inputs, clean text, history, refusals in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import widgets
from django.contrib.admin.options import BaseModelAdmin
from django.db import models, transaction
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from core.exceptions import DomainError
from core.forms import LineField, ParagraphsField

Label = str | Promise


def in_both_languages(*names: str) -> tuple[tuple[str, str], ...]:
    """Rows of a fieldset in which the Kyrgyz and the Russian text of each field stand side by side."""
    return tuple((f"{name}_ky", f"{name}_ru") for name in names)


def name_widget(widget: forms.Widget, label: Label) -> None:
    """Give an input that has no `<label>` of its own a name that screen readers say."""
    if isinstance(widget, widgets.RelatedFieldWidgetWrapper):
        widget = widget.widget
    if isinstance(widget, LabelledSplitDateTime):
        widget.name_parts(label)
    elif not isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        widget.attrs.setdefault("aria-label", str(label))


class LabelledSplitDateTime(widgets.AdminSplitDateTime):
    """Django's two inputs of a moment, each with a name of its own."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.name_parts("")

    def name_parts(self, label: Label) -> None:
        """Name both inputs, after the field's label where the page shows none beside them."""
        for part, name in zip(self.widgets, (_("Date"), _("Time")), strict=True):
            part.attrs["aria-label"] = f"{label}: {name}" if label else name


def name_inputs(form: forms.BaseForm) -> None:
    """Give every input of a form that is shown as a table row the name of its column."""
    for name, field in form.fields.items():
        name_widget(field.widget, capfirst(field.label or name))


class NamedInputsFormSet(forms.BaseModelFormSet[Any, Any]):
    """Rows that are edited in a list."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        name_inputs(form)


class NamedInputsInlineFormSet(forms.BaseInlineFormSet[Any, Any, Any]):
    """Rows that are edited on the page of the record they belong to."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        name_inputs(form)


class SearchedChoice(widgets.AutocompleteSelect):
    """Django's box that searches as one types; a typed key that is none becomes an error at the field, not a fault."""

    def optgroups(self, name: Any, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if not key or str(key).isdecimal()], attr)


class AccessibleAdmin(BaseModelAdmin[Any]):
    """Every input has a label, and typed text is stored clean (NFC, no invisible characters)."""

    formfield_overrides = {
        models.DateTimeField: {"form_class": forms.SplitDateTimeField, "widget": LabelledSplitDateTime},
        models.CharField: {"form_class": LineField},
        models.TextField: {"form_class": ParagraphsField, "widget": widgets.AdminTextareaWidget({"rows": 3})},
        # These are CharFields too and bring a form field of their own.
        models.SlugField: {},
        models.EmailField: {},
        models.URLField: {"assume_scheme": "https"},
    }

    class Media:
        js = (Script("js/admin-autocomplete-names.js", type="module"),)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SearchedChoice(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class PortalAdmin(AccessibleAdmin, admin.ModelAdmin[Any]):
    """The base of every admin; a refusal of a service is shown as its sentence, nothing is stored."""

    list_per_page = 50
    show_full_result_count = False
    save_on_top = False

    @contextmanager
    def telling_refusals(self, request: HttpRequest) -> Iterator["Outcome"]:
        """Run services in one transaction; a `DomainError` undoes it and becomes a message.

        `outcome.done` afterwards tells whether everything was carried out.
        """
        outcome = Outcome()
        try:
            with transaction.atomic():
                yield outcome
        except DomainError as error:
            outcome.done = False
            self.message_user(request, str(error), messages.ERROR)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        with self.telling_refusals(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(request.get_full_path())

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with self.telling_refusals(request):
            return super().delete_view(request, object_id, extra_context)
        return HttpResponseRedirect(request.get_full_path())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        with self.telling_refusals(request):
            # Django's title names one record; a list is named by all of them.
            title = capfirst(str(self.opts.verbose_name_plural))
            return super().changelist_view(request, {"title": title, **(extra_context or {})})
        return HttpResponseRedirect(request.get_full_path())

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_formset(request, **{"formset": NamedInputsFormSet, **kwargs})


@dataclass
class Outcome:
    """Whether what was asked of the services was carried out."""

    done: bool = True


class HistoryAdmin(SimpleHistoryAdmin, PortalAdmin):
    """An admin whose History page lists every change: who, when, which field, from what to what."""

    object_history_list_template = "simple_history/object_history_list.html"

    def get_urls(self) -> list[URLPattern]:
        # simple-history's page of one old version also reverts to it, on a POST by anybody who may only look.
        return super(SimpleHistoryAdmin, self).get_urls()


class PortalTabularInline(AccessibleAdmin, admin.TabularInline[Any, Any]):
    """Rows of related records; each input is named after its column."""

    formset = NamedInputsInlineFormSet
    template = "admin/portal_tabular.html"
    extra = 0


class PortalStackedInline(AccessibleAdmin, admin.StackedInline[Any, Any]):
    """Related records one below the other."""

    extra = 0
