"""The personal page of a participant shows what the seminar handed out, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from materials.models import Audience, Scan
from tests.factories.materials import EditionFactory, FileFactory, HandoutFactory
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration():
    return register(SeminarFactory(), MunicipalityFactory())


def given(registration, **fields):
    edition = HandoutFactory(seminar=registration.seminar, edition=EditionFactory(**fields)).edition
    return FileFactory(edition=edition)


def shown(client, registration):
    return client.get(registration.get_absolute_url()).content.decode()


def test_what_was_handed_out_stands_on_the_personal_page(client, registration):
    public = given(registration)
    private = given(registration, document__audience=Audience.PARTICIPANTS)
    text = shown(client, registration)
    assert f'href="{public.get_absolute_url()}"' in text
    assert f'href="{private.address_for(registration)}"' in text
    assert client.get(private.address_for(registration)).status_code == 200


def test_a_newer_edition_stands_beside_the_one_that_was_given(client, registration):
    old = given(registration, document__audience=Audience.PARTICIPANTS)
    old.edition.is_current = False
    old.edition.save()
    new = FileFactory(edition=EditionFactory(document=old.edition.document, number=2, note_ky="Жаңы бөлүм"))
    text = shown(client, registration)
    assert old.address_for(registration) in text
    assert new.address_for(registration) in text
    assert "Жаңы бөлүм" in text


def test_drafts_staff_documents_hidden_files_and_other_seminars_do_not(client, registration):
    FileFactory()
    given(registration, document__draft=True)
    given(registration, document__embargoed=True)
    given(registration, document__audience=Audience.STAFF)
    FileFactory(edition=given(registration).edition, scan=Scan.WAITING, shown_name="Күмөндүү.pdf")
    given(register(SeminarFactory(), MunicipalityFactory()))
    text = shown(client, registration)
    assert text.count('href="/files/') == 1
    assert "Күмөндүү" not in text


def test_who_waits_or_cancelled_sees_none(client):
    seminar = SeminarFactory(seats=1)
    register(seminar, MunicipalityFactory())
    waiting = register(seminar, MunicipalityFactory())
    given(waiting)
    assert waiting.is_waiting
    assert 'href="/files/' not in shown(client, waiting)


def test_the_page_costs_one_query_more_however_many_files(client, registration):
    costs = []
    for _number in range(2):
        given(registration)
        with CaptureQueriesContext(connection) as queries:
            shown(client, registration)
        costs.append(len(queries))
    assert costs[0] == costs[1]
