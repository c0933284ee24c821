"""The page of an invited office: the budgets of product.md, every state, nothing changed by reading."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from participants import services
from participants.models import Invitation, Registration
from tests.factories.participants import HOLDER, post, register
from tests.factories.regions import DistrictFactory
from tests.factories.seminars import SeatBlockFactory, SeminarFactory
from tests.participants.inviting.offices import clerk, invited, lines, office, pass_deadline

pytestmark = pytest.mark.django_db

DEPUTY = {"answer": "deputy", "full_name": "Осмонкулова Айгүл Асановна", "phone": "0555 020 030"}


@pytest.fixture
def invitation(seminar):
    return invited(seminar)


@pytest.fixture(autouse=True)
def _deputies_may_come(db):
    post("deputy")


def url(invitation, language="ky"):
    return f"/{language}/invitations/{invitation.token}/"


def state(response):
    return re.search(r'<main[^>]* data-state="(\w+)"', response.content.decode())[1]


def forms_of(page):
    """Per form of the page, the answer that its button gives and the names of the fields that people see."""
    forms = re.findall(r"<form.*?</form>", page.content.decode(), flags=re.DOTALL)
    fields = r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* name="(\w+)"'
    return {re.search(r'name="answer" value="(\w+)"', form)[1]: re.findall(fields, form) for form in forms}


def test_the_head_accepts_on_one_page_with_one_click_and_no_field(client, invitation):
    page = client.get(url(invitation))
    assert forms_of(page)["yes"] == []

    result = client.post(url(invitation), {"answer": "yes"}, follow=True)

    assert [status for _url, status in result.redirect_chain] == [302]
    assert state(result) == "confirmed"
    assert result.wsgi_request.path == Registration.objects.get().get_absolute_url()


def test_a_deputy_takes_the_same_page_and_at_most_three_fields(client, invitation):
    page = client.get(url(invitation))
    assert sorted(forms_of(page)["deputy"]) == ["full_name", "phone", "post"]

    result = client.post(url(invitation), {**DEPUTY, "post": post("deputy").pk}, follow=True)

    assert len(result.redirect_chain) == 1
    assert state(result) == "confirmed"
    assert DEPUTY["full_name"] in result.content.decode()


def test_no_is_one_click_with_an_optional_reason_and_can_be_changed(client, invitation):
    assert forms_of(client.get(url(invitation)))["no"] == ["reason"]

    result = client.post(url(invitation), {"answer": "no", "reason": ""}, follow=True)

    assert state(result) == "no"
    assert "yes" in forms_of(result)
    assert state(client.post(url(invitation), {"answer": "yes"}, follow=True)) == "confirmed"


def test_the_page_names_the_office_its_head_and_the_seats_of_its_group(client):
    district = DistrictFactory()
    seminar = SeminarFactory(seats=10)
    SeatBlockFactory(seminar=seminar, group=district.oblast, seats=9, taken=2)
    invitation = invited(seminar, office(oblast=district.oblast, district=district))

    text = client.get(url(invitation)).content.decode()

    for known in (invitation.municipality.name_ky, str(district), invitation.full_name, str(seminar.title)):
        assert known in text
    assert district.oblast.name_ky in text
    assert "9" in text
    assert "7" in text


def test_reading_changes_nothing_but_the_counter_of_openings(client, invitation):
    before = Invitation.objects.values().get()

    client.get(url(invitation))
    client.head(url(invitation))

    assert Invitation.objects.values().get() == {**before, "openings": 1}
    assert not Registration.objects.exists()
    assert not invitation.answers.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_one_letter_off_in_the_token_is_a_404(client, invitation, method):
    wrong = ("A" if invitation.token[0] != "A" else "B") + invitation.token[1:]

    assert getattr(client, method)(f"/ky/invitations/{wrong}/", {"answer": "yes"}).status_code == 404
    assert not Registration.objects.exists()


def test_the_page_is_kept_nowhere_and_gives_no_cookie_but_the_forms(client, invitation):
    response = client.get(url(invitation))

    assert "no-store" in response.headers["Cache-Control"]
    assert 'content="noindex"' in response.content.decode()
    assert set(response.cookies) <= {"csrftoken"}


def test_the_page_asks_the_database_no_more_for_a_waiting_office_than_it_must(
    client, invitation, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        client.get(url(invitation))


def test_past_the_deadline_the_page_says_whom_to_call_and_takes_nothing(client, invitation):
    pass_deadline(invitation)

    page = client.get(url(invitation))
    refused = client.post(url(invitation), {"answer": "yes"})

    assert state(page) == "late"
    assert forms_of(page) == {}
    assert "+996 555 000 010" in page.content.decode()
    assert refused.status_code == 409
    assert not Registration.objects.exists()


def test_an_answer_stays_to_be_read_after_the_deadline(client, invitation):
    services.decline_invitation(invitation=invitation, by=HOLDER)
    pass_deadline(invitation)

    page = client.get(url(invitation))

    assert (state(page), forms_of(page)) == ("no", {})


def test_a_cancelled_seminar_says_so_with_the_reason(client, invitation):
    invitation.seminar.cancelled_at = timezone.now()
    invitation.seminar.notice_ky = "Имарат жөндөөгө жабылды."
    invitation.seminar.save()

    page = client.get(url(invitation))

    assert (state(page), forms_of(page)) == ("cancelled", {})
    assert "Имарат жөндөөгө жабылды." in page.content.decode()
    assert client.post(url(invitation), {"answer": "yes"}).status_code == 409


def test_a_moved_seminar_is_shown_with_its_new_dates_and_why(client, invitation):
    seminar = invitation.seminar
    seminar.starts_at += timedelta(days=7)
    seminar.ends_at += timedelta(days=7)
    seminar.notice_ky = "Жол жабык."
    seminar.save()

    page = client.get(url(invitation))

    assert state(page) == "open"
    assert "Жол жабык." in page.content.decode()


def test_a_seminar_that_is_over_says_so(client, invitation):
    over = timezone.now() - timedelta(days=1)
    type(invitation.seminar).objects.update(
        registration_opens_at=None, registration_closes_at=None, starts_at=over - timedelta(hours=5), ends_at=over
    )

    page = client.get(url(invitation))

    assert (state(page), forms_of(page)) == ("past", {})


def test_a_withdrawn_invitation_says_so(client, invitation):
    services.withdraw_invitation(invitation=invitation, by=clerk())

    page = client.get(url(invitation))

    assert (state(page), forms_of(page)) == ("withdrawn", {})
    assert client.post(url(invitation), {"answer": "yes"}).status_code == 409


def test_a_vacant_office_is_asked_who_comes_and_has_no_button_yes(client, seminar):
    invitation = invited(seminar, office(head=False))

    assert set(forms_of(client.get(url(invitation)))) == {"deputy", "no"}
    assert client.post(url(invitation), {"answer": "yes"}).status_code == 409


def test_a_seminar_for_heads_only_offers_no_deputy(client, invitation):
    invitation.seminar.posts.set([post()])

    assert set(forms_of(client.get(url(invitation)))) == {"yes", "no"}


def test_who_is_registered_by_another_way_is_named_by_post_only_and_replaced_by_the_same_click(client, invitation):
    other = register(invitation.seminar, invitation.municipality, post=post("deputy"))

    page = client.get(url(invitation))
    text = page.content.decode()
    assert state(page) == "deputy"
    assert other.full_name not in text
    assert other.token not in text

    unasked = client.post(url(invitation), {"answer": "yes"})
    assert unasked.status_code == 409
    asked = client.post(url(invitation), {"answer": "yes", "instead_of": other.pk})
    assert asked.status_code == 302
    other.refresh_from_db()
    assert other.full_name == invitation.full_name


def test_naming_a_deputy_who_is_registered_already_shows_nobodys_page(client, seminar):
    seminar.seats_per_municipality = 2
    seminar.save()
    invitation = invited(seminar)
    register(
        seminar,
        invitation.municipality,
        full_name=DEPUTY["full_name"],
        phones=("+996555020030",),
        post=post("deputy"),
    )

    result = client.post(url(invitation), {**DEPUTY, "post": post("deputy").pk})

    assert result.headers["Location"] == url(invitation)


@pytest.mark.parametrize(
    "bad",
    [
        {"full_name": ""},
        {"full_name": "A\x00" * 300},
        {"phone": "12"},
        {"phone": "\x00"},
        {"post": "999999999999999999999"},
        {"post": ""},
        {"post": "x"},
    ],
)
def test_a_bad_field_is_said_at_the_field_and_what_was_typed_is_kept(client, invitation, bad):
    response = client.post(url(invitation), {**DEPUTY, "post": post("deputy").pk, **bad})

    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    kept = next(name for name in ("phone", "full_name") if name not in bad)
    assert DEPUTY[kept] in response.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize("answer", ["", "maybe", "\x00", "yes\x00"])
def test_an_unknown_answer_changes_nothing(client, invitation, answer):
    assert client.post(url(invitation), {"answer": answer, "instead_of": "x"}).status_code == 422
    assert lines(invitation) == []


def test_a_reason_too_long_is_said_at_the_field(client, invitation):
    response = client.post(url(invitation), {"answer": "no", "reason": "ы" * 301})

    assert response.status_code == 422
    assert lines(invitation) == []


def test_without_the_key_of_the_form_nothing_is_answered(invitation):
    assert Client(enforce_csrf_checks=True).post(url(invitation), {"answer": "yes"}).status_code == 403
    assert lines(invitation) == []


def test_the_russian_page_registers_in_russian(client, invitation):
    client.post(url(invitation, "ru"), {"answer": "yes"})

    assert Registration.objects.get().consent_language == "ru"


def test_a_draft_has_no_page(client, invitation):
    type(invitation.seminar).objects.update(published_at=None)

    assert client.get(url(invitation)).status_code == 404
