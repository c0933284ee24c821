"""Staff pages of people and of their terms of office."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core.admin import HistoryAdmin, NamedInputsInlineFormSet, PortalAdmin, PortalTabularInline
from participants import policies
from participants.admin.filters import CurrentFilter, named, of_place
from participants.admin.forms import AnyMunicipalityField
from participants.admin.heads import HeadPages
from participants.admin.importing import HeadImportPages
from participants.admin.merging import MergePages
from participants.forms import PhoneField
from participants.models import Person, Term

if TYPE_CHECKING:
    PersonModelForm = forms.ModelForm[Person]
    TermModelForm = forms.ModelForm[Term]
else:
    PersonModelForm = TermModelForm = forms.ModelForm


class PersonForm(PersonModelForm):
    """A person; the phone is kept as one number that can be called."""

    phone = PhoneField(label=_("Phone"), required=False, max_length=60, help_text=_("For example 0555 123 456."))

    class Meta:
        model = Person
        fields = ("surname", "given_names", "phone", "email", "language")

    def clean_phone(self) -> str:
        """The first number; registrations keep both."""
        numbers = self.cleaned_data["phone"]
        return numbers[0] if numbers else ""


class TermForm(TermModelForm):
    """A term of office; a second head of the same time is refused here, with the constraint's sentence."""

    municipality = AnyMunicipalityField()

    class Meta:
        model = Term
        fields = ("person", "municipality", "post", "is_acting", "starts_on", "ends_on", "basis", "end_reason")

    def _get_validation_exclusions(self) -> set[str]:
        # Whether it is a head follows from the post and is not asked; the constraint needs it all the same.
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's hook
        return exclusions - {"is_head"}


class TermFormSet(NamedInputsInlineFormSet):
    """Terms of one person; two new ones of the same time are compared here, the database knows neither."""

    def clean(self) -> None:
        super().clean()
        heads = [
            form.instance
            for form in self.forms
            if form not in self.deleted_forms and form.has_changed() and form.is_valid() and form.instance.is_head
        ]
        if any(_collide(one, other) for one, other in combinations(heads, 2)):
            raise forms.ValidationError(
                _("This municipality has another head in that period. End that term of office first.")
            )


def _collide(one: Term, other: Term) -> bool:
    return one.municipality_id == other.municipality_id and one.overlaps(other)


class TermInline(PortalTabularInline):
    """Where and when the person held or holds an office."""

    model = Term
    form = TermForm
    formset = TermFormSet
    fields = ("municipality", "post", "is_acting", "starts_on", "ends_on", "basis", "end_reason")


@admin.register(Person)
class PersonAdmin(MergePages, PortalAdmin):
    """People with their terms; whoever is to be forgotten is anonymised, not deleted."""

    form = PersonForm
    list_display = ("full_name", "offices", "phone", "email")
    search_fields = ("folded_name",)
    search_help_text = _("a name in any spelling")
    inlines = (TermInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        return super().get_queryset(request).prefetch_related("terms__post", "terms__municipality")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"may_merge": policies.may_merge(request.user), **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Person], search_term: str
    ) -> tuple[QuerySet[Person], bool]:
        return queryset.filter(named(search_term)), False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("full name"), ordering="surname")
    def full_name(self, person: Person) -> str:
        return person.full_name

    @admin.display(description=_("terms of office"))
    def offices(self, person: Person) -> str:
        return "; ".join(str(term) for term in person.terms.all()) or "—"


@admin.register(Term)
class TermAdmin(HeadImportPages, HeadPages, HistoryAdmin):
    """Who holds and held which office."""

    form = TermForm
    list_display = ("person", "post", "municipality", "is_acting", "starts_on", "ends_on")
    list_filter = (CurrentFilter, "is_acting", "post", "municipality__oblast")
    list_select_related = ("person", "post", "municipality")
    search_fields = ("person__folded_name",)
    search_help_text = _("a name or a municipality in any spelling")
    autocomplete_fields = ("person",)
    fields = ("person", "municipality", ("post", "is_acting"), ("starts_on", "ends_on"), "basis", "end_reason")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Term], search_term: str
    ) -> tuple[QuerySet[Term], bool]:
        text = search_term.strip()
        if not text:
            return queryset, False
        return queryset.filter(named(text, name="person__folded_name") | of_place(text)), False
