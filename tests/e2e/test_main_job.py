"""The main job: a head registers on a phone, without JavaScript, in two pages and at most six fields."""

import pytest

from participants.models import Registration
from tests.e2e.heads import answers, municipality_of, somebody_registered
from tests.factories.seminars import SeminarFactory

GROUPS = ["naryn-oblast", "chuy-oblast", "osh-oblast", "bishkek"]
OTHER = {"ky": "ru", "ru": "ky"}


def go_from_home_to_form(visitor, seminar, group):
    """From the home page over the seminar's page to the form; returns the pages seen from the seminar's page on."""
    visitor.open("")
    visitor.page.locator(f"main a[href='/{visitor.language}/seminars/{seminar.slug}/']").first.click()
    start = len(visitor.visited) - 1
    visitor.page.locator(f"#register a[href$='?group={group}']").click()
    return visitor.visited[start:]


@pytest.mark.parametrize("group", GROUPS)
def test_a_head_registers_in_two_pages_and_six_fields(visitor, group):
    seminar = SeminarFactory()
    municipality = municipality_of(seminar, group)

    pages = go_from_home_to_form(visitor, seminar, group)
    assert len(pages) <= 2, pages
    assert len(visitor.visible_fields()) <= 6
    visitor.fill(**answers(municipality))
    visitor.submit()

    assert visitor.state == "confirmed"
    registration = seminar.registrations.get()
    assert visitor.path == f"/{visitor.language}/registrations/{registration.token}/"
    assert registration.municipality == municipality
    assert (registration.phone, registration.language) == ("+996555000011", visitor.language)
    page = visitor.page.locator("main").inner_text()
    assert "Өскөнбаева Гүлзаңгүл Төлөгөновна" in page
    assert getattr(municipality, f"name_{visitor.language}") in page
    assert visitor.page.locator("main a[href$='calendar.ics']").count() == 1
    visitor.page.reload()
    assert visitor.state == "confirmed"


def test_back_and_again_gives_the_same_page_and_one_registration(visitor):
    seminar = SeminarFactory()
    given = answers(municipality_of(seminar, "talas-oblast"))
    go_from_home_to_form(visitor, seminar, "talas-oblast")
    visitor.fill(**given)
    visitor.submit()
    address = visitor.path

    visitor.go_back()
    visitor.fill(**given)
    visitor.submit()

    assert seminar.registrations.count() == 1
    assert visitor.path == address


def test_a_full_seminar_gives_a_place_in_the_queue_in_the_same_submit(visitor):
    seminar = SeminarFactory(seats=1)
    somebody_registered(seminar, municipality_of(seminar, "osh-oblast"))
    go_from_home_to_form(visitor, seminar, "batken-oblast")
    visitor.fill(**answers(municipality_of(seminar, "batken-oblast")))
    visitor.submit()

    assert visitor.state == "waiting"
    assert "1" in visitor.page.locator("h1").inner_text()
    assert visitor.page.locator(".state p").count() >= 2, "the reason is said"
    assert seminar.registrations.waiting().count() == 1


def test_who_is_registered_already_is_sent_the_link_and_shown_nobodys_page(visitor):
    seminar = SeminarFactory()
    given = answers(municipality_of(seminar, "osh-oblast", number=3))
    for _time in range(2):
        visitor.open(f"seminars/{seminar.slug}/register/?group=osh-oblast")
        visitor.fill(**given)
        visitor.submit()

    registration = seminar.registrations.get()
    assert visitor.state == "known"
    assert registration.token not in visitor.page.content()


