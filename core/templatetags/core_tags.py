"""Dates, languages and addresses in templates."""

import re
from datetime import date, datetime

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core import dates
from core.languages import ONLY_IN, LocalizedText, active_language

register = template.Library()

_PREFIX = re.compile(r"^/(?:ky|ru)/")
_BLANK_LINE = re.compile(r"\n\s*\n")
# What a change of language keeps of the query string; anything else is dropped, never echoed.
KEPT_PARAMETERS = ("group", "kind", "language", "page", "q", "seminar", "status", "topic", "year")
_KEPT_VALUE = re.compile(r"[\w -]{1,100}")


@register.filter
def official_date(moment: date | datetime) -> str:
    """The full date as officials write it: `2019-жылдын 19-декабры`."""
    return dates.official_date(moment, active_language())


@register.filter
def official_range(first: date | datetime, last: date | datetime) -> str:
    """From a day to a day, shared parts written once."""
    return dates.official_range(first, last, active_language())


@register.filter
def weekday(moment: date | datetime) -> str:
    """The day of the week, in lower case."""
    return dates.weekday(moment, active_language())


@register.filter
def clock_time(moment: datetime) -> str:
    """Hours and minutes in Bishkek: `09:30`."""
    return dates.clock_time(moment)


@register.filter
def day_number(moment: date | datetime) -> int:
    """The day of the month in Bishkek."""
    return dates.local_day(moment).day


@register.filter
def month_beside_day(moment: date | datetime) -> str:
    """The month as it stands under a big day number: ky `декабрь`, ru `декабря`."""
    names = dates.MONTHS["ky"] if active_language() == "ky" else dates.MONTHS_OF["ru"]
    return names[dates.local_day(moment).month - 1]


@register.filter
def iso_day(moment: date | datetime) -> str:
    """The day in Bishkek for `<time datetime>`: `2019-12-19`."""
    return dates.local_day(moment).isoformat()


@register.filter
def in_own_language(text: str) -> SafeString | str:
    """The text; one in the other language than the page's is marked as such and says so."""
    if not (isinstance(text, LocalizedText) and text.is_foreign):
        return conditional_escape(text)
    return format_html(
        '<span lang="{}">{}</span> <span class="other-language">({})</span>',
        text.language,
        text,
        ONLY_IN[text.language],
    )


@register.filter
def paragraphs(text: str) -> SafeString:
    """Plain text as paragraphs: a blank line parts them; marked when it is in the other language than the page's."""
    parts = [part.strip() for part in _BLANK_LINE.split(str(text).replace("\r\n", "\n")) if part.strip()]
    if not (isinstance(text, LocalizedText) and text.is_foreign):
        return format_html_join("\n", "<p>{}</p>", ((part,) for part in parts))
    sentence = gettext("This text exists only %(in_language)s.") % {"in_language": ONLY_IN[text.language]}
    note = format_html('<p class="other-language">{}</p>', sentence)
    return note + format_html_join("\n", '<p lang="{}">{}</p>', ((text.language, part) for part in parts))


@register.simple_tag(takes_context=True)
def translate_url(context: Context, language: str) -> str:
    """The same page in the other language, with the known parts of its query string; home when it has no twin."""
    request: HttpRequest | None = context.get("request")
    if request is None or not _PREFIX.match(request.path):
        return f"/{language}/"
    return _PREFIX.sub(f"/{language}/", request.path) + kept_query(request.GET)


@register.simple_tag(takes_context=True)
def absolute_url(context: Context, language: str) -> str:
    """The full address of this page in that language, by SITE_URL and never by the Host header."""
    return f"{settings.SITE_URL}{translate_url(context, language)}"


def kept_query(parameters: QueryDict) -> str:
    """The query string of the parameters that pages know and whose values look like theirs, with `?`, or nothing."""
    kept = QueryDict(mutable=True)
    for name in KEPT_PARAMETERS:
        value = parameters.get(name, "")
        if _KEPT_VALUE.fullmatch(value):
            kept[name] = value
    return f"?{kept.urlencode()}" if kept else ""


@register.inclusion_tag("core/_contacts.html")
def contacts() -> dict[str, str]:
    """Who answers for the portal and where to appeal (order 59-р: rules.md, Pages 5)."""
    return {
        "phone": settings.CONTACT_PHONE,
        "email": settings.CONTACT_EMAIL,
        "agency_site": settings.AGENCY_SITE,
        "appeals_url": settings.APPEALS_URL,
        "anticorruption_url": settings.ANTICORRUPTION_URL,
    }
