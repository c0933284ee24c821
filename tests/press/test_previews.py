"""One journalist reads before the hour by a personal link; it expires, is revoked singly and counts openings."""

from datetime import timedelta

import pytest
from django.utils import timezone

from press import services
from press.models import PreviewLink, PreviewOpening
from tests.factories.releases import JournalistFactory, at_the_hour, person, scheduled_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return scheduled_text(headline="Эмбаргодогу кабар")


@pytest.fixture
def link(text):
    journalist = JournalistFactory(name="Үлгүбаев Кабарчы")
    expires_at = timezone.now() + timedelta(days=2)
    return services.give_preview(text=text, journalist=journalist, expires_at=expires_at, by=person())


def test_the_preview_shows_the_text_the_embargo_and_whose_copy_it_is(client, link):
    response = client.get(link.get_absolute_url())
    page = response.content.decode()
    assert response.status_code == 200
    for words in ("Эмбаргодогу кабар", "ЭМБАРГО", "жарыялоого тыюу салынат", "Үлгүбаев Кабарчы"):
        assert words in page
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page
    assert "ld+json" not in page
    assert "/release.pdf" in page
    assert not response.cookies


def test_opening_is_counted_and_looking_at_the_head_is_not(client, link):
    client.get(link.get_absolute_url())
    client.head(link.get_absolute_url())
    assert PreviewOpening.objects.count() == 1
    assert client.post(link.get_absolute_url()).status_code == 405


def test_the_preview_on_paper_is_marked_too(client, link):
    response = client.get(f"{link.get_absolute_url()}release.pdf")
    assert response.content[:5] == b"%PDF-"
    assert "no-store" in response["Cache-Control"]


def test_the_page_is_in_the_texts_language_under_either_prefix(client, link):
    page = client.get(link.get_absolute_url().replace("/ky/", "/ru/")).content.decode()
    assert '<html lang="ky"' in page


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": timezone.now()},
        {"created_at": timezone.now() - timedelta(days=3), "expires_at": timezone.now() - timedelta(seconds=1)},
    ],
)
def test_a_revoked_or_expired_link_is_404(client, link, change):
    other = services.give_preview(
        text=link.text, journalist=JournalistFactory(), expires_at=timezone.now() + timedelta(days=1), by=person()
    )
    if "revoked_at" in change:
        services.revoke_preview(link=link, by=person())
    else:
        PreviewLink.objects.filter(pk=link.pk).update(**change)
    for name in ("", "release.pdf"):
        assert client.get(f"{link.get_absolute_url()}{name}").status_code == 404
    assert client.get(other.get_absolute_url()).status_code == 200


def test_a_token_one_letter_off_or_of_another_shape_is_404(client, link):
    address = link.get_absolute_url()
    letter = "a" if link.token[0] != "a" else "b"
    for wrong in (address.replace(link.token, letter + link.token[1:]), "/ky/press/preview/x/", "/ky/press/preview/"):
        assert client.get(wrong).status_code == 404


def test_a_text_that_goes_back_to_draft_takes_its_previews_along(client, text, link):
    services.return_to_draft(text=text, revision=text.revision, comment="Санды тактаңыз", by=person())
    assert client.get(link.get_absolute_url()).status_code == 404


def test_after_the_hour_the_preview_leads_to_the_public_page(client, text, link):
    at_the_hour(text, seconds=1)
    response = client.get(link.get_absolute_url())
    assert (response.status_code, response["Location"]) == (302, text.get_absolute_url())


def test_the_link_of_a_letter_ends_at_the_hour_and_leads_to_the_public_page_from_then_on(client, text, link):
    before = timezone.now() - timedelta(days=1)
    PreviewLink.objects.filter(pk=link.pk).update(created_at=before, expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(link.get_absolute_url()).status_code == 404
    at_the_hour(text, seconds=1)
    response = client.get(link.get_absolute_url())
    assert (response.status_code, response["Location"]) == (302, text.get_absolute_url())
    assert PreviewOpening.objects.count() == 0
