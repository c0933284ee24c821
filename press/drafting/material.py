"""What a draft is made from, in one language, and what it is made into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.text import Truncator

from core.dates import official_date
from core.expressions import FoldName
from core.folding import fold_name
from core.text import clean_line
from materials.models import Document
from press.grammar import kyrgyz
from regions.models import Municipality, MunicipalityKind, Oblast, OblastKind
from seminars.documents import public_address
from seminars.models import Contributor, Seminar, Session

_WRITE_IN = {"ky": "кыргызча жазыңыз", "ru": "напишите по-русски"}
LONGEST_THEME = 200  # in a headline, which has 300 letters in all
# Sessions that every programme has; a release does not list them.
_FORMALITIES = ("открыти", "закрыти", "приветств", "итог", "ачылыш", "жабылыш", "жыйынтык", "куттукт")
# First words that stay capital inside a sentence: names of countries and places.
_NAME = re.compile(
    r"кыргыз|киргиз|бишкек|ош(?:$|ск)|чүй|чуй|талас|нарын|баткен|[иы]с+ык|[дж]+алал|швейцар|герман|япони|жапон|европ",
    re.IGNORECASE,
)
# A first word that the next one makes the name of a unit: «Сузак районунун», «Сузакского района», not «Главы районов».
_NAME_OF_UNIT = re.compile(
    r"\S+ (?:району|шаары|облусу|айылы|айыл өкмөтү|айыл аймагы)"
    r"|\S+ск(?:ий|ого|ому|им|ом|ая|ой|ую|их)(?:, \S+)*(?: и \S+)? (?:район|област|айыл)"
)


@dataclass(frozen=True)
class Speech:
    """Words of an official: a gap at first, with the speaker whom the programme names."""

    text: str
    speaker: str
    post: str


@dataclass(frozen=True)
class Presented:
    """A document of the library that the seminar handed out, with the address of its page."""

    title: str
    url: str


@dataclass(frozen=True)
class Draft:
    """The parts of a release as the portal proposes them; `[[…]]` marks what a person must fill in."""

    headline: str
    lead: str
    quote: Speech
    presented: str
    voices: str
    further: str
    support: str


@dataclass(frozen=True)
class Facts:
    """The seminar's own data in one language; what it lacks in this language is empty."""

    title: str
    headline: str
    """The theme, short enough for a headline."""
    occasion: str
    audience: str
    purpose: str
    city: str
    """Where it is held, ready for a sentence: `в городе Бишкек`, `Таласта`; empty when the form is not known."""
    venue: str
    first_day: date
    last_day: date
    starts_at: datetime
    registration_until: str
    """The last day of registration as officials write it; empty when registration has no closing."""
    address: str
    """Of the seminar's public page; empty before it is published."""
    seats: int
    is_online: bool
    organisers: tuple[str, ...]
    partners: tuple[str, ...]
    donors: tuple[str, ...]
    projects: tuple[str, ...]
    programme: tuple[str, ...]
    documents: tuple[Presented, ...]
    speaker: str
    post: str


def gap(words: str) -> str:
    """A place that a person must fill in, with a word about what belongs there; no release is submitted with one."""
    return f"[[{words}]]"


def missing(name: object, language: str) -> str:
    """A gap for wording that exists in the other language only."""
    return gap(f"{_WRITE_IN[language]}: {name}")


def quoted(text: str) -> str:
    """The text in « », with quotation marks inside it as „ “."""
    inner = text.replace("«", "„").replace("»", "“")
    return f"«{inner}»"


def lowered(text: str) -> str:
    """The text for the middle of a sentence: its first word small, unless it is a name or an abbreviation."""
    first = text.split(" ", 1)[0]
    is_abbreviation = first[1:] != first[1:].lower()
    is_name = _NAME.match(first) or _NAME_OF_UNIT.match(text)
    return text if is_abbreviation or is_name else text[:1].lower() + text[1:]


def closed(sentence: str) -> str:
    """The sentence with a full stop, unless it ends in a mark of its own: `Как жить дальше?`."""
    return sentence if sentence.endswith(("?", "!", "…")) else f"{sentence}."


