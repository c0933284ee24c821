"""Heads of municipalities as a workbook that can be corrected and read back."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.languages import active_language
from participants.models import Term
from participants.phones import show_phone
from regions.models import Municipality


def heads_workbook(units: Sequence[Municipality]) -> bytes:
    """Who heads each of these municipalities today, vacancies too, as XLSX; a cell never becomes a formula."""
    terms = Term.objects.on(timezone.localdate()).heads().by_municipality(units)
    output = BytesIO()
    with xlsxwriter.Workbook(
        output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(_("Heads of municipalities")[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        for number, (heading, width) in enumerate(_columns()):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, heading, bold)
        for line, unit in enumerate(units, start=1):
            for number, text in enumerate(_row(unit, terms.get(unit.pk))):
                sheet.write_string(line, number, text)
    return output.getvalue()


def _columns() -> list[tuple[str, int]]:
    """Headings by which `participants.resources` knows the columns again, and their widths."""
    return [
        (_("Oblast"), 22),
        (_("District"), 22),
        (_("Municipality"), 34),
        (_("Full name"), 34),
        (_("Post"), 30),
        (capfirst(_("acting")), 14),
        (capfirst(_("in office from")), 14),
        (_("Phone"), 20),
        (_("E-mail"), 26),
    ]


def _row(unit: Municipality, term: Term | None) -> list[str]:
    place = [unit.oblast.name, unit.district.name if unit.district else "", unit.name]
    if term is None:
        return [*place, _("vacant")]
    return [
        *place,
        term.person.full_name,
        term.post.title(unit, active_language()),
        "+" if term.is_acting else "",
        f"{term.starts_on:%d.%m.%Y}" if term.starts_on else "",
        show_phone(term.person.phone) if term.person.phone else "",
        term.person.email,
    ]
