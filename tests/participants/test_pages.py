"""The public pages of registering over HTTP: two pages, six fields, nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from outbox.models import Message
from participants import services
from participants.models import Registration, StaffTask
from seminars.models import Seminar
from tests.factories.participants import entry_for, post, register
from tests.factories.regions import DistrictFactory, MunicipalityFactory
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seminar():
    return SeminarFactory(seats=1)


@pytest.fixture
def municipality():
    post()
    return MunicipalityFactory()


def form_url(seminar, municipality, language="ky"):
    return f"/{language}/seminars/{seminar.slug}/register/?group={municipality.oblast.uid}"


def fields(municipality, /, **changes):
    given = {
        "municipality": municipality.pk,
        "post": post().pk,
        "full_name": "Үлгүбаева Гүлзат Үсөновна",
        "phone": "0555 000 012",
        "email": "head@example.org",
        "consent": "on",
        "key": "6e9f3a52-64f3-4f0c-9c1c-0a4f9f3b2d11",
    }
    return {**given, **changes}


def key_in(html):
    return re.search(r'name="key" value="([0-9a-f-]{36})"', html)[1]


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_a_head_registers_in_two_pages_and_six_fields_and_comes_to_a_page_of_his_own(
    client, seminar, municipality, language
):
    first = client.get(f"/{language}/seminars/{seminar.slug}/")
    assert form_url(seminar, municipality, language) in first.content.decode()
    second = client.get(form_url(seminar, municipality, language))
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', second.content.decode()))
    assert names - {"csrfmiddlewaretoken", "key"} == {"municipality", "post", "full_name", "phone", "email", "consent"}

    result = client.post(
        form_url(seminar, municipality, language),
        fields(municipality, key=key_in(second.content.decode())),
        follow=True,
    )

    registration = Registration.objects.get()
    assert result.redirect_chain == [(f"/{language}/registrations/{registration.token}/", 302)]
    html = result.content.decode()
    assert re.search(r'<main[^>]* data-state="confirmed"', html)
    assert "Үлгүбаева Гүлзат Үсөновна" in html
    assert "+996 555 000 012" in html
    assert registration.language == language


def test_who_finds_the_hall_full_reads_the_place_and_why(client, seminar, municipality):
    register(seminar, MunicipalityFactory())

    page = client.post(form_url(seminar, municipality), fields(municipality), follow=True)

    html = page.content.decode()
    assert re.search(r'<main[^>]* data-state="waiting"', html)
    assert "1" in re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)[1]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("municipality", ""),
        ("municipality", "999999"),
        ("municipality", "1 OR 1=1"),
        ("post", ""),
        ("full_name", ""),
        ("full_name", "\u202e\u200b"),
        ("full_name", "я" * 70_000),
        ("phone", ""),
        ("phone", "12345"),
        ("phone", "позвоните мне"),
        ("phone", "0555 000 012 " * 9),
        ("email", "not an address"),
        ("email", "a@b.kg\r\nBcc: all@example.org"),
        ("consent", ""),
    ],
)
def test_bad_input_is_named_at_the_field_and_everything_else_is_kept(client, seminar, municipality, field, value):
    given = fields(municipality, **{field: value})

    page = client.post(form_url(seminar, municipality), given)

    html = page.content.decode()
    assert page.status_code == 422
    assert 'role="alert"' in html
    assert f'id="error_1_id_{field}"' in html
    assert not Registration.objects.exists()
    kept = {"full_name", "phone", "email"} - {field}
    assert all(given[name] in html for name in kept)


def test_a_municipality_of_another_oblast_is_refused(client, seminar, municipality):
    other = MunicipalityFactory()

    page = client.post(form_url(seminar, municipality), fields(municipality, municipality=other.pk))

    assert page.status_code == 422
    assert not Registration.objects.exists()


def test_extra_fields_change_nothing(client, seminar, municipality):
    register(seminar, MunicipalityFactory())

    client.post(form_url(seminar, municipality), fields(municipality, state="confirmed", block="1", slot="1"))

    assert Registration.objects.latest("pk").state == "waiting"


def test_hostile_markup_comes_out_as_text(client, seminar, municipality):
    name = "<script>alert(1)</script> {{ 7|add:7 }} Асан"

    page = client.post(form_url(seminar, municipality), fields(municipality, full_name=name), follow=True)

    html = page.content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:7 }} Асан" in html


def test_letters_typed_in_pieces_are_stored_whole(client, seminar, municipality):
    client.post(form_url(seminar, municipality), fields(municipality, full_name="Чои\u0306баев  Асан"))

    assert Registration.objects.get().full_name == "Чойбаев Асан"


def test_submitting_the_same_form_again_shows_the_same_page(client, seminar, municipality):
    first = client.post(form_url(seminar, municipality), fields(municipality))
    second = client.post(form_url(seminar, municipality), fields(municipality))

    assert first.url == second.url
    assert Registration.objects.count() == 1


def test_the_same_person_on_another_form_gets_the_link_again_and_nobodys_page(client, seminar, municipality):
    client.post(form_url(seminar, municipality), fields(municipality))

    page = client.post(form_url(seminar, municipality), fields(municipality, key=""))

    registration = Registration.objects.get()
    assert page.status_code == 200
    assert 'data-state="known"' in page.content.decode()
    assert registration.token not in page.content.decode()
    assert Message.objects.filter(about=f"registration:{registration.pk}").count() == 2


def test_a_second_person_learns_the_holders_post_and_never_the_name(client, seminar, municipality):
    holder = register(seminar, municipality, full_name="Мисалбаев Жашыруун")

    page = client.post(form_url(seminar, municipality), fields(municipality))

    html = page.content.decode()
    assert page.status_code == 409
    assert "Мисалбаев" not in html
    assert holder.post_title_ky in html
    assert "Үлгүбаева Гүлзат Үсөновна" in html


def test_a_second_person_may_stand_by_from_the_same_form(client, seminar, municipality):
    register(seminar, municipality)

    page = client.post(form_url(seminar, municipality), fields(municipality, intent="stand_by"), follow=True)

    assert re.search(r'<main[^>]* data-state="waiting"', page.content.decode())


def test_a_second_person_may_ask_for_the_seat(client, seminar, municipality):
    register(seminar, municipality)

    page = client.post(form_url(seminar, municipality), fields(municipality, intent="replacement"))

    assert 'data-state="asked"' in page.content.decode()
    assert StaffTask.objects.open().get().kind == "replacement"
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "dates"),
    [
        ("not_open", {"registration_opens_at": timezone.now() + timedelta(days=1)}),
        ("closed", {"registration_closes_at": timezone.now() - timedelta(days=1)}),
        ("cancelled", {"cancelled_at": timezone.now()}),
        ("past", {"days_ahead": -30}),
    ],
)
@pytest.mark.parametrize("language", ["ky", "ru"])
def test_a_seminar_that_is_not_open_has_a_clear_page(client, municipality, state, dates, language):
    seminar = SeminarFactory(**dates)

    page = client.get(form_url(seminar, municipality, language))
    posted = client.post(form_url(seminar, municipality, language), fields(municipality))

    assert re.search(rf'<main[^>]* data-state="{state}"', page.content.decode())
    assert posted.status_code == 409
    assert not Registration.objects.exists()


def test_an_unpublished_seminar_is_not_there(client, municipality):
    assert client.get(form_url(SeminarFactory(published_at=None), municipality)).status_code == 404


def test_without_a_group_the_page_offers_the_groups(client, seminar, municipality):
    for query in ("", "?group=", "?group=nowhere", "?group__uid=1"):
        page = client.get(f"/ky/seminars/{seminar.slug}/register/{query}")
        assert form_url(seminar, municipality) in page.content.decode()


def test_a_form_without_its_csrf_token_is_refused(seminar, municipality):
    assert (
        Client(enforce_csrf_checks=True).post(form_url(seminar, municipality), fields(municipality)).status_code == 403
    )


def test_the_form_asks_the_database_equally_often_for_one_and_for_many_municipalities(
    client, seminar, municipality, django_assert_num_queries
):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            client.get(form_url(seminar, municipality))
        return len(captured)

    one = queries()
    for district in DistrictFactory.create_batch(3, oblast=municipality.oblast):
        MunicipalityFactory.create_batch(3, oblast=municipality.oblast, district=district)

    assert queries() == one


def test_no_visitor_gets_a_session_or_a_cookie_besides_csrf(client, seminar, municipality):
    client.get(form_url(seminar, municipality))
    client.post(form_url(seminar, municipality), fields(municipality), follow=True)

    assert set(client.cookies) <= {"csrftoken"}


def test_an_entry_of_staff_may_come_before_and_after_the_public_window(seminar, municipality):
    from accounts.models import User
    from participants.actors import Actor

    Seminar.objects.filter(pk=seminar.pk).update(registration_closes_at=timezone.now())
    staff = Actor("phone", user=User.objects.create_user("organiser"))

    registration = services.register(seminar=seminar, entry=entry_for(municipality), by=staff)

    assert registration.transitions.get().channel == "phone"


def test_in_an_online_seminar_everybody_takes_part_at_once(client, municipality):
    seminar = SeminarFactory(seats=0, format="online", online_url="https://meet.example.org/room")

    page = client.post(form_url(seminar, municipality), fields(municipality), follow=True).content.decode()

    assert re.search(r'<main[^>]* data-state="confirmed"', page)
    assert "https://meet.example.org/room" in page


def test_in_a_hybrid_seminar_one_may_take_part_online_when_the_hall_is_full(client, municipality):
    seminar = SeminarFactory(seats=0, format="hybrid", online_url="https://meet.example.org/room")
    hall = client.get(form_url(seminar, municipality)).content.decode()
    assert "&amp;mode=online" in hall

    page = client.post(form_url(seminar, municipality) + "&mode=online", fields(municipality), follow=True)

    assert re.search(r'<main[^>]* data-state="confirmed"', page.content.decode())


def test_asking_for_online_where_there_is_only_a_hall_changes_nothing(client, municipality):
    seminar = SeminarFactory(seats=0)

    client.post(form_url(seminar, municipality) + "&mode=online", fields(municipality))

    assert Registration.objects.get().state == "waiting"


@pytest.mark.parametrize(("letters", "status"), [(100, 302), (101, 422), (150, 422), (70_000, 422)])
def test_one_endless_word_for_a_name_is_an_error_at_its_field(client, seminar, municipality, letters, status):
    answer = client.post(form_url(seminar, municipality), fields(municipality, full_name="Ү" * letters))
    assert answer.status_code == status
    assert Registration.objects.count() == (status == 302)
