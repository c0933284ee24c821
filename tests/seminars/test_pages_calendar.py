"""Calendar files and data for search engines, read back by programs that know the format."""

import json
from datetime import UTC, datetime

import pytest
from icalendar import Calendar, Event

from seminars.documents import Method, calendar_event, calendar_file
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db


def events_of(response) -> list[Event]:
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


@pytest.mark.parametrize(("language", "title"), [("ky", "title_ky"), ("ru", "title_ru")])
def test_a_seminar_goes_into_the_calendar_of_a_phone(client, language, title):
    seminar = SeminarFactory(starts_at=datetime(2027, 1, 19, 3, 30, tzinfo=UTC), calendar_sequence=2)
    response = client.get(f"/{language}/seminars/{seminar.slug}/calendar.ics")
    (event,) = events_of(response)
    assert event["SUMMARY"] == getattr(seminar, title)
    assert event["SUMMARY"].params["LANGUAGE"] == language
    assert event["LOCATION"] == f"Бишкек, {getattr(seminar, f'venue_{language}')}"
    assert event.start == datetime(2027, 1, 19, 3, 30, tzinfo=UTC)
    assert event.end == seminar.ends_at
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 2)
    assert event["URL"] == f"http://testserver/{language}/seminars/{seminar.slug}/"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{seminar.slug}.ics"'


def test_the_identity_of_an_entry_is_the_same_in_every_file_and_language(client):
    seminar = SeminarFactory()
    addresses = [
        f"/{language}/seminars/{part}calendar.ics" for language in ("ky", "ru") for part in ("", f"{seminar.slug}/")
    ]
    assert {str(events_of(client.get(address))[0]["UID"]) for address in addresses} == {
        f"seminar-{seminar.pk}@testserver"
    }


def test_the_same_data_give_the_same_file(client):
    seminar = SeminarFactory()
    first = client.get(f"/ky/seminars/{seminar.slug}/calendar.ics")
    assert first.content == client.get(f"/ky/seminars/{seminar.slug}/calendar.ics").content


def test_a_suffix_makes_the_entry_of_one_registration():
    seminar = SeminarFactory()
    event = calendar_event(seminar, "ky", suffix="7", url="http://testserver/ky/x/", description="Сиздин орун")
    assert event["UID"] == f"seminar-{seminar.pk}-7@testserver"
    assert event["URL"] == "http://testserver/ky/x/"
    assert event["DESCRIPTION"] == "Сиздин орун"


def test_a_file_says_what_to_do_with_its_entries():
    file = calendar_file([calendar_event(SeminarFactory(), "ru")], language="ru", method=Method.CANCEL)
    assert Calendar.from_ical(file)["METHOD"] == "CANCEL"


def test_the_feed_has_upcoming_published_seminars_and_says_which_are_cancelled(client):
    kept, cancelled = SeminarFactory(), SeminarFactory(cancelled=True)
    SeminarFactory(past=True)
    SeminarFactory(draft=True)
    events = events_of(client.get("/ky/seminars/calendar.ics"))
    assert {(str(event["SUMMARY"]), str(event["STATUS"])) for event in events} == {
        (kept.title_ky, "CONFIRMED"),
        (cancelled.title_ky, "CANCELLED"),
    }


def test_the_feed_costs_one_query(client, django_assert_num_queries):
    for _number in range(3):
        SeminarFactory()
    with django_assert_num_queries(1):
        client.get("/ky/seminars/calendar.ics")


def test_an_empty_feed_is_a_calendar_too(client):
    assert events_of(client.get("/ru/seminars/calendar.ics")) == []


def test_the_calendar_of_an_unpublished_seminar_is_not_there(client):
    assert client.get(f"/ky/seminars/{SeminarFactory(draft=True).slug}/calendar.ics").status_code == 404


def test_what_staff_typed_never_starts_a_line_of_the_file(client):
    seminar = SeminarFactory(title_ky="Тема\r\nATTENDEE:mailto:x@example.org", purpose_ky="a\r\nEND:VEVENT")
    (event,) = events_of(client.get(f"/ky/seminars/{seminar.slug}/calendar.ics"))
    assert "ATTENDEE" not in event


def test_search_engines_read_the_seminar_as_an_event(client):
    seminar = SeminarFactory(title_ky="Бюджет </script> & ко")
    html = client.get(seminar.get_absolute_url()).content.decode()
    data = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["@type"] == "Event"
    assert data["name"] == seminar.title_ky
    assert datetime.fromisoformat(data["startDate"]) == seminar.starts_at
    assert data["url"] == f"http://testserver/ky/seminars/{seminar.slug}/"
