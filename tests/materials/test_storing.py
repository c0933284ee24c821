"""No row without its file and no file without its row, whatever breaks; the command that finds what did."""

import errno
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from django_q.models import OrmQ

from core.exceptions import DomainError
from materials import services, storing
from materials.exceptions import FileThere, InUse, NoRoomForFiles
from materials.inspection import inspect
from materials.models import Document, Download, Edition, File, Language
from tests.factories.accounts import StaffFactory
from tests.factories.materials import DocumentFactory, EditionFactory, FileFactory, HandoutFactory
from tests.materials import samples

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    """A real disk."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    return tmp_path


def on(disk):
    return sorted(str(path.relative_to(disk)) for path in disk.rglob("*") if path.is_file())


def add(edition, *datas):
    with storing.files_follow_rows():
        stored = [services.store(inspect(samples.upload(data)), Language.RU) for data in datas]
        return services.add_files(edition=edition, stored=stored, by=StaffFactory())


def test_an_upload_leaves_a_row_its_file_and_a_task_for_the_worker(disk):
    (file,) = add(EditionFactory(), samples.pdf())
    assert on(disk) == [file.content.name]
    assert (disk / file.content.name).read_bytes() == samples.pdf()
    assert file.history.get().history_user is not None
    assert OrmQ.objects.count() == 1


def test_a_rollback_takes_the_files_with_it(disk):
    edition = EditionFactory()
    with pytest.raises(FileThere):
        add(edition, samples.pdf(), samples.docx(), samples.pdf())
    assert on(disk) == []
    assert not File.objects.exists()
    assert OrmQ.objects.count() == 0


def test_a_rollback_that_nobody_hears_of_takes_the_files_too(disk):
    edition = EditionFactory()
    with storing.files_follow_rows(), transaction.atomic():
        stored = services.store(inspect(samples.upload(samples.pdf())), Language.RU)
        services.add_files(edition=edition, stored=[stored], by=StaffFactory())
        transaction.set_rollback(True)
    assert on(disk) == []
    assert not File.objects.exists()


def test_a_file_that_no_row_asked_for_goes(disk):
    with storing.files_follow_rows():
        services.store(inspect(samples.upload(samples.pdf())), Language.RU)
    assert on(disk) == []


def test_without_the_guard_the_same_rollback_leaves_a_file(disk, monkeypatch):
    monkeypatch.setattr(storing, "remove", print)
    with storing.files_follow_rows():
        services.store(inspect(samples.upload(samples.pdf())), Language.RU)
    assert len(on(disk)) == 1


class Dribble(ContentFile):
    """A file whose second half meets a full disk."""

    def chunks(self, chunk_size=None):
        yield b"%PDF-1.7 first half"
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_no_half_file_and_says_so(disk):
    with storing.files_follow_rows(), pytest.raises(NoRoomForFiles):
        storing.write(Dribble(b"whole"))
    assert on(disk) == []


def test_the_same_upload_works_when_there_is_room_again(disk, monkeypatch):
    edition = EditionFactory()

    def full(self, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(FileSystemStorage, "_save", full)
        with pytest.raises(NoRoomForFiles):
            add(edition, samples.pdf())
    assert not File.objects.exists()
    add(edition, samples.pdf())
    assert File.objects.count() == len(on(disk)) == 1


def test_deleting_takes_the_content_after_the_row_is_gone(disk):
    (file,) = add(EditionFactory(), samples.pdf())
    with transaction.atomic():
        services.delete_file(file=file, by=StaffFactory())
        assert on(disk) == [file.content.name]
    assert on(disk) == []


def test_a_deleting_that_is_undone_keeps_the_content(disk):
    (file,) = add(EditionFactory(), samples.pdf())
    with transaction.atomic():
        services.delete_file(file=file, by=StaffFactory())
        transaction.set_rollback(True)
    assert on(disk) == [file.content.name]
    assert File.objects.count() == 1


def test_what_was_handed_out_or_taken_is_not_deleted(disk):
    by = StaffFactory()
    file = FileFactory(edition=HandoutFactory().edition)
    for refused in (
        lambda: services.delete_file(file=file, by=by),
        lambda: services.delete_edition(edition=file.edition, by=by),
        lambda: services.delete_document(document=file.edition.document, by=by),
    ):
        with pytest.raises(InUse):
            refused()
    taken = FileFactory()
    services.count_download(file=taken)
    with pytest.raises(InUse):
        services.delete_file(file=taken, by=by)
    assert len(on(disk)) == 2


def test_a_document_that_replaced_another_is_not_deleted():
    later = DocumentFactory()
    DocumentFactory(status="replaced", successor=later)
    with pytest.raises(InUse):
        services.delete_document(document=later, by=StaffFactory())


def test_an_unused_document_goes_with_all_it_has(disk):
    file = FileFactory()
    services.delete_document(document=file.edition.document, by=StaffFactory())
    assert (Document.objects.count(), Edition.objects.count(), File.objects.count()) == (0, 0, 0)
    assert on(disk) == []


def test_the_next_edition_is_the_current_one_and_taking_it_back_restores_the_one_before():
    first = EditionFactory()
    by = StaffFactory()
    second = services.add_edition(document=first.document, dated=first.dated, note_ky="Жаңы", note_ru="Новое", by=by)
    first.refresh_from_db()
    assert (second.number, second.is_current, first.is_current) == (2, True, False)
    assert second.history.get().history_user == by
    services.delete_edition(edition=second, by=by)
    first.refresh_from_db()
    assert first.is_current


def at_once(*actions):
    """Run in threads of their own, each with a connection; what they raised."""
    faults = []
    start = threading.Barrier(len(actions))

    def run(action):
        try:
            start.wait()
            action()
        except DomainError as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_editions_added_at_once_get_numbers_of_their_own_and_one_is_current():
    first, by = EditionFactory(), StaffFactory()

    def another():
        services.add_edition(document=Document.objects.get(pk=first.document_id), dated=first.dated, by=by)

    assert at_once(*[another] * 4) == []
    assert sorted(first.document.editions.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert first.document.editions.get(is_current=True).number == 5


def test_the_same_file_sent_at_once_is_kept_once(disk):
    edition = EditionFactory()
    faults = at_once(*[lambda: add(edition, samples.pdf())] * 4)
    assert [type(fault) for fault in faults] == [FileThere] * 3
    assert len(on(disk)) == File.objects.count() == 1


def test_downloads_at_once_are_all_counted():
    file = FileFactory()
    assert at_once(*[lambda: services.count_download(file=file)] * 8) == []
    assert Download.objects.get().count == 8


def test_downloads_are_counted_by_edition_language_and_day():
    ky, ru = FileFactory(language="ky"), FileFactory(language="ru")
    for file in (ky, ky, ru):
        services.count_download(file=file)
    assert set(Download.objects.values_list("edition", "language", "count")) == {
        (ky.edition_id, "ky", 2),
        (ru.edition_id, "ru", 1),
    }
    assert set(Download.objects.values_list("day", flat=True)) == {timezone.localdate()}


def checked(**options):
    out = StringIO()
    try:
        call_command("check_files", stdout=out, **options)
    except CommandError as error:
        return out.getvalue() + str(error)
    return out.getvalue()


def grown_old(monkeypatch):
    """As if everything in the storage had been written yesterday."""
    monkeypatch.setattr(FileSystemStorage, "get_modified_time", lambda *_args: timezone.now() - timedelta(days=1))


def test_the_check_is_content_when_all_is_well(disk, monkeypatch):
    add(EditionFactory(), samples.pdf(), samples.docx())
    grown_old(monkeypatch)
    assert checked() == "every row has its file\n"


def test_the_check_finds_and_removes_files_without_a_row(disk, monkeypatch):
    (file,) = add(EditionFactory(), samples.pdf())
    orphan = default_storage.save("materials/ab/orphan", ContentFile(b"x"))
    assert "every row has its file" in checked(), "a young file may belong to an upload that is under way"
    grown_old(monkeypatch)
    assert f"no row: {orphan}" in checked()
    assert "removed: 1" in checked(remove=True)
    assert on(disk) == [file.content.name]


def test_the_check_finds_rows_without_their_file_or_with_another(disk):
    lost, cut = add(EditionFactory(), samples.pdf(), samples.docx())
    (disk / lost.content.name).unlink()
    (disk / cut.content.name).write_bytes(b"PK")
    said = checked(remove=True)
    assert f"no file: {lost.content.name}" in said
    assert f"other size: {cut.content.name}" in said
    assert "rows without their file: 2" in said
