"""People, their terms of office, tasks, consent texts and the record of lists given out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from participants.models import ConsentText, Disclosure, Person, StaffTask, Term
from tests.factories.accounts import staff_of
from tests.factories.participants import PersonFactory, post, register
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db

TERMS = "/admin/participants/term/"
PEOPLE = "/admin/participants/person/"
TASKS = "/admin/participants/stafftask/"
CONSENT = "/admin/participants/consenttext/"
NOBODY_YET = Person()


def term_of(person, municipality, **changed):
    data = {
        "person": person.pk or "",
        "municipality": municipality.pk,
        "post": post().pk,
        "starts_on": "",
        "ends_on": "",
        "basis": "",
        "end_reason": "",
    }
    return data | changed


def person_with(*terms, **changed):
    data = {
        "surname": "Өскөнбаева",
        "given_names": "Гүлзаңгүл Төлөгөновна",
        "phone": "0777 12-34-56",
        "email": "",
        "language": "ky",
        "terms-TOTAL_FORMS": len(terms),
        "terms-INITIAL_FORMS": 0,
    }
    for number, term in enumerate(terms):
        data |= {f"terms-{number}-{name}": value for name, value in term.items() if name != "person"}
    return data | changed


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        ((None, None), ("", "")),
        (("2024-01-01", None), ("2025-06-01", "")),
        (("2024-01-01", None), ("", "2024-01-02")),
        ((None, "2025-01-01"), ("2024-12-31", "2025-12-31")),
    ],
)
def test_a_second_head_of_the_same_time_is_refused_with_a_sentence(client, organiser, municipality, held, wanted):
    Term.objects.create(
        person=PersonFactory(), municipality=municipality, post=post(), starts_on=held[0], ends_on=held[1]
    )
    response = client.post(
        f"{TERMS}add/", term_of(PersonFactory(), municipality, starts_on=wanted[0], ends_on=wanted[1])
    )
    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors()
    assert Term.objects.count() == 1


def test_the_next_head_begins_on_the_day_on_which_the_last_one_ends(client, organiser, municipality):
    Term.objects.create(person=PersonFactory(), municipality=municipality, post=post(), ends_on="2025-01-01")
    client.post(f"{TERMS}add/", term_of(PersonFactory(), municipality, starts_on="2025-01-01"))
    client.post(f"{TERMS}add/", term_of(PersonFactory(), municipality, post=post("deputy").pk, starts_on="2025-01-01"))
    assert Term.objects.count() == 3


def test_a_term_that_ends_before_it_starts_is_refused(client, organiser, municipality):
    response = client.post(
        f"{TERMS}add/", term_of(PersonFactory(), municipality, starts_on="2025-01-02", ends_on="2025-01-01")
    )
    assert response.context["adminform"].form.errors


def test_a_person_is_entered_with_terms_in_two_municipalities(client, organiser):
    one, other = MunicipalityFactory(), MunicipalityFactory()
    client.post(
        f"{PEOPLE}add/",
        person_with(term_of(NOBODY_YET, one, ends_on="2024-01-01"), term_of(NOBODY_YET, other, starts_on="2024-01-01")),
    )
    person = Person.objects.get()
    assert person.phone == "+996777123456"
    assert {term.municipality for term in person.terms.all()} == {one, other}
    assert all(term.is_head for term in person.terms.all())


def test_on_the_page_of_a_person_a_second_head_is_refused_too(client, organiser, municipality):
    Term.objects.create(person=PersonFactory(), municipality=municipality, post=post())
    response = client.post(f"{PEOPLE}add/", person_with(term_of(NOBODY_YET, municipality)))
    assert response.status_code == 200
    assert response.context["errors"]


def test_two_new_terms_that_collide_with_each_other_are_refused(client, organiser, municipality):
    terms = term_of(NOBODY_YET, municipality), term_of(NOBODY_YET, municipality, starts_on="2025-01-01")
    response = client.post(f"{PEOPLE}add/", person_with(*terms))
    assert response.status_code == 200
    assert not Person.objects.exists()


@pytest.mark.parametrize("address", [PEOPLE, TERMS])
@pytest.mark.parametrize("text", ["оскон", "ГУЛЗАНГУЛ", "гулзангул осконбаева", "Өскөнбаева"])
def test_people_are_found_in_any_spelling(client, organiser, municipality, address, text):
    person = PersonFactory(surname="Өскөнбаева", given_names="Гүлзаңгүл Төлөгөновна")
    Term.objects.create(person=person, municipality=municipality, post=post())
    Term.objects.create(person=PersonFactory(), municipality=MunicipalityFactory(), post=post())
    assert len(client.get(address, {"q": text}).context["cl"].result_list) == 1


def test_terms_are_found_by_municipality_and_by_whether_they_run(client, organiser):
    there = MunicipalityFactory(name_ky="Төө-Моюн айыл аймагы", name_ru="Тоо-Моюнский айылный аймак")
    Term.objects.create(person=PersonFactory(), municipality=there, post=post(), ends_on="2020-01-01")
    Term.objects.create(person=PersonFactory(), municipality=there, post=post(), starts_on="2020-01-01")
    Term.objects.create(person=PersonFactory(), municipality=MunicipalityFactory(), post=post())
    assert len(client.get(TERMS, {"q": "тоо моюн"}).context["cl"].result_list) == 2
    assert len(client.get(TERMS, {"q": "тоо моюн", "current": "yes"}).context["cl"].result_list) == 1
    assert len(client.get(TERMS, {"current": "no"}).context["cl"].result_list) == 1


def test_people_are_never_deleted(client, organiser):
    person = PersonFactory()
    assert client.post(f"{PEOPLE}{person.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Person.objects.exists()


# Tasks


@pytest.fixture
def task(seminar, municipality):
    return StaffTask.objects.note(StaffTask.Kind.LINK_BY_HAND, register(seminar, municipality))


def settle(task):
    return reverse("admin:participants_stafftask_settle", args=[task.pk])


def test_a_task_leads_to_the_registration_and_is_settled_by_its_button(client, organiser, task):
    content = client.get(TASKS).text
    assert f"/admin/participants/registration/{task.registration_id}/change/" in content
    assert f'formaction="{settle(task)}"' in content

    client.post(settle(task))

    task.refresh_from_db()
    assert task.done_by == organiser
    assert settle(task) not in client.get(TASKS).text
    assert len(client.get(TASKS, {"settled": "yes"}).context["cl"].result_list) == 1


def test_settling_twice_keeps_who_was_first(client, organiser, task):
    client.post(settle(task))
    client.force_login(staff_of(Role.REGISTRAR))
    client.post(settle(task))
    assert StaffTask.objects.get().done_by == organiser


def test_a_task_is_settled_by_post_alone_and_by_those_who_may(client, organiser, task):
    assert client.get(settle(task)).status_code == 405
    client.force_login(staff_of(Role.PRESS_OFFICER))
    assert client.post(settle(task)).status_code == 403
    client.logout()
    assert client.post(settle(task)).headers["Location"].startswith("/admin/login/")
    assert StaffTask.objects.open().count() == 1


# Consent and lists given out


def test_a_consent_text_in_use_is_read_and_a_coming_one_is_edited_by_administrators_alone(client):
    in_use = ConsentText.current()
    coming = ConsentText.objects.create(
        version=2, text_ky="Макулмун", text_ru="Согласен", valid_from=timezone.localdate() + timedelta(days=1)
    )
    data = {"version": 2, "valid_from": f"{coming.valid_from}", "text_ky": "Макулмун.", "text_ru": "Согласен."}
    client.force_login(staff_of(Role.ADMINISTRATOR))
    assert client.get(f"{CONSENT}{in_use.pk}/change/").status_code == 200
    assert client.post(f"{CONSENT}{in_use.pk}/change/", data).status_code == 403
    assert client.post(f"{CONSENT}{coming.pk}/change/", data).status_code == 302
    coming.refresh_from_db()
    assert coming.text_ky == "Макулмун."
    client.force_login(staff_of(Role.ORGANISER))
    assert client.get(CONSENT).status_code == 403


def test_administrators_read_who_took_lists_away_and_nobody_edits_it(client, seminar):
    administrator = staff_of(Role.ADMINISTRATOR)
    row = Disclosure.objects.note("workbook", by=administrator, rows=120, seminar=seminar)
    client.force_login(administrator)
    address = "/admin/participants/disclosure/"
    assert "120" in client.get(address).text
    assert client.post(f"{address}{row.pk}/change/", {"rows": "1"}).status_code == 403
    assert client.post(f"{address}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{address}add/", {"rows": "1"}).status_code == 403
    client.force_login(staff_of(Role.ORGANISER))
    assert client.get(address).status_code == 403


def test_a_term_is_offered_for_the_municipality_it_was_called_for(client, organiser, municipality):
    content = client.get(f"{TERMS}add/", {"municipality": municipality.pk}).text
    assert municipality.full_name in content


def test_a_forged_key_in_a_searched_choice_is_an_error_at_the_field(client, organiser, municipality):
    response = client.post(
        reverse("admin:participants_term_add"), {"person": "abc", "municipality": "abc", "post": "x"}
    )

    assert response.status_code == 200
    assert "person" in response.context["adminform"].form.errors
