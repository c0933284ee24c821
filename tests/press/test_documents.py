"""One source, many forms: what PDF, DOCX and text say is what the sheet says."""

from io import BytesIO

import docx
import pypdfium2
import pytest

from press.documents import docx_of, pdf_of, plain_text
from press.parts import Bullets, Note, Paragraph, Quotation, Sheet, blocks_of

HOSTILE = "{{ 7*7 }} {% x %} <script>alert(1)</script> #typst *bold* _it_ $x^2$ @ref // c /* `raw` \\u{1} [[ ]] & ]"


def sheet(**fields):
    given = {
        "language": "ky",
        "label": "ПРЕСС-РЕЛИЗ",
        "date_line": "2019-жылдын 19-декабры",
        "place_line": "Кыргызстан, Бишкек",
        "headline": "Үлгүлүү өнүгүү жана жаңы жол",
        "blocks": (
            Paragraph("Биринчи абзац: ң ө ү Ң Ө Ү."),
            Bullets(("биринчи документ", "экинчи документ")),
            Quotation("Бул маанилүү", "Айнура Үлгүбаева", "директордун орун басары"),
        ),
        "contacts_heading": "Медиа үчүн байланыш",
        "contacts": (("Үлгү Сынакбаева", "+996 555 000 002", "press@example.org"),),
    }
    return Sheet(**{**given, **fields})


def words(text):
    """The words alone: paper breaks lines where it must."""
    return " ".join(text.replace("\u00ad", "").replace("•", "-").replace("–", "-").replace("￾", "-").split())


def pdf_text(content):
    document = pypdfium2.PdfDocument(content)
    return words("\n".join(page.get_textpage().get_text_range() for page in document))


def docx_text(content):
    return words("\n".join(line.text for line in docx.Document(BytesIO(content)).paragraphs))


def expected(made):
    return words(plain_text(made).replace("\n- ", "\n").replace(made.headline, made.capitals))


def test_text_is_taken_apart_into_paragraphs_and_lists():
    text = "Бир\nэки\n\nТизме:\n- а\n- б\nАягы\n\n\n- в"
    assert blocks_of(text) == (
        Paragraph("Бир\nэки"),
        Paragraph("Тизме:"),
        Bullets(("а", "б")),
        Paragraph("Аягы"),
        Bullets(("в",)),
    )
    assert blocks_of("  \n\n ") == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Маанилүү", "«Маанилүү»"),
        ("«Маанилүү»", "«Маанилүү»"),
        ("“Маанилүү”", "«Маанилүү»"),
        ('"Маанилүү"', "«Маанилүү»"),
        ("Биз «Түндүк»", "«Биз „Түндүк“»"),
        ("«Биз «Түндүк»»", "«Биз „Түндүк“»"),
        ("«А» жана «Б»", "«„А“ жана „Б“»"),
        ('"А" жана "Б"', '«"А" жана "Б"»'),
        ("«", "«„»"),
        ("", "«»"),
    ],
)
def test_a_quotation_has_one_pair_of_marks_whatever_was_typed(typed, said):
    assert Quotation(typed, "А", "Б").said == said


@pytest.mark.parametrize(
    "made",
    [
        sheet(),
        sheet(language="ru", headline="Состоялся семинар", notes=(Note("20 декабря 2019 года", "Число исправлено."),)),
        sheet(embargo="Эмбарго: 2026-жылдын 1-июнуна чейин", contacts=()),
    ],
)
def test_pdf_and_docx_say_what_the_sheet_says(made):
    assert docx_text(docx_of(made)) == expected(made)
    assert pdf_text(pdf_of(made)).replace("- ", "") == expected(made).replace("- ", "")


def test_kyrgyz_letters_can_be_copied_from_the_pdf():
    assert "ң ө ү Ң Ө Ү" in pdf_text(pdf_of(sheet()))


def test_the_documents_carry_the_headline_as_their_title():
    made = sheet()
    assert pypdfium2.PdfDocument(pdf_of(made)).get_metadata_dict()["Title"] == made.headline
    assert docx.Document(BytesIO(docx_of(made))).core_properties.title == made.headline


def test_markup_of_every_kind_comes_out_as_text():
    made = sheet(
        headline=HOSTILE,
        date_line=HOSTILE,
        place_line=HOSTILE,
        blocks=(Paragraph(HOSTILE), Bullets((HOSTILE,)), Quotation(HOSTILE, HOSTILE, HOSTILE)),
        contacts=((HOSTILE,),),
        notes=(Note(HOSTILE, HOSTILE),),
        embargo=HOSTILE,
    )
    for text in (plain_text(made), docx_text(docx_of(made)), pdf_text(pdf_of(made))):
        for piece in ("{{ 7*7 }}", "<script>alert(1)</script>", "#typst *bold* _it_ $x^2$", "`raw`", "[[ ]] & ]"):
            assert text.count(piece) >= 9, piece


def test_control_characters_break_no_document():
    made = sheet(blocks=blocks_of("а\x0bб\x00в\x1fг\x85\ufffe\uffff"))
    assert "абвг" in pdf_text(pdf_of(made))
    assert "абвг" in docx_text(docx_of(made))
