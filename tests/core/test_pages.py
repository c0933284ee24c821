"""Pages that belong to no room: home, texts, errors, health, addresses for machines."""

import gzip
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import views
from tests.factories.seminars import SeminarFactory

PAGES = ["/", "seminars/", "privacy/", "accessibility/", "registrations/find/"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ky", "ru"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_in_both_languages_with_a_link_to_its_twin(client, language, page):
    address = f"/{language}/{page.strip('/')}/".replace("//", "/")
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}"' in html
    assert response.headers["Content-Language"] == language
    for code in ("ky", "ru"):
        assert f'href="{address.replace(f"/{language}/", f"/{code}/")}" hreflang="{code}" lang="{code}"' in html
    assert html.count("<h1") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["/ky/", "/ru/seminars/", "/ky/privacy/", "/ru/accessibility/", "/ky/seminars/calendar.ics"]
)
def test_a_public_page_sets_no_cookie_and_asks_for_no_session(client, page):
    client.cookies["sessionid"] = "a" * 32
    with CaptureQueriesContext(connection) as queries:
        response = client.get(page)
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not [query for query in queries if "django_session" in query["sql"] or "accounts_user" in query["sql"]]


def test_the_bare_address_leads_to_kyrgyz(client):
    response = client.get("/")
    assert (response.status_code, response.headers["Location"]) == (302, "/ky/")


@pytest.mark.django_db
def test_a_page_without_a_form_is_not_sent_twice(client):
    etag = client.get("/ky/").headers["ETag"]
    assert client.get("/ky/", headers={"if-none-match": etag}).status_code == 304


@pytest.mark.django_db
def test_pages_without_a_form_are_compressed(client):
    response = client.get("/ky/", headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"


@pytest.mark.django_db
def test_the_footer_shows_what_a_state_site_must_show(client, settings):
    settings.CONTACT_PHONE = "+996 555 000 001"
    settings.CONTACT_EMAIL = "portal@example.org"
    html = client.get("/ky/").content.decode()
    for address in ("tel:+996555000001", "mailto:portal@example.org", settings.APPEALS_URL, "https://www.gov.kg/"):
        assert f'href="{address}"' in html
    assert settings.ANTICORRUPTION_URL in html


@pytest.mark.django_db
def test_home_shows_the_seminar_that_takes_registrations_first(client):
    closed = SeminarFactory(days_ahead=3, closed=True)
    opened = SeminarFactory(days_ahead=9)
    past = SeminarFactory(past=True)
    hidden = [SeminarFactory(draft=True), SeminarFactory(cancelled=True)]
    html = client.get("/ky/").content.decode()
    order = [html.index(seminar.get_absolute_url()) for seminar in (opened, closed, past)]
    assert order == sorted(order)
    for seminar in hidden:
        assert seminar.get_absolute_url() not in html


@pytest.mark.django_db
def test_home_without_seminars_says_so(client):
    assert 'class="empty"' in client.get("/ky/").content.decode()


@pytest.mark.django_db
def test_the_cost_of_home_does_not_grow_with_rows(client, django_assert_num_queries):
    SeminarFactory()
    SeminarFactory(past=True)
    with django_assert_num_queries(8):
        client.get("/ky/")
    for _number in range(3):
        SeminarFactory()
        SeminarFactory(past=True)
    with django_assert_num_queries(8):
        client.get("/ky/")


@pytest.mark.django_db
def test_a_first_visit_is_light(client, settings):
    # Nine groups, a programme and bodies make the heaviest page some 5 KB; the styles are the same on all of them.
    page = client.get("/ky/", headers={"accept-encoding": "gzip"}).content
    static = settings.BASE_DIR / "static"
    names = ["css/tokens.css", "css/base.css", "css/components.css", "img/band.svg", "img/favicon.svg"]
    sizes = {name: len(gzip.compress((static / name).read_bytes())) for name in names}
    assert sum(size for name, size in sizes.items() if name.startswith("css/")) <= 12 * 1024
    assert len(page) + sum(sizes.values()) <= 20 * 1024


# --- Errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 503])
def test_an_error_page_speaks_both_languages_and_needs_no_database(status):
    # Without the `db` fixture any query fails.
    response = views.error_page(status)
    html = response.content.decode()
    assert response.status_code == status
    assert '<section lang="ky"' in html
    assert '<section lang="ru"' in html
    assert "/ky/" in html
    assert "/ru/" in html
    assert str(status) in html


def test_an_unknown_address_gets_the_page_in_both_languages(client):
    response = client.get("/ru/no-such-page/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "Мындай барак жок" in html
    assert "Такой страницы нет" in html


def test_a_failure_of_ours_gets_the_static_page(settings):
    settings.ROOT_URLCONF = "tests.core.broken_urls"
    client = Client(raise_request_exception=False)
    response = client.get("/broken/")
    assert response.status_code == 500
    assert "Порталда ката кетти" in response.content.decode()


def test_a_missing_form_key_gets_the_static_page():
    response = Client(enforce_csrf_checks=True).post("/ky/registrations/find/", {"email": "a@example.org"})
    assert response.status_code == 403
    assert "Доступ закрыт" in response.content.decode()


# --- Bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/ky/seminars/?page=-1",
        "/ky/seminars/?page=0",
        "/ky/seminars/?page=1.5",
        "/ky/seminars/?page=" + "9" * 5000,
        "/ky/seminars/?page=٣",
        "/ky/seminars/?page=last",
        "/ky/seminars/?year=-1",
        "/ky/seminars/?year=99999",
        "/ky/seminars/?year=2019__gt",
        "/ky/seminars/?topic=" + "a" * 3000,
        "/ky/seminars/?topic=%27%20OR%201%3D1--",
        "/ky/seminars/?topic__slug=x&published_at__isnull=True",
        "/ky/seminars/?topic=%00",
        "/ky/seminars/%00/",
        "/ky/seminars/?topic=%ff%fe",
        "/ky/seminars/" + "a" * 3000 + "/",
        "/ky/seminars/нет/",
        "/ky/seminars/..%2f..%2fetc/",
        "/kg/",
        "/ky/?next=//evil.example",
    ],
)
def test_odd_addresses_never_break_a_page(client, address):
    response = client.get(address)
    assert response.status_code in {200, 400, 404}
    assert "evil.example" not in response.content.decode()


