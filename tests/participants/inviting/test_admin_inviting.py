"""Staff invite in three views and no file: whom, the addressees, the result."""

import re
import time
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from outbox.models import Message
from participants.models import Disclosure, Invitation, Round
from regions.models import MunicipalityKind
from seminars.models import Seminar
from tests.factories.accounts import staff_of
from tests.factories.participants import register
from tests.factories.regions import DistrictFactory
from tests.factories.seminars import SeatBlockFactory, SeminarFactory, TopicFactory
from tests.participants.hall.country import city
from tests.participants.inviting.offices import of_district, office_contact, send

pytestmark = pytest.mark.django_db


def page_of(seminar):
    return reverse("admin:participants_invite", args=[seminar.pk])


def whom(**fields):
    """What the first view sends."""
    return {"kind": "any", "names": "", "intent": "addressees", **fields}


def letter(**fields):
    """What the second view adds."""
    deadline = timezone.localtime() + timedelta(days=10)
    given = {
        "number": "01-24/19",
        "date": timezone.localdate().isoformat(),
        "answer_by_0": f"{deadline:%Y-%m-%d}",
        "answer_by_1": "18:00",
        "key": str(uuid4()),
        "intent": "send",
    }
    return {**given, **fields}


def units_of(response):
    return response.context["whom"].audience.units


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Round, Invitation, Message, Seminar)]


def test_an_oblast_is_invited_in_three_views_and_no_file(client, organiser, seminar, district, elsewhere):
    offices = of_district(district, 3)
    asked = [client.get(page_of(seminar))]

    asked.append(client.post(page_of(seminar), whom(oblasts=[district.oblast_id])))
    data = whom(oblasts=[district.oblast_id]) | letter(key=asked[-1].context["letter"]["key"].value())
    asked.append(client.post(page_of(seminar), data, follow=True))

    assert len(asked) == 3
    assert [response.templates[0].name for response in asked] == [
        "admin/participants/invite.html",
        "admin/participants/invite_addressees.html",
        "admin/participants/round.html",
    ]
    sent = Round.objects.get()
    assert {invitation.municipality for invitation in sent.invitations.all()} == set(offices)
    assert (sent.letter_number, sent.by) == ("01-24/19", organiser)
    assert Message.objects.count() == 3


def test_places_kinds_and_names_together_say_whom(client, organiser, seminar, district, elsewhere):
    _group, town = city(name_ky="Үлгү шаары", name_ru="город Примерный")
    aimak, other = of_district(district, 2)

    def chosen(**fields):
        return units_of(client.post(page_of(seminar), whom(**fields, intent="count")))

    assert set(chosen(everywhere="on")) == {aimak, other, town, *elsewhere}
    assert set(chosen(districts=[district.pk])) == {aimak, other}
    assert set(chosen(everywhere="on", kind="city")) == {town}
    assert set(chosen(everywhere="on", kind="aimak")) == {aimak, other, *elsewhere}
    assert chosen(names=aimak.name_ru) == [aimak]
    assert set(chosen(districts=[district.pk], names=elsewhere[0].name_ky)) == {aimak, other, elsewhere[0]}
    assert chosen() == []


def test_who_is_invited_already_is_left_out_and_said_so(client, organiser, seminar, district):
    first, second = of_district(district, 2)
    send(seminar, first)

    response = client.post(page_of(seminar), whom(everywhere="on", intent="count"))

    assert units_of(response) == [second]
    assert first.full_name in response.text


def test_only_who_never_attended_on_the_topic_predecessors_counted(client, organiser, district):
    topic = TopicFactory()
    heir, fresh = of_district(district, 2)
    gone = of_district(district, alive_to=date(2024, 11, 1), alive_to_precision="day")[0]
    gone.successions.create(successor=heir, kind="merged")
    earlier = SeminarFactory(past=True, topics=[topic])
    registration = register(SeminarFactory(), fresh)
    registration.seminar, registration.municipality, registration.state = earlier, gone, "attended"
    registration.block = registration.slot = None
    registration.mode = "online"
    registration.save()
    seminar = SeminarFactory(topics=[topic])

    response = client.post(page_of(seminar), whom(everywhere="on", unreached="on", intent="count"))

    assert units_of(response) == [fresh]


