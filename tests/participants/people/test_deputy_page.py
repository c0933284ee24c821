"""A holder sends a deputy or refuses a seat from the personal page; staff do it on the phone."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from participants import services
from participants.models import Registration, Substitution
from tests.factories.accounts import staff_of
from tests.factories.participants import HOLDER, post, register
from tests.factories.regions import MunicipalityFactory
from tests.participants.hall.country import share_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(seminar, municipality):
    post("deputy")
    return register(seminar, municipality)


def page_of(registration, what="deputy/"):
    return f"/ky/registrations/{registration.token}/{what}"


def deputy(**fields):
    given = {"full_name": "Сынаков Үлгү Асанович", "post": post("deputy").pk, "phone": "0555 000 077"}
    return {**given, **fields}


def test_one_page_three_fields_and_the_deputy_has_the_place(client, holder):
    client.get(page_of(holder, ""))
    form = client.get(page_of(holder)).context["form"]
    assert len(form.fields) == 3

    response = client.post(page_of(holder), deputy())

    assert response.status_code == 200
    assert 'data-state="passed-on"' in response.text
    registration = Registration.objects.get()
    assert (registration.full_name, registration.phone) == ("Сынаков Үлгү Асанович", "+996555000077")


def test_whoever_sends_reads_the_deputys_link_once_to_pass_it_on(client, holder):
    response = client.post(page_of(holder), deputy())
    token = Registration.objects.get().token
    assert token in response.text
    assert "no-store" in response.headers["Cache-Control"]
    for page in ("", "deputy/", "contacts/", "calendar.ics"):
        again = client.get(page_of(holder, page))
        assert again.status_code == 410
        assert token not in again.text
        assert "Сынаков" not in again.text


def test_a_dead_link_changes_nothing_and_a_second_click_says_that_the_place_is_passed_on(client, holder):
    client.post(page_of(holder), deputy())
    before = list(Registration.objects.values())
    other = deputy(full_name="Мисалов Бек", phone="0555 000 078")
    for page, data in (("deputy/", deputy()), ("deputy/", other), ("cancel/", {}), ("decline/", {}), ("contacts/", {})):
        response = client.post(page_of(holder, page), data)
        assert response.status_code == 410
        assert 'data-state="passed-on"' in response.text
    assert list(Registration.objects.values()) == before
    assert Substitution.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"full_name": ""}, "full_name"),
        ({"full_name": "\x00"}, "full_name"),
        ({"post": ""}, "post"),
        ({"post": "999999"}, "post"),
        ({"post": "x" * 400}, "post"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_the_field_and_the_rest_stays(client, holder, fields, wrong):
    response = client.post(page_of(holder), deputy(**fields))
    assert response.status_code == 422
    assert wrong in response.context["form"].errors
    assert not Substitution.objects.exists()
    if "phone" not in fields:
        assert "0555 000 077" in response.text


def test_a_refusal_is_said_and_what_was_typed_stays(client, holder):
    services.cancel(registration=holder, by=HOLDER)
    response = client.post(page_of(holder), deputy())
    assert response.status_code == 409
    assert "Сынаков" in response.text


def test_who_has_no_link_sends_nobody(client, holder):
    assert client.post("/ky/registrations/" + "A" * 22 + "/deputy/", deputy()).status_code == 404
    assert client.post("/ky/registrations/" + "A" * 22 + "/decline/").status_code == 404
    assert Registration.objects.get().full_name == holder.full_name


def test_opening_the_page_changes_nothing(client, holder):
    before = list(Registration.objects.values())
    for method in (client.get, client.head):
        method(page_of(holder), deputy())
    assert client.get(page_of(holder, "decline/")).status_code == 405
    assert list(Registration.objects.values()) == before


@pytest.fixture
def promoted(seminar):
    share_out(seminar, 1, {})
    first = register(seminar, MunicipalityFactory())
    waiting = register(seminar, MunicipalityFactory())
    services.cancel(registration=first, by=HOLDER)
    return Registration.objects.get(pk=waiting.pk)


def test_who_got_a_seat_from_the_list_refuses_it_with_one_press(client, seminar, promoted):
    behind = register(seminar, MunicipalityFactory())
    assert page_of(promoted, "decline/") in client.get(page_of(promoted, "")).text

    for _press in range(2):
        response = client.post(page_of(promoted, "decline/"), follow=True)

    assert 'data-state="declined"' in response.text
    behind.refresh_from_db()
    assert behind.state == "confirmed"
    assert promoted.transitions.filter(after="declined").count() == 1


def test_who_registered_with_a_seat_is_asked_once_more_before_cancelling(client, holder):
    text = client.get(page_of(holder, "")).text
    assert page_of(holder, "decline/") not in text
    assert page_of(holder, "cancel/") in text


def step_of(registration):
    return reverse("admin:participants_registration_step", args=[registration.pk, "deputy"])


def test_staff_send_a_deputy_on_the_phone_and_the_history_says_so(client, organiser, holder):
    page = client.get(step_of(holder)).text
    assert holder.phone not in page, "the contacts of who leaves are not those of who comes"
    client.post(
        step_of(holder), deputy(email="", language="ky", channel="phone", reason="башчы ооруп калды"), follow=True
    )

    change = Substitution.objects.get()
    assert (change.by, change.channel, change.reason) == (organiser, "phone", "башчы ооруп калды")
    history = client.get(reverse("admin:participants_registration_change", args=[holder.pk])).text
    assert "Сынаков Үлгү Асанович" in history
    assert holder.full_name in history


def test_the_desk_sends_no_deputy(client, holder):
    client.force_login(staff_of(Role.REGISTRAR))
    assert client.post(step_of(holder), deputy(language="ky", channel="phone")).status_code == 403
    assert not Substitution.objects.exists()
