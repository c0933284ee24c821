"""The list of registrations, the page of one, and who may what there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from outbox.models import Message
from participants.models import Disclosure, Person
from tests.factories.accounts import staff_of
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory, OblastFactory
from tests.factories.seminars import SeminarFactory
from tests.participants.staff_pages import LIST, again, in_queue, page_of, step

pytestmark = pytest.mark.django_db

# The list


def test_the_list_shows_who_from_where_and_in_which_state(client, organiser, seminar, municipality):
    registration = register(seminar, municipality, email="")

    content = client.get(LIST).text

    assert registration.full_name in content
    assert municipality.name_ky in content
    assert 'data-state="confirmed"' in content
    assert "+996 555" in content
    assert 'class="no-email"' in content


def test_the_list_costs_the_same_with_one_row_and_with_three(client, organiser, seminar):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST, {"seminar": seminar.pk}).status_code == 200
        return len(captured)

    register(seminar, MunicipalityFactory())
    queries()  # what is remembered for good, such as content types, is read now
    one = queries()
    register(seminar, MunicipalityFactory())
    register(SeminarFactory(), MunicipalityFactory())
    register(seminar, MunicipalityFactory(), email="")
    assert queries() == one


@pytest.mark.parametrize(
    "text",
    ["осконбаева", "Гүлзаңгүл Оскөнбаева", "0777 12-34-56", "+996777123456", "toomoyun", "тоо моюн"],
)
def test_people_are_found_however_they_are_written(client, organiser, seminar, text):
    there = register(
        seminar,
        MunicipalityFactory(name_ky="Төө-Моюн айыл аймагы", name_ru="Тоо-Моюнский айылный аймак"),
        full_name="Өскөнбаева Гүлзаңгүл Төлөгөновна",
        phones=("+996777123456",),
    )
    register(seminar, MunicipalityFactory())

    found = client.get(LIST, {"q": text}).context["cl"].result_list

    assert [row.pk for row in found] == [there.pk]


def test_the_list_is_narrowed_by_seminar_state_group_channel_and_e_mail(client, organiser, seminar, municipality):
    here = register(seminar, municipality, email="")
    register(SeminarFactory(), MunicipalityFactory(oblast=OblastFactory()))
    for query in (
        {"seminar": seminar.pk},
        {"email": "no"},
        {"oblast__id__exact": municipality.oblast_id},
        {"seminar": seminar.pk, "state__exact": "confirmed", "channel__exact": "web"},
    ):
        assert [row.pk for row in client.get(LIST, query).context["cl"].result_list] == [here.pk], query


@pytest.mark.parametrize("seminar_key", ["abc", "-1", "99999999999999999999", "0", ""])
def test_a_broken_filter_is_no_fault(client, organiser, seminar_key):
    assert client.get(LIST, {"seminar": seminar_key}).status_code == 200


def test_a_list_that_was_looked_at_is_written_down(client, organiser, seminar, municipality):
    register(seminar, municipality)

    client.get(LIST, {"seminar": seminar.pk})

    disclosure = Disclosure.objects.get()
    assert (disclosure.by, disclosure.seminar, disclosure.rows, disclosure.form) == (organiser, seminar, 1, "screen")


def test_nobody_deletes_or_edits_a_registration(client, organiser, seminar, municipality):
    registration = register(seminar, municipality)

    assert client.post(f"{LIST}{registration.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(page_of(registration), {"full_name": "Башка Киши"}).status_code == 403
    assert client.post(LIST, {"action": "delete_selected", "_selected_action": [registration.pk]}).status_code == 302
    assert again(registration).full_name == registration.full_name


# The page of one


def test_the_page_shows_history_messages_and_a_text_to_copy(client, organiser, seminar, municipality):
    registration = register(seminar, municipality)
    message = Message.objects.get()

    content = client.get(page_of(registration)).text

    assert message.subject in content
    assert registration.get_absolute_url() in content
    assert f"{registration.full_name}: " in content  # the messenger text


def test_the_page_of_who_waits_shows_the_place_in_the_queue(client, organiser, seminar):
    first, second = in_queue(seminar), in_queue(seminar)
    assert client.get(page_of(second)).context["queue_place"].number == 2
    assert client.get(page_of(first)).context["queue_place"].number == 1


def test_an_unknown_registration_leads_back_to_the_start(client, organiser):
    assert client.get(f"{LIST}999999/change/").status_code == 302


# Who may what

CHANGING = ("cancel", "promote", "override", "contacts", "link")
MARKING = ("attended", "absent", "unmark")


@pytest.mark.parametrize("role", [Role.PRESS_OFFICER, Role.APPROVER, Role.ANALYST])
def test_who_writes_or_counts_sees_no_people(client, role, seminar, municipality):
    registration = register(seminar, municipality)
    client.force_login(staff_of(role))
    addresses = [LIST, page_of(registration), f"{LIST}add/", "/admin/participants/person/", "/admin/participants/term/"]
    addresses += [
        reverse("admin:participants_stafftask_changelist"),
        reverse("admin:participants_disclosure_changelist"),
    ]
    addresses += [
        reverse(f"admin:participants_{name}", args=[seminar.pk])
        for name in ("registrants_workbook", "registrants_sheet", "seats", "change_seminar")
    ]
    for address in addresses:
        assert client.get(address).status_code == 403, address
    for name in (*CHANGING, *MARKING):
        assert client.post(step(registration, name), {"channel": "phone", "reason": "керек"}).status_code == 403
    assert again(registration).state == "confirmed"
    assert registration.full_name not in client.get("/admin/").text
    assert registration.full_name not in client.get(f"/admin/seminars/seminar/{seminar.pk}/change/").text


def test_the_desk_marks_and_enters_but_changes_nothing_else(client, attendee):
    client.force_login(staff_of(Role.REGISTRAR))

    assert client.get(f"{LIST}add/").status_code == 200
    for name in CHANGING:
        assert client.post(step(attendee, name), {"channel": "phone", "reason": "керек"}).status_code == 403
    client.post(step(attendee, "attended"), {"reason": ""})
    assert again(attendee).state == "attended"
    offered = [item["url"] for item in client.get(page_of(attendee)).context["steps"]]
    assert offered == [step(attendee, "absent"), step(attendee, "unmark")]


def test_without_signing_in_every_address_leads_to_the_sign_in_page(client, seminar, municipality):
    registration = register(seminar, municipality)
    addresses = [LIST, page_of(registration), f"{LIST}add/", step(registration, "cancel")]
    addresses += [
        reverse(f"admin:participants_{name}", args=[seminar.pk])
        for name in ("registrants_workbook", "registrants_sheet", "seats", "change_seminar")
    ]
    for address in addresses:
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code == 302
            assert response.headers["Location"].startswith("/admin/login/")
    assert again(registration).state == "confirmed"


def test_a_step_without_the_csrf_token_is_refused(organiser, seminar, municipality):
    from django.test import Client

    registration = register(seminar, municipality)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(organiser)
    assert strict.post(step(registration, "cancel"), {"channel": "phone"}).status_code == 403
    assert again(registration).state == "confirmed"
    assert Person.objects.count() == 1