def test_a_name_with_several_owners_is_asked_and_an_unknown_one_shown(client, organiser, seminar, district, elsewhere):
    here = of_district(district, name_ky="Ак-Үлгү айыл аймагы", name_ru="Ак-Улгуский айылный аймак")[0]
    there = of_district(DistrictFactory(), name_ky="Ак-Үлгү айыл аймагы", name_ru="Ак-Улгуский айылный аймак")[0]
    names = "Ак-Улгу\nЖокАйыл Такыр"

    asked = client.post(page_of(seminar), whom(names=names))

    assert asked.status_code == 422
    rows = asked.context["whom"].asked
    assert set(rows[0].match.candidates) == {here, there}
    assert asked.text.count(f'name="which-{rows[0].key}"') == 3
    assert rows[1].text in asked.text
    assert not units_of(asked)
    settled = client.post(
        page_of(seminar), whom(names=names) | {f"which-{rows[0].key}": there.pk, f"which-{rows[1].key}": "-"}
    )
    assert settled.status_code == 200
    assert [one.municipality for group in settled.context["groups"] for one in group.addressees] == [there]
    assert f'name="which-{rows[0].key}" value="{there.pk}"' in settled.text


def test_an_answer_that_is_no_candidate_settles_nothing(client, organiser, seminar, district, elsewhere):
    of_district(district)
    first = client.post(page_of(seminar), whom(names="ЖокАйыл"))
    (row,) = first.context["whom"].asked

    again = client.post(page_of(seminar), whom(names="ЖокАйыл") | {f"which-{row.key}": elsewhere[0].pk})

    assert again.status_code == 422


def test_the_addressees_show_vacancies_contacts_registrations_and_seats(client, organiser, seminar, district):
    SeatBlockFactory(seminar=seminar, group=district.oblast, seats=7)
    head, registered = of_district(district, 2)
    vacant = of_district(district, head=False)[0]
    reception = of_district(district, head=False)[0]
    office_contact(reception, phone="+996312000000")
    register(seminar, registered)

    response = client.post(page_of(seminar), whom(oblasts=[district.oblast_id]))

    (group,) = response.context["groups"]
    assert (len(group.addressees), group.by_email, group.by_phone, group.out_of_reach) == (4, 2, 1, 1)
    assert {one.municipality for one in group.vacant} == {vacant, reception}
    assert (group.registered, group.seats_left) == (1, 6)
    assert Disclosure.objects.get().rows == 4
    for subject in (str(seminar.title_ky), str(seminar.title_ru)):
        assert subject in response.text
    assert head.full_name in response.text


def test_fewer_free_seats_than_would_be_kept_is_said_before_and_refused_with_the_number(client, organiser, district):
    seminar = SeminarFactory(seats=1, holds_seats=True, lists_deadline=timezone.now() + timedelta(days=12))
    of_district(district, 3)
    data = whom(everywhere="on")

    before = client.post(page_of(seminar), data)
    refused = client.post(page_of(seminar), data | letter())

    assert before.context["shortages"]
    assert refused.status_code == 409
    assert not Round.objects.exists()
    assert 'value="01-24/19"' in refused.text


def test_a_double_click_is_one_round(client, organiser, seminar, district):
    of_district(district, 2)
    data = whom(everywhere="on") | letter()

    answers = [client.post(page_of(seminar), data) for _press in range(2)]

    assert answers[0].status_code == 302
    assert Round.objects.count() == 1
    assert Message.objects.count() == 2
    assert answers[1].headers["Location"] == answers[0].headers["Location"]


def test_another_round_prepared_by_the_back_button_gets_a_key_of_its_own(client, organiser, seminar, district):
    first, second = of_district(district, 2)
    sent = whom(names=first.name_ru) | letter()
    client.post(page_of(seminar), sent)

    shown = client.post(page_of(seminar), sent | whom(names=second.name_ru))

    assert shown.context["letter"]["key"].value() != sent["key"]


def test_the_letter_and_the_people_go_back_and_forth_without_loss(client, organiser, seminar, district):
    (unit,) = of_district(district)
    data = whom(names=unit.name_ky, districts=[district.pk], unreached="") | letter(number="№ 7", answer_by_1="17:45")

    back = client.post(page_of(seminar), data | {"intent": "whom"})
    again = client.post(page_of(seminar), data | {"intent": "addressees"})

    for text in ('name="number" value="№ 7"', 'value="17:45"', unit.name_ky):
        assert text in back.text
    assert 'value="№ 7"' in again.text
    assert 'value="17:45"' in again.text
    assert not Round.objects.exists()


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_official_letter_is_seen_before_it_goes_and_nothing_is_stored(
    client, organiser, seminar, district, language
):
    of_district(district)
    before = everything()

    response = client.post(page_of(seminar), whom(everywhere="on") | letter(intent=f"letter-{language}"))

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert everything() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "31.02.2026"),
        ("date", ""),
        ("answer_by_0", "x"),
        ("answer_by_0", "0001-01-01"),
        ("answer_by_1", "99:99"),
        ("number", "1" * 41),
        ("date", "\x00"),
    ],
)
def test_a_letter_that_cannot_be_is_refused_at_its_field_and_everything_stays(
    client, organiser, seminar, district, field, value
):
    of_district(district)
    response = client.post(page_of(seminar), whom(everywhere="on") | letter(**{field: value}))

    assert response.status_code in {409, 422}
    assert field.removesuffix("_0").removesuffix("_1") in response.context["letter"].errors
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"oblasts": ["x"]},
        {"oblasts": ["9" * 400]},
        {"districts": ["\x00"]},
        {"districts": ["-1", "999999"]},
        {"kind": "village"},
        {"names": "Ак-Суу\n" * 1001},
        {"names": "а" * 100_001},
    ],
)
def test_places_and_names_that_are_none_are_refused_at_the_field(client, organiser, seminar, district, fields):
    of_district(district)
    for intent in ("count", "addressees", "send"):
        response = client.post(page_of(seminar), whom(**fields) | {"intent": intent})
        assert response.status_code == 422
        assert set(response.context["whom"].errors) == set(fields)


