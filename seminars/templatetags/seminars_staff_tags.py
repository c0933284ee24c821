"""What the start page of the admin shows of seminars."""

from typing import Any

from django import template
from django.template.context import Context

from seminars.models import Seminar

register = template.Library()

NEXT = 6


@register.inclusion_tag("admin/seminars/_next_seminars.html", takes_context=True)
def staff_next_seminars(context: Context) -> dict[str, Any]:
    """The next seminars, drafts too, for whoever may see seminars; nothing for others."""
    user = context["request"].user
    if not user.has_perm("seminars.view_seminar"):
        return {"may_view": False}
    return {
        "may_view": True,
        "may_add": user.has_perm("seminars.add_seminar"),
        "seminars": list(Seminar.objects.upcoming().with_seats().for_cards()[:NEXT]),
    }
