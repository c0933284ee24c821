"""What no organiser types on purpose ends in a sentence at the field, never in a fault of ours."""

import pytest

from seminars.models import Seminar
from tests.factories.seminars import SeminarFactory
from tests.seminars.staff_pages import ADD, LIST, page, rows, session, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organiser(client):
    client.force_login(staff("organiser"), backend="django.contrib.auth.backends.ModelBackend")


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at_0": "01.01.0001"},
        {"starts_at_0": "31.12.9999", "ends_at_0": "31.12.9999", "ends_at_1": "23:59"},
        {"starts_at_1": "25:61"},
        {"registration_opens_at_0": "32.13.2031"},
        {"seats_per_municipality": "9" * 20},
        {"seats": "1e5"},
        {"title_ky": "Ачык\x00бюджет"},
        {"title_ky": "х" * 70_000},
        {"format": "nope"},
        {"topics": ["abc"]},
        {"series": "9" * 25},
        {"online_url": "http://" + "a" * 300},
        {"sessions": [session(day="01.01.0001")]},
        {**rows("sessions"), "sessions-TOTAL_FORMS": "abc"},
        {**rows("sessions"), "sessions-TOTAL_FORMS": "99999"},
        {"contributors": [{"role": "nobody", "organisation": "7", "project": "1", "position": "-1"}]},
    ],
)
def test_on_the_page_of_a_seminar(client, change):
    response = client.post(ADD, page(**change))
    assert response.status_code in {200, 302, 400}
    assert Seminar.objects.count() == (response.status_code == 302)


@pytest.mark.parametrize("year", ["0001", "0027", "1231", "9999"])
def test_a_year_that_nobody_means_is_refused_at_the_field(client, year):
    response = client.post(ADD, page(starts_at_0=f"10.03.{year}", ends_at_0=f"10.03.{year}"))
    assert {"starts_at", "ends_at"} <= set(response.context["adminform"].form.errors)


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "a" * 5000,
        "topics__id__exact=abc",
        "series__id__exact=" + "9" * 22,
        "year=abc",
        "p=-1",
        "o=99.9",
    ],
)
def test_in_the_query_of_the_list(client, query):
    SeminarFactory()
    assert client.get(f"{LIST}?{query}").status_code in {200, 302, 400}


def test_the_list_does_not_search_people_through_the_address(client):
    assert client.get(f"{LIST}?registrations__full_name__icontains=a").status_code in {302, 400}


@pytest.mark.parametrize("pk", ["abc", "0", "9" * 25])
def test_in_the_address_of_a_seminar(client, pk):
    assert client.get(f"{LIST}{pk}/copy/").status_code in {302, 404}
    assert client.get(f"{LIST}{pk}/change/").status_code in {302, 404}
