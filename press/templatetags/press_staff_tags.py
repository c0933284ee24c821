"""What pages of the admin show of releases; nothing for whoever may not see them before their hour."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from press import policies
from press.models import Release, ReleaseText
from seminars.models import Seminar

register = template.Library()

LATEST = 10


@register.inclusion_tag("admin/press/_seminar_releases.html", takes_context=True)
def seminar_drafts(context: Context, seminar: Seminar) -> dict[str, Any]:
    """The releases of the seminar by language and state, and the click that drafts the one that is due."""
    user = context["request"].user
    if not policies.may_see(user):
        return {"may_see": False}
    found = ReleaseText.objects.filter(release__seminar=seminar).select_related("release")
    texts = list(found.prefetch_related("corrections"))
    due = Release.Kind.RESULT if seminar.ends_at <= timezone.now() else Release.Kind.ANNOUNCEMENT
    has_due = any(text.release.kind == due for text in texts)
    return {
        "may_see": True,
        "seminar": seminar,
        "texts": texts,
        "due": due if policies.may_draft(user) and not has_due and not seminar.is_cancelled else None,
    }


@register.inclusion_tag("admin/press/_waiting_texts.html", takes_context=True)
def waiting_texts(context: Context) -> dict[str, Any]:
    """The texts that wait for somebody of the press centre."""
    if not policies.may_see(context["request"].user):
        return {"texts": []}
    return {"texts": list(ReleaseText.objects.waiting_for_somebody().select_related("release")[:LATEST])}
