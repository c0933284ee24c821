"""A disk that is really full: a small tmpfs, where this machine lets one be made."""

import gc
import logging
import subprocess

import pytest
from django.urls import reverse

from materials.models import File
from tests.factories.materials import EditionFactory
from tests.materials import samples
from tests.materials.staff_pages import keeper

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SMALL = 200 * 1024
LARGE = samples.pdf(b" " * (3 * SMALL))


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine lets no disk be mounted")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def files_on_disk(settings):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}


def send(client, edition, data):
    address = reverse("admin:materials_edition_files", args=[edition.pk])
    return client.post(address, {"files_ru": samples.upload(data, "план.pdf")})


@pytest.mark.parametrize("in_memory", [True, False])
def test_what_does_not_fit_is_refused_at_the_field_and_leaves_nothing(
    client, settings, small_disk, files_on_disk, in_memory
):
    settings.MEDIA_ROOT = small_disk
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440 if in_memory else 0
    keeper(client)
    edition = EditionFactory()
    response = send(client, edition, LARGE)
    assert response.status_code == 200
    assert "files_ru" in response.context["form"].errors
    assert not File.objects.exists()
    assert [path for path in small_disk.rglob("*") if path.is_file()] == []
    assert send(client, edition, samples.pdf()).status_code == 302
    assert File.objects.count() == 1


# Django leaves it to Python to close, and so to remove, what it could not write whole.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_upload_that_does_not_even_arrive_is_503_and_leaves_nothing(
    client, settings, small_disk, files_on_disk, monkeypatch
):
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    settings.FILE_UPLOAD_TEMP_DIR = str(small_disk)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    keeper(client)
    client.raise_request_exception = False
    response = send(client, EditionFactory(), LARGE)
    assert response.status_code == 503
    assert response["Retry-After"]
    assert not File.objects.exists()
    del response, client.exc_info  # what only tests keep of a failure
    gc.collect()
    assert [path for path in small_disk.rglob("*") if path.is_file()] == []
