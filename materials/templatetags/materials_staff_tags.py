"""What pages of the admin show of the library; one query a tag, nothing for whoever may not see it."""

from typing import Any

from django import template
from django.template.context import Context

from materials import policies
from materials.models import Handout
from seminars.models import Seminar

register = template.Library()


@register.inclusion_tag("admin/materials/_seminar_materials.html", takes_context=True)
def seminar_materials_for_staff(context: Context, seminar: Seminar) -> dict[str, Any]:
    """What the seminar hands out, drafts too, and the way to the page where that is kept."""
    user = context["request"].user
    if not policies.may_see(user):
        return {"may_see": False}
    handouts = Handout.objects.of_seminar(seminar).select_related("session", "edition__document")
    return {
        "may_see": True,
        "may_hand_out": policies.may_hand_out(user),
        "seminar": seminar,
        "handouts": list(handouts),
    }
