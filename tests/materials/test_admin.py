"""The staff pages of a document: made with its first edition and files, kept, refused at the field."""

import errno
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from materials.models import Audience, Document, Edition, File, Scan, Status
from tests.factories.materials import DocumentFactory, EditionFactory, FileFactory, HandoutFactory
from tests.factories.seminars import TopicFactory
from tests.materials import samples
from tests.materials.staff_pages import ADD, LIST, change, files, keeper, page

pytestmark = pytest.mark.django_db


def errors(response):
    assert response.status_code == 200
    return response.context["adminform"].form.errors


def test_a_document_is_made_with_its_first_edition_and_files_on_one_page(client):
    keeper(client)
    topic = TopicFactory()
    response = client.post(
        ADD,
        page(topics=[topic.pk], files_ky=files(samples.pdf()), files_ru=files(samples.pdf(b" "), samples.docx())),
    )
    assert response.status_code == 302, errors(response)
    document = Document.objects.get()
    assert document.slug == "kyzmattardy-jakshyrtuu-plany"
    assert document.published_at <= timezone.now()
    assert list(document.topics.all()) == [topic]
    edition = document.editions.get()
    assert (edition.number, edition.dated, edition.is_current) == (1, date(2019, 12, 19), True)
    found = set(edition.files.values_list("language", "format", "shown_name"))
    assert found == {("ky", "pdf", "файл0.bin.pdf"), ("ru", "pdf", "файл0.bin.pdf"), ("ru", "docx", "файл1.bin.docx")}
    assert all(default_storage.exists(file.content.name) for file in File.objects.all())


def test_a_refused_file_is_named_at_its_field_and_nothing_is_kept(client):
    keeper(client)
    response = client.post(ADD, page(number="01-24/19", files_ru=files(samples.pdf(), b"MZ program")))
    assert set(errors(response)) == {"files_ru"}
    assert "файл1.bin" in errors(response)["files_ru"][0]
    assert 'value="01-24/19"' in response.content.decode()
    assert not Document.objects.exists()
    assert not File.objects.exists()


def test_the_same_file_twice_is_refused_at_the_field(client):
    keeper(client)
    response = client.post(ADD, page(files_ky=files(samples.pdf()), files_ru=files(samples.pdf())))
    assert set(errors(response)) == {"files_ru"}


def test_a_full_disk_is_told_at_the_field_and_what_was_typed_stays(client, monkeypatch):
    keeper(client)

    def full(name, content, max_length=None):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(default_storage._wrapped, "save", full, raising=False)
        response = client.post(ADD, page(files_ru=files(samples.pdf())))
    assert set(errors(response)) == {"files_ru"}
    assert "План улучшения услуг" in response.content.decode()
    assert not Document.objects.exists()
    assert client.post(ADD, page(files_ru=files(samples.pdf()))).status_code == 302


def test_a_page_that_is_refused_elsewhere_leaves_no_file(client):
    keeper(client)
    before = stored_names()
    assert "kind" in errors(client.post(ADD, page(kind="poem", files_ru=files(samples.pdf()))))
    assert stored_names() == before


def stored_names():
    from materials.management.commands.check_files import _names

    return set(_names("materials"))


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"title_ky": "", "title_ru": ""}, "__all__"),
        ({"kind": "link"}, "__all__"),
        ({"status": "replaced"}, "successor"),
        ({"status": "gone"}, "status"),
        ({"issued_on": "01.01.0001"}, "issued_on"),
        ({"dated": "01.01.9999"}, "dated"),
        ({"published_at_0": "01.01.1800", "published_at_1": "09:00"}, "published_at"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"slug": "search"}, "slug"),
        ({"slug": "а б"}, "slug"),
        ({"title_ru": "ж" * 401}, "title_ru"),
        ({"successor": "999999999999999999999"}, "successor"),
        ({"issuer": "x"}, "issuer"),
        ({"topics": ["a"]}, "topics"),
    ],
)
def test_a_contradiction_is_refused_at_its_field(client, fields, refused):
    keeper(client)
    response = client.post(ADD, page(**fields))
    assert refused in errors(response)
    assert not Document.objects.exists()


def test_a_draft_has_no_moment_and_an_embargo_is_a_moment_to_come(client):
    keeper(client)
    client.post(ADD, page(status="draft", published_at_0="01.01.2031", published_at_1="09:00"))
    assert Document.objects.get().published_at is None
    client.post(ADD, page(published_at_0="01.01.2031", published_at_1="09:00"))
    embargoed = Document.objects.exclude(status=Status.DRAFT).get()
    assert embargoed.published_at.year == 2031
    assert not Document.objects.published().exists()
    assert embargoed.slug == "kyzmattardy-jakshyrtuu-plany-2"


def as_it_is(document, **changes):
    local = timezone.localtime(document.published_at) if document.published_at else None
    return page(
        kind=document.kind,
        title_ky=document.title_ky,
        title_ru=document.title_ru,
        slug=document.slug,
        status=document.status,
        audience=document.audience,
        published_at_0=f"{local:%d.%m.%Y}" if local else "",
        published_at_1=f"{local:%H:%M}" if local else "",
        **changes,
    )


def test_a_replaced_document_names_its_successor(client):
    keeper(client)
    old, new = DocumentFactory(), DocumentFactory()
    fields = as_it_is(old) | {"status": "replaced", "successor": new.pk}
    assert client.post(change(old), fields).status_code == 302
    old.refresh_from_db()
    assert (old.status, old.successor) == (Status.REPLACED, new)
    assert old.history.first().history_user.username == "one-press_officer"


