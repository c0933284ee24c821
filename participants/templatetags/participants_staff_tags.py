"""What pages of the admin show of people and registrations; one query a tag, nothing for whoever may not see it."""

from typing import Any

from django import template
from django.db.models import Count, Q
from django.template.context import Context

from participants import policies
from participants.models import Registration, StaffTask, Term
from participants.states import State
from regions.models import Municipality
from seminars.models import Seminar

register = template.Library()

LATEST = 10


@register.inclusion_tag("admin/participants/_fresh_registrations.html", takes_context=True)
def staff_fresh_registrations(context: Context) -> dict[str, Any]:
    """The latest registrations; no names, they are on the pages behind the links."""
    if not policies.may_see_people(context["request"].user):
        return {"may_view": False}
    return {"may_view": True, "registrations": list(Registration.objects.select_related("seminar")[:LATEST])}


@register.inclusion_tag("admin/participants/_open_tasks.html", takes_context=True)
def staff_open_tasks(context: Context) -> dict[str, Any]:
    """What waits for a person to settle it, the oldest first."""
    user = context["request"].user
    if not (policies.may_see_people(user) and user.has_perm("participants.view_stafftask")):
        return {"may_view": False}
    tasks = StaffTask.objects.open().select_related("registration__seminar")
    return {"may_view": True, "tasks": list(tasks[:LATEST])}


@register.inclusion_tag("admin/participants/_seminar_registrations.html", takes_context=True)
def seminar_registrations(context: Context, seminar: Seminar) -> dict[str, Any]:
    """How many are registered for the seminar, by state, and the ways to their lists."""
    user = context["request"].user
    numbers = dict(seminar.registrations.order_by().values_list("state").annotate(number=Count("pk")))
    return {
        "seminar": seminar,
        "counts": [(state.value, state.label, numbers[state.value]) for state in State if state.value in numbers],
        "may_see_people": policies.may_see_people(user),
        "may_enter": policies.may_enter(user),
    }


@register.inclusion_tag("admin/participants/_seminar_invitations.html", takes_context=True)
def seminar_invitations(context: Context, seminar: Seminar) -> dict[str, Any]:
    """How many offices are invited and have answered, and the ways to invite, to the board and to coordinators."""
    user = context["request"].user
    if not policies.may_read_answers(user):
        return {"may_read": False}
    return {
        "may_read": True,
        "seminar": seminar,
        "may_invite": policies.may_invite(user),
        "may_give_links": policies.may_give_links(user),
        "numbers": seminar.invitations.standing().aggregate(
            invited=Count("pk"), answered=Count("pk", filter=~Q(answer="")), silent=Count("pk", filter=Q(answer=""))
        ),
    }


@register.inclusion_tag("admin/participants/_municipality_head.html", takes_context=True)
def municipality_head(context: Context, municipality: Municipality) -> dict[str, Any]:
    """Who heads the municipality today; or that the office is vacant."""
    user = context["request"].user
    if not policies.may_see_terms(user):
        return {"may_view": False}
    terms = Term.objects.current().heads().filter(municipality=municipality).select_related("person", "post")
    return {
        "may_view": True,
        "may_change": policies.may_change_terms(user),
        "municipality": municipality,
        "terms": list(terms),
    }
