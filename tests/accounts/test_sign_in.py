import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from tests.factories.accounts import PASSWORD, staff_of

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"


def sign_in(client: Client, username: str, password: str = PASSWORD, **extra):
    return client.post(LOGIN, {"username": username, "password": password, "next": "/admin/"}, **extra)


@pytest.fixture
def organiser() -> User:
    return staff_of(Role.ORGANISER)


def test_staff_sign_in_with_name_and_password(client, organiser):
    response = sign_in(client, organiser.username)
    assert response.status_code == 302
    assert response.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_after_failures_even_the_right_password_waits_and_the_answer_is_429(client, organiser):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = sign_in(client, organiser.username, "wrong")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert sign_in(client, organiser.username).status_code == 429


def test_failures_at_one_address_do_not_lock_the_same_person_out_elsewhere(client, organiser):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, organiser.username, "wrong", REMOTE_ADDR="198.51.100.7")
    assert sign_in(client, organiser.username, REMOTE_ADDR="198.51.100.8").status_code == 302


def test_failures_of_one_person_do_not_lock_the_office_out(client, organiser):
    staff_of(Role.REGISTRAR)
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, organiser.username, "wrong")
    assert sign_in(client, "one-registrar").status_code == 302


def test_success_forgets_earlier_failures(client, organiser):
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        sign_in(client, organiser.username, "wrong")
    sign_in(client, organiser.username)
    assert not AccessAttempt.objects.exists()


def test_a_stranger_cannot_choose_the_address_that_failures_are_counted_under(client, organiser):
    for number in range(settings.AXES_FAILURE_LIMIT):
        response = sign_in(client, organiser.username, "wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert response.status_code == 429


def test_what_a_proxy_sends_that_is_no_address_is_passed_over(client, organiser, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for address in ("unknown", "'; --", "999.1.1.1", "", ",,"):
        assert sign_in(client, organiser.username, "wrong", HTTP_X_FORWARDED_FOR=address).status_code == 200


def test_behind_a_named_proxy_visitors_are_told_apart(client, organiser, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, organiser.username, "wrong", HTTP_X_FORWARDED_FOR="203.0.113.1")
    assert sign_in(client, organiser.username, HTTP_X_FORWARDED_FOR="203.0.113.1").status_code == 429
    assert sign_in(client, organiser.username, HTTP_X_FORWARDED_FOR="203.0.113.2").status_code == 302


def test_an_address_that_a_visitor_puts_before_the_proxys_is_not_believed(client, organiser, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for number in range(settings.AXES_FAILURE_LIMIT):
        response = sign_in(client, organiser.username, "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, 203.0.113.1")
    assert response.status_code == 429


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_never_leads_to_another_site(client, organiser, address):
    response = client.post(
        f"{LOGIN}?next={address}", {"username": organiser.username, "password": PASSWORD, "next": address}
    )
    assert response.status_code == 302
    assert response.headers["Location"] == "/admin/"


def test_a_session_key_planted_before_the_sign_in_is_worth_nothing_after_it(client, organiser):
    session = client.session
    session["planted"] = True
    session.save()
    planted = client.cookies["sessionid"].value
    sign_in(client, organiser.username)
    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_signing_out_ends_the_session(client, organiser):
    sign_in(client, organiser.username)
    key = client.cookies["sessionid"].value
    client.post("/admin/logout/")
    assert not Session.objects.filter(session_key=key).exists()


def test_changing_the_password_ends_all_other_sessions(client, organiser):
    elsewhere = Client()
    sign_in(client, organiser.username)
    sign_in(elsewhere, organiser.username)
    new = "a longer walk to the lake"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/admin/password_change/", data).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_closing_an_account_ends_its_sessions(client, organiser):
    sign_in(client, organiser.username)
    User.objects.filter(pk=organiser.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302
    assert sign_in(client, organiser.username).status_code == 200


def test_a_short_password_is_refused(client, organiser):
    client.force_login(organiser)
    data = {"old_password": PASSWORD, "new_password1": "short-1", "new_password2": "short-1"}
    response = client.post("/admin/password_change/", data)
    assert response.status_code == 200
    assert "new_password2" in response.context["form"].errors


@pytest.mark.parametrize("name", ["\x00", "x" * 70_000, "'; drop table accounts_user; --", "\ud83d\ude00"])
def test_strange_names_are_a_failed_sign_in(client, name):
    assert sign_in(client, name.encode("utf-16", "surrogatepass").decode("utf-16")).status_code in (200, 400, 413)


def test_the_sign_in_page_speaks_kyrgyz_and_russian(client):
    assert client.get(LOGIN).headers["Content-Language"] == "ky"
    page = client.get(f"{LOGIN}?language=ru&next=/admin/accounts/")
    assert page.headers["Content-Language"] == "ru"
    assert 'href="?language=ky&amp;next=%2Fadmin%2Faccounts%2F"' in page.content.decode()