def gather(seminar: Seminar, language: str) -> Facts:
    """The facts of the seminar in that language and in no other."""
    sessions = [session for session in seminar.sessions.with_speakers() if session.kind == Session.Kind.SESSION]
    speaker = next((seat.speaker for session in sessions for seat in session.appearances.all()), None)
    contributors = list(seminar.contributors.with_names())
    closes_at = seminar.registration_closes_at if seminar.registration_opens_at else None
    title = _sentence(seminar, "title", language)
    return Facts(
        title=title,
        headline=Truncator(title).chars(LONGEST_THEME),
        occasion=_sentence(seminar, "occasion", language),
        audience=_sentence(seminar, "audience", language),
        purpose=_sentence(seminar, "purpose", language),
        city=_where(seminar, language),
        venue=", ".join(filter(None, (_sentence(seminar, name, language) for name in ("city", "venue")))),
        first_day=seminar.first_day,
        last_day=seminar.last_day,
        starts_at=seminar.starts_at,
        registration_until=official_date(closes_at, language) if closes_at else "",
        address=public_address(seminar, language) if seminar.is_published else "",
        seats=seminar.capacity if seminar.has_hall else 0,
        is_online=not seminar.has_hall,
        organisers=_names(contributors, Contributor.Role.ORGANISER, seminar.first_day, language),
        partners=_names(contributors, Contributor.Role.PARTNER, seminar.first_day, language),
        donors=_names(contributors, Contributor.Role.DONOR, seminar.first_day, language),
        projects=tuple(_wording(row, language) for row in contributors if row.project),
        programme=tuple(filter(None, (_topic(session, language) for session in sessions))),
        documents=_documents(seminar, language),
        speaker=getattr(speaker, f"name_{language}", ""),
        post=getattr(speaker, f"post_{language}", ""),
    )


def _documents(seminar: Seminar, language: str) -> tuple[Presented, ...]:
    """What everyone may find in the library of what the seminar handed out, in the order in which it did."""
    found = Document.objects.public().handed_out_at(seminar).in_order_of_handing_out(seminar)
    with translation.override(language):
        return tuple(
            Presented(
                getattr(document, f"title_{language}") or missing(document, language),
                f"{settings.SITE_URL}{document.get_absolute_url()}",
            )
            for document in found
        )


def _sentence(row: object, name: str, language: str) -> str:
    """The first paragraph of a text, without its full stop."""
    text: str = getattr(row, f"{name}_{language}").replace("\r\n", "\n").strip().split("\n\n")[0]
    return clean_line(text).rstrip(". ")


def _topic(session: Session, language: str) -> str:
    title = _sentence(session, "title", language)
    return "" if any(word.lower().startswith(_FORMALITIES) for word in title.split()[:2]) else title


def _names(contributors: list[Contributor], role: str, day: date, language: str) -> tuple[str, ...]:
    """Full names as they were on the day of the seminar; a gap for who has none in this language."""
    found = []
    for row in contributors:
        if row.role == role and row.organisation:
            naming = row.organisation.naming_on(day)
            found.append(getattr(naming, f"name_{language}", "") or missing(row.organisation, language))
    return tuple(found)


def _wording(row: Contributor, language: str) -> str:
    project = row.project
    if project is None:
        return ""
    name = getattr(project, f"name_{language}")
    return getattr(project, f"wording_{language}") or (quoted(name) if name else missing(project, language))


def _where(seminar: Seminar, language: str) -> str:
    """In which town; empty in Russian where the register knows no such town, because no form is guessed there."""
    name = _sentence(seminar, "city", language)
    if not (name and seminar.has_hall):
        return ""
    folded = fold_name(name)
    for city in Oblast.objects.filter(kind=OblastKind.CITY):
        if fold_name(getattr(city, f"name_{language}")) == folded:
            locative: str = getattr(city, f"locative_{language}")
            return locative
    if language == "ky":
        decline = kyrgyz.decline_owned if name.endswith(("шаары", "айылы")) else kyrgyz.decline
        return decline(name, kyrgyz.Case.LOCATIVE)
    towns = Municipality.objects.exclude(kind=MunicipalityKind.AIYL_AIMAK).annotate(folded=FoldName("name_ru"))
    return f"в городе {name.removeprefix('город ')}" if towns.filter(folded=folded).exists() else ""
