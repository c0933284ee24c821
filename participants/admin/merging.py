"""People who may be one and the same: found by name, compared side by side, made one by a button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.exceptions import DomainError
from participants import policies
from participants.admin.base import Pages, actor, require
from participants.models import Person
from participants.services.people import merge_people, refuse_two_people

NAMES_ON_A_PAGE = 30


class MergePages(Pages):
    """Mixed into the admin of people."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("duplicates/", wrap(require_safe(self.duplicates_view)), name="participants_duplicates"),
            path("<int:pk>/merge/<int:other>/", wrap(self.merge_view), name="participants_merge"),
            *super().get_urls(),
        ]

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """People of one name, with what they have in common besides."""
        require(policies.may_merge(request.user))
        names = Paginator(Person.objects.names_that_repeat(), NAMES_ON_A_PAGE).get_page(request.GET.get("page"))
        people = Person.objects.filter(folded_name__in=list(names)).order_by("folded_name", "pk")
        groups: dict[str, list[Person]] = {}
        for person in people.with_what_tells_apart():
            groups.setdefault(person.folded_name, []).append(person)
        context = {"page": names, "groups": [(group, _in_common(group)) for group in groups.values()]}
        return self.page(request, "people/duplicates", _("Possible duplicates"), context=context)

    def merge_view(self, request: HttpRequest, pk: int, other: int) -> HttpResponse:
        """Both side by side, and what speaks against; one of them on POST."""
        require(policies.may_merge(request.user))
        people = {row.pk: row for row in Person.objects.with_what_tells_apart().filter(Q(pk=pk) | Q(pk=other))}
        if pk not in people or other not in people:
            raise Http404
        kept, merged = people[pk], people[other]
        refusal = ""
        try:
            if request.method == "POST":
                merge_people(kept=kept, merged=merged, by=actor(request))
                messages.success(request, _("The two are one person now."))
                return HttpResponseRedirect(reverse("admin:participants_person_change", args=[kept.pk]))
            refuse_two_people(kept, merged)
        except DomainError as error:
            refusal = str(error)
        context: dict[str, Any] = {"kept": kept, "merged": merged, "refusal": refusal}
        response = self.page(request, "people/merge", _("Are they one person?"), context=context)
        response.status_code = 409 if refusal and request.method == "POST" else 200
        return response


def _in_common(people: list[Person]) -> list[str]:
    """What else people of one name share, in words."""
    phones = [{row.phone for row in (person, *person.registrations.all())} - {""} for person in people]
    places = [
        {row.municipality_id for row in (*person.terms.all(), *person.registrations.all())} - {None}
        for person in people
    ]
    return [word for sets, word in ((phones, _("the same phone")), (places, _("the same municipality"))) if _meet(sets)]


def _meet(sets: list[set[Any]]) -> bool:
    """Whether any two of them share something."""
    return sum(map(len, sets)) > len(set().union(*sets))
