"""What every page promises whoever asks, and what broken requests get."""

import json
import os
import subprocess
import sys
from http import HTTPStatus

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.roles import Role
from tests.factories.accounts import PASSWORD, staff_of
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db

READ = ["/ky/", "/ru/", "/ky/seminars/", "/ky/seminars/calendar.ics", "/ky/privacy/", "/ru/accessibility/"]
WITHOUT_PREFIX = ["/", "/healthz", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt"]
FORMS = ["/ky/seminars/{slug}/register/", "/ky/registrations/find/", "/ky/registrations/{token}/contacts/"]
PERSONAL = ["/ky/registrations/{token}/", "/ky/registrations/{token}/cancel/"]
BROKEN = [HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE]
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


@pytest.fixture
def fill():
    """Puts a real seminar and a real registration into an address."""
    seminar = SeminarFactory()
    registration = register(seminar, MunicipalityFactory())
    return lambda path: path.format(slug=seminar.slug, token=registration.token)


def policy_of(response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


# --- Cookies and sessions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*READ, *WITHOUT_PREFIX, "/ky/seminars/{slug}/", "/ky/nothing/here/", *PERSONAL[:1]])
def test_pages_without_a_form_give_a_visitor_no_cookie(client, fill, path):
    response = client.get(fill(path))
    assert not response.cookies or set(response.cookies) == {"csrftoken"} == set(response.cookies) & _of_forms(response)
    assert not Session.objects.exists()


def _of_forms(response) -> set[str]:
    """The cookie that a page with a form may set."""
    return {"csrftoken"} if b'name="csrfmiddlewaretoken"' in response.content else set()


@pytest.mark.parametrize("path", [*FORMS, "/admin/login/"])
def test_pages_with_a_form_give_the_cookie_of_its_key_and_no_other(client, fill, path):
    response = client.get(fill(path))
    assert set(response.cookies) <= {"csrftoken"}
    assert not Session.objects.exists()


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client):
    user = staff_of(Role.ORGANISER)
    response = client.post("/admin/login/", {"username": user.username, "password": PASSWORD})
    assert set(response.cookies) == {"sessionid", "csrftoken"}
    for cookie in response.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


# --- Headers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/ky/", "/ky/seminars/{slug}/", *FORMS, *PERSONAL, "/admin/login/", "/ky/nothing/", "/nothing/", "/healthz"],
)
def test_every_answer_carries_the_headers_that_guard_it(client, fill, path):
    response = client.get(fill(path))
    policy = policy_of(response)
    assert policy | STRICT == policy
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_staff_pages_carry_the_same_strict_policy_and_are_not_stored(client):
    client.force_login(staff_of(Role.ADMINISTRATOR))
    for path in ("/admin/", "/admin/accounts/user/", "/admin/accounts/user/add/", "/admin/seminars/seminar/add/"):
        response = client.get(path)
        policy = policy_of(response)
        assert policy | STRICT == policy
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", PERSONAL)
def test_personal_pages_are_neither_stored_nor_indexed(client, fill, path):
    response = client.get(fill(path))
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.content.decode() + response.headers.get("X-Robots-Tag", "")


def test_an_https_address_turns_on_secure_cookies_hsts_and_the_redirect():
    """`check --deploy` is clean and the settings follow the scheme of SITE_URL."""
    code = (
        "import django, json; django.setup()\n"
        "from django.conf import settings as s\n"
        "from django.core.management import call_command\n"
        "call_command('check', '--deploy', '--fail-level', 'WARNING')\n"
        "names = ['SESSION_COOKIE_SECURE', 'CSRF_COOKIE_SECURE', 'SECURE_SSL_REDIRECT', 'SECURE_HSTS_PRELOAD']\n"
        "print(json.dumps([all(getattr(s, name) for name in names), s.SECURE_HSTS_SECONDS]))\n"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "gamsumo_portal.settings",
        "SITE_URL": "https://seminar.example.org",
        "SECRET_KEY": "Fq3-jW8_zRk0Lh5xYb2Tn7Vc4Gd9Ms6Pe1Aq-Ui3Oo8Ww5Ee2Rr7Tt4Yy",
        "PYTHONWARNINGS": "error",
    }
    # Set for the browser tests alone.
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    is_secure, hsts = json.loads(result.stdout.splitlines()[-1])
    assert is_secure
    assert hsts >= 31_536_000


