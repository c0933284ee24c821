"""Seminars of the demonstration: the first one of 2019, and invented ones around today.

Texts live in `data/demonstration/`. Speakers, halls and hours are invented; bodies and projects are real.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from seminars import services
from seminars.models import Contributor, Organisation, Project, SeatBlock, Seminar, Series, Session, Speaker, Topic

DATA = Path(__file__).resolve().parent / "data" / "demonstration"
PAIRS = ("title", "purpose", "occasion", "audience", "venue", "city", "contact")
OPENS, CLOSES = time(9), time(18)
TUESDAY = 1

Spec = dict[str, Any]


def seminars() -> models.QuerySet[Seminar]:
    """The seminars of the demonstration that are loaded."""
    return Seminar.objects.filter(slug__in=[spec["slug"] for spec in _read("seminars")])


def open_seminar() -> Seminar:
    """The one whose registration is open. Raises Seminar.DoesNotExist before `load`."""
    return Seminar.objects.get(slug=next(spec["slug"] for spec in _read("seminars") if spec.get("is_open")))


def invited_seminar() -> Seminar:
    """The one to which offices are invited. Raises Seminar.DoesNotExist before `load`."""
    return Seminar.objects.get(slug=next(spec["slug"] for spec in _read("seminars") if spec.get("is_invited")))


def first_seminar() -> Seminar:
    """The one of 19 December 2019. Raises Seminar.DoesNotExist before `load`."""
    return Seminar.objects.get(slug=next(spec["slug"] for spec in _read("seminars") if "first_day" in spec))


@transaction.atomic
def load() -> None:
    """Every seminar of the demonstration is there, with what it refers to; what was there already stays as it is."""
    catalogue = _read("catalogue")
    _load_topics(catalogue)
    _load_bodies(catalogue)
    specs = {spec["slug"]: spec for spec in _read("seminars")}
    for spec in specs.values():
        if not Seminar.objects.filter(slug=spec["slug"]).exists():
            _load_seminar({**specs.get(spec.get("same_as", ""), {}), **spec}, catalogue)


@transaction.atomic
def remove() -> None:
    """Nothing of the demonstration is left but what other seminars use too; nobody may be registered any more."""
    catalogue = _read("catalogue")
    _forget(seminars())
    _forget(Series.objects.filter(slug__in=catalogue["series"], sittings=None))
    _forget(Topic.objects.filter(slug__in=catalogue["topics"], seminars=None))
    for fields in catalogue["speakers"].values():
        _forget(Speaker.objects.filter(**fields, appearances=None))
    _forget(Project.objects.filter(uid__in=catalogue["projects"], contributor=None))
    for uid in catalogue["organisations"]:
        # Whatever else names it, such as a document that it issued, keeps it.
        with suppress(ProtectedError), transaction.atomic():
            _forget(Organisation.objects.filter(uid=uid, contributor=None, paid_projects=None))


def _forget(rows: models.QuerySet[Any]) -> None:
    """Delete rows and their history, in which a demonstration would only be in the way."""
    keys = list(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=keys).delete()
    rows.model.history.filter(id__in=keys).delete()


def _read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def _load_topics(catalogue: Spec) -> None:
    for slug, name in catalogue["topics"].items():
        Topic.objects.get_or_create(slug=slug, defaults=_both("name", name))
    for slug, title in catalogue["series"].items():
        Series.objects.get_or_create(slug=slug, defaults=_both("title", title))


def _load_bodies(catalogue: Spec) -> None:
    for uid, body in catalogue["organisations"].items():
        organisation, is_new = Organisation.objects.get_or_create(
            uid=uid, defaults={"website": body.get("website", "")}
        )
        for name in body["names"] if is_new else ():
            days = {key: date.fromisoformat(name[key]) for key in ("valid_from", "valid_to") if key in name}
            organisation.names.create(**{**name, **days})
    for uid, project in catalogue["projects"].items():
        donor = Organisation.objects.get(uid=project["donor"])
        Project.objects.get_or_create(uid=uid, defaults={**project, "donor": donor})


def _both(name: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{language}": text for language, text in texts.items()}


def _load_seminar(spec: Spec, catalogue: Spec) -> None:
    first_day = _first_day(spec)
    seminar = Seminar(
        slug=spec["slug"],
        languages=["ky", "ru"],
        starts_at=_moment(first_day, spec["hours"][0]),
        ends_at=_moment(first_day + timedelta(days=spec["days"] - 1), spec["hours"][1]),
        contact_phone=spec["contact_phone"],
        contact_email="seminar@example.org",
        series=Series.objects.filter(slug=spec.get("series", "")).first(),
        **_registration(spec["registration"], first_day),
    )
    for pair in PAIRS:
        for name, text in _both(pair, spec.get(pair, {})).items():
            setattr(seminar, name, text)
    seminar.published_at = min(timezone.now(), seminar.registration_opens_at or seminar.starts_at)
    seminar.save()
    seminar.topics.set(Topic.objects.filter(slug__in=spec["topics"]))
    SeatBlock.objects.create(seminar=seminar, seats=spec["seats"])
    for position, (role, uid) in enumerate(spec["contributors"]):
        _load_contributor(seminar, role, uid, position)
    for session in spec["sessions"]:
        _load_session(seminar, session, catalogue)


def _first_day(spec: Spec) -> date:
    """The fixed day, or the first Tuesday from so many days ahead."""
    if "first_day" in spec:
        return date.fromisoformat(spec["first_day"])
    day = timezone.localdate() + timedelta(days=spec["days_ahead"])
    return day + timedelta(days=(TUESDAY - day.weekday()) % 7)


def _moment(day: date, clock: str | time) -> datetime:
    clock = time.fromisoformat(clock) if isinstance(clock, str) else clock
    return timezone.make_aware(datetime.combine(day, clock))


def _registration(spec: dict[str, int], first_day: date) -> dict[str, datetime]:
    if "opens_days_ago" in spec:
        opens_on = timezone.localdate() - timedelta(days=spec["opens_days_ago"])
    else:
        opens_on = first_day - timedelta(days=spec["opens_days_before"])
    closes_on = first_day - timedelta(days=spec["closes_days_before"])
    return {"registration_opens_at": _moment(opens_on, OPENS), "registration_closes_at": _moment(closes_on, CLOSES)}


def _load_contributor(seminar: Seminar, role: str, uid: str, position: int) -> None:
    if role == Contributor.Role.PROJECT:
        seminar.contributors.create(role=role, project=Project.objects.get(uid=uid), position=position)
    else:
        seminar.contributors.create(role=role, organisation=Organisation.objects.get(uid=uid), position=position)


def _load_session(seminar: Seminar, spec: Spec, catalogue: Spec) -> None:
    day = seminar.first_day + timedelta(days=spec["day"])
    starts, ends = spec["hours"]
    session = Session.objects.create(
        seminar=seminar,
        kind=spec.get("kind", Session.Kind.SESSION),
        starts_at=_moment(day, starts),
        ends_at=_moment(day, ends),
        **_both("title", spec["title"]),
        **_both("summary", spec.get("summary", {})),
    )
    people = {
        role: [Speaker.objects.get_or_create(**catalogue["speakers"][key])[0] for key in spec.get(role, ())]
        for role in ("speakers", "moderators")
    }
    services.set_speakers(session=session, **people)
