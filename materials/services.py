"""Changes to the library: editions, files, what is deleted, who is told. Files are written by `storing` first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import Truncator
from django_q.models import Schedule
from django_q.tasks import async_task, schedule

from accounts.models import User
from materials import emails, storing
from materials.exceptions import FileThere, HandedOutAlready, InUse, NoRoomForFiles, NoSuchEdition, NothingToTell
from materials.inspection import Inspected
from materials.models import Document, Edition, EditionQuerySet, Extraction, File, Handout, Passage, Scan
from materials.models.passages import LONGEST_PASSAGE
from materials.reading import Reading, read_content
from materials.recipients import may_be_told_of, recipients
from materials.scanner import ScannerAway, find_virus
from seminars.models import Seminar, Session

AGAIN_AFTER = timedelta(minutes=2)
LONGEST_NOTE = 200
READER, SCANNER = "materials.tasks.read_file", "materials.tasks.scan_file"

_COUNT = """
INSERT INTO materials_download (edition_id, language, day, count)
VALUES (%(edition)s, %(language)s, (clock_timestamp() AT TIME ZONE %(zone)s)::date, 1)
ON CONFLICT (edition_id, language, day) DO UPDATE SET count = materials_download.count + 1
"""


@dataclass(frozen=True)
class Stored:
    """A file that was looked into and written, before it has a row."""

    name: str
    inspected: Inspected
    language: str


def store(inspected: Inspected, language: str) -> Stored:
    """Write the content, inside `storing.files_follow_rows`; raises NoRoomForFiles."""
    return Stored(storing.write(inspected.content), inspected, language)


@transaction.atomic
def add_edition(*, document: Document, dated: date, by: User, note_ky: str = "", note_ru: str = "") -> Edition:
    """The next edition of the document, from now on the current one; seminars keep the one they handed out."""
    document = Document.objects.locked(document.pk)
    last = document.editions.order_by("-number").first()
    for edition in document.editions.filter(is_current=True):
        edition.is_current = False
        _save(edition, by)
    edition = Edition(
        document=document, number=last.number + 1 if last else 1, dated=dated, note_ky=note_ky, note_ru=note_ru
    )
    _save(edition, by)
    return edition


@transaction.atomic
def add_files(*, edition: Edition, stored: Iterable[Stored], by: User) -> list[File]:
    """Rows for files that are stored; they are scanned, when there is a scanner, and read by the worker.

    Raises FileThere when the edition has the same bytes already.
    """
    Document.objects.locked(edition.document_id)
    return [_add_file(edition, one, by) for one in stored]


def _add_file(edition: Edition, stored: Stored, by: User) -> File:
    inspected = stored.inspected
    if edition.files.filter(sha256=inspected.sha256).exists():
        raise FileThere(inspected.shown_name)
    file = File(
        edition=edition,
        language=stored.language,
        format=inspected.format,
        shown_name=inspected.shown_name,
        size=inspected.size,
        sha256=inspected.sha256,
        scan=Scan.WAITING if settings.CLAMD_URL else Scan.NOT_ASKED,
    )
    file.content.name = stored.name
    _save(file, by)
    storing.keep(stored.name)
    # A row of the same transaction: the worker sees the task when it can see the file.
    async_task(SCANNER if settings.CLAMD_URL else READER, file.pk)
    return file


@transaction.atomic
def hand_out(
    *, seminar: Seminar, document: Document, by: User, session: Session | None = None, number: int | None = None
) -> Handout:
    """The seminar, or one session of it, hands out an edition: the current one unless another number is given.

    Raises NoSuchEdition, HandedOutAlready.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    wanted = {"number": number} if number else {"is_current": True}
    edition = document.editions.filter(**wanted).first()
    if edition is None:
        raise NoSuchEdition
    if Handout.objects.filter(seminar=seminar, session=session, edition=edition).exists():
        raise HandedOutAlready
    handout = Handout(seminar=seminar, session=session, edition=edition)
    _save(handout, by)
    return handout


@transaction.atomic
def take_back(*, handout: Handout, by: User) -> None:
    """The seminar does not hand it out after all."""
    handout._history_user = by  # type: ignore[attr-defined]  # how simple-history is told who
    handout.delete()


@transaction.atomic
def tell_of_edition(*, edition: Edition) -> int:
    """Write to everyone who got an earlier edition and was not told of this one; return how many messages that made.

    Each person is told once of an edition, however often and by whomever this is asked. Raises NothingToTell.
    """
    document = Document.objects.locked(edition.document_id)
    edition = document.editions.select_related("document").get(pk=edition.pk)
    untold = [recipient for recipient in recipients(edition) if not recipient.is_told]
    if not untold or not may_be_told_of(edition):
        raise NothingToTell
    for recipient in untold:
        emails.notify_new_edition(recipient.registration, edition)
    return len(untold)