# --- Broken requests ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80:80", "<script>"])
@pytest.mark.parametrize("path", ["/ky/", "/admin/login/"])
def test_another_host_is_refused(client, host, path):
    assert client.get(path, HTTP_HOST=host).status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize(
    "path", ["/ky/seminars/?year=%00", "/ky/%00/", "/admin/seminars/seminar/?q=%00", "/ky/?x=%ff%fe"]
)
def test_nul_and_broken_letters_in_an_address_are_refused(client, path):
    client.force_login(staff_of(Role.ORGANISER))
    assert client.get(path).status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)


@pytest.mark.parametrize("path", [*FORMS, "/admin/login/"])
def test_nul_in_a_field_is_a_mistake_of_the_field(client, fill, path):
    names = ("full_name", "phone", "email", "username", "password", "contact")
    response = client.post(fill(path), dict.fromkeys(names, "a\x00b"))
    assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    assert response.status_code != HTTPStatus.FOUND


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "nonsense", "latin-1"])
@pytest.mark.parametrize("path", ["/ky/registrations/find/", "/admin/login/"])
def test_odd_charsets_are_refused(client, charset, path):
    body = b"username=+ADw-script+AD4-"
    content_type = f"application/x-www-form-urlencoded; charset={charset}"
    response = client.generic("POST", path, body, content_type=content_type)
    assert response.status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("path", [*FORMS, "/admin/login/"])
def test_three_thousand_fields_are_refused(fill, path):
    client = Client(enforce_csrf_checks=True)
    client.get(fill(path))
    response = client.post(fill(path), {f"field{n}": "x" for n in range(3000)})
    assert response.status_code in (*BROKEN, HTTPStatus.FORBIDDEN)


@pytest.mark.parametrize("path", [*FORMS, "/admin/login/"])
def test_a_body_of_six_megabytes_is_refused(client, fill, path):
    assert client.post(fill(path), {"full_name": "Ж" * 3_000_000}).status_code in BROKEN


@pytest.mark.parametrize("path", [*FORMS, "/admin/login/"])
def test_a_field_of_seventy_thousand_letters_never_breaks_a_form(client, fill, path):
    names = ("full_name", "phone", "email", "username", "password", "contact", "municipality", "post")
    response = client.post(fill(path), dict.fromkeys(names, "Ж" * 70_000))
    assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", [*READ, "/ky/seminars/{slug}/", *PERSONAL[:1], "/healthz", "/robots.txt"])
def test_methods_that_a_page_does_not_know_are_refused(client, fill, method, path):
    assert getattr(client, method)(fill(path)).status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize("path", [*READ, "/ky/seminars/{slug}/", *PERSONAL, *FORMS, "/healthz", "/admin/login/"])
def test_head_answers_as_get_does_without_a_body(client, fill, path):
    response = client.head(fill(path))
    assert response.status_code == HTTPStatus.OK
    assert response.content == b""


def test_relations_cannot_be_reached_through_the_query_string_of_a_list(client):
    client.force_login(staff_of(Role.ORGANISER))
    for query in ("blocks__registrations__phone__startswith=%2B996", "history__history_user__password__startswith=p"):
        response = client.get(f"/admin/seminars/seminar/?{query}")
        assert response.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.FOUND)


@pytest.mark.parametrize("page", ["-1", "0", "999999999999999999999", "x", "²"])
def test_pages_that_do_not_exist_are_not_found_and_never_an_error(client, page):
    assert client.get(f"/ky/seminars/?page={page}").status_code in (HTTPStatus.OK, HTTPStatus.NOT_FOUND)
    client.force_login(staff_of(Role.ORGANISER))
    assert client.get(f"/admin/seminars/seminar/?p={page}").status_code in (HTTPStatus.OK, HTTPStatus.FOUND)


def test_a_token_with_one_letter_off_is_nobodys(client, fill):
    path = fill("/ky/registrations/{token}/")
    wrong = path[:-2] + ("A" if path[-2] != "A" else "B") + "/"
    assert client.get(path).status_code == HTTPStatus.OK
    assert client.get(wrong).status_code == HTTPStatus.NOT_FOUND
