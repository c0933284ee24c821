"""The demonstration's documents are loaded twice as once, and go without a trace."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from materials import demonstration
from materials.models import Document, Download, Edition, File, Handout, Passage
from seminars import demonstration as seminars_demonstration
from seminars.models import Organisation, Seminar
from tests.factories.accounts import StaffFactory
from tests.factories.materials import DocumentFactory, EditionFactory, FileFactory, HandoutFactory
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db

WITH_HISTORY = (Document, Edition, File, Handout)


def stored():
    folders, files = default_storage.listdir("materials") if default_storage.exists("materials") else ((), ())
    return sorted([*files, *(name for folder in folders for name in default_storage.listdir(f"materials/{folder}")[1])])


def rows():
    counts = [model.objects.count() for model in (*WITH_HISTORY, Passage)]
    return counts, [model.history.count() for model in WITH_HISTORY], stored()


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    """A real and empty one."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    return tmp_path


@pytest.fixture
def loaded():
    StaffFactory(username="organiser")
    seminars_demonstration.load()
    demonstration.load()


@pytest.fixture
def remove(django_capture_on_commit_callbacks):
    def removed():
        with django_capture_on_commit_callbacks(execute=True):
            demonstration.remove()

    return removed


def test_loading_twice_changes_nothing(loaded):
    before = rows()
    demonstration.load()
    assert rows() == before


def test_removing_leaves_neither_row_nor_history_nor_file(loaded, remove):
    edition = Edition.objects.first()
    Download.objects.create(edition=edition, language="ky", day="2026-11-01")
    remove()
    assert rows() == ([0] * 5, [0] * 4, [])
    out = StringIO()
    call_command("check_files", stdout=out)
    assert "every row has its file" in out.getvalue()
    seminars_demonstration.remove()
    assert not Seminar.objects.exists()


def test_it_can_be_loaded_again_after_removal(loaded, remove):
    before = rows()
    remove()
    demonstration.load()
    counts, history, files = rows()
    assert (counts, history, len(files)) == (*before[:2], len(before[2]))


def test_removing_leaves_the_documents_of_others(loaded, remove):
    own = FileFactory(edition=EditionFactory(document=DocumentFactory(slug="own")))
    remove()
    assert list(File.objects.all()) == [own]
    assert default_storage.exists(own.content.name)


def test_a_document_that_another_seminar_hands_out_stays_whole(loaded, remove):
    guide = Document.objects.get(slug="kyzmattardy-jakshyrtuu-koldonmosu")
    HandoutFactory(seminar=SeminarFactory(), session=None, edition=guide.editions.get(is_current=True))
    remove()
    assert list(Document.objects.all()) == [guide]
    assert File.objects.count() == 8
    seminars_demonstration.remove()
    assert Organisation.objects.get() == guide.issuer
