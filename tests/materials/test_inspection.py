"""What an upload is, found by its content; what is refused, and in which words."""

import io
import struct
import zipfile

import pytest
from django.utils import translation
from PIL import Image

from materials.exceptions import FileRefused
from materials.inspection import inspect, shown_name
from materials.models import Format
from tests.materials import samples
from tests.materials.samples import upload, with_members


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (samples.pdf(), Format.PDF),
        (samples.pdf(b"8 0 obj\n<</OpenAction[3 0 R/Fit]/Launcher 1/JSON 2>>\nendobj"), Format.PDF),
        (samples.pdf(samples.pdf_stream(b"BT (plain words) Tj ET", b"/Filter/FlateDecode")), Format.PDF),
        (samples.docx(), Format.DOCX),
        (with_members(samples.docx(), compression=zipfile.ZIP_STORED), Format.DOCX),
        (
            with_members(samples.docx(), [("word/_rels/a.rels", samples.relation("hyperlink", "https://a.kg/"))]),
            Format.DOCX,
        ),
        (
            with_members(
                samples.docx(),
                [("word/_rels/a.rels", samples.relation("attachedTemplate", "file:///C:\\Users\\a.dotm"))],
            ),
            Format.DOCX,
        ),
        (samples.reordered(samples.docx()), Format.DOCX),
        (samples.pptx(), Format.PPTX),
        (samples.pptx(chart=True), Format.PPTX),
        (samples.xlsx(), Format.XLSX),
        (samples.picture(), Format.JPEG),
        (samples.picture("PNG"), Format.PNG),
        (samples.picture("PNG", mode="P", transparency=0), Format.PNG),
    ],
    ids=[
        "pdf",
        "script-free-pdf",
        "packed-pdf",
        "docx",
        "stored-docx",
        "docx-with-a-link",
        "docx-with-a-template",
        "docx-the-other-way-round",
        "pptx",
        "chart",
        "xlsx",
        "jpeg",
        "png",
        "palette",
    ],
)
def test_honest_files_are_what_they_are_whatever_their_name(data, format_):
    inspected = inspect(upload(data, "program.exe"))
    assert inspected.format == format_
    assert inspected.content.read(4) == data[:4]
    assert len(inspected.sha256) == 64
    assert inspected.size


CONTENT_TYPES = "[Content_Types].xml"


def declaring(content_type):
    """A DOCX whose main part says to be of another type."""
    data = samples.docx()
    words = samples.member(data, CONTENT_TYPES).replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", content_type
    )
    return with_members(data, replacing={CONTENT_TYPES: words})


def bomb(members=1, megabytes=300):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr(CONTENT_TYPES, "<Types/>")
        for number in range(members):
            with new.open(f"word/{number}.xml", "w") as part:
                for _ in range(megabytes):
                    part.write(bytes(1 << 20))
    return out.getvalue()


def docx_of(megabytes):
    """A DOCX that unpacks to so much."""
    return with_members(samples.docx(), [("word/large.xml", bytes(megabytes << 20))])


def encrypted(data):
    """The package with the flag of a password at its first member, in both places."""
    data = bytearray(data)
    directory = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[directory + 8] |= 1
    return bytes(data)


def lying_directory():
    """An archive that says its list of members is very long."""
    data = bytearray(samples.docx())
    struct.pack_into("<L", data, data.rindex(b"PK\x05\x06") + 12, 50_000_000)
    return bytes(data)


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE Types [<!ENTITY a "aaaa">]><Types>&a;</Types>'
PDF_MACRO = b"<</S/JavaScript/JS(app.alert(1))>>"

