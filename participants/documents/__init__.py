"""Files made of rows: calendar entries, lists as workbooks, sheets to sign."""

from participants.documents.registrants import (
    SHEET_HEADINGS,
    calendar_for,
    in_both_languages,
    registrants_workbook,
    sections_to_print,
)

__all__ = ["SHEET_HEADINGS", "calendar_for", "in_both_languages", "registrants_workbook", "sections_to_print"]
