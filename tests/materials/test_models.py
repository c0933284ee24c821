"""What PostgreSQL refuses, and which documents and files each verb gives."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError

from materials.models import Audience, Document, Download, Edition, File, Kind, Scan, Status
from tests.factories.materials import DocumentFactory, EditionFactory, FileFactory, HandoutFactory
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory, SessionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def refused(name, action):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        action()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"title_ky": "", "title_ru": ""}, "document_title_in_some_language"),
        ({"kind": "poem"}, "document_kind_is_known"),
        ({"status": "lost"}, "document_status_is_known"),
        ({"audience": "friends"}, "document_audience_is_known"),
        ({"status": Status.REPLACED}, "a_replaced_document_and_only_it_has_a_successor"),
        ({"status": Status.DRAFT}, "a_draft_and_only_a_draft_is_unpublished"),
        ({"published_at": None}, "a_draft_and_only_a_draft_is_unpublished"),
        ({"kind": Kind.LINK}, "a_link_says_where_it_leads"),
    ],
)
def test_a_document_that_contradicts_itself_is_refused(fields, name):
    refused(name, lambda: DocumentFactory(**fields))


def test_only_a_replaced_document_has_a_successor():
    later = DocumentFactory()
    refused("a_replaced_document_and_only_it_has_a_successor", lambda: DocumentFactory(successor=later))


def replace(document, successor):
    Document.objects.filter(pk=document.pk).update(status=Status.REPLACED, successor=successor)


def test_a_document_does_not_replace_itself():
    document = DocumentFactory()
    refused("no_document_replaces_itself|no_circle_of_replacements", lambda: replace(document, document))


def test_replacements_close_no_circle_of_any_length():
    first, second, third = (DocumentFactory() for _ in range(3))
    replace(first, second)
    replace(second, third)
    refused("no_circle_of_replacements|replaced by itself", lambda: replace(third, first))


def test_a_chain_of_replacements_is_no_circle():
    first, second, third = (DocumentFactory() for _ in range(3))
    replace(second, third)
    replace(first, second)
    assert Document.objects.filter(status=Status.REPLACED).count() == 2


def test_a_document_that_replaced_another_is_not_deleted():
    first, second = DocumentFactory(), DocumentFactory()
    replace(first, second)
    with pytest.raises(ProtectedError):
        second.delete()


def test_a_document_has_one_current_edition():
    edition = EditionFactory()
    refused("one_current_edition_of_a_document", lambda: EditionFactory(document=edition.document, number=2))


def test_editions_have_numbers_of_their_own_from_one():
    edition = EditionFactory()
    refused(
        "editions_of_a_document_are_numbered",
        lambda: EditionFactory(document=edition.document, number=1, is_current=False),
    )
    refused("editions_are_counted_from_one", lambda: EditionFactory(number=0))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"size": 0}, "no_file_is_empty"),
        ({"pages": 0}, "a_counted_file_has_pages"),
        ({"sha256": "A" * 64}, "sha256_is_64_hexadecimal_digits"),
        ({"sha256": "0" * 63}, "sha256_is_64_hexadecimal_digits"),
        ({"shown_name": ""}, "a_file_has_its_content_and_name"),
        ({"shown_name": "a\nb.pdf"}, "the_name_of_a_file_is_one_line"),
        ({"shown_name": "../a.pdf"}, "the_name_of_a_file_is_one_line"),
        ({"language": "en"}, "file_language_is_known"),
        ({"format": "svg"}, "file_format_is_known"),
        ({"extraction": "maybe"}, "extraction_is_known"),
        ({"scan": "maybe"}, "scan_is_known"),
    ],
)
def test_a_file_that_cannot_be_is_refused(fields, name):
    refused(name, lambda: FileFactory(**fields))


def test_an_edition_has_the_same_file_once():
    file = FileFactory(data=b"%PDF-1.7 same")
    refused("a_file_once_in_an_edition", lambda: FileFactory(edition=file.edition, data=b"%PDF-1.7 same"))


def test_files_get_random_addresses_and_names_of_storage():
    files = [FileFactory(edition=EditionFactory()) for _ in range(3)]
    assert len({file.key for file in files}) == len({file.content.name for file in files}) == 3
    assert all(len(file.key) == 22 and "Руководство" not in file.content.name for file in files)


def test_downloads_are_one_row_per_edition_language_and_day():
    edition = EditionFactory()
    Download.objects.create(edition=edition, language="ky", day=date(2026, 1, 1))
    refused(
        "one_count_per_edition_language_and_day",
        lambda: Download.objects.create(edition=edition, language="ky", day=date(2026, 1, 1)),
    )
    refused(
        "a_count_of_downloads_begins_at_one",
        lambda: Download.objects.create(edition=edition, language="ru", day=date(2026, 1, 1), count=0),
    )


def test_an_edition_is_handed_out_once_in_a_session_and_once_by_the_seminar():
    handout = HandoutFactory()
    refused(
        "an_edition_is_handed_out_once_in_a_session",
        lambda: HandoutFactory(seminar=handout.seminar, edition=handout.edition),
    )
    session = SessionFactory(seminar=handout.seminar)
    HandoutFactory(seminar=handout.seminar, session=session, edition=handout.edition)


def test_a_session_hands_out_for_its_own_seminar_only():
    session = SessionFactory()
    refused("belongs to another seminar", lambda: HandoutFactory(seminar=SeminarFactory(), session=session))


def test_what_is_handed_out_is_not_deleted():
    handout = HandoutFactory()
    with pytest.raises(ProtectedError):
        handout.edition.document.delete()


def test_a_session_that_hands_out_is_not_deleted_but_goes_with_its_draft_seminar():
    seminar = SeminarFactory(draft=True)
    session = SessionFactory(seminar=seminar)
    HandoutFactory(seminar=seminar, session=session)
    with pytest.raises(RestrictedError):
        session.delete()
    seminar.blocks.all().delete()
    seminar.delete()
    assert Edition.objects.count() == 1


def test_published_are_those_whose_hour_has_come():
    shown = DocumentFactory()
    DocumentFactory(draft=True)
    DocumentFactory(embargoed=True)
    assert list(Document.objects.published()) == [shown]


def test_public_are_those_that_everyone_may_have():
    shown = DocumentFactory()
    DocumentFactory(audience=Audience.PARTICIPANTS)
    DocumentFactory(audience=Audience.STAFF)
    assert list(Document.objects.public()) == [shown]


def test_documents_are_found_by_topic_and_by_seminar():
    topic = TopicFactory()
    about, other = DocumentFactory(topics=[topic]), DocumentFactory()
    old = EditionFactory(document=other, is_current=False)
    seminar = HandoutFactory(edition=old).seminar
    HandoutFactory(edition=EditionFactory(document=other, number=2), seminar=seminar)
    assert list(Document.objects.of_topic(topic)) == [about]
    assert list(Document.objects.handed_out_at(seminar)) == [other]


def test_a_participant_has_what_the_seminar_handed_out_and_what_is_public():
    registration = register(SeminarFactory(), MunicipalityFactory())
    handed_out = EditionFactory(document__audience=Audience.PARTICIPANTS)
    HandoutFactory(seminar=registration.seminar, edition=handed_out)
    theirs, public = FileFactory(edition=handed_out), FileFactory()
    elsewhere = HandoutFactory(edition=EditionFactory(document__audience=Audience.PARTICIPANTS)).edition
    FileFactory(edition=elsewhere)
    FileFactory(edition__document__draft=True)
    FileFactory(edition=handed_out, scan=Scan.WAITING)
    assert set(File.objects.visible_to(registration)) == {theirs, public}
    assert set(File.objects.public()) == {public}
