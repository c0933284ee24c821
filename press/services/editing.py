"""Making a release by hand and writing its texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import Language, User
from core.clock import database_now
from press import pictures
from press.exceptions import NotAllowedNow, ReleaseExists, TextChangedMeanwhile, TextIsPublic
from press.models import (
    Attachment,
    Contact,
    Picture,
    PresentedDocument,
    Quote,
    Release,
    ReleaseText,
    Revision,
    StoredFile,
)
from press.models.release import hour_as_data
from press.services.history import write_down
from press.services.moves import back_to_draft
from seminars.models import Seminar, Topic

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Content:
    """All that is typed of a text; the rows of records stand in their order.

    Rows of pictures and attachments name a file of the release that the text has already, by its key.
    """

    parts: Mapping[str, str]
    public_from: datetime | None = None
    quotes: Sequence[Row] = ()
    documents: Sequence[Row] = ()
    contacts: Sequence[Row] = ()
    pictures: Sequence[Row] = field(default=())
    attachments: Sequence[Row] = field(default=())


@transaction.atomic
def make_release(
    *, slug: str, kind: str, by: User, seminar: Seminar | None = None, topics: Sequence[Topic] = ()
) -> Release:
    """A release with an empty draft in each language; of a seminar there is one of each kind. Raises ReleaseExists."""
    if seminar is not None:
        Seminar.objects.locked(seminar.pk)
        if seminar.releases.filter(kind=kind).exists():
            raise ReleaseExists
    release = Release.objects.create(slug=slug, kind=kind, seminar=seminar, created_by=by)
    release.topics.set(topics)
    for language in Language.values:
        text = ReleaseText.objects.create(release=release, language=language, last_editor=by)
        Revision.objects.create(
            text=text, number=text.revision, event=Revision.Event.DRAFTED, by=by, content=text.content()
        )
    return release


@transaction.atomic
def edit(*, text: ReleaseText, revision: int, content: Content, by: User) -> ReleaseText:
    """Store what was typed; a text that was submitted or approved is a draft again, one that is the same is left alone.

    Raises TextChangedMeanwhile when `revision` is no longer the stored one, TextIsPublic after the hour.
    """
    text = _opened(text, revision)
    if as_data(text, content) == ReleaseText.objects.with_parts().get(pk=text.pk).content():
        return text
    for name, value in content.parts.items():
        setattr(text, name, value)
    text.public_from = content.public_from
    _store(text, by)
    for name, rows in _records(text, content).items():
        manager = getattr(text, name)
        manager.all().delete()
        manager.bulk_create(rows)
    write_down(text, Revision.Event.EDITED, by=by)
    return text


def as_data(text: ReleaseText, content: Content) -> dict[str, Any]:
    """What was typed as plain data, to be compared with `ReleaseText.content()`; nothing is stored."""
    lines = {name: [row.as_line() for row in rows] for name, rows in _records(text, content).items()}
    return {**content.parts, "public_from": hour_as_data(content.public_from), **lines}


@transaction.atomic
def place_picture(
    *, text: ReleaseText, revision: int, upload: UploadedFile[Any] | None, key: str, alt: str, caption: str, by: User
) -> ReleaseText:
    """Put a picture under the text: a new one, or with `key` one that the release has; the text is a draft again.

    Raises FileRefused, TextChangedMeanwhile, TextIsPublic.
    """
    text = _opened(text, revision)
    stored = pictures.store_picture(text.release, upload) if upload else _file(text, key, StoredFile.Kind.PICTURE)
    _store(text, by)
    words = {"alt": alt, "caption": caption}
    text.pictures.update_or_create(
        file=stored, defaults=words, create_defaults=words | {"position": text.pictures.count()}
    )
    write_down(text, Revision.Event.EDITED, by=by)
    return text


@transaction.atomic
def place_attachment(
    *, text: ReleaseText, revision: int, upload: UploadedFile[Any] | None, key: str, title: str, by: User
) -> ReleaseText:
    """Put a file beside the text: a new one, or with `key` one that the release has; the text is a draft again.

    Raises FileRefused, TextChangedMeanwhile, TextIsPublic.
    """
    text = _opened(text, revision)
    stored = pictures.store_attachment(text.release, upload) if upload else _file(text, key, StoredFile.Kind.ATTACHMENT)
    _store(text, by)
    text.attachments.update_or_create(
        file=stored,
        defaults={"title": title},
        create_defaults={"title": title, "position": text.attachments.count()},
    )
    write_down(text, Revision.Event.EDITED, by=by)
    return text


def _opened(text: ReleaseText, revision: int) -> ReleaseText:
    """The text, locked, as it was read and not public yet."""
    text = ReleaseText.objects.locked(text.pk)
    if text.revision != revision:
        raise TextChangedMeanwhile
    if text.is_withdrawn or ReleaseText.objects.public().filter(pk=text.pk).exists():
        raise TextIsPublic
    return text


def _store(text: ReleaseText, by: User) -> None:
    """The locked text as a draft, whatever it was, with its new editor."""
    back_to_draft(text, by=by)
    text.last_editor, text.edited_at = by, database_now()
    text.save()


def _records(text: ReleaseText, content: Content) -> dict[str, list[Any]]:
    """The rows that belong to the text from now on, in their order, not stored yet."""
    rows: dict[str, list[Any]] = {
        "quotes": [Quote(text=text, position=number, **row) for number, row in enumerate(content.quotes)],
        "documents": [
            PresentedDocument(text=text, position=number, **row) for number, row in enumerate(content.documents)
        ],
        "contacts": [Contact(text=text, position=number, **row) for number, row in enumerate(content.contacts)],
    }
    models: dict[str, tuple[type[Picture | Attachment], Sequence[Row]]] = {
        "pictures": (Picture, content.pictures),
        "attachments": (Attachment, content.attachments),
    }
    for name, (model, typed) in models.items():
        files = {use.file.key: use.file for use in getattr(text, name).select_related("file")}
        # Taken out of those left, because a file stands once in a text.
        kept = [{**row, "file": files.pop(row["file"])} for row in typed if row["file"] in files]
        rows[name] = [model(text=text, position=number, **row) for number, row in enumerate(kept)]
    return rows


def _file(text: ReleaseText, key: str, kind: str) -> StoredFile:
    stored = text.release.files.filter(key=key, kind=kind).first()
    if stored is None:
        raise NotAllowedNow
    return stored
