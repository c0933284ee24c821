"""The staff pages of texts: writing, two people at once, the steps, versions, previews, rights."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from press import services
from press.models import Release, ReleaseText
from tests.factories.accounts import staff_of
from tests.factories.press import attend
from tests.factories.regions import MunicipalityFactory
from tests.factories.releases import (
    JournalistFactory,
    approved_text,
    content,
    draft_text,
    pdf_upload,
    person,
    picture_upload,
    scheduled_text,
    submitted_text,
)
from tests.factories.seminars import SeminarFactory
from tests.press.staff_pages import page_of, step, typed

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert('x')</script>{{ 7|add:7 }}"


@pytest.fixture
def officer(client):
    user = staff_of(Role.PRESS_OFFICER, language="ru")
    user.email = "officer@example.org"
    user.save()
    client.force_login(user)
    return user


@pytest.fixture
def approver():
    browser = Client()
    browser.user = staff_of(Role.APPROVER, language="ru")
    browser.force_login(browser.user)
    return browser


def again(text):
    return ReleaseText.objects.get(pk=text.pk)


def test_one_click_on_a_seminar_makes_the_draft(client, officer):
    seminar = SeminarFactory(past=True)
    assert "press/release/draft/" in client.get(f"/admin/seminars/seminar/{seminar.pk}/change/").content.decode()
    response = client.post(reverse("admin:press_draft_release", args=[seminar.pk]), {"kind": "result"}, follow=True)
    assert response.status_code == 200
    assert set(Release.objects.get(seminar=seminar).texts.values_list("language", "state")) == {
        ("ky", "draft"),
        ("ru", "draft"),
    }


def test_every_page_of_a_draft_by_machine_opens_with_its_live_figures(client, officer):
    seminar = SeminarFactory(past=True)
    attend(seminar, MunicipalityFactory.create_batch(3), 7)
    release = services.draft_release(seminar=seminar, kind=Release.Kind.RESULT, by=officer)
    text = release.texts.get(language="ru")
    for name in ("change", "preview", "history", "pdf", "docx"):
        assert client.get(reverse(f"admin:press_releasetext_{name}", args=[text.pk])).status_code == 200
    assert "7 человек" in client.get(page_of(text)).content.decode()


def test_what_was_typed_is_kept_when_the_text_became_public_meanwhile(client, officer):
    text = submitted_text()
    posted = typed(text, lead="Кечигип калган оңдоо.")
    services.approve(text=text, revision=text.revision, by=person())
    response = client.post(page_of(text), posted)
    assert response.status_code == 409
    assert "Кечигип калган оңдоо.</textarea>" in response.content.decode()
    posted["revision"] = again(text).revision
    response = client.post(page_of(text), posted)
    assert response.status_code == 409
    assert "Кечигип калган оңдоо.</textarea>" in response.content.decode()
    assert again(text).lead == text.lead


def test_a_release_without_a_seminar_gets_an_empty_draft_in_each_language(client, officer):
    response = client.post("/admin/press/release/add/", {"kind": "result", "slug": "own-release", "seminar": ""})
    assert response.status_code == 302
    assert Release.objects.get(slug="own-release").texts.count() == 2


@pytest.mark.parametrize("slug", ["feed", "preview", "not a slug", "я"])
def test_an_address_that_pages_use_is_refused(client, officer, slug):
    client.post("/admin/press/release/add/", {"kind": "result", "slug": slug, "seminar": ""})
    assert not Release.objects.exists()


def test_once_a_text_is_submitted_what_stands_around_it_is_fixed(client, officer):
    text = submitted_text()
    client.post(f"/admin/press/release/{text.release_id}/change/", {"kind": "announcement", "slug": "other"})
    assert Release.objects.get().slug == text.release.slug


def test_what_is_typed_is_stored_with_its_records_in_their_order(client, officer):
    text = draft_text()
    data = typed(text, headline="Башка баш сөз")
    data |= {
        "quotes-0-words": "Экинчи сөз",
        "quotes-0-speaker": "Үлгүбаев Асан",
        "quotes-0-post": "директор",
        "documents-0-title": "Экинчи документ",
        "documents-0-ORDER": "2",
        "documents-1-title": "Биринчи документ",
        "documents-1-url": "https://example.org/1",
        "documents-1-ORDER": "1",
        "public_from_0": "19.12.2027",
        "public_from_1": "18:00",
    }
    assert client.post(page_of(text), data).status_code == 302
    text = again(text)
    assert text.headline == "Башка баш сөз"
    assert [row.title for row in text.documents.all()] == ["Биринчи документ", "Экинчи документ"]
    assert [str(row) for row in text.quotes.all()] == ["Үлгүбаев Асан"]
    assert (text.last_editor, text.public_from.isoformat()) == (officer, "2027-12-19T12:00:00+00:00")


def test_a_row_ticked_as_deleted_goes_and_saving_the_same_changes_nothing(client, officer):
    text = draft_text(documents=[{"title": "Документ", "url": ""}])
    client.post(page_of(text), typed(text))
    assert again(text).revision == text.revision
    client.post(page_of(text), typed(text) | {"documents-0-DELETE": "on"})
    assert not again(text).documents.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"headline": "ш" * 301},
        {"public_from_0": "31.02.2027", "public_from_1": "18:00"},
        {"public_from_0": "01.01.0001", "public_from_1": "00:00"},
        {"contacts-0-phones": "", "contacts-0-email": ""},
        {"contacts-0-email": "not an address"},
        {"documents-0-title": "Документ", "documents-0-url": "javascript:alert(1)"},
        {"documents-TOTAL_FORMS": "999999999"},
        {"documents-TOTAL_FORMS": "x"},
        {"revision": "99999999999999999999"},
        {"revision": ""},
        {"lead": "я" * 70_000},
    ],
)
def test_what_cannot_be_stored_is_said_at_its_field_and_everything_typed_is_kept(client, officer, wrong):
    text = draft_text()
    response = client.post(page_of(text), typed(text, support="Терилген сөз") | wrong)
    assert response.status_code == 422
    assert "Терилген сөз" in response.content.decode()
    assert again(text).revision == text.revision


def test_control_characters_are_cleaned_and_never_a_fault(client, officer):
    text = draft_text()
    response = client.post(page_of(text), typed(text, headline="Баш\x00 сөз\u202e", lead="Бир\x00\r\n\r\nэки"))
    assert response.status_code in (302, 422)


def test_the_second_saver_sees_the_difference_and_loses_nothing(client, officer):
    text = draft_text()
    services.edit(text=text, revision=text.revision, content=content(lead="Биринчи сактаган."), by=person())
    response = client.post(page_of(text), typed(text, lead="Экинчи сактаган."))
    page = response.content.decode()
    assert response.status_code == 409
    assert "<del>Биринчи </del>" in page
    assert "<ins>Экинчи </ins>" in page
    assert "Экинчи сактаган.</textarea>" in page
    assert again(text).lead == "Биринчи сактаган."
    # Whoever saves once more has seen it; the first version stays in the history.
    client.post(page_of(text), typed(text, revision=again(text).revision, lead="Экинчи сактаган."))
    assert again(text).lead == "Экинчи сактаган."
    assert "Биринчи" in client.get(reverse("admin:press_releasetext_history", args=[text.pk])).content.decode()


def test_two_people_bring_a_draft_to_the_public(client, officer, approver):
    text = draft_text(by=officer)
    assert client.post(step(text, "submit"), {"revision": text.revision}).status_code == 302
    text = again(text)
    assert text.is_submitted
    assert approver.post(step(text, "return"), {"revision": text.revision, "comment": "Тактаңыз"}).status_code == 302
    assert "Тактаңыз" in client.get(page_of(text)).content.decode()
    text = again(text)
    client.post(step(text, "submit"), {"revision": text.revision})
    text = again(text)
    assert approver.post(step(text, "approve"), {"revision": text.revision}).status_code == 302
    assert again(text).is_public
    assert Client().get(text.get_absolute_url()).status_code == 200


def test_the_approver_approves_what_was_on_the_page_and_nothing_newer(client, officer, approver):
    text = submitted_text()
    services.edit(text=text, revision=text.revision, content=content(lead="Башкача."), by=officer)
    newer = again(text)
    services.submit(text=newer, revision=newer.revision, by=officer)
    response = approver.post(step(text, "approve"), {"revision": text.revision})
    assert (response.status_code, again(text).is_submitted) == (409, True)


def test_a_step_page_changes_nothing_when_it_is_read(client, officer):
    text = draft_text()
    assert client.get(step(text, "submit")).status_code == 200
    assert again(text).is_draft


def test_a_text_with_a_gap_stays_a_draft_and_the_page_says_why(client, officer):
    text = draft_text(lead="Семинар [[кайда болду]] өттү.")
    assert "кайда болду" in client.get(step(text, "submit")).content.decode()
    assert client.post(step(text, "submit"), {"revision": text.revision}).status_code == 409
    assert again(text).is_draft


@pytest.mark.parametrize("name", ["submit", "picture", "attachment", "correct"])
def test_an_approver_does_not_write(approver, name):
    assert approver.post(step(draft_text(), name), {}).status_code == 403


@pytest.mark.parametrize("name", ["approve", "return", "withdraw"])
def test_a_press_officer_does_not_approve(client, officer, name):
    assert client.post(step(submitted_text(), name), {}).status_code == 403


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.REGISTRAR, Role.ANALYST])
def test_nobody_else_of_the_staff_sees_a_release(client, role):
    client.force_login(staff_of(role))
    text, link_owner = scheduled_text(pictures=[]), person()
    services.give_preview(text=text, journalist=JournalistFactory(), expires_at=text.public_from, by=link_owner)
    names = ["change", "history", "preview", "pdf", "docx", "previews"]
    addresses = [reverse(f"admin:press_releasetext_{name}", args=[text.pk]) for name in names]
    addresses += [reverse("admin:press_releasetext_changelist"), reverse("admin:press_release_changelist")]
    addresses += [reverse("admin:press_release_change", args=[text.release_id]), step(text, "mail")]
    assert {client.get(address).status_code for address in addresses} == {403}
    seen = client.get("/admin/").content.decode() + client.get("/admin/outbox/message/").content.decode()
    assert text.headline not in seen


def test_whoever_edited_is_not_offered_to_approve(client):
    administrator = staff_of(Role.ADMINISTRATOR)
    client.force_login(administrator)
    text = submitted_text(by=administrator)
    assert step(text, "approve") not in client.get(page_of(text)).content.decode()
    client.post(step(text, "approve"), {"revision": text.revision})
    assert again(text).is_submitted


def test_staff_see_that_a_figure_differs_from_the_one_that_was_frozen(client, officer):
    seminar, units = SeminarFactory(past=True), MunicipalityFactory.create_batch(2)
    attend(seminar, units, 4)
    release = services.draft_release(seminar=seminar, kind=Release.Kind.RESULT, by=officer)
    text = draft_text("ru", release=release, by=officer)
    text = services.submit(text=text, revision=text.revision, by=officer)
    before = client.get(page_of(text)).content.decode()
    attend(seminar, units, 1)
    after = client.get(page_of(text)).content.decode()
    assert "5 участников" not in before
    assert "5 участников" in after


def test_history_and_preview_show_hostile_markup_as_text(client, officer):
    text = draft_text(headline=f"Баш {HOSTILE}", lead=HOSTILE, support=HOSTILE)
    text = services.edit(text=text, revision=text.revision, content=content(lead=f"Жаңы {HOSTILE}"), by=officer)
    names = ["change", "history", "preview"]
    for name in names:
        page = client.get(reverse(f"admin:press_releasetext_{name}", args=[text.pk])).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
        assert "7|add:7" in page


def test_a_picture_and_an_attachment_come_in_and_bring_the_text_back_to_a_draft(client, officer):
    text = submitted_text()
    data = {"revision": text.revision, "upload": picture_upload(), "alt": "Залда адамдар", "caption": "", "known": ""}
    assert client.post(step(text, "picture"), data).status_code == 302
    text = again(text)
    assert (text.is_draft, text.pictures.get().alt) == (True, "Залда адамдар")
    data = {"revision": text.revision, "upload": pdf_upload(), "title": "Жобо", "known": ""}
    assert client.post(step(text, "attachment"), data).status_code == 302
    stored = text.attachments.get().file
    response = client.get(reverse("admin:press_releasetext_file", args=[text.pk, stored.key]))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in response.headers["Cache-Control"]


def test_the_other_language_takes_a_picture_that_the_release_has(client, officer):
    ky = draft_text()
    services.place_picture(
        text=ky, revision=ky.revision, upload=picture_upload(), key="", alt="Зал", caption="", by=officer
    )
    ru = draft_text("ru", release=ky.release)
    key = ky.pictures.get().file.key
    data = {"revision": ru.revision, "known": key, "alt": "В зале", "caption": ""}
    assert client.post(step(ru, "picture"), data).status_code == 302
    assert again(ru).pictures.get().file == ky.pictures.get().file


def test_a_quotation_names_who_said_it(client, officer):
    text = draft_text()
    response = client.post(page_of(text), typed(text, **{"quotes-0-words": "Биз даярбыз", "quotes-0-speaker": ""}))
    assert response.status_code == 422
    assert "Биз даярбыз" in response.content.decode()


def test_a_picture_posted_twice_stands_once(client, officer):
    text = draft_text()
    text = services.place_picture(
        text=text, revision=text.revision, upload=picture_upload(), key="", alt="Зал", caption="", by=officer
    )
    data = typed(text, **{"pictures-TOTAL_FORMS": 2, "pictures-1-ORDER": 2, "pictures-1-alt": "Дагы"})
    data["pictures-1-file"] = data["pictures-0-file"]
    assert client.post(page_of(text), data).status_code == 302
    assert again(text).pictures.get().alt == "Зал"


def test_the_list_asks_as_much_for_three_texts_as_for_one(client, officer):
    draft_text()
    address = reverse("admin:press_releasetext_changelist")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    approved_text()
    scheduled_text()
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)


@pytest.mark.parametrize("key", ["0", "999999999999999999999", "abc", "1%00"])
def test_an_odd_key_of_a_text_is_not_found(client, officer, key):
    for page in ("change", "history"):
        assert client.get(f"/admin/press/releasetext/{key}/{page}/").status_code in (400, 404)
