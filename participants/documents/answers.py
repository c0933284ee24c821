"""The answer board to take away: as a workbook, and as a list of phones to print."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participants.board import Board
from participants.documents.workbooks import Column, workbook
from participants.models import Invitation
from participants.phones import show_phone

# Headings of the list of phones, printed in both languages.
PHONE_LIST_HEADINGS = (
    gettext_noop("Municipality"),
    gettext_noop("Head"),
    gettext_noop("Phone"),
    gettext_noop("Answer"),
    gettext_noop("Note"),
)


def columns() -> list[Column[Invitation]]:
    """Heading, width and value of each column of the answers, in the active language."""
    return [
        (_("Oblast"), 22, lambda row: row.municipality.oblast.name),
        (_("District"), 22, lambda row: row.municipality.district.name if row.municipality.district else ""),
        (_("Municipality"), 30, lambda row: row.municipality.name),
        (_("Head"), 34, lambda row: row.full_name or _("vacant")),
        (_("Phone"), 20, lambda row: show_phone(row.phone) if row.phone else ""),
        (_("E-mail"), 26, lambda row: row.email),
        (_("Letter"), 14, lambda row: str(row.round)),
        (_("Opened"), 10, lambda row: row.openings),
        (_("Answer"), 18, lambda row: row.get_answer_display() or _("silent")),
        (_("Answered"), 17, _answered),
        (_("Who comes"), 34, lambda row: row.comer.full_name if row.comer else ""),
        (_("State"), 14, lambda row: row.comer.get_state_display() if row.comer else ""),
    ]


def _answered(row: Invitation) -> datetime | str:
    return timezone.localtime(row.answered_at).replace(tzinfo=None) if row.answered_at else ""


def answers_workbook(board: Board) -> bytes:
    """What the board shows, as XLSX."""
    return workbook(_("Answers"), columns(), board.rows)
