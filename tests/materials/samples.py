"""Files of every kind, honest and hostile, made on the spot."""

import io
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from xlsxwriter import Workbook

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def upload(data, name="file.bin"):
    return SimpleUploadedFile(name, data)


def pdf(extra=b"", tail=b"%%EOF\n"):
    """A small PDF of one empty page, with more objects if given."""
    return (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"
        + extra
        + b"\ntrailer\n<</Root 1 0 R>>\n"
        + tail
    )


def pdf_stream(content, dictionary=b"/Type/ObjStm/Filter/FlateDecode"):
    packed = zlib.compress(content)
    return b"9 0 obj\n<<%s/Length %d>>\nstream\n%s\nendstream\nendobj" % (dictionary, len(packed), packed)


def docx(text="Кызматтарды жакшыртуу планы"):
    out, document = io.BytesIO(), Document()
    document.add_heading(text)
    document.add_paragraph("Жергиликтүү бюджет жөнүндө.")
    document.save(out)
    return out.getvalue()


def pptx(*, chart=False):
    out, slides = io.BytesIO(), Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    slide.shapes.title.text = "Бюджет"
    if chart:
        data = CategoryChartData()
        data.categories = ["2018", "2019"]
        data.add_series("сом", (1, 2))
        slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(5), Inches(4), data)
    slides.save(out)
    return out.getvalue()


def xlsx():
    out = io.BytesIO()
    with Workbook(out) as book:
        book.add_worksheet("Смета").write(0, 0, "сом")
    return out.getvalue()


def picture(kind="JPEG", size=(40, 30), mode="RGB", **saving):
    out = io.BytesIO()
    Image.new(mode, size, "green" if mode == "RGB" else 1).save(out, kind, **saving)
    return out.getvalue()


def with_members(package, members=(), *, compression=zipfile.ZIP_DEFLATED, replacing=()):
    """The package with more members; those of `replacing` instead of its own."""
    out = io.BytesIO()
    replaced = dict(replacing)
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", compression) as new:
        for name in old.namelist():
            new.writestr(name, replaced.get(name, old.read(name)))
        for name, data in members:
            new.writestr(name, data)
    return out.getvalue()


def reordered(package):
    """The package with its members the other way round, as some programs write them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in reversed(old.namelist()):
            new.writestr(name, old.read(name))
    return out.getvalue()


def member(package, name):
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(name)


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)
    return out.getvalue()


def relation(kind, target):
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}"><Relationship Id="rId99" Type="{OFFICE}/{kind}"'
        f' Target="{target}" TargetMode="External"/></Relationships>'
    )
