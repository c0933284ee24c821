"""Registration as other rooms show it: the panel on a seminar's page."""

from typing import Any

from django import template

from participants.emails import messenger_text as messenger_text_of
from participants.models import Registration
from participants.phones import show_phone
from seminars.models import Seminar

register = template.Library()

register.filter("phone", show_phone)


@register.inclusion_tag("participants/_registration_panel.html")
def registration_panel(seminar: Seminar) -> dict[str, Any]:
    """The way to register: nine groups with places left, or why one cannot; expects `blocks` prefetched."""
    blocks = {block.group_id: block for block in seminar.blocks.all()}
    pool = blocks.pop(None, None)
    groups = [
        {"group": group, "left": blocks[group.pk].left if group.pk in blocks else None}
        for group in seminar.groups_that_may_come()
    ]
    return {
        "seminar": seminar,
        "phase": seminar.phase,
        "groups": groups,
        "has_quotas": bool(blocks),
        "pool_left": pool.left if pool else 0,
    }


@register.simple_tag
def messenger_text(registration: Registration) -> str:
    """What a participant or staff can copy into a messenger: what, when, which state, the link."""
    return messenger_text_of(registration)
