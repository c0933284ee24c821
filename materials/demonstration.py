"""Documents of the demonstration: those presented in 2019, with files marked as samples, and links to acts.

What is known of them is in `data/demonstration/documents.json`; the texts of the samples, one file each, are invented.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from core.languages import LANGUAGES, text_in
from materials import services, storing, tasks
from materials.documents import WRITERS, Sample, Section
from materials.inspection import inspect
from materials.models import Document, Download, Edition, File, Handout, Status
from seminars.demonstration import seminars
from seminars.models import Organisation, Seminar, Topic

DATA = Path(__file__).resolve().parent / "data" / "demonstration"
KEEPER = "organiser"  # of the demonstration's staff
SEMINAR = "aktualduu-maseleler-2019"
MORNING = time(9)

Spec = dict[str, Any]


def load() -> None:
    """Every document of the demonstration is there, its files read; what was there already stays as it is."""
    keeper, added = User.objects.get(username=KEEPER), []
    with storing.files_follow_rows(), transaction.atomic():
        for spec in _read("documents"):
            if not Document.objects.filter(slug=spec["slug"]).exists():
                added += _load_document(spec, keeper)
    # The worker would do it; whoever tries the demonstration need not wait for it.
    for file in added:
        tasks.read_file(file.pk)


@transaction.atomic
def remove() -> None:
    """Nothing of the demonstration is left but documents that other seminars hand out or that replaced others."""
    # From the last: a replaced document stands behind its successor.
    for spec in reversed(_read("documents")):
        document = Document.objects.filter(slug=spec["slug"], predecessors=None).first()
        if document and not _handouts(document).exclude(seminar__in=seminars()).exists():
            _remove_document(document)


def _remove_document(document: Document) -> None:
    files = File.objects.filter(edition__document=document)
    for name in filter(None, chain.from_iterable(files.values_list("content", "picture"))):
        transaction.on_commit(partial(storing.remove, name))
    Download.objects.filter(edition__document=document).delete()
    for rows in (_handouts(document), files, document.editions.all(), Document.objects.filter(pk=document.pk)):
        _forget(rows)


def _handouts(document: Document) -> models.QuerySet[Handout]:
    return Handout.objects.filter(edition__document=document)


def _forget(rows: models.QuerySet[Any]) -> None:
    """Delete rows and their history, in which a demonstration would only be in the way."""
    keys = list(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=keys).delete()
    rows.model.history.filter(id__in=keys).delete()


def _read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def _load_document(spec: Spec, keeper: User) -> list[File]:
    """The document with its editions; returns the files that were added."""
    successor = Document.objects.get(slug=spec["successor"]) if "successor" in spec else None
    document = Document.objects.create(
        slug=spec["slug"],
        kind=spec["kind"],
        title_ky=spec["title"]["ky"],
        title_ru=spec["title"]["ru"],
        issuer=Organisation.objects.filter(uid=spec.get("issuer", "")).first(),
        act_type=spec.get("act_type", ""),
        number=spec.get("number", ""),
        issued_on=date.fromisoformat(spec["issued_on"]) if "issued_on" in spec else None,
        status=Status.REPLACED if successor else Status.IN_FORCE,
        successor=successor,
        source_url=spec.get("source", ""),
        published_at=timezone.make_aware(datetime.combine(date.fromisoformat(spec["published"]), MORNING)),
    )
    document.topics.set(Topic.objects.filter(slug__in=spec["topics"]))
    files = list(chain.from_iterable(_load_edition(document, spec, one, keeper) for one in spec.get("editions", ())))
    if "session" in spec:
        seminar = Seminar.objects.get(slug=SEMINAR)
        session = seminar.sessions.filter(title_ru=spec["session"]).first()
        services.hand_out(seminar=seminar, session=session, document=document, number=1, by=keeper)
    return files


def _load_edition(document: Document, spec: Spec, edition_spec: Spec, keeper: User) -> list[File]:
    note = edition_spec.get("note", {})
    edition = services.add_edition(
        document=document, dated=_day(edition_spec), note_ky=note.get("ky", ""), note_ru=note.get("ru", ""), by=keeper
    )
    stored = []
    for language in LANGUAGES:
        sample = _sample(edition, language)
        for format_, write in WRITERS.items():
            content = ContentFile(write(sample), name=f"{spec['files'][language]}.{format_}")
            stored.append(services.store(inspect(content), language))
    return services.add_files(edition=edition, stored=stored, by=keeper)


def _day(spec: Spec) -> date:
    """The fixed day, or so many days ago."""
    if "dated" in spec:
        return date.fromisoformat(spec["dated"])
    return timezone.localdate() - timedelta(days=spec["days_ago"])


def _sample(edition: Edition, language: str) -> Sample:
    """The invented text of the edition: a section may begin with a later one."""
    document, words = edition.document, _read("words")
    naming = document.issuer.naming_on(edition.dated) if document.issuer else None
    return Sample(
        language=language,
        title=str(text_in(document, "title", language)),
        issuer=str(text_in(naming, "name", language)) if naming else "",
        edition=words["edition"][language].format(number=edition.number),
        notice=words["notice"][language],
        sections=[
            Section(section["heading"], section.get("paragraphs", []), section.get("items", []))
            for section in _read(document.slug)[language]
            if section.get("since", 1) <= edition.number
        ],
    )