@transaction.atomic
def delete_file(*, file: File, by: User) -> None:
    """Take a file out of an edition that nobody was given yet. Raises InUse."""
    document = Document.objects.locked(file.edition.document_id)
    _refuse_in_use(document.editions.filter(pk=file.edition_id))
    _delete_files([file], by)


@transaction.atomic
def delete_edition(*, edition: Edition, by: User) -> None:
    """Take away an edition that nobody was given yet; the one before it is current again. Raises InUse."""
    document = Document.objects.locked(edition.document_id)
    _refuse_in_use(document.editions.filter(pk=edition.pk))
    _delete_files(edition.files.all(), by)
    edition._history_user = by  # type: ignore[attr-defined]  # how simple-history is told who
    edition.delete()
    last = document.editions.order_by("-number").first()
    if last is not None and not last.is_current:
        last.is_current = True
        _save(last, by)


@transaction.atomic
def delete_document(*, document: Document, by: User) -> None:
    """Delete a document of which nobody was given anything and which replaced no other. Raises InUse."""
    document = Document.objects.locked(document.pk)
    _refuse_in_use(document.editions.all())
    if document.predecessors.exists():
        raise InUse
    _delete_files(File.objects.filter(edition__document=document), by)
    document._history_user = by  # type: ignore[attr-defined]  # how simple-history is told who
    document.delete()


def scan(*, file: File) -> None:
    """Ask the scanner about a file that waits for it: a clean one is released and read, an infected one stays hidden.

    When the scanner is away or cannot tell, the file goes on waiting and is asked about again.
    """
    try:
        with default_storage.open(str(file.content.name)) as content:
            found = find_virus(content)
    except (ScannerAway, OSError) as error:
        File.objects.awaiting_scan().filter(pk=file.pk).update(scan_note=Truncator(str(error)).chars(LONGEST_NOTE))
        _run_again(SCANNER, file)
        return
    result = Scan.INFECTED if found else Scan.CLEAN
    with transaction.atomic():
        note = Truncator(found).chars(LONGEST_NOTE)
        if File.objects.awaiting_scan().filter(pk=file.pk).update(scan=result, scan_note=note) and not found:
            async_task(READER, file.pk)


def read(*, file: File) -> None:
    """Read a file that waits for it: its text for the search, its pages, a picture of the first.

    When the storage is away the file goes on waiting and is read later.
    """
    try:
        with default_storage.open(str(file.content.name)) as content:
            reading = read_content(content, file.format)
    except FileNotFoundError:
        reading = Reading()
    except OSError:
        _run_again(READER, file)
        return
    with storing.files_follow_rows():
        _record_reading(file, reading, _stored_picture(reading))


def _stored_picture(reading: Reading) -> str:
    """The name of the picture; without room for it the text is kept all the same."""
    try:
        return storing.write(ContentFile(reading.picture)) if reading.picture else ""
    except NoRoomForFiles:
        return ""


@transaction.atomic
def _record_reading(file: File, reading: Reading, picture: str) -> None:
    """What was read, unless the file is gone or somebody else has read it meanwhile."""
    waiting = File.objects.awaiting_reading().select_for_update(of=("self",), no_key=True).filter(pk=file.pk)
    if not waiting:
        return
    passages = [
        Passage(file=file, number=number, first_page=page, text=text)
        for number, (page, text) in enumerate(reading.passages(LONGEST_PASSAGE), start=1)
    ]
    Passage.objects.bulk_create(passages)
    nothing = Extraction.EMPTY if reading.is_whole else Extraction.FAILED
    File.objects.filter(pk=file.pk).update(
        extraction=Extraction.DONE if passages else nothing, pages=reading.pages, picture=picture
    )
    storing.keep(picture)


def _run_again(task: str, file: File) -> None:
    schedule(task, file.pk, schedule_type=Schedule.ONCE, next_run=timezone.now() + AGAIN_AFTER)


def count_download(*, file: File) -> None:
    """One more download of the edition in this language today; nothing is written of who took it."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"edition": file.edition_id, "language": file.language, "zone": settings.TIME_ZONE})


def _refuse_in_use(editions: EditionQuerySet) -> None:
    if editions.in_use().exists():
        raise InUse


def _delete_files(files: Iterable[File], by: User) -> None:
    """The rows now, their content when that is committed."""
    for file in list(files):
        for name in filter(None, (file.content.name, file.picture.name)):
            transaction.on_commit(partial(storing.remove, name))
        file._history_user = by  # type: ignore[attr-defined]  # how simple-history is told who
        file.delete()


def _save(row: Edition | File | Handout, by: User) -> None:
    row._history_user = by  # type: ignore[union-attr]  # how simple-history is told who
    row.save()
