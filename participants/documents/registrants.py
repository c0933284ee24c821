"""What is made of registrations: the calendar entry of one, the list of a seminar as a workbook and as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.languages import LANGUAGES
from participants.documents.workbooks import Column, workbook
from participants.models import Registration
from participants.phones import show_phone
from participants.queue import Queue
from seminars.documents import Method, calendar_event, calendar_file
from seminars.models import Seminar


def calendar_for(registration: Registration, *, method: str, url: str = "") -> str:
    """The registration's calendar file: the same UID for ever, `method` REQUEST or CANCEL."""
    event = calendar_event(registration.seminar, registration.language, suffix=str(registration.pk), url=url)
    if method == Method.CANCEL:
        event["status"] = "CANCELLED"
        event["sequence"] = registration.seminar.calendar_sequence + 1
    return calendar_file([event], language=registration.language, method=Method(method)).decode()


EMPTY_ROWS = 4
# Headings of the sheet to sign, printed in both languages.
SHEET_HEADINGS = (
    gettext_noop("Full name"),
    gettext_noop("Post"),
    gettext_noop("Municipality"),
    gettext_noop("Phone"),
    gettext_noop("Signature"),
)


def columns() -> list[Column[Registration]]:
    """Heading, width and value of each column of the list of registrants, in the active language."""
    return [
        (_("Oblast"), 22, lambda row: row.oblast_name),
        (_("District"), 22, lambda row: row.municipality.district.name if _district(row) else ""),
        (_("Municipality"), 30, lambda row: row.municipality_name),
        (_("Full name"), 34, lambda row: row.full_name),
        (_("Post"), 30, lambda row: row.post_title),
        (_("Phone"), 20, lambda row: ", ".join(show_phone(phone) for phone in (row.phone, row.phone_other) if phone)),
        (_("E-mail"), 26, lambda row: row.email),
        (_("State"), 14, lambda row: row.get_state_display()),
        (_("Registered"), 17, lambda row: timezone.localtime(row.joined_at).replace(tzinfo=None)),
        (_("Came by"), 14, lambda row: row.get_channel_display()),
    ]


def _district(row: Registration) -> bool:
    return row.municipality is not None and row.municipality.district is not None


def registrants_workbook(seminar: Seminar) -> bytes:
    """The seminar's live registrations as XLSX."""
    return workbook(_("Registrants"), columns(), seminar.registrations.live().for_lists().iterator(500))


@dataclass(frozen=True)
class Section:
    """A part of the sheet to sign, on a page of its own: people of one group, numbered, and empty rows for walk-ins."""

    headings: tuple[str, ...]
    rows: list[Registration]

    @property
    def empty_rows(self) -> range:
        """The numbers of the empty rows at the end."""
        return range(len(self.rows) + 1, len(self.rows) + 1 + EMPTY_ROWS)


def in_both_languages(message: str) -> tuple[str, ...]:
    """The message in Kyrgyz and in Russian; once where both are the same."""
    texts = []
    for language in LANGUAGES:
        with translation.override(language):
            texts.append(_(message))
    return tuple(dict.fromkeys(texts))


def sections_to_print(seminar: Seminar) -> list[Section]:
    """Who has a place, group by group, guests after them, then who waits; one empty section when nobody has a place."""
    seated = seminar.registrations.seated().for_lists()
    sections = list(_by_group(seated)) or [Section((), [])]
    line = {pk: number for number, pk in enumerate(Queue(seminar).places())}
    waiting = sorted(
        seminar.registrations.waiting().select_related("municipality__district"),
        key=lambda row: line.get(row.pk, len(line)),
    )
    if waiting:
        sections.append(Section(in_both_languages(gettext_noop("Waiting list")), waiting))
    return sections


def _by_group(rows: Iterable[Registration]) -> Iterator[Section]:
    for oblast, people in groupby(rows, key=lambda row: row.oblast_id):
        members = list(people)
        names = (members[0].oblast_name_ky, members[0].oblast_name_ru)
        headings = tuple(dict.fromkeys(name for name in names if name))
        yield Section(headings if oblast else in_both_languages(gettext_noop("Guests")), members)
