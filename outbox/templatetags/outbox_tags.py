"""How the outbox stands, for the start page of the admin and the list of messages."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context

from outbox.models import Message

register = template.Library()


@register.inclusion_tag("outbox/_state.html", takes_context=True)
def outbox_state(context: Context) -> dict[str, Any]:
    """What waits, is in trouble or is to be passed on by hand, for whoever may see messages; nothing for others."""
    if not context["request"].user.has_perm("outbox.view_message"):
        return {"may_view": False}
    return {"may_view": True, "is_configured": settings.EMAIL_IS_CONFIGURED, "standing": Message.objects.standing()}
