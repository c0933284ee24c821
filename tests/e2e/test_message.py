"""The message of a registration, from the form over a real mail server to the page that its link opens."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext
from icalendar import Calendar

from outbox.tasks import send_due_messages
from tests.e2e.heads import answers, municipality_of
from tests.factories.seminars import SeminarFactory
from tests.outbox.conftest import mail_server

__all__ = ["mail_server"]

LINK = re.compile(r"https?://\S+/registrations/[\w-]{22}/")


@pytest.mark.parametrize(
    ("seats", "state", "subject"),
    [(40, "confirmed", "You are registered: %(seminar)s"), (0, "waiting", "You are on the waiting list: %(seminar)s")],
)
def test_the_message_comes_in_the_language_of_the_form_and_leads_back(mail_server, visitor, seats, state, subject):
    seminar = SeminarFactory(seats=seats)
    visitor.open(f"seminars/{seminar.slug}/register/?group=naryn-oblast")
    address = f"{seminar.slug}@example.org"
    visitor.fill(**answers(municipality_of(seminar, "naryn-oblast"), email=address))
    visitor.submit()
    shown = visitor.page.locator("main").inner_text()

    send_due_messages()

    (mail,) = [mail for mail in mail_server.accepted if mail["To"] == address]
    with translation.override(visitor.language):
        words = gettext(subject)
        assert words != subject, "the subject is translated"
        assert mail["Subject"].strip() == words % {"seminar": seminar.title}

    for kind in ("plain", "html"):
        (link,) = set(LINK.findall(mail.get_body((kind,)).get_content()))
        assert visitor.page.goto(link).ok
        assert visitor.state == state
        assert visitor.page.locator("main").inner_text() == shown

    calendars = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert len(calendars) == (1 if state == "confirmed" else 0)
    for part in calendars:
        (event,) = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
        assert event["DTSTART"].dt == seminar.starts_at
        assert link in str(event.get("URL", "")) + str(event.get("DESCRIPTION", ""))
