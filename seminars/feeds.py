"""Calendar files: the feed of upcoming seminars and one seminar's entry."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from core.languages import active_language
from core.pages import public_page
from seminars.documents import calendar_event, calendar_file
from seminars.models import Seminar


@public_page
def calendar(request: HttpRequest) -> HttpResponse:
    """Upcoming published seminars, for calendar programs to subscribe to; cancelled ones say so."""
    language = active_language()
    events = [calendar_event(seminar, language) for seminar in Seminar.objects.published().upcoming()]
    return _file(
        calendar_file(events, language=language, name=gettext("Local self-government seminars")), "seminars.ics"
    )


@public_page
def seminar_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One seminar's calendar entry, to be saved on a phone."""
    seminar = get_object_or_404(Seminar.objects.published(), slug=slug)
    language = active_language()
    return _file(calendar_file([calendar_event(seminar, language)], language=language), f"{seminar.slug}.ics")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
