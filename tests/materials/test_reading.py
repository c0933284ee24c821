"""Text, pages and pictures out of files of every kind; hostile ones cost little and break nothing."""

import io
import json
import struct
import sys
import zlib

import pytest
from PIL import Image

from materials.reading import LARGEST_PICTURE, Reading, _understood, read_content
from tests.materials import samples

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN_PART = "word/document.xml"


def read(data, format_, **kwargs):
    return read_content(io.BytesIO(data), format_, **kwargs)


def docx_with(body):
    return samples.with_members(samples.docx(), replacing=[(MAIN_PART, body)])


def png_header(width, height):
    """A PNG that claims to be so large and has no pixels."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    data = b"IDAT" + zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))


def pdf_of(pages, objects=b""):
    """A PDF with this dictionary as the tree of its pages."""
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n" + pages + b"\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>\n"
        b"endobj\n4 0 obj\n<</Length 28>>\nstream\nq 500 0 0 500 0 0 cm /X Do Q\nendstream\nendobj\n"
        + objects
        + b"\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
    )


# --- Honest files -------------------------------------------------------------------------------------------------


def test_a_pdf_gives_its_text_by_page_and_a_picture_of_the_first(typeset):
    reading = read(typeset("= Типтүү жобо\nЖергиликтүү өз алдынча башкаруу\n#pagebreak()\nЭкинчи бет"), "pdf")
    assert reading.is_whole
    assert reading.pages == 2
    assert "Типтүү жобо" in reading.texts[0]
    assert reading.texts[1] == "Экинчи бет"
    with Image.open(io.BytesIO(reading.picture)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (300, 424))
    assert len(reading.picture) < 15_000


def test_a_word_parted_at_the_end_of_a_line_is_whole_again(typeset):
    words = "муниципального государственного предпринимательства " * 12
    reading = read(typeset(f'#set text(lang: "ru")\n#par(justify: true)[{words}]'), "pdf")
    assert set(reading.texts[0].split()) == set(words.split())


def test_a_word_document_gives_its_text_with_tables():
    file, document = io.BytesIO(), samples.Document()
    document.add_paragraph("Биринчи абзац")
    document.add_table(1, 2).rows[0].cells[1].text = "Уячадагы сөз"
    document.save(file)
    assert read(file.getvalue(), "docx").texts == ["Биринчи абзац\n\nУячадагы сөз"]


def test_slides_are_pages_with_their_notes():
    file, slides = io.BytesIO(), samples.Presentation()
    for title in ("Бюджет", "Кызматтар"):
        slide = slides.slides.add_slide(slides.slide_layouts[5])
        slide.shapes.title.text = title
    slide.notes_slide.notes_text_frame.text = "Эскертүү"
    slides.save(file)
    reading = read(file.getvalue(), "pptx")
    assert reading.pages == 2
    assert reading.texts[0] == "Бюджет"
    assert "Эскертүү" in reading.texts[1]


def test_a_workbook_gives_the_cells_of_its_sheets():
    reading = read(samples.xlsx(), "xlsx")
    assert (reading.pages, reading.texts) == (1, ["Смета\nсом"])


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "L"), ("PNG", "P"), ("PNG", "LA")])
def test_a_picture_gives_itself_small_and_no_text(kind, mode):
    reading = read(samples.picture(kind, (3000, 2000), mode), kind.lower())
    assert reading.is_whole
    assert reading.texts == []
    with Image.open(io.BytesIO(reading.picture)) as picture:
        assert picture.size == (300, 200)


# --- Hostile files ------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY a{n} "' + f"&a{n - 1};" * 10 + '">' for n in range(1, 12))
ENTITIES = (
    f'<!DOCTYPE d [<!ENTITY a0 "ha">{LAUGHS}]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&a11;</w:t></w:r>'
    "</w:p></w:body></w:document>"
)
OUTSIDE = (
    f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r>'
    "<w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)
HUGE_IMAGE = (
    b"5 0 obj\n<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    b"/Filter/FlateDecode/Length 20>>\nstream\n" + zlib.compress(b"\0" * 100)[:20] + b"\nendstream\nendobj\n"
)
ITSELF = b"5 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>\nstream\n"
ITSELF += b"/X Do\nendstream\nendobj\n"


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        pytest.param(b"", "pdf", id="nothing"),
        pytest.param(b"%PDF-1.7 and no more", "pdf", id="cut-off"),
        pytest.param(b"PK\x03\x04 and no more", "docx", id="no-archive"),
        pytest.param(samples.pptx(), "docx", id="slides-called-document"),
        pytest.param(docx_with(ENTITIES), "docx", id="entities-that-swell"),
        pytest.param(png_header(60_000, 60_000), "png", id="too-many-pixels"),
        pytest.param(png_header(2**31 - 1, 1), "png", id="endless-line"),
        pytest.param(pdf_of(b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"), "pdf", id="pages-that-hold-themselves"),
        pytest.param(b"%PDF-1.7\n" + b"[" * 500_000, "pdf", id="deep-nesting"),
    ],
)
def test_what_cannot_be_read_gives_nothing_and_ends_soon(data, format_):
    reading = read(data, format_, patience=20)
    assert not any(reading.texts)
    assert reading.picture == b""


def test_an_entity_of_a_file_of_the_server_stays_unread():
    assert "root" not in "".join(read(docx_with(OUTSIDE), "docx").texts)


def test_a_document_that_unpacks_to_more_than_the_memory_is_given_up():
    body = f'<w:document xmlns:w="{WORD}"><w:body>' + "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 4_000_000
    reading = read(docx_with(body + "</w:body></w:document>"), "docx")
    assert not reading.is_whole
    assert reading.texts == []


def test_a_pdf_with_pages_without_end_is_read_up_to_a_limit():
    kids = b"3 0 R " * 200_000
    reading = read(pdf_of(b"<</Type/Pages/Count 200000/Kids[%s]>>" % kids), "pdf", patience=20)
    assert len(reading.texts) <= 3000


@pytest.mark.parametrize("objects", [HUGE_IMAGE, ITSELF], ids=["huge-image", "drawn-inside-itself"])
def test_a_page_that_cannot_be_drawn_still_gives_its_number(objects):
    reading = read(pdf_of(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", objects), "pdf", patience=20)
    assert reading.pages == 1
    assert len(reading.picture) <= LARGEST_PICTURE


def test_a_page_as_large_as_a_town_gives_a_picture_of_usual_size():
    data = samples.pdf().replace(b"[0 0 595 842]", b"[0 0 9000000 9000000]")
    reading = read(data, "pdf", patience=20)
    assert reading.pages == 1
    assert len(reading.picture) <= LARGEST_PICTURE


def test_reading_that_does_not_end_is_stopped_and_what_it_told_is_kept(tmp_path, monkeypatch):
    program = tmp_path / "python"
    program.write_text('#!/bin/sh\necho \'{"pages": 7}\'\necho \'{"text": "Биринчи бет"}\'\nexec sleep 60\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    reading = read(b"", "pdf", patience=0.5)
    assert (reading.is_whole, reading.pages, reading.texts) == (False, 7, ["Биринчи бет"])


def test_the_reading_process_knows_nothing_of_the_portal(tmp_path, monkeypatch):
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\nprintf '{\"text\": \"%s\"}' \"$(env | tr '\\n' ' ')\"\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setenv("SECRET_KEY", "very secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://very-secret")
    assert "secret" not in read(b"", "pdf").texts[0].lower()


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b'{"text": 5}',
        b'{"pages": -1}',
        b'{"pages": 99999999999}',
        b'{"pages": "7"}',
        b'["text"]',
        b'{"picture": "PHN2Zz4="}',
        b'{"picture": "%%%"}',
        b'{"picture": 7}',
        b"[" * 100_000,
    ],
)
def test_nothing_that_the_reading_process_tells_is_believed_unseen(line):
    assert _understood(io.BytesIO(line + b"\n")) == Reading()


def test_text_comes_out_as_postgresql_keeps_it():
    told = json.dumps({"text": "бир\0эки\ud800үч\x1b\u202eтөрт"}).encode()
    assert _understood(io.BytesIO(told)).texts == ["бирэкиүчтөрт"]


# --- Passages -----------------------------------------------------------------------------------------------------


def test_passages_hold_as_many_pages_as_fit_and_know_where_they_begin():
    reading = Reading(texts=["а" * 40, "б" * 40, "", "в" * 90, "г " * 120, "д"])
    passages = list(reading.passages(100))
    assert [(page, len(text)) for page, text in passages] == [(1, 82), (4, 90), (5, 99), (5, 98), (5, 45)]
    assert passages[0][1].split("\f") == ["а" * 40, "б" * 40, ""]
    assert passages[-1][1].endswith("\fд")


def test_empty_pages_alone_make_no_passage():
    assert list(Reading(texts=["", " ", ""]).passages(100)) == []
