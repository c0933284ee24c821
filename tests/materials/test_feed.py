"""The feed of new and changed documents, and the sitemap: public ones only, each language for itself."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from materials.models import Audience
from tests.factories.materials import DocumentFactory, EditionFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, language="ru"):
    response = client.get(f"/{language}/materials/feed/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies
    return ET.fromstring(response.content)  # noqa: S314  our own


def titles(client, language="ru"):
    return [entry.findtext(f"{ATOM}title") for entry in feed(client, language).iter(f"{ATOM}entry")]


def test_a_new_edition_brings_an_old_document_to_the_top_with_its_note(client):
    old = DocumentFactory(title_ru="Старый", published_at=timezone.now() - timedelta(days=900))
    DocumentFactory(title_ru="Новый")
    EditionFactory(document=old, note_ru="Изменён <раздел> 3 & 4", created_at=timezone.now())
    root = feed(client)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"
    first = root.find(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "Старый"
    assert "Изменён <раздел> 3 & 4" in first.findtext(f"{ATOM}summary")
    assert first.find(f"{ATOM}link").get("href").endswith(f"/ru/materials/{old.slug}/")


def test_another_edition_is_another_entry(client):
    document = DocumentFactory()
    before = feed(client).find(f"{ATOM}entry").findtext(f"{ATOM}id")
    EditionFactory(document=document)
    assert feed(client).find(f"{ATOM}entry").findtext(f"{ATOM}id") != before


def test_each_feed_has_what_is_titled_in_its_language(client):
    DocumentFactory(title_ky="", title_ru="Только русский")
    DocumentFactory(title_ky="Кыргызча гана", title_ru="")
    assert titles(client, "ru") == ["Только русский"]
    assert titles(client, "ky") == ["Кыргызча гана"]


def test_what_is_not_for_everyone_is_in_no_feed_and_no_sitemap(client):
    hidden = [
        DocumentFactory(draft=True),
        DocumentFactory(embargoed=True),
        DocumentFactory(audience=Audience.PARTICIPANTS),
        DocumentFactory(audience=Audience.STAFF),
    ]
    shown = DocumentFactory(title_ru="Открытый")
    assert titles(client) == ["Открытый"]
    sitemap = client.get("/sitemap.xml").content.decode()
    assert f"/ru/materials/{shown.slug}/" in sitemap
    assert "/ky/materials/</loc>" in sitemap
    assert not [document for document in hidden if f"/{document.slug}/" in sitemap]


def test_a_feed_without_documents_is_a_feed(client):
    assert titles(client) == []


def test_the_feed_takes_as_many_questions_for_three_documents_as_for_one(client):
    def questions():
        with CaptureQueriesContext(connection) as queries:
            feed(client)
        return len(queries)

    EditionFactory()
    one = questions()
    EditionFactory.create_batch(2)
    assert questions() == one
