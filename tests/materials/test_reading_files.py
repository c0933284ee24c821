"""The worker reads what was uploaded: once, whatever happens, and everybody sees what became of it."""

import pytest
from django.core.files.storage import default_storage

from materials import tasks
from materials.models import Extraction, Format, Scan
from tests.factories.materials import FileFactory
from tests.materials import samples

pytestmark = pytest.mark.django_db


def read(**kwargs):
    file = FileFactory(**kwargs)
    tasks.read_file(file.pk)
    file.refresh_from_db()
    return file


def test_a_read_file_has_passages_pages_and_a_picture(typeset):
    file = read(data=typeset("Биринчи бет\n#pagebreak()\nЭкинчи бет"))
    assert (file.extraction, file.pages) == (Extraction.DONE, 2)
    passage = file.passages.get()
    assert (passage.number, passage.first_page, passage.text) == (1, 1, "Биринчи бет\fЭкинчи бет")
    assert default_storage.open(file.picture.name).read(3) == b"\xff\xd8\xff"


def test_a_file_without_words_says_so():
    file = read(data=samples.pdf())
    assert (file.extraction, file.pages, file.passages.count()) == (Extraction.EMPTY, 1, 0)
    assert file.picture


def test_a_broken_file_says_that_it_could_not_be_read():
    file = read(data=b"%PDF-1.7 and no more")
    assert (file.extraction, file.pages, file.picture.name) == (Extraction.FAILED, None, "")


def test_a_file_that_is_missing_in_the_storage_could_not_be_read():
    file = FileFactory()
    default_storage.delete(file.content.name)
    tasks.read_file(file.pk)
    file.refresh_from_db()
    assert file.extraction == Extraction.FAILED


def test_reading_twice_changes_nothing(typeset):
    file = read(data=typeset("Бир бет"))
    picture = file.picture.name
    tasks.read_file(file.pk)
    file.refresh_from_db()
    assert (file.passages.count(), file.picture.name) == (1, picture)


@pytest.mark.parametrize("scan", [Scan.WAITING, Scan.INFECTED])
def test_what_the_scanner_holds_back_is_not_read(scan, typeset):
    file = read(data=typeset("Бир бет"), scan=scan)
    assert (file.extraction, file.passages.count()) == (Extraction.WAITING, 0)


def test_a_file_that_is_gone_is_no_fault():
    tasks.read_file(0)


@pytest.mark.parametrize(
    ("make", "format_"),
    [(samples.docx, Format.DOCX), (samples.pptx, Format.PPTX), (samples.xlsx, Format.XLSX)],
)
def test_every_kind_with_words_is_read(make, format_):
    file = read(data=make(), format=format_)
    assert file.extraction == Extraction.DONE
    assert file.passages.exists()


def test_a_long_text_of_nothing_but_different_words_is_kept_whole(typeset):
    words = " ".join(f"{number:x}" for number in range(30_000))
    file = read(data=typeset(words))
    assert file.extraction == Extraction.DONE
    assert set(words.split()) <= set(" ".join(file.passages.values_list("text", flat=True)).split())


def test_when_the_storage_is_away_the_file_is_read_later(monkeypatch, typeset):
    from django_q.models import Schedule

    file = FileFactory(data=typeset("Бир бет"))

    def away(name, mode="rb"):
        raise OSError("away")

    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "open", away)
        tasks.read_file(file.pk)
    file.refresh_from_db()
    assert file.extraction == Extraction.WAITING
    assert Schedule.objects.filter(func="materials.tasks.read_file", args=f"({file.pk},)").count() == 1


def test_without_room_for_the_picture_the_text_is_kept(monkeypatch, typeset):
    file = FileFactory(data=typeset("Бир бет"))

    def full(name, content, max_length=None):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    tasks.read_file(file.pk)
    file.refresh_from_db()
    assert (file.extraction, file.picture.name, file.passages.count()) == (Extraction.DONE, "", 1)