def test_a_circle_of_replacements_is_refused_at_the_field(client):
    keeper(client)
    first, second = DocumentFactory(), DocumentFactory()
    for old, new, status in ((first, second, 302), (second, first, 200), (first, first, 200)):
        response = client.post(change(old), as_it_is(old) | {"status": "replaced", "successor": new.pk})
        assert response.status_code == status
    assert "successor" in errors(response)


def test_files_sent_unseen_with_a_change_are_not_kept(client):
    keeper(client)
    document = EditionFactory().document
    client.post(change(document), as_it_is(document, files_ru=files(samples.pdf())))
    assert not File.objects.exists()


def test_the_page_shows_editions_files_states_and_where_they_are_used(client):
    keeper(client)
    handout = HandoutFactory()
    document = handout.edition.document
    FileFactory(edition=handout.edition, shown_name="План.pdf", scan=Scan.INFECTED, scan_note="Eicar")
    EditionFactory(document=document, number=2, is_current=False, note_ru="Новая глава")
    text = client.get(change(document)).content.decode()
    for words in ("План.pdf", "Eicar", "Новая глава", handout.seminar.title_ru):
        assert words in text


def test_the_pages_do_not_ask_row_by_row(client):
    keeper(client)
    document = DocumentFactory()

    def costs(rows):
        for number in range(document.editions.count() + 1, rows + 1):
            document.editions.update(is_current=False)
            edition = EditionFactory(document=document, number=number)
            FileFactory(edition=edition)
            HandoutFactory(edition=edition)
            EditionFactory()
        found = []
        for address in (change(document), LIST):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found.append(len(queries))
        return found

    assert costs(1) == costs(3)


def test_what_is_in_use_is_not_deleted_by_any_page(client):
    keeper(client)
    edition = HandoutFactory().edition
    file = FileFactory(edition=edition)
    text = client.get(change(edition.document)).content.decode()
    for row in (
        f"document/{edition.document_id}/delete/",
        f"files/{file.pk}/delete/",
        f"editions/{edition.pk}/delete/",
    ):
        assert row not in text
    document_delete = f"/admin/materials/document/{edition.document_id}/delete/"
    assert client.post(document_delete, {"post": "yes"}).status_code == 403
    for address in (f"files/{file.pk}/delete/", f"editions/{edition.pk}/delete/"):
        assert client.post(f"/admin/materials/document/{address}", follow=True).status_code == 200
    assert (Document.objects.count(), Edition.objects.count(), File.objects.count()) == (1, 1, 1)


def test_an_unused_draft_is_deleted_with_its_files(client):
    keeper(client)
    file = FileFactory(edition__document__draft=True)
    address = f"/admin/materials/document/{file.edition.document_id}/delete/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not Document.objects.exists()


@pytest.mark.parametrize("role", [Role.APPROVER, Role.ANALYST])
def test_readers_look_and_change_nothing(client, role):
    keeper(client, role)
    file = FileFactory(edition__document__draft=True)
    edition = file.edition
    assert client.get(LIST).status_code == 200
    assert client.get(change(edition.document)).status_code == 200
    assert client.get(f"/admin/materials/document/files/{file.pk}/").status_code == 200
    for address in ("files/{0}/delete/", "editions/{1}/delete/", "editions/{1}/files/", "editions/{1}/tell/"):
        path = f"/admin/materials/document/{address.format(file.pk, edition.pk)}"
        assert client.post(path).status_code == 403
    assert client.post(ADD, page()).status_code == 403
    assert File.objects.count() == 1


def test_the_desk_has_nothing_to_do_with_the_library(client):
    keeper(client, Role.REGISTRAR)
    document = EditionFactory().document
    for address in (LIST, ADD, change(document), f"{LIST}{document.pk}/editions/add/"):
        assert client.get(address).status_code == 403


def test_a_script_that_uploads_is_told_where_to_go_or_what_is_refused(client):
    keeper(client)
    response = client.post(ADD, page(), headers={"x-requested-with": "upload"})
    assert response.json() == {"location": LIST}
    response = client.post(ADD, page(files_ru=files(b"MZ")), headers={"x-requested-with": "upload"})
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"files_ru"}


def test_what_only_staff_may_have_is_said_on_the_page(client):
    keeper(client)
    text = client.get(change(EditionFactory(document__audience=Audience.STAFF).document)).content.decode()
    assert "Everyone may have this document" not in text


def test_a_document_of_last_year_is_dated_by_its_own_date(client):
    keeper(client)
    yesterday = timezone.localdate() - timedelta(days=1)
    client.post(ADD, page(dated="", issued_on=f"{yesterday:%d.%m.%Y}"))
    assert Edition.objects.get().dated == yesterday


def test_the_list_finds_documents_whose_files_need_a_look(client):
    keeper(client)
    infected = FileFactory(scan=Scan.INFECTED, extraction="failed")
    FileFactory(edition=infected.edition, scan=Scan.INFECTED)
    waiting = FileFactory(scan=Scan.WAITING)
    found = {}
    for asked in ("infected", "scan", "reading", "failed", "nonsense"):
        response = client.get(LIST, {"files": asked})
        found[asked] = [document.pk for document in response.context["cl"].result_list]
    first, second = infected.edition.document_id, waiting.edition.document_id
    assert found["infected"] == found["failed"] == [first]
    assert found["scan"] == [second]
    assert found["reading"] == [], "what the scanner holds back is not read yet"
    assert sorted(found["nonsense"]) == [first, second]
