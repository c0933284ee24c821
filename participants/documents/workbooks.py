"""Lists of rows as XLSX: a heading that stays in sight, ready to be printed; a cell never becomes a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, TypeVar

import xlsxwriter

PAPER_A4 = 9
LONGEST_TITLE = 31

Row = TypeVar("Row")
# Heading, width, and the value of a row: text, a number, or a moment without time zone.
Column = tuple[str, int, Callable[[Row], Any]]


def workbook(title: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> bytes:
    """One sheet of that title; moments are dates, everything else is text or a number."""
    output = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(output, options) as book:
        sheet = book.add_worksheet(title[:LONGEST_TITLE])
        bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm", "align": "left"})
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(PAPER_A4)
        sheet.fit_to_pages(1, 0)
        for number, (heading, width, _value) in enumerate(columns):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, heading, bold)
        for line, row in enumerate(rows, start=1):
            for number, (_heading, _width, value) in enumerate(columns):
                cell = value(row)
                if isinstance(cell, datetime):
                    sheet.write_datetime(line, number, cell, moment)
                elif isinstance(cell, int):
                    sheet.write_number(line, number, cell)
                else:
                    sheet.write_string(line, number, str(cell))
    return output.getvalue()
