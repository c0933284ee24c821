"""Files as people send them are read into rows of text; hostile ones are refused with a sentence."""

import io
import zipfile
from contextlib import suppress

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from participants.spreadsheets import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, UnreadableList, read_file, read_text

ROWS = [["Район", "ФИО"], ["Аксы", "Өскөнбаева Гүлзаңгүл"]]
TEXT = "\n".join(";".join(row) for row in ROWS)
TABBED = TEXT.replace(";", "\t")
# The letters of Windows-1251: the Kyrgyz ones are not among them.
PLAIN = TEXT.replace("Ө", "О").replace("ө", "о").replace("ң", "н").replace("ү", "у")


def cells(tables):
    return [line.cells for table in tables for line in table.lines]


def workbook(fill, *, sheets=("Лист1",)):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name in sheets:
            fill(book, book.add_worksheet(name))
    return buffer.getvalue()


def write_rows(rows):
    return lambda _book, sheet: [sheet.write_row(number, 0, row) for number, row in enumerate(rows)]


def edited(content, path, edit):
    """The workbook with one of its parts changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edit(old.read(name)) if name == path else old.read(name))
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.replace(";", ",").encode(),
        TABBED.encode("utf-16"),
        TABBED.encode("utf-16-le"),
        TABBED.encode("utf-16-be"),
        b"\xfe\xff" + TABBED.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        workbook(write_rows(ROWS)),
    ],
)
def test_any_usual_encoding_and_delimiter_is_read(content):
    assert cells(read_file(content)) == ROWS


def test_windows_1251_is_read():
    assert cells(read_file(PLAIN.encode("cp1251"))) == [line.split(";") for line in PLAIN.split("\n")]


def test_pasted_cells_keep_commas_and_several_lines_in_one_cell():
    assert cells(read_text('Ак-Суу, Лейлек\t"0555 000 001\n0700 000 001"\tb')) == [
        ["Ак-Суу, Лейлек", "0555 000 001, 0700 000 001", "b"]
    ]


def test_typed_lines_are_parted_by_commas_or_dashes():
    assert cells(read_text("Марказ, глава, Үлгүбаев Асан")) == [["Марказ", "глава", "Үлгүбаев Асан"]]
    assert cells(read_text("Ак-Суу – глава – Үлгүбаев Асан")) == [["Ак-Суу", "глава", "Үлгүбаев Асан"]]


def test_a_quote_that_nobody_closes_swallows_no_rows():
    text = '"Ак-Суу\tглава\n' + "\n".join(f"Айыл {n}\tглава" for n in range(9))
    assert len(cells(read_text(text))) == 10


def test_numbers_are_read_as_people_see_them():
    rows = [[996555000001.0, 5.0, 0.5, "996555000001.0", True]]
    assert cells(read_file(workbook(write_rows(rows)))) == [["996555000001", "5", "0.5", "996555000001", "1"]]


def test_merged_cells_count_for_all_their_rows():
    def fill(_book, sheet):
        sheet.merge_range("A1:C1", "Тизме")
        sheet.merge_range("A2:A4", "Лейлек району")
        for row in range(1, 4):
            sheet.write(row, 1, f"Айыл {row}")

    assert cells(read_file(workbook(fill))) == [
        ["Тизме"],
        ["Лейлек району", "Айыл 1"],
        ["Лейлек району", "Айыл 2"],
        ["Лейлек району", "Айыл 3"],
    ]


def test_empty_rows_go_and_the_others_keep_their_numbers():
    (table,) = read_file(workbook(lambda _book, sheet: (sheet.write(2, 1, "a"), sheet.write(5, 0, "b"))))
    assert [(line.number, line.cells) for line in table.lines] == [(3, ["", "a"]), (6, ["b"])]


def test_a_formula_gives_the_result_that_was_saved_and_is_never_computed():
    content = workbook(lambda _book, sheet: sheet.write_formula(0, 0, '=HYPERLINK("http://x")', None, "Марказ"))
    assert cells(read_file(content)) == [["Марказ"]]
    assert cells(read_text("=cmd|' /C calc'!A0\t@SUM(1)")) == [["=cmd|' /C calc'!A0", "@SUM(1)"]]


def test_all_visible_sheets_are_read_and_hidden_ones_are_not():
    def fill(_book, sheet):
        sheet.write(0, 0, sheet.name)
        if sheet.name == "жашыруун":
            sheet.hide()

    assert [table.name for table in read_file(workbook(fill, sheets=("Лейлек", "жашыруун", "Баткен")))] == [
        "Лейлек",
        "Баткен",
    ]


def test_rich_text_is_one_text_and_invisible_letters_go():
    def fill(book, sheet):
        sheet.write_rich_string(0, 0, "Ак-", book.add_format({"bold": True}), "Суу")
        sheet.write(0, 1, "А\u202eс\u200bан\u0007")

    assert cells(read_file(workbook(fill))) == [["Ак-Суу", "Асан"]]


def test_limits_are_said_in_words():
    with pytest.raises(UnreadableList, match="1000"):
        read_text("a\tb\n" * (MOST_ROWS + 1))
    with pytest.raises(UnreadableList, match="30"):
        read_text("\t".join("a" * (MOST_COLUMNS + 1)))
    with pytest.raises(UnreadableList):
        read_file(b"a" * (LARGEST_FILE + 1))
    assert len(cells(read_text("a\tb\n" * MOST_ROWS))) == MOST_ROWS


def far_cell(_book, sheet):
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "z")


def zip_of(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


GOOD = workbook(write_rows(ROWS))
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n \n",
        b"PK\x03\x04" + b"\x00" * 50,
        b"\xd0\xcf\x11\xe0" + b"\x00" * 600,
        b"%PDF-1.7\n%\xe2\xe3",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"<html><table><tr><td>a</td></tr></table></html>",
        GOOD[:-30],
        GOOD[: len(GOOD) // 2],
        zip_of(**{"word/document.xml": "<a/>"}),
        zip_of(**{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
        zip_of(**{"xl/workbook.bin": "x"}),
        zip_of(**{"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": "x"}),
        zip_of(**{"xl/workbook.xml": "<a/>", "bomb": b"\0" * 50_000_000}),
        zip_of(**{"xl/workbook.xml": "<a/>", **{f"m{n}": "" for n in range(600)}}),
        zip_of(**{"xl/workbook.xml": "<a", "xl/_rels/workbook.xml.rels": "<a/>"}),
        workbook(far_cell),
        edited(GOOD, SHEET, lambda xml: DOCTYPE + xml[xml.index(b"?>") + 2 :]),
        edited(GOOD, SHEET, lambda xml: xml.replace(b'r="A1"', b'r="!!"')),
        edited(GOOD, SHEET, lambda xml: xml.replace(b"<v>0</v>", b"<v>99999</v>")),
        edited(GOOD, SHEET, lambda xml: xml.replace(b"<v>0</v>", b"<v>-1x</v>")),
        edited(GOOD, SHEET, lambda xml: xml.replace(b"<row ", b"<row r='99999999999999999999' ", 1)),
        edited(
            GOOD,
            SHEET,
            lambda xml: xml.replace(b"</sheetData>", b"<row><c><v>1</v></c></row>" * 20_000 + b"</sheetData>"),
        ),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content):
    with pytest.raises(UnreadableList):
        read_file(content)


def test_a_far_cell_without_value_does_no_harm():
    def fill(book, sheet):
        sheet.write(0, 0, "a")
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    assert cells(read_file(workbook(fill))) == [["a"]]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content):
    for prefix in (b"", b"\xff\xfe", GOOD[:200]):
        with suppress(UnreadableList):
            read_file(prefix + content)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    try:
        tables = read_text(text)
    except UnreadableList:
        return
    assert all(cell == cell.strip() for row in cells(tables) for cell in row)


def test_cells_merged_over_and_over_are_refused_at_once():
    rows = "".join(f'<row r="{number}"><c t="str"><v>а</v></c></row>' for number in range(1, MOST_ROWS))
    merged = '<mergeCell ref="A1:A1000"/>' * 100_000
    with io.BytesIO() as buffer:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                "xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="1" r:id="a"/></sheets></workbook>'
            )
            archive.writestr(
                "xl/_rels/workbook.xml.rels",
                '<Relationships><Relationship Id="a" Target="worksheets/1.xml"/></Relationships>',
            )
            archive.writestr("xl/worksheets/1.xml", f"<worksheet><sheetData>{rows}</sheetData>{merged}</worksheet>")
        with pytest.raises(UnreadableList):
            read_file(buffer.getvalue())
