"""Files made of rows: calendar entries, lists as workbooks, sheets to sign."""

from participants.documents.answers import PHONE_LIST_HEADINGS, answers_workbook
from participants.documents.letters import letters_pdf
from participants.documents.registrants import (
    SHEET_HEADINGS,
    calendar_for,
    in_both_languages,
    registrants_workbook,
    sections_to_print,
)

__all__ = [
    "PHONE_LIST_HEADINGS",
    "SHEET_HEADINGS",
    "answers_workbook",
    "calendar_for",
    "in_both_languages",
    "letters_pdf",
    "registrants_workbook",
    "sections_to_print",
]