@pytest.mark.parametrize(("intent", "state"), [("stand_by", "waiting"), ("replacement", "asked")])
def test_a_second_person_of_the_office_may_stand_by_or_ask_for_the_seat(visitor, intent, state):
    seminar = SeminarFactory()
    municipality = municipality_of(seminar, "jalal-abad-oblast")
    holder = somebody_registered(seminar, municipality)
    given = answers(municipality, full_name="Жээнбек уулу Нурсултан")
    visitor.open(f"seminars/{seminar.slug}/register/?group=jalal-abad-oblast")
    visitor.fill(**given)
    typed = visitor.values()
    visitor.submit()

    page = visitor.page.locator("main")
    assert page.locator("[data-state=office-registered]").is_visible()
    assert holder.surname not in page.inner_text() if hasattr(holder, "surname") else True
    assert holder.full_name not in page.inner_text()
    assert visitor.values() == typed
    visitor.page.locator(f"main button[value={intent}]").click()

    assert visitor.state == state
    assert seminar.registrations.confirmed().get() == holder
    assert seminar.registrations.waiting().count() == (1 if intent == "stand_by" else 0)


def test_what_was_typed_is_kept_and_each_error_leads_to_its_field(visitor):
    seminar = SeminarFactory()
    visitor.open(f"seminars/{seminar.slug}/register/?group=issyk-kul-oblast")
    visitor.fill(**answers(municipality_of(seminar, "issyk-kul-oblast"), phone="12 ү", email="gulzangul@"))
    typed = visitor.values()
    visitor.submit()

    assert visitor.values() == typed
    links = visitor.page.locator(".error-summary a")
    assert links.count() == 2
    for link, name in zip(links.all(), ("phone", "email"), strict=True):
        link.click()
        assert visitor.focused().get_attribute("name") == name
        assert visitor.focused().get_attribute("aria-invalid") == "true"
    assert Registration.objects.filter(seminar=seminar).count() == 0


def test_an_empty_form_names_every_field_that_is_missing(visitor):
    seminar = SeminarFactory()
    visitor.open(f"seminars/{seminar.slug}/register/?group=chuy-oblast")
    visitor.submit()

    links = visitor.page.locator(".error-summary a").all()
    assert len(links) == 5
    for link in links:
        link.click()
        assert visitor.focused().get_attribute("name") in {"municipality", "post", "full_name", "phone", "consent"}


def test_the_holder_corrects_the_contacts_and_cancels(visitor):
    seminar = SeminarFactory()
    visitor.open(f"seminars/{seminar.slug}/register/?group=osh")
    visitor.fill(**answers(municipality_of(seminar, "osh")))
    visitor.submit()
    registration = seminar.registrations.get()

    visitor.page.locator("main a[href$='/contacts/']").click()
    visitor.fill(phone="0700 000 012", email="new@example.org")
    visitor.submit()
    assert visitor.state == "confirmed"
    assert "new@example.org" in visitor.page.locator("main").inner_text()

    visitor.page.locator("main a[href$='/cancel/']").click()
    registration.refresh_from_db()
    assert registration.state == "confirmed", "opening the page changes nothing"
    visitor.submit()
    assert visitor.state == "cancelled"
    registration.refresh_from_db()
    assert (registration.state, registration.phone) == ("cancelled", "+996700000012")

    visitor.page.locator("main .state a").click()
    assert visitor.path == f"/{visitor.language}/seminars/{seminar.slug}/#register"


def test_asking_for_the_link_answers_the_same_whether_one_is_known_or_not(visitor):
    seminar = SeminarFactory()
    somebody_registered(seminar, municipality_of(seminar, "naryn-oblast"))
    answers_given = []
    for contact in ("first@example.org", "0555 000 077"):
        visitor.open("")
        visitor.page.locator("header a[href$='/registrations/find/']").click()
        visitor.fill(contact=contact)
        visitor.submit()
        assert visitor.state == "link-requested"
        answers_given.append(visitor.page.locator("main").inner_text().replace(contact, "…"))
    assert answers_given[0] == answers_given[1]


def test_the_language_switch_keeps_the_page_and_the_group(visitor):
    seminar = SeminarFactory()
    other = OTHER[visitor.language]
    for page in (f"seminars/{seminar.slug}/", f"seminars/{seminar.slug}/register/?group=naryn-oblast"):
        visitor.open(page)
        visitor.page.locator(f"header a[hreflang={other}]").click()
        assert visitor.path == f"/{other}/{page}"
        assert visitor.page.locator("html").get_attribute("lang") == other
    assert visitor.page.locator("main [name=municipality]").is_visible()
