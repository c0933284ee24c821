"""The release on paper, set by typst in the agency's form."""

import json

import typst
from django.conf import settings

from press.parts import Sheet

TEMPLATE = settings.BASE_DIR / "templates" / "press" / "documents" / "release.typ"


def pdf_of(sheet: Sheet) -> bytes:
    """The release as PDF with its headline as title; fonts are typst's own, so the same text gives the same bytes."""
    release = json.dumps(sheet.as_data(), ensure_ascii=False)
    content: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"release": release},
        ignore_system_fonts=True,
        font_paths=[],
        timestamp=int(sheet.changed_at.timestamp()) if sheet.changed_at else None,
    )
    return content
