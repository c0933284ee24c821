"""Files as a browser takes them: for whom, whole, in part, not again; and what is counted."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date

from accounts.roles import Role
from core.logs import mask
from materials.models import Audience, Download, File, Scan
from tests.factories.accounts import staff_of, superuser
from tests.factories.materials import DocumentFactory, EditionFactory, FileFactory, HandoutFactory
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db

DATA = b"%PDF-1.7 " + bytes(range(256)) * 1024


@pytest.fixture
def file():
    return FileFactory(data=DATA, shown_name="План улучшения.pdf")


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def counted():
    return sum(Download.objects.values_list("count", flat=True))


def test_a_public_file_comes_whole_as_attachment(client, file):
    response = client.get(file.get_absolute_url())
    assert body(response) == DATA
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(DATA))
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('План улучшения.pdf')}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == f'"{file.sha256}"'
    assert response["Cache-Control"] == "public, no-cache"
    assert "Vary" not in response or "Cookie" not in response["Vary"]
    assert not response.cookies


def test_a_file_takes_one_question_and_one_count(client, file):
    with CaptureQueriesContext(connection) as queries:
        client.get(file.get_absolute_url())
    assert len(queries) == 2


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, len(DATA) - 1),
        ("bytes=-5", len(DATA) - 5, len(DATA) - 1),
        ("bytes=70000-200000", 70000, 200000),
        (f"bytes=10-{10**12}", 10, len(DATA) - 1),
        (f"bytes=-{10**12}", 0, len(DATA) - 1),
        ("BYTES=1-2", 1, 2),
    ],
)
def test_a_part_is_exactly_the_part(client, file, asked, first, last):
    response = client.get(file.get_absolute_url(), headers={"range": asked})
    assert body(response) == DATA[first : last + 1]
    assert response["Content-Length"] == str(last - first + 1)
    if (first, last) != (0, len(DATA) - 1):
        assert response.status_code == 206
        assert response["Content-Range"] == f"bytes {first}-{last}/{len(DATA)}"


@pytest.mark.parametrize("asked", [f"bytes={len(DATA)}-", "bytes=999999999-", "bytes=-0"])
def test_a_part_outside_is_416_with_the_size(client, file, asked):
    response = client.get(file.get_absolute_url(), headers={"range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(DATA)}"
    assert counted() == 0


@pytest.mark.parametrize(
    "asked", ["bytes=5-1", "bytes=0-1,4-5", "bytes=a-b", "bytes=-", "items=0-1", "bytes=٣-٥", f"bytes={'9' * 30}-", ""]
)
def test_a_range_that_is_none_gives_the_whole(client, file, asked):
    response = client.get(file.get_absolute_url(), headers={"range": asked})
    assert (response.status_code, body(response)) == (200, DATA)


def test_parts_that_follow_each_other_make_the_whole(client, file):
    parts = [
        body(client.get(file.get_absolute_url(), headers={"range": f"bytes={start}-{start + 49_999}"}))
        for start in range(0, len(DATA), 50_000)
    ]
    assert b"".join(parts) == DATA
    assert counted() == 1


def test_who_has_the_file_gets_304(client, file):
    for headers in (
        {"if-none-match": f'"{file.sha256}"'},
        {"if-none-match": f'W/"{file.sha256}", "other"'},
        {"if-modified-since": http_date(file.added_at.timestamp())},
    ):
        response = client.get(file.get_absolute_url(), headers=headers)
        assert (response.status_code, response.content) == (304, b"")
        assert response["ETag"] == f'"{file.sha256}"'
    assert client.get(file.get_absolute_url(), headers={"if-none-match": '"other"'}).status_code == 200
    assert client.get(file.get_absolute_url(), headers={"if-match": '"other"'}).status_code == 412
    assert counted() == 1


@pytest.mark.parametrize(("same", "status"), [(True, 206), (False, 200)])
def test_a_part_fits_only_to_the_same_file(client, file, same, status):
    etag = f'"{file.sha256}"' if same else '"other"'
    date = file.added_at if same else file.added_at - timedelta(days=1)
    for condition in (etag, http_date(date.timestamp())):
        response = client.get(file.get_absolute_url(), headers={"range": "bytes=5-9", "if-range": condition})
        assert response.status_code == status
        assert body(response) == (DATA[5:10] if same else DATA)
    weak = client.get(file.get_absolute_url(), headers={"range": "bytes=5-9", "if-range": f'W/"{file.sha256}"'})
    assert weak.status_code == 200


def test_head_tells_the_size_and_counts_nothing(client, file):
    response = client.head(file.get_absolute_url(), headers={"range": "bytes=0-1"})
    assert (response.status_code, response["Content-Length"], body(response)) == (200, str(len(DATA)), b"")
    assert counted() == 0
    assert client.post(file.get_absolute_url()).status_code == 405


@pytest.mark.parametrize(
    "fields",
    [
        {"edition__document__draft": True},
        {"edition__document__embargoed": True},
        {"edition__document__audience": Audience.STAFF},
        {"edition__document__audience": Audience.PARTICIPANTS},
        {"scan": Scan.WAITING},
        {"scan": Scan.INFECTED},
    ],
)
def test_what_is_not_for_everyone_is_not_there(client, fields):
    file = FileFactory(**fields)
    for headers in ({}, {"range": "bytes=0-0"}, {"if-none-match": f'"{file.sha256}"'}):
        response = client.get(file.get_absolute_url(), headers=headers)
        assert response.status_code == 404
        assert "ETag" not in response
    assert client.head(file.get_absolute_url()).status_code == 404
    assert counted() == 0


def test_an_unknown_address_is_404(client, file):
    assert client.get("/files/" + "A" * 22).status_code == 404
    assert client.get(file.get_absolute_url() + "/").status_code == 404
    assert client.get(f"/files/{file.content.name}").status_code == 404


def test_a_withdrawn_document_is_withdrawn_at_the_next_request(client, file):
    etag = client.get(file.get_absolute_url())["ETag"]
    document = file.edition.document
    document.status, document.published_at = "draft", None
    document.save()
    assert client.get(file.get_absolute_url(), headers={"if-none-match": etag}).status_code == 404


@pytest.fixture
def registration():
    return register(SeminarFactory(), MunicipalityFactory())


def handed_out(seminar, **fields):
    edition = EditionFactory(document=DocumentFactory(audience=Audience.PARTICIPANTS, **fields))
    HandoutFactory(seminar=seminar, edition=edition)
    return FileFactory(edition=edition, data=DATA)


def test_a_participant_has_what_the_seminar_handed_out(client, registration):
    file = handed_out(registration.seminar)
    response = client.get(file.address_for(registration))
    assert body(response) == DATA
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert counted() == 1


def test_a_participant_has_nothing_of_another_seminar(client, registration):
    assert client.get(handed_out(SeminarFactory()).address_for(registration)).status_code == 404


def test_a_participant_has_no_draft(client, registration):
    file = handed_out(registration.seminar, draft=True)
    assert client.get(file.address_for(registration)).status_code == 404


def test_a_cancelled_or_wrong_link_opens_nothing(client, registration):
    file = handed_out(registration.seminar)
    right = file.address_for(registration)
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")
    assert client.get(wrong).status_code == 404
    registration.state, registration.block, registration.slot = "cancelled", None, None
    registration.save()
    assert client.get(right).status_code == 404


def test_logs_do_not_keep_the_token_of_a_participant(registration):
    address = FileFactory().address_for(registration)
    assert registration.token not in mask(f"GET {address} failed")


def test_a_missing_file_is_404_and_a_storage_that_fails_503(client, file, monkeypatch):
    from django.core.files.storage import default_storage

    def away(name, mode="rb"):
        raise OSError("storage is away")

    default_storage.delete(file.content.name)
    assert client.get(file.get_absolute_url()).status_code == 404
    monkeypatch.setattr(default_storage._wrapped, "open", away, raising=False)
    response = client.get(file.get_absolute_url())
    assert response.status_code == 503
    assert response["Retry-After"]
    assert counted() == 0


def test_nginx_hands_the_file_out_when_it_can(client, file, settings):
    settings.FILES_INTERNAL_LOCATION = "/_files/"
    response = client.get(file.get_absolute_url(), headers={"range": "bytes=0-9"})
    assert response["X-Accel-Redirect"] == f"/_files/{file.content.name}"
    assert (response.status_code, response.content) == (200, b"")
    assert "Content-Disposition" in response
    client.get(file.get_absolute_url(), headers={"range": "bytes=10-19"})
    client.get(file.get_absolute_url(), headers={"if-none-match": '"of nginx"'})
    assert counted() == 1


def test_files_of_drafts_are_for_staff_who_keep_materials(client):
    file = FileFactory(edition__document__draft=True, data=DATA)
    address = f"/admin/materials/document/files/{file.pk}/"
    assert client.get(address).status_code == 302
    client.force_login(staff_of(Role.REGISTRAR))
    assert client.get(address).status_code == 403
    client.force_login(superuser())
    assert body(client.get(address)) == DATA
    assert body(client.get(address, headers={"range": "bytes=5-9"})) == DATA[5:10]
    assert client.get("/admin/materials/document/files/999999999999/").status_code == 404
    assert counted() == 0


@pytest.mark.parametrize("scan", [Scan.WAITING, Scan.INFECTED])
def test_no_address_gives_what_the_scanner_holds_back_to_anybody(client, scan):
    file = FileFactory(scan=scan)
    client.force_login(superuser())
    assert client.get(f"/admin/materials/document/files/{file.pk}/").status_code == 404


def test_files_of_an_embargoed_document_open_by_themselves_at_the_hour(client):
    file = FileFactory(edition__document__embargoed=True)
    document = file.edition.document
    assert not File.objects.public().exists()
    document.published_at = timezone.now() - timedelta(seconds=1)
    document.save()
    assert client.get(file.get_absolute_url()).status_code == 200
