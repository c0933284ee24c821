"""Releases as other rooms show them: on the home page and on a seminar's page; one query a tag."""

from typing import Any

from django import template

from core.languages import active_language
from press.documents import summary
from press.models import ReleaseText
from seminars.models import Seminar

register = template.Library()

LATEST = 3

register.filter("summary", summary)


def _standing() -> Any:
    return ReleaseText.objects.standing().in_language(active_language()).newest_first().select_related("release")


@register.inclusion_tag("press/_latest_releases.html")
def latest_releases() -> dict[str, Any]:
    """The latest releases in the page's language."""
    return {"texts": list(_standing()[:LATEST])}


@register.inclusion_tag("press/_seminar_releases.html")
def seminar_releases(seminar: Seminar) -> dict[str, Any]:
    """What was released about the seminar, in the page's language."""
    return {"texts": list(_standing().filter(release__seminar=seminar))}
