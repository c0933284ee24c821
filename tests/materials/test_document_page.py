"""The page of a document: what holds is seen at once, languages are never mixed, what is held back is nowhere."""

import json
import re
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from materials.models import Audience, Kind, Language, Scan, Status
from tests.factories.materials import DocumentFactory, EditionFactory, FileFactory, HandoutFactory
from tests.factories.seminars import SeminarFactory, TopicFactory

pytestmark = pytest.mark.django_db


def page(client, document, language="ru"):
    response = client.get(f"/{language}/materials/{document.slug}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def document():
    return DocumentFactory(title_ky="Усулдук колдонмо", title_ru="Руководство", number="59-р")


def edition(document, number, *languages, is_current=True, **fields):
    text = EditionFactory(document=document, number=number, is_current=is_current, **fields)
    return [FileFactory(edition=text, language=language) for language in languages]


def test_the_page_has_the_files_with_language_type_and_size(client, document):
    (file,) = edition(document, 1, Language.RU)
    text = page(client, document)
    assert f'href="{file.get_absolute_url()}"' in text
    assert "PDF" in text
    assert "59-р" in text


@pytest.mark.parametrize(
    "hidden",
    [
        {"draft": True},
        {"embargoed": True},
        {"audience": Audience.PARTICIPANTS},
        {"audience": Audience.STAFF},
    ],
)
def test_a_document_that_is_not_for_everyone_has_no_page(client, hidden):
    document = DocumentFactory(**hidden)
    file = FileFactory(edition__document=document, picture=ContentFile(b"\xff\xd8\xff", name="x"))
    assert client.get(f"/ru/materials/{document.slug}/").status_code == 404
    assert client.get(f"/files/{file.key}/picture").status_code == 404


@pytest.mark.parametrize("scan", [Scan.WAITING, Scan.INFECTED])
def test_a_file_that_the_scanner_holds_back_is_not_on_the_page(client, document, scan):
    file = FileFactory(
        edition__document=document, scan=scan, picture=ContentFile(b"\xff\xd8\xff", name="x"), shown_name="тайное.pdf"
    )
    assert file.key not in page(client, document)
    assert client.get(f"/files/{file.key}/picture").status_code == 404


def test_the_first_page_is_shown_as_a_picture(client, document):
    file = FileFactory(edition__document=document, picture=ContentFile(b"\xff\xd8\xffjpeg", name="x"))
    assert f'src="/files/{file.key}/picture"' in page(client, document)
    response = client.get(f"/files/{file.key}/picture")
    assert b"".join(response.streaming_content) == b"\xff\xd8\xffjpeg"
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_replaced_document_leads_to_what_holds_now(client):
    successor = DocumentFactory()
    old = DocumentFactory(status=Status.REPLACED, successor=successor)
    assert f'href="{successor.get_absolute_url()}"'.replace("/ky/", "/ru/") in page(client, old)
    assert old.slug in page(client, successor)


def test_a_successor_that_is_not_public_is_not_named(client):
    old = DocumentFactory(status=Status.REPLACED, successor=DocumentFactory(draft=True, title_ru="Тайный проект"))
    assert "Тайный проект" not in page(client, old)


def test_the_text_that_is_older_in_one_language_says_so(client, document):
    (russian,) = edition(document, 2, Language.RU, dated=date(2024, 2, 1))
    (kyrgyz,) = edition(document, 1, Language.KY, is_current=False)
    response = client.get(f"/ky/materials/{document.slug}/")
    texts = response.context["texts"]
    assert [(text.language, text.files, text.newer and text.newer.number) for text in texts] == [
        ("ky", [kyrgyz], 2),
        ("ru", [russian], None),
    ]


def test_a_missing_language_is_said_and_not_filled_in(client, document):
    edition(document, 1, Language.RU)
    texts = client.get(f"/ky/materials/{document.slug}/").context["texts"]
    assert [(text.language, bool(text.edition)) for text in texts] == [("ky", False), ("ru", True)]


def test_a_file_in_both_languages_serves_both(client, document):
    (file,) = edition(document, 1, Language.BOTH)
    texts = client.get(f"/ky/materials/{document.slug}/").context["texts"]
    assert [(text.language, text.files, text.newer) for text in texts] == [("ky", [file], None), ("ru", [file], None)]


def test_a_title_in_the_other_language_is_marked(client):
    document = DocumentFactory(title_ky="", title_ru="Только по-русски")
    text = page(client, document, "ky")
    assert '<span lang="ru">Только по-русски</span>' in text
    assert '<meta name="robots" content="noindex">' in text


def test_earlier_editions_keep_their_files_and_notes(client, document):
    edition(document, 2, Language.RU, note_ru="Добавлена глава о жалобах.")
    (old,) = edition(document, 1, Language.RU, is_current=False)
    text = page(client, document)
    assert "Добавлена глава о жалобах." in text
    assert old.get_absolute_url() in text


def test_it_says_where_it_was_presented_but_names_no_draft(client, document):
    given = EditionFactory(document=document)
    shown, hidden = SeminarFactory(), SeminarFactory(draft=True)
    for seminar in (shown, hidden):
        HandoutFactory(seminar=seminar, edition=given)
    text = page(client, document)
    assert f"/ru/seminars/{shown.slug}/" in text
    assert hidden.slug not in text


def test_a_link_leads_to_its_source(client):
    document = DocumentFactory(kind=Kind.LINK, source_url="https://cbd.example.org/act/302?from=a&to=b")
    assert 'href="https://cbd.example.org/act/302?from=a&amp;to=b"' in page(client, document)


def test_structured_data_is_json_and_cannot_end_its_element(client):
    document = DocumentFactory(title_ru="</script><script>alert(1)</script>&", number="<b>1</b>")
    file = FileFactory(edition__document=document)
    text = page(client, document)
    assert "<script>alert" not in text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[1])
    assert data["name"] == document.title_ru
    assert data["encoding"][0]["contentUrl"].endswith(file.get_absolute_url())


def test_the_page_takes_as_many_questions_for_three_editions_as_for_one(client, document):
    def questions():
        with CaptureQueriesContext(connection) as queries:
            page(client, document)
        return len(queries)

    document.topics.add(TopicFactory())
    edition(document, 1, Language.RU, Language.KY)
    HandoutFactory(edition=document.editions.get())
    one = questions()
    for number in (2, 3):
        edition(document, number, Language.RU, Language.KY, is_current=False)
        HandoutFactory(edition=document.editions.get(number=number))
    assert questions() == one
