"""Editions, files, handouts and telling on the staff pages, also by hands that may not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from materials.models import Audience, Edition, File, Handout
from outbox.models import Message, State
from participants.models import Disclosure
from tests.factories.materials import DocumentFactory, EditionFactory, FileFactory, HandoutFactory
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory, SessionFactory
from tests.materials import samples
from tests.materials.staff_pages import change, files, keeper

pytestmark = pytest.mark.django_db


def at(path):
    return f"/admin/materials/document/{path}"


def edition_form(**fields):
    return {"note_ky": "", "note_ru": "Новая глава о сроках", "dated": "01.03.2026", **fields}


def test_a_new_edition_asks_what_changed_and_shows_where_the_old_one_is_used(client):
    keeper(client)
    handout = HandoutFactory()
    address = at(f"{handout.edition.document_id}/editions/add/")
    assert handout.seminar.title_ru in client.get(address).content.decode()
    response = client.post(address, edition_form(files_ru=files(samples.pdf(), samples.docx())))
    assert response.status_code == 302
    new = Edition.objects.get(number=2)
    assert (new.is_current, new.note_ru, new.files.count()) == (True, "Новая глава о сроках", 2)
    handout.refresh_from_db()
    assert handout.edition.number == 1
    assert not handout.edition.is_current


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"note_ru": " "}, "__all__"),
        ({"dated": "вчера"}, "dated"),
        ({"dated": "01.01.0001"}, "dated"),
        ({"note_ru": "ж" * 2001}, "note_ru"),
        ({"files_ru": [samples.upload(b"<svg/>", "a.svg")]}, "files_ru"),
    ],
)
def test_an_edition_that_says_nothing_or_nonsense_is_refused_at_the_field(client, fields, refused):
    keeper(client)
    document = EditionFactory().document
    response = client.post(at(f"{document.pk}/editions/add/"), edition_form(**fields))
    assert refused in response.context["form"].errors
    assert Edition.objects.count() == 1


def test_more_files_come_to_an_edition_and_twins_do_not(client):
    keeper(client)
    edition = EditionFactory()
    address = at(f"editions/{edition.pk}/files/")
    assert client.post(address, {"files_ru": files(samples.pdf())}).status_code == 302
    response = client.post(address, {"files_ky": files(samples.pdf())})
    assert "files_ky" in response.context["form"].errors
    response = client.post(address, {})
    assert "__all__" in response.context["form"].errors
    assert File.objects.count() == 1


def test_too_many_files_at_once_are_refused(client):
    keeper(client)
    sent = files(*[samples.pdf(b" " * number) for number in range(21)])
    response = client.post(at(f"editions/{EditionFactory().pk}/files/"), {"files_ru": sent})
    assert "files_ru" in response.context["form"].errors


def test_an_unused_file_and_an_unused_edition_are_taken_away(client):
    keeper(client)
    first = EditionFactory(is_current=False)
    second = EditionFactory(document=first.document, number=2)
    file = FileFactory(edition=second)
    assert f"files/{file.pk}/delete/" in client.get(change(first.document)).content.decode()
    client.post(at(f"files/{file.pk}/delete/"))
    assert not File.objects.exists()
    client.post(at(f"editions/{second.pk}/delete/"))
    assert Edition.objects.get().is_current
    assert client.get(at(f"editions/{first.pk}/delete/")).status_code == 405


@pytest.mark.parametrize("path", ["{0}/editions/add/", "editions/{0}/files/", "editions/{0}/tell/", "seminars/{0}/"])
def test_what_does_not_exist_is_404(client, path):
    keeper(client, Role.ADMINISTRATOR)
    assert client.get(at(path.format(999_999))).status_code == 404


# --- Handouts -----------------------------------------------------------------------------------------------------


def test_a_seminar_hands_out_the_current_edition_as_a_whole_or_in_a_session(client):
    keeper(client)
    session = SessionFactory()
    old = EditionFactory(is_current=False)
    EditionFactory(document=old.document, number=2)
    address = at(f"seminars/{session.seminar_id}/")
    sent = {"document": old.document_id, "session": "", "number": ""}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent | {"session": session.pk, "number": "1"}).status_code == 302
    handed_out = Handout.objects.order_by("pk").values_list("session", "edition__number")
    assert list(handed_out) == [(None, 2), (session.pk, 1)]
    assert client.get(address).content.decode().count(old.document.title_ru) >= 2


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "9"},
        {"number": "0"},
        {"number": "99999999999999999999"},
        {"document": "999999"},
        {"document": "x"},
        {"document": ""},
        {"session": "999999"},
    ],
)
def test_what_cannot_be_handed_out_is_refused_at_the_field(client, fields):
    keeper(client)
    edition, seminar = EditionFactory(), SeminarFactory()
    sent = {"document": edition.document_id, "session": "", "number": ""} | fields
    response = client.post(at(f"seminars/{seminar.pk}/"), sent)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Handout.objects.exists()


def test_a_session_of_another_seminar_is_no_choice(client):
    keeper(client)
    edition, session = EditionFactory(), SessionFactory()
    sent = {"document": edition.document_id, "session": session.pk, "number": ""}
    response = client.post(at(f"seminars/{SeminarFactory().pk}/"), sent)
    assert "session" in response.context["form"].errors


def test_the_same_again_is_refused_and_can_be_taken_back(client):
    keeper(client)
    handout = HandoutFactory()
    sent = {"document": handout.edition.document_id, "session": "", "number": ""}
    response = client.post(at(f"seminars/{handout.seminar_id}/"), sent)
    assert "document" in response.context["form"].errors
    client.post(at(f"handouts/{handout.pk}/delete/"))
    assert not Handout.objects.exists()
    assert client.post(at(f"seminars/{handout.seminar_id}/"), sent).status_code == 302


def test_who_only_reads_sees_the_materials_and_hands_out_nothing(client):
    keeper(client, Role.ANALYST)
    handout = HandoutFactory()
    address = at(f"seminars/{handout.seminar_id}/")
    assert "<select" not in client.get(address).content.decode().partition('id="content"')[2]
    assert client.post(address, {"document": handout.edition.document_id}).status_code == 403
    assert client.post(at(f"handouts/{handout.pk}/delete/")).status_code == 403
    assert Handout.objects.count() == 1


# --- Telling of a new edition ---------------------------------------------------------------------------------------


@pytest.fixture
def told():
    """A document with two editions; the first was handed out at a past seminar with three people."""
    seminar = SeminarFactory()
    people = [register(seminar, MunicipalityFactory(), language=language) for language in ("ky", "ru", "ru")]
    people[2].email = ""
    people[2].save()
    began(seminar)
    first = EditionFactory(is_current=False)
    HandoutFactory(seminar=seminar, edition=first)
    second = EditionFactory(document=first.document, number=2, note_ky="Жаңы бөлүм", note_ru="Новая глава")
    return second, people


def began(seminar):
    seminar.starts_at = timezone.now() - timedelta(days=30)
    seminar.registration_closes_at = seminar.registration_opens_at = None
    seminar.ends_at = seminar.starts_at + timedelta(hours=8)
    seminar.save()


def press(client, edition):
    return client.post(at(f"editions/{edition.pk}/tell/"))


def written():
    return Message.objects.filter(key__startswith="edition:")


def test_the_list_is_shown_first_and_is_written_down(client, told):
    keeper(client, Role.ORGANISER)
    edition, people = told
    text = client.get(at(f"editions/{edition.pk}/tell/")).content.decode()
    assert all(registration.full_name in text for registration in people)
    assert "Жаңы бөлүм" in text
    assert "Новая глава" in text
    assert not written().exists()
    assert Disclosure.objects.get().rows == 3


def test_each_person_is_told_once_in_their_language(client, told):
    keeper(client, Role.ORGANISER)
    edition, people = told
    press(client, edition)
    press(client, edition)
    messages = {message.about: message for message in written()}
    assert set(messages) == {f"registration:{registration.pk}" for registration in people}
    first, _second, third = (messages[f"registration:{registration.pk}"] for registration in people)
    assert "Жаңы бөлүм" in first.text
    assert f"/ky/materials/{edition.document.slug}/" in first.text
    assert "Новая глава" in third.text
    assert (first.state, third.state) == (State.WAITING, State.BY_HAND)


def test_somebody_of_two_seminars_is_told_once_and_who_has_the_new_edition_not_at_all(client, told):
    keeper(client, Role.ORGANISER)
    edition, (first, second, _third) = told
    again, newer = SeminarFactory(), SeminarFactory()
    for seminar, registration, handed_out in ((again, first, 1), (newer, second, 2)):
        twin = register(seminar, MunicipalityFactory())
        twin.person = registration.person
        twin.save()
        began(seminar)
        HandoutFactory(seminar=seminar, edition=edition.document.editions.get(number=handed_out))
    press(client, edition)
    assert written().count() == 2
    assert not written().filter(key__endswith=f"person:{second.person_id}").exists()


def test_nobody_is_told_who_cancelled_was_absent_or_whose_seminar_is_to_come(client, told):
    keeper(client, Role.ORGANISER)
    edition, people = told
    for registration, state in zip(people, ("absent", "cancelled", "waiting"), strict=True):
        registration.state = state
        if state != "absent":
            registration.block = registration.slot = None
        registration.save()
    coming = SeminarFactory()
    register(coming, MunicipalityFactory())
    HandoutFactory(seminar=coming, edition=edition.document.editions.get(number=1))
    press(client, edition)
    assert not written().exists()


@pytest.mark.parametrize(
    "fields",
    [{"status": "draft", "published_at": None}, {"audience": Audience.STAFF}],
)
def test_nobody_is_told_of_what_they_may_not_have(client, told, fields):
    keeper(client, Role.ORGANISER)
    edition, _people = told
    type(edition.document).objects.filter(pk=edition.document_id).update(**fields)
    press(client, edition)
    assert not written().exists()


def test_of_a_document_for_participants_the_personal_page_is_told(client, told):
    keeper(client, Role.ORGANISER)
    edition, people = told
    type(edition.document).objects.filter(pk=edition.document_id).update(audience=Audience.PARTICIPANTS)
    press(client, edition)
    assert people[0].get_absolute_url() in written().get(about=f"registration:{people[0].pk}").text
    assert File.objects.visible_to(people[0]).count() == 0
    file = FileFactory(edition=edition)
    assert client.get(file.address_for(people[0])).status_code == 200


def test_an_old_edition_is_told_of_to_nobody(client, told):
    keeper(client, Role.ORGANISER)
    edition, _people = told
    press(client, edition.document.editions.get(number=1))
    assert not written().exists()


@pytest.mark.parametrize("role", [Role.PRESS_OFFICER, Role.REGISTRAR, Role.ANALYST, Role.APPROVER])
def test_who_may_not_see_people_or_keep_the_library_tells_nobody(client, told, role):
    keeper(client, role)
    edition, _people = told
    address = at(f"editions/{edition.pk}/tell/")
    assert client.get(address).status_code == client.post(address).status_code == 403
    assert not written().exists()


def test_the_list_of_who_is_told_does_not_ask_row_by_row(client, told, django_assert_max_num_queries):
    keeper(client, Role.ORGANISER)
    edition, _people = told
    with django_assert_max_num_queries(16):
        client.get(at(f"editions/{edition.pk}/tell/"))


def test_a_document_without_editions_has_a_page(client):
    keeper(client)
    assert client.get(change(DocumentFactory())).status_code == 200


def test_the_page_of_a_seminar_shows_what_it_hands_out(client):
    keeper(client, Role.ORGANISER)
    handout = HandoutFactory()
    address = f"/admin/seminars/seminar/{handout.seminar_id}/change/"
    text = client.get(address).content.decode()
    assert handout.edition.document.title_ru in text
    assert at(f"seminars/{handout.seminar_id}/") in text
    keeper(client, Role.REGISTRAR)
    assert handout.edition.document.title_ru not in client.get(address).content.decode()
