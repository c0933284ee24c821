"""The documents presented in 2019: real files marked as samples; loaded twice as once, and removable."""

import io
import json
from io import StringIO

import docx
import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from materials import demonstration
from materials.documents import MARK
from materials.models import Document, Download, Edition, Extraction, File, Format, Handout, Passage, Status
from seminars import demonstration as seminars_demonstration
from seminars.models import Seminar
from tests.factories.accounts import StaffFactory
from tests.factories.materials import DocumentFactory, EditionFactory, FileFactory, HandoutFactory
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db

WITH_HISTORY = (Document, Edition, File, Handout)
REPLACED = {
    "buzuular-kodeksi": "ukuk-buzuular-kodeksi",
    "tunduk-talaptary": "sanariptik-ekosistema-jobosu",
}


def stored():
    folders, files = default_storage.listdir("materials") if default_storage.exists("materials") else ((), ())
    return sorted([*files, *(name for folder in folders for name in default_storage.listdir(f"materials/{folder}")[1])])


def rows():
    counts = [model.objects.count() for model in (*WITH_HISTORY, Passage)]
    return counts, [model.history.count() for model in WITH_HISTORY], stored()


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    """A real and empty one."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    return tmp_path


@pytest.fixture
def loaded():
    StaffFactory(username="organiser")
    seminars_demonstration.load()
    demonstration.load()


@pytest.fixture
def remove(django_capture_on_commit_callbacks):
    def removed():
        with django_capture_on_commit_callbacks(execute=True):
            demonstration.remove()

    return removed


def pages_of(file):
    with default_storage.open(file.content.name) as content:
        pdf = pypdfium2.PdfDocument(content.read())
    return [page.get_textpage().get_text_bounded() for page in pdf]


def test_every_file_opens_has_been_read_and_is_marked_on_every_page(loaded):
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


def test_kyrgyz_letters_stand_in_the_text_of_the_pdf(loaded):
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


def test_the_session_keeps_the_first_edition_of_the_guide_and_a_newer_one_says_what_changed(loaded):
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


def test_the_samples_carry_no_number_and_the_first_asks_to_be_checked(loaded):
    samples = Document.objects.exclude(editions=None)
    assert {(sample.number, sample.issued_on, sample.act_type) for sample in samples} == {("", None, "")}
    note = Edition.objects.get(document__slug="jergiliktuu-demilgeler-jobosu")
    assert note.note_ky.startswith("Актуалдуулугун текшерүү керек")
    assert note.note_ru.startswith("Проверить актуальность")


def test_acts_are_links_and_replaced_ones_name_their_successor(loaded):
    acts = Document.objects.filter(editions=None)
    assert acts.count() == 5
    assert all(act.source_url.startswith("https://") for act in acts)
    assert dict(acts.filter(status=Status.REPLACED).values_list("slug", "successor__slug")) == REPLACED


def test_everything_is_public_in_both_languages_and_has_topics(loaded):
    assert Document.objects.public().count() == Document.objects.count() == 8
    assert not Document.objects.filter(title_ky="").exists()
    assert not Document.objects.filter(title_ru="").exists()
    assert not Document.objects.filter(topics=None).exists()


def test_loading_twice_changes_nothing(loaded):
    before = rows()
    demonstration.load()
    assert rows() == before


def test_removing_leaves_neither_row_nor_history_nor_file(loaded, remove):
    edition = Edition.objects.first()
    Download.objects.create(edition=edition, language="ky", day="2026-11-01")
    remove()
    assert rows() == ([0] * 5, [0] * 4, [])
    out = StringIO()
    call_command("check_files", stdout=out)
    assert "every row has its file" in out.getvalue()
    seminars_demonstration.remove()
    assert not Seminar.objects.exists()


def test_it_can_be_loaded_again_after_removal(loaded, remove):
    before = rows()
    remove()
    demonstration.load()
    counts, history, files = rows()
    assert (counts, history, len(files)) == (*before[:2], len(before[2]))


def test_removing_leaves_the_documents_of_others(loaded, remove):
    own = FileFactory(edition=EditionFactory(document=DocumentFactory(slug="own")))
    remove()
    assert list(File.objects.all()) == [own]
    assert default_storage.exists(own.content.name)


def test_a_document_that_another_seminar_hands_out_stays_whole(loaded, remove):
    guide = Document.objects.get(slug="kyzmattardy-jakshyrtuu-koldonmosu")
    HandoutFactory(seminar=SeminarFactory(), session=None, edition=guide.editions.get(is_current=True))
    remove()
    assert list(Document.objects.all()) == [guide]
    assert File.objects.count() == 8
