"""The documents presented in 2019, with real files marked as samples, and the acts that people were told of."""

import io
import json
from html import unescape

import docx
import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation

from core.languages import LANGUAGES
from materials import demonstration
from materials.documents import MARK
from materials.models import Document, Edition, Extraction, File, Format, Handout, Status
from seminars import demonstration as seminars_demonstration
from seminars.models import Seminar
from tests.factories.accounts import StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

REPLACED = {
    "buzuular-kodeksi": "ukuk-buzuular-kodeksi",
    "tunduk-talaptary": "sanariptik-ekosistema-jobosu",
}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for all tests, which only look."""
    with django_db_blocker.unblock(), transaction.atomic():
        StaffFactory(username="organiser")
        seminars_demonstration.load()
        demonstration.load()
        yield
        transaction.set_rollback(True)


def pages_of(file):
    with default_storage.open(file.content.name) as content:
        pdf = pypdfium2.PdfDocument(content.read())
    return [page.get_textpage().get_text_bounded() for page in pdf]


def test_every_file_opens_has_been_read_and_is_marked_on_every_page():
    files = File.objects.all()
    assert files.count() == 16
    for file in files:
        assert (file.extraction, file.scan) == (Extraction.DONE, "not_asked")
        with default_storage.open(file.content.name) as content:
            data = content.read()
        if file.format == Format.PDF:
            pages = pages_of(file)
            assert file.pages == len(pages) <= 3
            assert all(MARK in page for page in pages)
            assert file.picture
        else:
            (section,) = docx.Document(io.BytesIO(data)).sections
            assert section.header.paragraphs[0].text == MARK


def test_kyrgyz_letters_stand_in_the_text_of_the_pdf():
    file = File.objects.get(edition__document__slug="jergiliktuu-demilgeler-jobosu", language="ky", format=Format.PDF)
    text = " ".join("".join(pages_of(file)).replace("\ufffe", "").split())
    for words in ("айыл өкмөтү жана шаардын мэриясы", "тең укуктуулук", "Өтүнмөлөр жылына бир жолу"):
        assert words in text
    assert "тең укуктуулук" in file.passages.get().text


def test_both_languages_say_the_same_number_of_things():
    for path in demonstration.DATA.glob("*.json"):
        texts = json.loads(path.read_text(encoding="utf-8"))
        if "ky" in texts:
            shape_ky, shape_ru = (
                [
                    (len(part.get("paragraphs", ())), len(part.get("items", ())), part.get("since"))
                    for part in texts[language]
                ]
                for language in ("ky", "ru")
            )
            assert shape_ky == shape_ru


def test_the_session_keeps_the_first_edition_of_the_guide_and_a_newer_one_says_what_changed():
    seminar = Seminar.objects.get(slug="aktualduu-maseleler-2019")
    given = list(Handout.objects.of_seminar(seminar))
    assert [handout.session.title_ru for handout in given] == [
        "Отбор и финансирование местных инициатив",
        "Совместный с гражданами мониторинг и оценка",
        "План действий по улучшению услуг",
    ]
    assert [(handout.edition.number, handout.edition.is_current) for handout in given] == [
        (1, True),
        (1, True),
        (1, False),
    ]
    second = Edition.objects.get(document=given[2].edition.document, is_current=True)
    assert second.note_ky
    assert second.note_ru
    said = {
        edition: edition.files.get(language="ru", format=Format.PDF).passages.get().text
        for edition in (second, given[2].edition)
    }
    assert "Отчёт перед жителями" in said[second]
    assert "Отчёт перед жителями" not in said[given[2].edition]


def test_the_samples_carry_no_number_and_the_first_asks_to_be_checked():
    samples = Document.objects.exclude(editions=None)
    assert {(sample.number, sample.issued_on, sample.act_type) for sample in samples} == {("", None, "")}
    note = Edition.objects.get(document__slug="jergiliktuu-demilgeler-jobosu")
    assert note.note_ky.startswith("Актуалдуулугун текшерүү керек")
    assert note.note_ru.startswith("Проверить актуальность")


def test_acts_are_links_and_replaced_ones_name_their_successor():
    acts = Document.objects.filter(editions=None)
    assert acts.count() == 5
    assert all(act.source_url.startswith("https://") for act in acts)
    assert dict(acts.filter(status=Status.REPLACED).values_list("slug", "successor__slug")) == REPLACED


def test_everything_is_public_in_both_languages_and_has_topics():
    assert Document.objects.public().count() == Document.objects.count() == 8
    assert not Document.objects.filter(title_ky="").exists()
    assert not Document.objects.filter(title_ru="").exists()
    assert not Document.objects.filter(topics=None).exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_pages_open(client, language):
    with translation.override(language):
        for document in Document.objects.all():
            page = client.get(document.get_absolute_url())
            assert page.status_code == 200
            assert document.title in unescape(page.content.decode())
