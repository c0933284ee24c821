"""Pictures and attachments: told by content, made anew, never larger than they may be."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from press import pictures, services
from press.exceptions import FileRefused
from press.models import StoredFile
from tests.factories.releases import draft_text, pdf_upload, person, picture_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def release():
    return draft_text().release


def with_exif():
    """A photograph taken upside down, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "Жайгашкан жери"
    exif.get_ifd(0x8825)[1] = "N"
    return picture_upload(size=(40, 30), exif=exif)


def office(member="word/document.xml", content=b"<w/>"):
    """A DOCX with one member more."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", "<r/>")
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr(member + ("" if member != "word/document.xml" else ".bak"), content)
    return SimpleUploadedFile("жобо.docx", output.getvalue())


def test_a_picture_keeps_its_pixels_upright_and_nothing_of_the_camera(release):
    stored = pictures.store_picture(release, with_exif())
    with stored.file.open() as file, Image.open(file) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (stored.width, stored.height) == (30, 40)
        assert not picture.getexif()
        assert "exif" not in picture.info


def test_a_large_picture_is_made_smaller(release):
    stored = pictures.store_picture(release, picture_upload(size=(4000, 1000)))
    assert (stored.width, stored.height) == (1600, 400)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_other_pictures_become_jpegs(release, form):
    assert pictures.store_picture(release, picture_upload(form=form)).media_type == "image/jpeg"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html></html>",
        b"\xff\xd8\xff\xe0" + b"0" * 100,
        b"GIF89a" + b"0" * 100,
        b"%PDF-1.4",
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name_says(release, content):
    with pytest.raises(FileRefused):
        pictures.store_picture(release, SimpleUploadedFile("photo.jpg", content, "image/jpeg"))
    assert not StoredFile.objects.exists()


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(release):
    output = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(output, "PNG")
    with pytest.raises(FileRefused):
        pictures.store_picture(release, SimpleUploadedFile("bomb.png", output.getvalue()))


def test_a_file_that_is_too_heavy_is_refused(release, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_UPLOAD", 100)
    for store in (pictures.store_picture, pictures.store_attachment):
        with pytest.raises(FileRefused):
            store(release, pdf_upload())


def test_a_pdf_and_an_office_document_are_kept_as_they_are(release):
    assert pictures.store_attachment(release, pdf_upload()).media_type == "application/pdf"
    assert "wordprocessingml" in pictures.store_attachment(release, office()).media_type


@pytest.mark.parametrize(
    "upload",
    [
        office("word/vbaProject.bin"),
        office("word/media/big.bin", b"0" * (101 * 1024 * 1024)),
        SimpleUploadedFile("page.pdf", b"<html><script>alert(1)</script></html>", "application/pdf"),
        SimpleUploadedFile("run.exe", b"MZ" + b"0" * 500),
    ],
    ids=["macros", "bomb", "html", "program"],
)
def test_an_attachment_that_could_harm_is_refused(release, upload):
    with pytest.raises(FileRefused):
        pictures.store_attachment(release, upload)


def test_the_name_where_it_lies_says_nothing_of_the_file(release):
    stored = pictures.store_attachment(release, pdf_upload("../../etc/жашыруун\x00.pdf"))
    assert stored.file.name == f"press/{stored.key}"
    assert len(stored.key) == 22


def test_the_same_bytes_are_kept_once(release):
    assert pictures.store_picture(release, picture_upload()) == pictures.store_picture(release, picture_upload())


def test_a_refused_file_changes_nothing_of_the_text():
    text = draft_text()
    with pytest.raises(FileRefused):
        services.place_picture(
            text=text,
            revision=text.revision,
            upload=SimpleUploadedFile("a.jpg", b"no"),
            key="",
            alt="Зал",
            caption="",
            by=person(),
        )
    assert not text.pictures.exists()
