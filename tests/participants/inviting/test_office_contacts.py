"""How offices are reached: found by any spelling of the municipality, one contact each."""

import pytest

from accounts.roles import Role
from participants.models import OfficeContact
from tests.factories.accounts import staff_of
from tests.participants.inviting.offices import of_district, office_contact

pytestmark = pytest.mark.django_db

LIST = "/admin/participants/officecontact/"


def contact(municipality):
    return {"municipality": municipality.pk, "phone": "0312 12 34 56", "email": "ao@example.org", "language": "ru"}


def test_a_contact_is_kept_with_a_phone_that_can_be_called(client, organiser, district):
    (unit,) = of_district(district)
    client.post(f"{LIST}add/", contact(unit))
    kept = OfficeContact.objects.get()
    assert (kept.municipality, kept.phone, kept.email, kept.language) == (unit, "+996312123456", "ao@example.org", "ru")


def test_it_is_found_by_any_spelling_of_the_municipality(client, organiser, district):
    here, there = (
        office_contact(unit, email=f"ao{number}@example.org")
        for number, unit in enumerate(
            (*of_district(district, name_ky="Төө-Моюн айыл аймагы", name_ru="Тео-Моюнский"), *of_district(district))
        )
    )
    for text, found in (("тоомоюн", [here]), ("ТЕО МОЮН", [here]), ("ao1@", [there]), ("жок", [])):
        assert list(client.get(LIST, {"q": text}).context["cl"].result_list) == found


@pytest.mark.parametrize(("field", "value"), [("phone", "12"), ("email", "x"), ("municipality", "x"), ("language", "")])
def test_what_cannot_be_is_refused_at_the_field(client, organiser, district, field, value):
    (unit,) = of_district(district)
    response = client.post(f"{LIST}add/", contact(unit) | {field: value})
    assert response.context["adminform"].form.errors[field]
    assert not OfficeContact.objects.exists()


def test_an_office_has_one_contact(client, organiser, district):
    (unit,) = of_district(district)
    office_contact(unit)
    response = client.post(f"{LIST}add/", contact(unit))
    assert response.context["adminform"].form.errors["municipality"]


def test_the_desk_reads_contacts_and_others_do_not(client, district):
    (unit,) = of_district(district)
    kept = office_contact(unit)
    client.force_login(staff_of(Role.REGISTRAR))
    assert client.get(f"{LIST}{kept.pk}/change/").status_code == 200
    assert client.post(f"{LIST}{kept.pk}/change/", contact(unit)).status_code == 403
    client.force_login(staff_of(Role.ANALYST))
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(
    client, organiser, district, number, django_assert_max_num_queries
):
    for unit in of_district(district, number):
        office_contact(unit)
    with django_assert_max_num_queries(12):
        client.get(LIST)
