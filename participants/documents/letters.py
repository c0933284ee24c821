"""Official letters of invitation as PDF: one page an office, with number, quota, deadline, QR and short address."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import segno
import typst
from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.dates import clock_time, local_day, official_date, official_moment, official_range
from participants.addressees import Addressee, addressees_of
from participants.models import Invitation, Round
from seminars.models import Contributor, Seminar

TEMPLATE = settings.BASE_DIR / "templates" / "participants" / "documents" / "letters.typ"
QR_MASK = 3


def letters_pdf(invitations: Iterable[Invitation], *, language: str) -> bytes:
    """The letters of these invitations, in their order, in one language; a tagged file (PDF/UA-1) with real text.

    A head is named as in office on the day of sending; a letter to a vacant office names nobody.
    """
    rows = list(invitations)
    prefetch_related_objects(rows, "round__seminar")
    rounds = {row.round_id: row.round for row in rows}
    quotas = {key: _quotas(sent.seminar) for key, sent in rounds.items()}
    with translation.override(language):
        common = {key: _common(sent, language) for key, sent in rounds.items()}
        letters = [
            {**common[row.round_id], **_own(row, addressee, rounds[row.round_id], quotas[row.round_id], language)}
            for row, addressee in zip(rows, _addressees(rows, rounds), strict=True)
        ]
        data = {"language": language, "title": _("Invitation to the seminar"), "letters": letters}
    return typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )


def _addressees(rows: Sequence[Invitation], rounds: dict[int, Round]) -> list[Addressee]:
    """Who headed each office on the day of its round; one look per round."""
    found: dict[int, Addressee] = {}
    for sent in rounds.values():
        of_round = [row for row in rows if row.round_id == sent.pk]
        heads = addressees_of([row.municipality for row in of_round], day=local_day(sent.sent_at))
        found.update(zip((row.pk for row in of_round), heads, strict=True))
    return [found[row.pk] for row in rows]


def _common(sent: Round, language: str) -> dict[str, Any]:
    """What all letters of one round say."""
    seminar = sent.seminar
    return {
        "organisers": _organisers(sent),
        "reference": f"№ {sent.letter_number or '________'}",
        "date": official_date(sent.letter_date, language),
        "heading": _("Invitation to the seminar"),
        "opening": _("We invite you to take part in the seminar “%(title)s”.") % {"title": seminar.title},
        "facts": _facts(seminar, language),
        "answer": _(
            "Please answer: yes, no, or a deputy comes. Point the camera of a phone at the square, or type the address "
            "beside it; then press one button."
        ),
        "questions": _questions(seminar),
        "signature": _("Signature"),
        "alternative": _("QR code that opens the page for the answer"),
    }


def _organisers(sent: Round) -> list[str]:
    """The organisers of the seminar by the names that they had on the date of the letter."""
    bodies = sent.seminar.contributors.with_names().filter(role=Contributor.Role.ORGANISER)
    return [str(name) for body in bodies if (name := body.name_on(sent.letter_date))]


def _facts(seminar: Seminar, language: str) -> list[tuple[str, str]]:
    place = ", ".join(str(part) for part in (seminar.city, seminar.venue) if part)
    days = official_range(seminar.starts_at, seminar.ends_at, language)
    begins = "" if seminar.first_day == seminar.last_day else f"{_('begins')} "
    facts = [
        (_("When"), f"{days}, {begins}{clock_time(seminar.starts_at)}"),
        (_("Where"), place),
        (_("For whom"), str(seminar.audience)),
    ]
    return [(label, value) for label, value in facts if value]


def _questions(seminar: Seminar) -> str:
    contact = ", ".join(part for part in (str(seminar.contact), seminar.contact_phone, seminar.contact_email) if part)
    return _("Without the internet, answer by phone. Questions: %(contact)s") % {"contact": contact} if contact else ""


def _quotas(seminar: Seminar) -> dict[int, int]:
    """The seats of each group that has a quota, by its key."""
    return dict(seminar.blocks.exclude(group=None).values_list("group", "seats"))


def _own(
    invitation: Invitation, addressee: Addressee, sent: Round, quotas: dict[int, int], language: str
) -> dict[str, Any]:
    """What one letter says to its office."""
    office = invitation.municipality
    quota = quotas.get(office.oblast_id)
    seats = [] if quota is None else [(_("Seats: %(group)s") % {"group": office.oblast.name}, str(quota))]
    return {
        "head": _head(invitation, addressee, language),
        "office": office.full_name.split(", "),
        "own_facts": [*seats, (_("Answer by"), official_moment(sent.answer_by, language))],
        "address": invitation.short_address.partition("://")[2],
        # Weighing all eight masks takes most of the time of 484 letters; readers take any.
        "qr": segno.make(invitation.short_address, error="m", micro=False, mask=QR_MASK).svg_inline(border=0),
    }


def _head(invitation: Invitation, addressee: Addressee, language: str) -> list[str]:
    """Post and name of the head to whom the letter goes; nothing when the office was vacant."""
    if invitation.is_vacant:
        return []
    is_same = addressee.person is not None and addressee.person.pk == invitation.person_id
    post = addressee.post.title(invitation.municipality, language) if is_same and addressee.post else ""
    return [line for line in (capfirst(post), invitation.full_name) if line]
