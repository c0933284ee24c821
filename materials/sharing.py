"""What is made of the library for readers and programs: a citation, data for search engines, an archive of files."""

from __future__ import annotations

import json
import logging
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.dates import official_date
from core.languages import text_in
from materials.models import Document, Edition, File, Format
from materials.serving import CHUNK, MIME_TYPES

logger = logging.getLogger(__name__)

OLDEST = (1980, 1, 1, 0, 0, 0)  # what a ZIP calls no date
LONGEST_FOLDER = 80
_REFUSED = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]')


def address_of(document: Document, language: str) -> str:
    """The full address of the document's page in that language, by SITE_URL."""
    with translation.override(language):
        return f"{settings.SITE_URL}{document.get_absolute_url()}"


def citation(document: Document, edition: Edition | None, language: str) -> str:
    """How to refer to the document: title, by whom, number, edition, address. Expects the issuer's names loaded."""
    issuer = document.issuer.name_on(document.issued_on) if document.issuer else None
    with translation.override(language):
        parts = [
            text_in(document, "title", language).rstrip("."),
            issuer,
            f"№ {document.number}" if document.number else "",
            official_date(document.issued_on, language) if document.issued_on else "",
            _("Edition of %(day)s") % {"day": official_date(edition.dated, language)} if edition else "",
            address_of(document, language),
        ]
    return ". ".join(str(part) for part in parts if part)


def structured_data(document: Document, files: Iterable[File], language: str) -> SafeString:
    """The document as schema.org DigitalDocument: JSON that is safe inside a script element."""
    issuer = document.issuer.name_on(document.issued_on) if document.issuer else None
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "name": text_in(document, "title", language),
        "url": address_of(document, language),
        "identifier": document.number,
        "dateCreated": document.issued_on.isoformat() if document.issued_on else "",
        "datePublished": document.published_at.isoformat() if document.published_at else "",
        "publisher": {"@type": "Organization", "name": issuer} if issuer else "",
        "sameAs": document.source_url,
        "encoding": [_encoding(file) for file in files],
    }
    escapes = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    stated = {name: value for name, value in data.items() if value}
    return mark_safe(json.dumps(stated, ensure_ascii=False).translate(escapes))  # noqa: S308  escaped just above


def _encoding(file: File) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "contentUrl": f"{settings.SITE_URL}{file.get_absolute_url()}",
        "encodingFormat": MIME_TYPES[Format(file.format)],
        "contentSize": str(file.size),
        "sha256": file.sha256,
        "inLanguage": ["ky", "ru"] if file.language == "both" else file.language,
    }


class _Pipe:
    """What a ZIP is written to, and taken from as it grows."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        """What has been written since the last time."""
        taken, self._parts = b"".join(self._parts), []
        return taken


def archive(files: Iterable[File]) -> Iterator[bytes]:
    """A ZIP of the files in pieces, no more in memory than one of them; a file missing in the storage is left out.

    Packed already as they are, they are stored as they are. The database is not asked while the pieces are sent, and
    folders are named in the language that is active now. Expects the documents loaded.
    """
    return _packed(list(named_apart(files)))


def _packed(files: Iterable[tuple[File, str]]) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as package:  # type: ignore[call-overload]  # write() suffices
        for file, name in files:
            try:
                content = default_storage.open(str(file.content.name))
            except FileNotFoundError:
                logger.error("file %s is missing in the storage", file.pk)  # noqa: TRY400 - the disk is at fault
                continue
            added = timezone.localtime(file.added_at)
            member = zipfile.ZipInfo(name, max(added.timetuple()[:6], OLDEST))
            member.file_size = file.size
            with content, package.open(member, "w") as packed:
                while chunk := content.read(CHUNK):
                    packed.write(chunk)
                    yield pipe.taken()
            yield pipe.taken()
    yield pipe.taken()


def named_apart(files: Iterable[File]) -> Iterator[tuple[File, str]]:
    """The files, in a folder for each document, under names that no disk refuses or takes for the same."""
    taken: set[str] = set()
    for file in files:
        folder = _plain(_plain(file.edition.document.title)[:LONGEST_FOLDER]) or "document"
        path = PurePosixPath(_plain(file.shown_name) or "file")
        names = (path.name if number == 1 else f"{path.stem} ({number}){path.suffix}" for number in count(1))
        place = next(place for name in names if (place := f"{folder}/{name}").casefold() not in taken)
        taken.add(place.casefold())
        yield file, place


def _plain(name: str) -> str:
    """Without what some disk refuses, and no way to another folder."""
    return " ".join(_REFUSED.sub(" ", name).split()).strip(". ")
