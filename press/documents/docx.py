"""The release as DOCX, built part by part: no template of bytes that nobody can read."""

from io import BytesIO

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as Line

from press.parts import Bullets, Quotation, Sheet

FONT = "Times New Roman"  # on every office machine, with all Kyrgyz letters
LOCALES = {"ky": "ky-KG", "ru": "ru-RU"}


def docx_of(sheet: Sheet) -> bytes:
    """The release in the agency's form, for Word and LibreOffice."""
    document = _empty_document(sheet)
    if sheet.embargo:
        _centred(document.add_paragraph(), sheet.embargo)
    for note in sheet.notes:
        document.add_paragraph().add_run(note.heading).bold = True
        document.add_paragraph(note.text)
    document.add_paragraph(sheet.date_line).paragraph_format.space_after = Pt(0)
    document.add_paragraph(sheet.place_line)
    _centred(document.add_paragraph(), sheet.label)
    _centred(document.add_heading(level=1), sheet.capitals)
    _add_blocks(document, sheet)
    if sheet.contacts:
        document.add_heading(sheet.contacts_heading, level=2)
    for lines in sheet.contacts:
        document.add_paragraph("\n".join(lines)).alignment = WD_ALIGN_PARAGRAPH.LEFT
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def _empty_document(sheet: Sheet) -> Docx:
    document = Document()
    document.core_properties.title = sheet.headline
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = LOCALES[sheet.language]
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3), Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", "Heading 1", "Heading 2", "List Bullet"):
        _set_style(document, name, sheet.language)
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return document


def _set_style(document: Docx, name: str, language: str) -> None:
    """The font for every script and the language of the spelling checker."""
    style = document.styles[name]
    style.font.size = Pt(12)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    if name == "Normal":
        spelling = properties.makeelement(qn("w:lang"), {qn("w:val"): LOCALES[language]})
        properties.append(spelling)
    else:
        style.font.color.rgb = None


def _centred(line: Line, text: str) -> None:
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run(text).bold = True


def _add_blocks(document: Docx, sheet: Sheet) -> None:
    for block in sheet.blocks:
        if isinstance(block, Bullets):
            for item in block.items:
                document.add_paragraph(item, style="List Bullet")
        elif isinstance(block, Quotation):
            document.add_paragraph(block.said)
            document.add_paragraph(f"— {block.attribution}")
        else:
            document.add_paragraph(block.text)
