"""Sample documents of the demonstration, set as PDF and DOCX; marked as samples on every page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from io import BytesIO

import docx
import typst
from django.conf import settings
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from materials.models import Format

TEMPLATE = settings.BASE_DIR / "templates" / "materials" / "documents" / "sample.typ"
MARK = "ҮЛГҮ · ОБРАЗЕЦ"
FONT = "Times New Roman"  # on every office machine, with all Kyrgyz letters
LOCALES = {"ky": "ky-KG", "ru": "ru-RU"}


@dataclass(frozen=True)
class Section:
    """A numbered part: paragraphs, then a list."""

    heading: str
    paragraphs: list[str]
    items: list[str]


@dataclass(frozen=True)
class Sample:
    """A document in one language, ready to be set; `notice` says that the text is invented."""

    language: str
    title: str
    issuer: str
    edition: str
    notice: str
    sections: list[Section]


def pdf_of(sample: Sample) -> bytes:
    """The document as accessible PDF (PDF/UA) in typst's own fonts, the same on every machine."""
    content: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"sample": json.dumps({**asdict(sample), "mark": MARK}, ensure_ascii=False)},
        ignore_system_fonts=True,
        font_paths=[],
        pdf_standards=["ua-1"],
    )
    return content


def docx_of(sample: Sample) -> bytes:
    """The document as DOCX, for Word and LibreOffice."""
    document = _empty(sample)
    document.add_paragraph(sample.issuer).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading(sample.title, level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(sample.edition).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph().add_run(sample.notice).italic = True
    for section in sample.sections:
        document.add_heading(section.heading, level=2)
        for paragraph in section.paragraphs:
            document.add_paragraph(paragraph).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        for item in section.items:
            document.add_paragraph(item, style="List Bullet")
    output = BytesIO()
    document.save(output)
    return output.getvalue()


WRITERS: dict[Format, Callable[[Sample], bytes]] = {Format.PDF: pdf_of, Format.DOCX: docx_of}


def _empty(sample: Sample) -> Docx:
    document = docx.Document()
    about = document.core_properties
    about.title, about.author, about.comments = sample.title, "", ""
    about.language = LOCALES[sample.language]
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(3), Cm(1.5)
    page.top_margin = page.bottom_margin = Cm(2.2)
    mark = page.header.paragraphs[0]
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    mark.add_run(MARK).bold = True
    for name, size in (("Normal", 12), ("Heading 1", 14), ("Heading 2", 12), ("List Bullet", 12)):
        _set_style(document, name, size)
    return document


def _set_style(document: Docx, name: str, size: int) -> None:
    """One font for every script, black."""
    style = document.styles[name]
    style.font.size = Pt(size)
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
