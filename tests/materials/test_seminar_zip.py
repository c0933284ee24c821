"""Everything that a seminar handed out, as one ZIP that is sent while it is made."""

import tracemalloc
import zipfile
from io import BytesIO

import pytest
from django.core.files.storage import default_storage

from materials import sharing
from materials.models import Audience, Download, File, Scan
from tests.factories.materials import EditionFactory, FileFactory, HandoutFactory
from tests.factories.seminars import SeminarFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seminar():
    return SeminarFactory()


def handed_out(seminar, data=b"%PDF-1.7", **fields):
    edition = HandoutFactory(seminar=seminar, edition=EditionFactory(**fields)).edition
    return FileFactory(edition=edition, data=data, shown_name="План улучшения.pdf")


def address(seminar, language="ru"):
    return f"/{language}/seminars/{seminar.slug}/materials.zip"


def opened(response):
    assert response.status_code == 200
    package = zipfile.ZipFile(BytesIO(b"".join(response.streaming_content)))
    assert package.testzip() is None
    return package


def test_it_holds_the_files_in_a_folder_for_each_document(client, seminar):
    handed_out(seminar, b"%PDF one", document__title_ru="Правила: свод/часть 1", document__title_ky="Эрежелер")
    handed_out(seminar, b"%PDF two", document__title_ru="Руководство")
    response = client.get(address(seminar))
    package = opened(response)
    assert package.namelist() == ["Правила свод часть 1/План улучшения.pdf", "Руководство/План улучшения.pdf"]
    assert package.read("Руководство/План улучшения.pdf") == b"%PDF two"
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == f'attachment; filename="{seminar.slug}-materials.zip"'
    assert not response.cookies
    assert opened(client.get(address(seminar, "ky"))).namelist()[0] == "Эрежелер/План улучшения.pdf"


def test_files_of_the_same_name_are_numbered(client, seminar):
    file = handed_out(seminar, document__title_ru="Свод")
    FileFactory(edition=file.edition, shown_name="план УЛУЧШЕНИЯ.pdf")
    assert opened(client.get(address(seminar))).namelist() == ["Свод/План улучшения.pdf", "Свод/план УЛУЧШЕНИЯ (2).pdf"]


@pytest.mark.parametrize("name", ["..", ".", "..pdf", "C:", "*?", "aux:stream.pdf"])
def test_no_name_leads_out_of_the_archive(client, seminar, name):
    file = handed_out(seminar, document__title_ru="../../etc")
    File.objects.filter(pk=file.pk).update(shown_name=name)
    (place,) = opened(client.get(address(seminar))).namelist()
    folder, _slash, inside = place.partition("/")
    assert folder == "etc"
    assert inside.strip(".")
    assert not set(inside) & set('\\/:*?"<>|')


def test_it_keeps_the_edition_that_was_handed_out_and_each_file_once(client, seminar):
    file = handed_out(seminar, b"%PDF then", is_current=False)
    FileFactory(edition=EditionFactory(document=file.edition.document, number=2), data=b"%PDF now")
    HandoutFactory(seminar=seminar, edition=file.edition, session=SessionFactory(seminar=seminar))
    package = opened(client.get(address(seminar)))
    assert [package.read(name) for name in package.namelist()] == [b"%PDF then"]


@pytest.mark.parametrize(
    "hidden",
    [
        {"document__draft": True},
        {"document__embargoed": True},
        {"document__audience": Audience.PARTICIPANTS},
        {"document__audience": Audience.STAFF},
    ],
)
def test_what_is_not_for_everyone_is_not_in_it(client, seminar, hidden):
    handed_out(seminar, **hidden)
    assert client.get(address(seminar)).status_code == 404
    handed_out(seminar, b"%PDF public")
    package = opened(client.get(address(seminar)))
    assert [package.read(name) for name in package.namelist()] == [b"%PDF public"]


@pytest.mark.parametrize("scan", [Scan.WAITING, Scan.INFECTED])
def test_what_the_scanner_holds_back_is_not_in_it(client, seminar, scan):
    File.objects.filter(pk=handed_out(seminar).pk).update(scan=scan)
    assert client.get(address(seminar)).status_code == 404


def test_there_is_none_of_a_draft_seminar_or_of_nothing(client, seminar):
    draft = SeminarFactory(draft=True)
    handed_out(draft)
    assert client.get(address(draft)).status_code == 404
    assert client.get(address(seminar)).status_code == 404


def test_each_file_is_counted_as_a_download_once_and_a_question_for_headers_is_not(client, seminar):
    file = handed_out(seminar)
    head = client.head(address(seminar))
    assert head.status_code == 200
    assert not head.content
    assert not Download.objects.exists()
    client.get(address(seminar))
    assert Download.objects.get().count == 1
    assert Download.objects.get().edition == file.edition
    assert client.post(address(seminar)).status_code == 405


def test_a_file_missing_in_the_storage_is_left_out(client, seminar):
    lost = handed_out(seminar)
    default_storage.delete(lost.content.name)
    handed_out(seminar, b"%PDF there")
    package = opened(client.get(address(seminar)))
    assert [package.read(name) for name in package.namelist()] == [b"%PDF there"]


def test_it_is_made_in_little_memory(seminar):
    size = 8 * 1024 * 1024
    handed_out(seminar, b"%PDF" + bytes(size))
    files = list(File.objects.public().handed_out_at(seminar).select_related("edition__document"))
    tracemalloc.start()
    try:
        sent = sum(len(piece) for piece in sharing.archive(files))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sent > size
    assert peak < size / 8
