"""Staff enter what an office said by phone or on paper, with who told it and who took it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from outbox.models import Message
from participants import services
from participants.actors import HOLDER
from participants.models import Invitation, InvitationAnswer, Registration
from tests.factories.accounts import staff_of
from tests.factories.participants import post, register
from tests.factories.seminars import SeminarFactory
from tests.participants.inviting.offices import invited, lines, of_district, office, pass_deadline, send

pytestmark = pytest.mark.django_db

LIST = "/admin/participants/invitation/"


def page_of(invitation):
    return reverse("admin:participants_invitation_change", args=[invitation.pk])


def answer_to(invitation):
    return reverse("admin:participants_invitation_answer", args=[invitation.pk])


def withdrawing(invitation):
    return reverse("admin:participants_invitation_withdraw", args=[invitation.pk])


def saying(answer, **fields):
    return {"answer": answer, "channel": "phone", "source": "Кабылдама", "reason": "", **fields}


def sending(**fields):
    who = {"full_name": "Осмонкулова Айгүл", "post": post("deputy").pk, "phone": "0555 000 031"}
    return saying("deputy", **{**who, **fields})


def everything():
    return [
        list(model.objects.order_by("pk").values()) for model in (Invitation, InvitationAnswer, Registration, Message)
    ]


@pytest.fixture
def invitation(seminar):
    return invited(seminar)


def test_yes_by_phone_registers_the_head_with_the_source_and_who_took_it(client, organiser, invitation):
    client.post(answer_to(invitation), saying("yes"))

    invitation.refresh_from_db()
    assert (invitation.answer, invitation.registration.person) == ("yes", invitation.person)
    line = invitation.answers.get()
    assert (line.channel, line.source, line.by) == ("phone", "Кабылдама", organiser)
    text = client.get(page_of(invitation)).text
    assert "Кабылдама" in text
    assert str(organiser) in text


def test_no_on_paper_keeps_the_reason(client, organiser, invitation):
    client.post(answer_to(invitation), saying("no", channel="paper", source="№ 12 кат", reason="Сессия"))

    line = invitation.answers.get()
    assert (line.answer, line.channel, line.source, line.reason) == ("no", "paper", "№ 12 кат", "Сессия")


def test_a_deputy_is_registered_by_name_post_and_phone(client, organiser, invitation):
    client.post(answer_to(invitation), sending())

    registration = Registration.objects.get()
    assert (registration.full_name, registration.post, registration.phone) == (
        "Осмонкулова Айгүл",
        post("deputy"),
        "+996555000031",
    )
    assert invitation.answers.get().answer == "deputy"


def test_a_deputys_phone_may_be_unknown_on_the_phone(client, organiser, invitation):
    client.post(answer_to(invitation), sending(phone=""))
    assert Registration.objects.get().phone == ""


def test_the_same_answer_by_link_and_by_phone_is_one_registration_and_two_lines(client, organiser, invitation):
    services.accept_invitation(invitation=invitation, by=HOLDER)

    for _press in range(2):
        client.post(answer_to(invitation), saying("yes"))

    assert Registration.objects.count() == 1
    assert lines(invitation) == [("yes", "link"), ("yes", "phone")]


def test_staff_take_an_answer_after_the_deadline(client, organiser, invitation):
    pass_deadline(invitation)
    client.post(answer_to(invitation), saying("yes"))
    assert invitation.answers.get().answer == "yes"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"answer": ""}, "answer"),
        ({"answer": "maybe"}, "answer"),
        ({"answer": "yes", "source": " "}, "source"),
        ({"answer": "yes", "source": "а" * 201}, "source"),
        ({"answer": "yes", "channel": "pigeon"}, "channel"),
        ({"answer": "no", "reason": "а" * 301}, "reason"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field_and_everything_stays(client, organiser, invitation, data, field):
    response = client.post(answer_to(invitation), {**saying("yes", reason="Сакталсын"), **data})

    assert response.status_code == 422
    assert response.context["form"].errors[field]
    if field == "source":
        assert 'value="Сакталсын"' in response.text
    assert not InvitationAnswer.objects.exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"full_name": "\x00"}, "full_name"),
        ({"post": ""}, "post"),
        ({"post": "9" * 30}, "post"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_a_deputy_without_name_or_post_is_refused_at_the_field(client, organiser, invitation, data, field):
    response = client.post(answer_to(invitation), sending(**data))

    assert response.status_code == 422
    assert response.context["deputy"].errors[field]
    assert not Registration.objects.exists()


def test_fields_of_a_deputy_are_not_asked_of_who_comes_oneself(client, organiser, invitation):
    assert client.post(answer_to(invitation), sending() | {"answer": "yes", "phone": "12"}).status_code == 302


def test_yes_of_a_vacant_office_is_refused_with_the_reason(client, organiser, seminar):
    vacant = invited(seminar, office(head=False))
    response = client.post(answer_to(vacant), saying("yes"))
    assert response.status_code == 409
    assert response.context["form"].non_field_errors()


def test_whom_somebody_else_registered_is_replaced_only_when_staff_say_so(client, organiser, invitation):
    holder = register(invitation.seminar, invitation.municipality, post=post("deputy"))

    asked = client.post(answer_to(invitation), sending())
    assert asked.status_code == 409
    assert asked.context["holder"] == holder
    assert f'name="instead_of" value="{holder.pk}"' in asked.text
    client.post(answer_to(invitation), sending(instead_of=holder.pk))

    holder.refresh_from_db()
    assert holder.full_name == "Осмонкулова Айгүл"


@pytest.mark.parametrize("key", ["x", "0", "9" * 40, "-1"])
def test_a_hostile_key_of_who_is_replaced_replaces_nobody(client, organiser, invitation, key):
    register(invitation.seminar, invitation.municipality, post=post("deputy"))
    assert client.post(answer_to(invitation), sending(instead_of=key)).status_code == 409
    assert Registration.objects.count() == 1


def test_the_page_shows_link_code_and_a_text_to_copy(client, organiser, invitation):
    text = client.get(page_of(invitation)).text
    for part in (invitation.token, invitation.code, invitation.short_address):
        assert part in text


def test_an_invitation_is_taken_back_after_the_page_said_what_that_does(client, organiser):
    seminar = SeminarFactory(holds_seats=True, lists_deadline=timezone.now() + timedelta(days=9))
    invitation = invited(seminar)

    assert client.get(withdrawing(invitation)).status_code == 200
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None
    for _press in range(2):
        client.post(withdrawing(invitation))

    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    assert seminar.blocks.get().taken == 0
    text = client.get(page_of(invitation)).text
    assert invitation.token not in text
    assert client.post(answer_to(invitation), saying("yes")).status_code == 409


def test_an_invitation_is_found_by_any_spelling_of_the_place_by_head_and_by_code(client, organiser, seminar, district):
    here, there = send(
        seminar, *of_district(district, name_ky="Төө-Моюн айыл аймагы", name_ru="Тео-Моюнский"), *of_district(district)
    ).invitations.order_by("pk")

    def found(text):
        return list(client.get(LIST, {"q": text}).context["cl"].result_list)

    assert found("тоо моюн") == [here]
    assert found(there.person.surname.upper()) == [there]
    assert found(f"{here.code[:5]}-{here.code[5:].lower()}") == [here]


def test_the_desk_reads_and_enters_nothing(client, invitation):
    client.force_login(staff_of(Role.REGISTRAR))
    before = everything()

    response = client.get(page_of(invitation))
    assert response.status_code == 200
    assert answer_to(invitation) not in response.text
    for address in (answer_to(invitation), withdrawing(invitation)):
        assert client.get(address).status_code == 403
        assert client.post(address, saying("yes")).status_code == 403
    assert everything() == before


@pytest.mark.parametrize("role", [Role.PRESS_OFFICER, Role.APPROVER, Role.ANALYST])
def test_others_see_no_invitation(client, invitation, role):
    client.force_login(staff_of(role))
    for address in (page_of(invitation), answer_to(invitation), withdrawing(invitation), LIST):
        assert client.get(address).status_code == 403


def test_opening_the_pages_changes_nothing(client, organiser, invitation):
    before = everything()
    for address in (page_of(invitation), answer_to(invitation), withdrawing(invitation)):
        client.get(address, saying("yes"))
        client.head(address)
    assert everything() == before
    for key in ("0", "x", "9" * 30):
        assert client.get(f"{LIST}{key}/change/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_and_the_list_ask_the_same_number_of_questions_for_one_and_for_three(
    client, organiser, seminar, district, number, django_assert_max_num_queries
):
    rows = list(send(seminar, *of_district(district, number)).invitations.all())
    for channel in ("phone", "paper", "staff")[:number]:
        client.post(answer_to(rows[0]), saying("yes", channel=channel))
    with django_assert_max_num_queries(16):
        client.get(page_of(rows[0]))
    with django_assert_max_num_queries(16):
        client.get(LIST)
