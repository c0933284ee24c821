"""What the home page shows of seminars: one or two queries a tag."""

from typing import Any

from django import template

from seminars.models import Phase, Seminar

register = template.Library()

NEXT = 4
LATEST = 3


@register.inclusion_tag("seminars/_next_seminars.html")
def next_seminars() -> dict[str, Any]:
    """The next seminars that will be held; the first that takes registrations is shown large."""
    seminars = list(Seminar.objects.published().not_cancelled().upcoming().for_cards()[:NEXT])
    featured = next((seminar for seminar in seminars if seminar.phase in (Phase.OPEN, Phase.FULL)), None)
    return {"featured": featured, "seminars": [seminar for seminar in seminars if seminar != featured]}


@register.inclusion_tag("seminars/_latest_seminars.html")
def latest_seminars() -> dict[str, list[Seminar]]:
    """The seminars that were held last."""
    return {"seminars": list(Seminar.objects.published().not_cancelled().past().for_cards()[:LATEST])}
