"""What is made of a seminar for other programs: calendar entries and data for search engines."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from icalendar import Calendar, Event, vText

from core.languages import LocalizedText, text_in
from seminars.models import Seminar


class Method(TextChoices):
    """What a calendar program is to do with the entries (RFC 5546)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def calendar_event(seminar: Seminar, language: str, *, suffix: str = "", url: str = "", description: str = "") -> Event:
    """The seminar as a calendar entry in that language, times in UTC.

    The UID is the same for ever; `suffix` makes it one registration's own. SEQUENCE grows when date or place change.
    `url` and `description` replace those of the public page.
    """
    event = Event()
    event.add("uid", "-".join(filter(None, ["seminar", str(seminar.pk), suffix])) + f"@{_host()}")
    event.add("dtstamp", _changed_at(seminar).astimezone(UTC))
    event.add("sequence", seminar.calendar_sequence)
    event.add("dtstart", seminar.starts_at.astimezone(UTC))
    event.add("dtend", seminar.ends_at.astimezone(UTC))
    event.add("status", "CANCELLED" if seminar.is_cancelled else "CONFIRMED")
    event["summary"] = _text(text_in(seminar, "title", language))
    if place := place_of(seminar, language):
        event["location"] = _text(place)
    if about := description or text_in(seminar, "purpose", language):
        event.add("description", about)
    event.add("url", url or public_address(seminar, language))
    return event


def calendar_file(events: Iterable[Event], *, language: str, name: str = "", method: Method = Method.PUBLISH) -> bytes:
    """An iCalendar file of the entries; `name` is what a calendar program calls a feed that people subscribe to."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{_host()}//seminars//{language.upper()}")
    calendar.add("method", method.value)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for event in events:
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def public_address(seminar: Seminar, language: str) -> str:
    """The full address of the seminar's page in that language, by SITE_URL."""
    with translation.override(language):
        return f"{settings.SITE_URL}{seminar.get_absolute_url()}"


def place_of(seminar: Seminar, language: str) -> LocalizedText:
    """Town and venue in one line; online seminars say so."""
    if not seminar.has_hall:
        with translation.override(language):
            return LocalizedText(gettext("Online"), language)
    city, venue = text_in(seminar, "city", language), text_in(seminar, "venue", language)
    return LocalizedText(", ".join(filter(None, [city, venue])), (venue or city).language)


def structured_data(seminar: Seminar, language: str) -> SafeString:
    """The seminar as schema.org Event: JSON that is safe inside a script element."""
    attendance = {
        Seminar.Format.IN_PERSON: "Offline",
        Seminar.Format.ONLINE: "Online",
        Seminar.Format.HYBRID: "Mixed",
    }[Seminar.Format(seminar.format)]
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": text_in(seminar, "title", language),
        "description": text_in(seminar, "purpose", language),
        "startDate": seminar.starts_at.astimezone(UTC).isoformat(),
        "endDate": seminar.ends_at.astimezone(UTC).isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if seminar.is_cancelled else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{attendance}EventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": place_of(seminar, language),
            "address": text_in(seminar, "city", language),
        },
        "url": public_address(seminar, language),
        "inLanguage": seminar.languages,
    }
    escapes = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(escapes))  # noqa: S308  escaped just above


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _changed_at(seminar: Seminar) -> datetime:
    return seminar.cancelled_at or seminar.published_at or seminar.starts_at


def _text(text: LocalizedText) -> vText:
    return vText(text, params={"LANGUAGE": text.language})
