"""What a seminar must say before the public sees it, and what it says in one language only."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.languages import LANGUAGES, OTHER
from seminars.models import Contributor, Seminar

# Texts that come as a pair, with the word for each.
PAIRS: dict[str, str | Promise] = {
    "title": _("theme"),
    "purpose": _("purpose"),
    "occasion": _("occasion"),
    "audience": _("for whom"),
    "city": _("town"),
    "venue": _("venue"),
    "contact": _("contact"),
}


@dataclass(frozen=True)
class Lack:
    """Something that publication waits for: the field to fill in, and the sentence that says so."""

    field: str
    message: str | Promise


def lacking_texts(seminar: Seminar) -> list[Lack]:
    """The fields that must hold in at least one language as long as the seminar is public."""
    needed: list[tuple[str, bool, str | Promise]] = [
        ("purpose_ky", bool(seminar.purpose), _("Say what the seminar is for, in at least one language.")),
        ("audience_ky", bool(seminar.audience), _("Say for whom the seminar is, in at least one language.")),
        ("languages", bool(seminar.languages), _("Choose the working languages.")),
    ]
    if seminar.has_hall:
        needed += [
            ("city_ky", bool(seminar.city), _("Name the town, in at least one language.")),
            ("venue_ky", bool(seminar.venue), _("Name the venue, in at least one language.")),
        ]
    return [Lack(field, message) for field, is_given, message in needed if not is_given]


def lacks(seminar: Seminar, now: datetime) -> list[Lack]:
    """All that publication waits for; an event that is over needs neither seats nor a way to register."""
    found = lacking_texts(seminar)
    if not seminar.contributors.filter(role=Contributor.Role.ORGANISER).exists():
        found.append(Lack("contributors", _("Name the organiser.")))
    if seminar.ends_at > now:
        found += lacking_to_attend(seminar, now)
    return found


def lacking_to_attend(seminar: Seminar, now: datetime) -> list[Lack]:
    """What people need in order to come, call or register."""
    found = []
    if not (seminar.contact_phone or seminar.contact_email):
        found.append(Lack("contact_phone", _("Give a phone or an e-mail that people can ask.")))
    if seminar.format != Seminar.Format.IN_PERSON and not seminar.online_url:
        found.append(Lack("online_url", _("Give the address of the online meeting.")))
    if seminar.has_hall and not seminar.capacity:
        found.append(Lack("seats", _("Say how many seats the hall has.")))
    if seminar.registration_opens_at and (seminar.registration_closes_at or seminar.starts_at) <= now:
        message = _("Registration would be over before the seminar is published. Let it close later.")
        found.append(Lack("registration_closes_at", message))
    return found


def doubts(seminar: Seminar, now: datetime) -> list[str | Promise]:
    """What may well be meant so, and is said before publication all the same."""
    found: list[str | Promise] = []
    if seminar.ends_at > now and seminar.registration_opens_at is None:
        found.append(_("Nobody will be able to register: it is not said when registration opens."))
    if not seminar.sessions.exists():
        found.append(_("There is no programme yet."))
    return found


def in_one_language(seminar: Seminar) -> dict[str, list[str]]:
    """The words for what is missing, by the language in whose pages it is missing."""
    missing: dict[str, list[str]] = {}
    for language in LANGUAGES:
        other = OTHER[language]
        words = [
            str(word)
            for name, word in PAIRS.items()
            if getattr(seminar, f"{name}_{other}") and not getattr(seminar, f"{name}_{language}")
        ]
        if any(
            getattr(session, f"title_{other}") and not getattr(session, f"title_{language}")
            for session in seminar.sessions.all()
        ):
            words.append(str(_("programme")))
        if words:
            missing[language] = words
    return missing
