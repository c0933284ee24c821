import pytest

from accounts.roles import Role
from tests.factories.accounts import staff_of

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/language/"


@pytest.fixture
def organiser(client):
    user = staff_of(Role.ORGANISER, language="ky")
    client.force_login(user)
    return user


def test_staff_pages_speak_the_language_of_the_account(client, organiser):
    assert client.get("/admin/").headers["Content-Language"] == "ky"
    client.post(ADDRESS, {"language": "ru", "next": "/admin/password_change/"})
    assert client.get("/admin/").headers["Content-Language"] == "ru"


def test_the_choice_returns_to_the_page_and_sets_no_cookie(client, organiser):
    response = client.post(ADDRESS, {"language": "ru", "next": "/admin/password_change/"})
    assert response.headers["Location"] == "/admin/password_change/"
    assert not response.cookies


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example/admin/", "/ky/", ""])
def test_the_choice_leads_to_staff_pages_only(client, organiser, address):
    response = client.post(ADDRESS, {"language": "ru", "next": address})
    assert response.headers["Location"] == "/admin/"


def test_a_language_that_is_not_offered_is_refused(client, organiser):
    assert client.post(ADDRESS, {"language": "en"}).status_code == 400
    organiser.refresh_from_db()
    assert organiser.language == "ky"


def test_opening_the_address_changes_nothing(client, organiser):
    assert client.get(ADDRESS, {"language": "ru"}).status_code == 405
    organiser.refresh_from_db()
    assert organiser.language == "ky"


def test_a_stranger_is_sent_to_sign_in(client):
    response = client.post(ADDRESS, {"language": "ru"})
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


def test_the_choice_needs_the_key_of_the_form(organiser):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(organiser)
    assert client.post(ADDRESS, {"language": "ru"}).status_code == 403
