"""Who heads which municipality: the list with its vacancies, and a change of head."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from core.exceptions import DomainError
from core.forms import LineField
from participants import policies
from participants.actors import Actor
from participants.addressees import ACTING
from participants.admin.base import Pages, actor, require
from participants.admin.lists import WORKBOOK
from participants.documents.heads import heads_workbook
from participants.exceptions import NobodyInOffice
from participants.forms import PhoneField
from participants.models import Disclosure, Person, Term
from participants.names import LONGEST_NAME
from participants.services.people import appoint, end_term
from regions.models import Municipality, Oblast, Post

LONGEST_NOTE = 200
NEW = "new"


class HeadsFilterForm(forms.Form):
    """Which municipalities the list shows."""

    oblast = forms.ModelChoiceField(
        Oblast.objects.all(),
        to_field_name="uid",
        label=gettext_lazy("Oblast"),
        required=False,
        empty_label=gettext_lazy("the whole country"),
    )
    vacant = forms.BooleanField(label=gettext_lazy("Only where nobody is in office"), required=False)


class HeadForm(forms.Form):
    """One of the two things that happen to an office."""

    def carry_out(self, unit: Municipality, by: Actor) -> str:
        """Do it; return what was done, in a sentence."""
        raise NotImplementedError


class AppointForm(HeadForm):
    """Who begins to head a municipality; people of that name are offered, never taken for the same."""

    full_name = LineField(label=gettext_lazy("Full name of the new head"), min_length=2, max_length=LONGEST_NAME)
    person = forms.ChoiceField(label=gettext_lazy("Who it is"), widget=forms.RadioSelect)
    post = forms.ModelChoiceField(
        Post.objects.filter(is_head=True).exclude(uid=ACTING), label=gettext_lazy("Post"), empty_label=None
    )
    is_acting = forms.BooleanField(label=capfirst(gettext_lazy("acting")), required=False)
    starts_on = forms.DateField(label=capfirst(gettext_lazy("in office from")), widget=AdminDateWidget)
    basis = LineField(
        label=capfirst(gettext_lazy("basis: order, number, date")), required=False, max_length=LONGEST_NOTE
    )
    ended_because = LineField(
        label=gettext_lazy("Why the one before leaves"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("That term ends on the same day."),
    )
    phone = PhoneField(label=gettext_lazy("Mobile phone"), required=False, max_length=60)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=150)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="appoint", initial={"starts_on": timezone.localdate()})
        name = self["full_name"].data or ""
        self.known = {str(person.pk): person for person in _of_name(name)} if data else {}
        if self.known:
            choices = [(key, _who(person)) for key, person in self.known.items()]
            field = cast(forms.ChoiceField, self.fields["person"])
            field.choices = [*choices, (NEW, _("somebody new of the same name"))]
            field.error_messages["required"] = _("The register knows people of this name. Say who it is.")
        else:
            del self.fields["person"]

    def carry_out(self, unit: Municipality, by: Actor) -> str:
        """Appoint who was chosen, or somebody new; contacts that were given replace the old ones."""
        data = self.cleaned_data
        person = self.known.get(data.get("person", NEW)) or Person.from_full_name(data["full_name"])
        person.phone = data["phone"][0] if data["phone"] else person.phone
        person.email = data["email"] or person.email
        given = {name: data[name] for name in ("post", "is_acting", "starts_on", "basis", "ended_because")}
        appoint(municipality=unit, person=person, by=by, **given)
        return _("%(person)s heads the municipality.") % {"person": person}


class EndForm(HeadForm):
    """The head leaves and nobody follows yet."""

    on = forms.DateField(label=gettext_lazy("First day out of office"), widget=AdminDateWidget)
    reason = LineField(label=capfirst(gettext_lazy("why it ended")), max_length=LONGEST_NOTE)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="end", initial={"on": timezone.localdate()})

    def carry_out(self, unit: Municipality, by: Actor) -> str:
        """End the term of who heads the municipality. Raises NobodyInOffice."""
        head = _head_of(unit)
        if head is None:
            raise NobodyInOffice
        end_term(term=head, on=self.cleaned_data["on"], reason=self.cleaned_data["reason"], by=by)
        return _("The term of office is ended.")


class HeadPages(Pages):
    """Mixed into the admin of terms."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("heads/", wrap(require_safe(self.heads_view)), name="participants_heads"),
            path("heads.xlsx", wrap(require_safe(self.heads_workbook_view)), name="participants_heads_workbook"),
            path("heads/<int:municipality>/", wrap(self.change_head_view), name="participants_change_head"),
            *super().get_urls(),
        ]

    def heads_view(self, request: HttpRequest) -> HttpResponse:
        """Every municipality with its head or a vacancy."""
        require(policies.may_see_terms(request.user))
        units, form = _chosen(request)
        terms = Term.objects.on(timezone.localdate()).heads().by_municipality(units)
        rows = [(unit, terms.get(unit.pk)) for unit in units]
        vacancies = len(units) - len(terms)
        if form.cleaned_data.get("vacant"):
            rows = [row for row in rows if row[1] is None]
        self._note(request, Disclosure.Form.SCREEN, len(rows))
        context = {
            "rows": rows,
            "form": form,
            "total": len(units),
            "vacancies": vacancies,
            "may_change": policies.may_change_terms(request.user),
        }
        return self.page(request, "people/heads", _("Heads of municipalities"), context=context)

    def heads_workbook_view(self, request: HttpRequest) -> HttpResponse:
        """The same list to take away and to read back."""
        require(policies.may_see_terms(request.user))
        units, _form = _chosen(request)
        self._note(request, Disclosure.Form.WORKBOOK, len(units))
        response = HttpResponse(heads_workbook(units), content_type=WORKBOOK)
        response.headers["Content-Disposition"] = f'attachment; filename="heads-{timezone.localdate()}.xlsx"'
        return response

    def change_head_view(self, request: HttpRequest, municipality: int) -> HttpResponse:
        """Who heads the municipality and headed it; another head, or a vacancy."""
        require(policies.may_change_terms(request.user))
        unit = get_object_or_404(Municipality.objects.with_names(), pk=municipality)
        intent = request.POST.get("intent", "") if request.method == "POST" else ""
        forms_of: dict[str, HeadForm] = {
            name: form_class(request.POST if intent == name else None)
            for name, form_class in (("appoint", AppointForm), ("end", EndForm))
        }
        form, status = forms_of.get(intent), 200
        if form is not None:
            status = 422
            if form.is_valid():
                try:
                    messages.success(request, form.carry_out(unit, actor(request)))
                    return HttpResponseRedirect(request.path)
                except DomainError as refusal:
                    form.add_error(None, str(refusal))
                    status = 409
        context = {
            **forms_of,
            "unit": unit,
            "head": _head_of(unit),
            "terms": unit.terms.heads().select_related("person", "post"),
            "media": self.media + forms_of["appoint"].media,
        }
        response = self.page(request, "people/change_head", _("Change of head"), context=context)
        response.status_code = status
        return response

    def _note(self, request: HttpRequest, form: Disclosure.Form, rows: int) -> None:
        Disclosure.objects.note(form, by=cast(User, request.user), rows=rows)


def _head_of(unit: Municipality) -> Term | None:
    return Term.objects.current().heads().filter(municipality=unit).select_related("person", "post").first()


def _chosen(request: HttpRequest) -> tuple[list[Municipality], HeadsFilterForm]:
    """The municipalities of the oblast that was chosen; an unknown one is the whole country."""
    form = HeadsFilterForm(request.GET)
    form.is_valid()
    units = Municipality.objects.alive().with_names().by_name()
    oblast = form.cleaned_data.get("oblast")
    return list(units.of_group(oblast) if oblast else units), form


def _of_name(full_name: str) -> list[Person]:
    return list(Person.objects.named(full_name).with_what_tells_apart().order_by("pk")[:20]) if full_name else []


def _who(person: Person) -> str:
    """A person with what tells namesakes apart."""
    offices = "; ".join(f"{term.municipality.full_name}, {_span(term)}" for term in person.terms.all())
    return ": ".join(part for part in (person.full_name, offices or person.phone) if part)


def _span(term: Term) -> str:
    first, last = (f"{day:%d.%m.%Y}" if day else "…" for day in (term.starts_on, term.ends_on))
    return f"{first}–{last}"