@pytest.mark.parametrize("names", ["\x00\x07", "\u202eабв", "'; DROP TABLE --", "<script>alert(1)</script>", "1" * 14])
def test_a_hostile_name_is_text_and_nothing_more(client, organiser, seminar, district, names):
    response = client.post(page_of(seminar), whom(names=names))
    assert response.status_code == 422
    assert "<script>alert" not in response.text


def test_nobody_left_is_a_sentence(client, organiser, seminar, district):
    response = client.post(page_of(seminar), whom(oblasts=[district.oblast_id]))
    assert response.status_code == 422
    assert response.context["whom"].non_field_errors()


@pytest.mark.parametrize("trait", ["draft", "cancelled", "past"])
def test_nobody_is_invited_to_what_is_not_open(client, organiser, district, trait):
    seminar = SeminarFactory(**{trait: True})
    of_district(district)

    assert client.get(page_of(seminar)).status_code == 200
    assert client.post(page_of(seminar), whom(everywhere="on") | letter()).status_code == 409
    assert not Round.objects.exists()


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.PRESS_OFFICER, Role.APPROVER, Role.ANALYST])
def test_others_invite_nobody(client, seminar, district, role):
    of_district(district)
    client.force_login(staff_of(role))

    assert client.get(page_of(seminar)).status_code == 403
    assert client.post(page_of(seminar), whom(everywhere="on") | letter()).status_code == 403
    assert page_of(seminar) not in client.get(f"/admin/seminars/seminar/{seminar.pk}/change/").text
    assert not Round.objects.exists()


def test_opening_and_counting_change_nothing(client, organiser, seminar, district):
    of_district(district)
    before = everything()
    client.get(page_of(seminar), whom(everywhere="on") | letter())
    client.post(page_of(seminar), whom(everywhere="on", intent="count"))
    client.post(page_of(seminar), whom(everywhere="on"))
    assert everything() == before


def test_the_seminars_page_leads_to_inviting(client, organiser, seminar):
    assert page_of(seminar) in client.get(f"/admin/seminars/seminar/{seminar.pk}/change/").text


@pytest.mark.parametrize("number", [1, 3])
def test_each_view_asks_the_same_number_of_questions_for_one_and_for_three(
    client, organiser, seminar, district, number, django_assert_max_num_queries
):
    of_district(district, number)
    with django_assert_max_num_queries(25):
        client.post(page_of(seminar), whom(everywhere="on", names="Жок", intent="count"))
    with django_assert_max_num_queries(30):
        client.post(page_of(seminar), whom(everywhere="on"))


def test_484_offices_are_chosen_shown_and_invited_quickly(client, organiser, seminar, district):
    of_district(district, 484, kind=MunicipalityKind.AIYL_AIMAK)
    data = whom(everywhere="on")
    seminar.blocks.update(seats=500)
    began = time.process_time()

    assert client.post(page_of(seminar), data).status_code == 200
    assert time.process_time() - began < 2
    assert client.post(page_of(seminar), data | letter()).status_code == 302
    assert time.process_time() - began < 6
    assert Invitation.objects.count() == 484


def test_every_input_has_a_name_that_readers_of_the_screen_hear(client, organiser, seminar, district):
    of_district(district)
    for data in (whom(everywhere="on", names="Жок", intent="count"), whom(everywhere="on")):
        text = client.post(page_of(seminar), data).text
        main = text[text.index('id="content-main"') :]
        for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", main):
            is_named = "hidden" in tag or "submit" in tag or "aria-label" in tag
            key = re.search(r'\bid="([^"]+)"', tag)
            is_wrapped = re.search(r"<label[^>]*>\s*" + re.escape(tag), main)
            assert is_named or is_wrapped or (key and f'for="{key[1]}"' in main), tag