def test_a_wrong_host_is_refused(client):
    response = client.get("/ky/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize("charset", ["utf-7", "cp1251", "no-such-charset"])
def test_an_odd_charset_is_refused(client, charset):
    response = client.generic(
        "POST", "/ky/", b"a=b", content_type=f"application/x-www-form-urlencoded; charset={charset}"
    )
    assert response.status_code == 400


@pytest.mark.parametrize("address", ["/ky/", "/ky/seminars/", "/ky/privacy/", "/healthz", "/robots.txt"])
def test_reading_pages_take_no_other_method(client, address):
    assert client.post(address).status_code == 405
    assert client.delete(address).status_code == 405


# --- For machines -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_health_says_ok_when_the_database_answers(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


def test_robots_names_the_sitemap_and_keeps_personal_pages_out(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /*/registrations/" in text


def test_security_txt_names_a_contact_and_has_not_expired(client, settings):
    settings.CONTACT_EMAIL = "portal@example.org"
    fields = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert fields["Contact"] == "mailto:portal@example.org"
    assert datetime.fromisoformat(fields["Expires"]) > timezone.now()


@pytest.mark.django_db
def test_the_sitemap_lists_published_seminars_in_the_languages_that_they_have(client):
    both = SeminarFactory(slug="both")
    SeminarFactory(slug="only-ru", title_ky="")
    SeminarFactory(slug="draft", draft=True)
    xml = client.get("/sitemap.xml", headers={"host": "localhost"}).content.decode()
    assert f"<loc>http://testserver{both.get_absolute_url()}</loc>" in xml
    assert 'hreflang="ru" href="http://testserver/ru/seminars/both/"' in xml
    assert "http://testserver/ru/seminars/only-ru/" in xml
    assert "http://testserver/ky/seminars/only-ru/" not in xml
    assert "/draft/" not in xml
    assert "<loc>http://testserver/ky/privacy/</loc>" in xml


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "limit"), [("/ky/", "DATA_UPLOAD_MAX_MEMORY_SIZE"), ("/admin/", "UPLOAD_MAX_REQUEST_BYTES")]
)
def test_a_request_larger_than_is_taken_gets_413_before_it_is_read(client, settings, path, limit):
    too_long = str(getattr(settings, limit) + 1)
    response = client.generic("POST", path, b"a=b", content_type="application/json", CONTENT_LENGTH=too_long)
    assert response.status_code == 413
