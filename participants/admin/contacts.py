"""Staff pages of how offices are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import PortalAdmin
from participants.admin.filters import of_place
from participants.admin.forms import AnyMunicipalityField
from participants.forms import PhoneField
from participants.models import OfficeContact

if TYPE_CHECKING:
    ContactModelForm = forms.ModelForm[OfficeContact]
else:
    ContactModelForm = forms.ModelForm


class OfficeContactForm(ContactModelForm):
    """The reception of an office; the phone is kept as one number that can be called."""

    municipality = AnyMunicipalityField()
    phone = PhoneField(label=_("Phone"), required=False, max_length=60, help_text=_("For example 0312 123 456."))

    class Meta:
        model = OfficeContact
        fields = ("municipality", "phone", "email", "language")

    def clean_phone(self) -> str:
        """The first number."""
        numbers = self.cleaned_data["phone"]
        return numbers[0] if numbers else ""


@admin.register(OfficeContact)
class OfficeContactAdmin(PortalAdmin):
    """Phone and e-mail of the office, used where the head's own are not known or nobody heads it."""

    form = OfficeContactForm
    list_display = ("office", "phone", "email", "language")
    list_filter = ("municipality__oblast", "language")
    list_select_related = ("municipality__district", "municipality__oblast")
    search_fields = ("email",)
    search_help_text = _("a municipality in any spelling, or an e-mail")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[OfficeContact], search_term: str
    ) -> tuple[QuerySet[OfficeContact], bool]:
        text = search_term.strip()
        if not text:
            return queryset, False
        return queryset.filter(email__icontains=text) if "@" in text else queryset.filter(of_place(text)), False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("municipality"), ordering="municipality__name_ru")
    def office(self, contact: OfficeContact) -> str:
        return contact.municipality.full_name
