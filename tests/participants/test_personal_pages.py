"""The personal page of a registration: reached by its link alone, kept nowhere, changed by POST only."""

import re

import pytest
from django.utils import timezone
from icalendar import Calendar

from outbox.models import Message
from participants import services
from participants.models import Registration, StaffTask
from seminars.models import Seminar
from tests.factories.participants import HOLDER, register
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seminar():
    return SeminarFactory(seats=1)


def test_cancelling_asks_first_then_frees_the_seat(client, seminar, municipality):
    registration = register(seminar, municipality)
    url = f"/ky/registrations/{registration.token}/cancel/"

    asked = client.get(url)
    registration.refresh_from_db()
    assert (asked.status_code, registration.state) == (200, "confirmed")
    page = client.post(url, follow=True)

    assert re.search(r'<main[^>]* data-state="cancelled"', page.content.decode())
    assert seminar.blocks.get().taken == 0


@pytest.mark.parametrize("page", ["", "calendar.ics", "cancel/", "contacts/", "about/"])
def test_one_letter_off_in_the_token_is_a_404(client, seminar, municipality, page):
    token = register(seminar, municipality).token
    wrong = ("A" if token[0] != "A" else "B") + token[1:]

    assert client.get(f"/ky/registrations/{wrong}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["", "cancel/", "contacts/", "about/"])
def test_personal_pages_are_kept_nowhere(client, seminar, municipality, page):
    response = client.get(f"/ky/registrations/{register(seminar, municipality).token}/{page}")

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert 'content="noindex"' in response.content.decode()


def test_get_and_head_change_nothing(client, seminar, municipality):
    registration = register(seminar, municipality)
    before = Registration.objects.values().get()
    for page in ("", "cancel/", "contacts/", "about/", "calendar.ics"):
        client.get(f"/ky/registrations/{registration.token}/{page}")
        client.head(f"/ky/registrations/{registration.token}/{page}")

    assert Registration.objects.values().get() == before


def test_the_holder_corrects_phone_and_e_mail(client, seminar, municipality):
    registration = register(seminar, municipality)
    url = f"/ky/registrations/{registration.token}/contacts/"

    bad = client.post(url, {"phone": "1", "email": "new@example.org"})
    good = client.post(url, {"phone": "0777/0500 12-34-56", "email": "new@example.org"}, follow=True)

    registration.refresh_from_db()
    assert bad.status_code == 422
    assert "new@example.org" in bad.content.decode()
    assert (registration.phone, registration.phone_other) == ("+996777123456", "+996500123456")
    assert "+996 500 123 456" in good.content.decode()


def test_sex_and_age_are_asked_afterwards_and_optional(client, seminar, municipality):
    registration = register(seminar, municipality)

    client.post(f"/ky/registrations/{registration.token}/about/", {"sex": "female", "age_band": ""})

    registration.refresh_from_db()
    assert (registration.sex, registration.age_band) == ("female", "")


def test_the_calendar_file_has_a_uid_that_stays(client, seminar, municipality):
    registration = register(seminar, municipality)
    url = f"/ky/registrations/{registration.token}/calendar.ics"

    first = Calendar.from_ical(client.get(url).content).walk("VEVENT")[0]
    services.cancel(registration=registration, by=HOLDER)
    second = Calendar.from_ical(client.get(url).content)

    assert second["METHOD"] == "CANCEL"
    assert second.walk("VEVENT")[0]["UID"] == first["UID"]
    assert first["SUMMARY"] == seminar.title_ky


def test_asking_for_the_link_answers_the_same_whether_known_or_not(client, seminar, municipality):
    registration = register(seminar, municipality, email="known@example.org")
    Message.objects.all().delete()

    known = client.post("/ky/registrations/find/", {"contact": "Known@Example.org"}).content.decode()
    unknown = client.post("/ky/registrations/find/", {"contact": "other@example.org"}).content.decode()

    assert known.replace("Known@Example.org", "") == unknown.replace("other@example.org", "")
    assert Message.objects.get().about == f"registration:{registration.pk}"


def test_asking_by_phone_without_e_mail_becomes_a_task_for_staff(client, seminar, municipality):
    register(seminar, municipality, email="", phones=("+996555000012",))

    client.post("/ky/registrations/find/", {"contact": "0555 000-012"})

    assert StaffTask.objects.open().get().kind == "link_by_hand"


def test_asking_too_often_is_slowed(client):
    answers = [client.post("/ky/registrations/find/", {"contact": f"a{n}@example.org"}).status_code for n in range(11)]

    assert answers == [200] * 10 + [429]


def test_a_cancelled_seminar_says_so_on_the_page_of_the_registration(client, seminar, municipality):
    registration = register(seminar, municipality)
    Seminar.objects.filter(pk=seminar.pk).update(cancelled_at=timezone.now(), notice_ky="Жол жабылды.")

    page = client.get(f"/ky/registrations/{registration.token}/").content.decode()

    assert "Жол жабылды." in page
    assert "/cancel/" not in page