HOSTILE = {
    "empty": (b"", "empty"),
    "text": ("Жай текст".encode(), "Only PDF"),
    "html": (b"<!DOCTYPE html><script>alert(1)</script>", "Only PDF"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "Only PDF"),
    "gif": (b"GIF89a" + bytes(40), "Only PDF"),
    "exe": (b"MZ" + bytes(100), "Only PDF"),
    "html before pdf": (b"<script>" + samples.pdf(), "Only PDF"),
    "rtf": (rb"{\rtf1 words}", "Only PDF"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old or password"),
    "zip": (samples.archive(a="b"), "no DOCX"),
    "zip with content types": (samples.archive(**{CONTENT_TYPES: "<Types/>"}), "no DOCX"),
    "cut zip": (samples.docx()[:-200], "damaged"),
    "password": (encrypted(samples.docx()), "password"),
    "docm by type": (
        declaring(b"application/vnd.ms-word.document.macroEnabled.main+xml"),
        "macros",
    ),
    "docm by part": (with_members(samples.docx(), [("word/vbaProject.bin", b"x")]), "macros"),
    "docm in capitals": (with_members(samples.docx(), [("word/VBAPROJECT.BIN", b"x")]), "macros"),
    "activex": (with_members(samples.docx(), [("word/activeX/activeX1.xml", b"x")]), "macros"),
    "old macro sheet": (with_members(samples.xlsx(), [("xl/macrosheets/sheet1.xml", b"x")]), "macros"),
    "slide show": (
        declaring(b"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"),
        "no DOCX",
    ),
    "template from elsewhere": (
        with_members(
            samples.docx(), [("word/_rels/s.rels", samples.relation("attachedTemplate", "https://evil.kg/t.dotm"))]
        ),
        "another address",
    ),
    "template from a share": (
        with_members(
            samples.docx(), [("word/_rels/s.rels", samples.relation("attachedTemplate", "file:////evil/t.dotm"))]
        ),
        "another address",
    ),
    "picture from elsewhere": (
        with_members(samples.docx(), [("word/_rels/s.rels", samples.relation("image", "http://evil.kg/p.png"))]),
        "another address",
    ),
    "embedded program": (with_members(samples.docx(), [("word/embeddings/a.bin", b"MZ")]), "embedded"),
    "embedded macros": (
        with_members(
            samples.docx(),
            [("word/embeddings/a.xlsx", with_members(samples.xlsx(), [("xl/vbaProject.bin", b"x")]))],
        ),
        "macros",
    ),
    "documents in documents in documents": (
        with_members(
            samples.docx(),
            [
                (
                    "word/embeddings/a.docx",
                    with_members(
                        samples.docx(),
                        [
                            (
                                "word/embeddings/b.docx",
                                with_members(samples.docx(), [("word/embeddings/c.xlsx", samples.xlsx())]),
                            )
                        ],
                    ),
                )
            ],
        ),
        "unpacks to more",
    ),
    "bombs inside": (
        lambda: with_members(
            samples.docx(), [("word/embeddings/a.docx", docx_of(150)), ("word/embeddings/b.docx", docx_of(150))]
        ),
        "unpacks to more",
    ),
    "long relations": (with_members(samples.docx(), [("word/_rels/a.rels", b" " * (5 << 20))]), "unpacks to more"),
    "document type": (with_members(samples.docx(), replacing={CONTENT_TYPES: DOCTYPE}), "damaged"),
    "broken xml": (with_members(samples.docx(), replacing={CONTENT_TYPES: b"<Types"}), "damaged"),
    "upward path": (with_members(samples.docx(), [("../../etc/cron.d/a", b"x")]), "damaged"),
    "bomb": (bomb, "unpacks to more"),
    "too many members": (
        with_members(samples.docx(), [(f"word/{n}.xml", b"") for n in range(5001)]),
        "unpacks to more",
    ),
    "lying directory": (lying_directory(), "unpacks to more"),
    "cut pdf": (samples.pdf(tail=b""), "cut off"),
    "pdf with a script": (samples.pdf(b"8 0 obj\n" + PDF_MACRO + b"\nendobj"), "JavaScript"),
    "pdf with an escaped script": (samples.pdf(b"8 0 obj\n<</S/J#61va#53cript/JS(1)>>\nendobj"), "JavaScript"),
    "pdf with a packed script": (samples.pdf(samples.pdf_stream(PDF_MACRO)), "JavaScript"),
    "pdf with a packed script that does not say so": (samples.pdf(samples.pdf_stream(PDF_MACRO, b"")), "JavaScript"),
    "pdf with a script across two pieces": (samples.pdf(b" " * ((1 << 20) - 220) + PDF_MACRO), "JavaScript"),
    "pdf that starts a program": (samples.pdf(b"8 0 obj\n<</S/Launch/F(cmd.exe)>>\nendobj"), "JavaScript"),
    "pdf with a file inside": (samples.pdf(b"8 0 obj\n<</Type/EmbeddedFile>>\nendobj"), "embedded"),
    "pdf with a password": (samples.pdf(b"trailer\n<</Encrypt 9 0 R>>"), "protected"),
    "pdf packed oddly": (
        samples.pdf(samples.pdf_stream(PDF_MACRO, b"/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]")),
        "unusual|JavaScript",
    ),
    "pdf bomb": (lambda: samples.pdf(samples.pdf_stream(bytes(260 << 20))), "unpacks to more"),
    "cut picture": (samples.picture(size=(300, 300))[:300], "damaged"),
    "picture of many pixels": (samples.picture("PNG", size=(6000, 6000), mode="1"), "megapixels"),
    "head of a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "damaged"),
    "jpeg and script": (b"\xff\xd8\xff<script>alert(1)</script>", "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_words(name):
    data, words = HOSTILE[name]
    data = data() if callable(data) else data
    with translation.override("en"), pytest.raises(FileRefused, match=words):
        inspect(upload(data, "план.pdf"))


def test_a_file_may_be_as_large_as_the_setting_says(settings):
    settings.MATERIALS_MAX_FILE_BYTES = len(samples.pdf())
    inspect(upload(samples.pdf()))
    with pytest.raises(FileRefused):
        inspect(upload(samples.pdf(b" ")))


def test_a_picture_loses_what_the_camera_wrote_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825)[1] = "N"
    data = samples.picture(size=(40, 30), exif=exif, comment=b"secret words")
    inspected = inspect(upload(data, "photo.jpg"))
    stored = inspected.content.read()
    with Image.open(io.BytesIO(stored)) as image:
        assert image.size == (30, 40)
        assert dict(image.getexif()) == {}
    assert b"Camera" not in stored
    assert b"secret" not in stored


def test_a_picture_keeps_its_transparency():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").quantize(4).save(out, "PNG", transparency=0)
    with Image.open(inspect(upload(out.getvalue())).content) as image:
        assert "transparency" in image.info


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("План.pdf", "План.pdf"),
        ("C:\\Users\\a\\План.PDF", "План.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("план.pdf.exe", "план.pdf.exe.pdf"),
        ("пл\u202eан\x00\x07.pdf", "план.pdf"),
        ("и\u0306.pdf", "й.pdf"),
        ("  .. ", "document.pdf"),
        ("", "document.pdf"),
        ('a<b>"c|d?*.pdf', "a_b__c_d__.pdf"),
        ("ж" * 400 + ".pdf", "ж" * 146 + ".pdf"),
    ],
)
def test_names_are_only_shown(typed, shown):
    assert shown_name(typed, Format.PDF) == shown
