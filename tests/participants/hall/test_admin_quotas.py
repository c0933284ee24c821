"""The screen on which seats are shared out, and the waiting list that staff read."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from outbox.models import Message
from participants.models import Disclosure, Registration
from seminars.models import SeatBlock, SeatChange, Seminar
from tests.factories.accounts import staff_of
from tests.factories.participants import post, register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory
from tests.participants.hall.country import city, oblast_with

pytestmark = pytest.mark.django_db


def seats_of(seminar):
    return reverse("admin:participants_seats", args=[seminar.pk])


def queue_of(seminar):
    return reverse("admin:participants_queue", args=[seminar.pk])


def asking(capacity, quotas=None, **fields):
    """What the form sends."""
    given = {"capacity": capacity, "seats_per_municipality": 1, "reason": "", **fields}
    return given | {f"quota_{oblast.pk}": seats for oblast, seats in (quotas or {}).items()}


@pytest.fixture
def full(seminar):
    """Two seats, two holders, two who wait."""
    seminar.blocks.update(seats=2)
    for _number in range(4):
        register(seminar, MunicipalityFactory())
    return seminar


def states(seminar):
    return sorted(seminar.registrations.values_list("state", flat=True))


def everything():
    return [
        list(model.objects.order_by("pk").values()) for model in (Seminar, SeatBlock, SeatChange, Registration, Message)
    ]


def test_the_proposal_is_filled_in_by_floor_and_largest_remainder_and_nothing_is_stored(client, organiser, seminar):
    big, _units = oblast_with(60)
    small, _units = oblast_with(20)
    bishkek, _mayoralty = city()
    before = everything()

    form = client.post(seats_of(seminar), asking(40, propose="yes")).context["form"]

    # One each; 37 by 60 : 20 : 1 are 27.4, 9.1 and 0.5, of which the city may have none beyond its one.
    assert [form[f"quota_{oblast.pk}"].value() for oblast in (big, small, bishkek)] == ["29", "10", "1"]
    assert everything() == before


def test_the_proposal_leaves_out_oblasts_that_may_not_come(client, organiser, seminar):
    big, _units = oblast_with(6)
    small, _units = oblast_with(2)

    form = client.post(seats_of(seminar), asking(5, groups=[big.pk], propose="yes")).context["form"]

    assert [form[f"quota_{oblast.pk}"].value() for oblast in (big, small)] == ["5", ""]


def test_an_arrangement_is_first_shown_with_what_it_does_and_changes_nothing(client, organiser, full):
    before = everything()
    sentences = client.post(seats_of(full), asking(3)).context["sentences"]
    assert any("1" in sentence for sentence in sentences)
    assert everything() == before


def test_confirmed_it_seats_who_waits_and_tells_them(client, organiser, full):
    client.post(seats_of(full), asking(3, reason="Чоң зал", confirm="yes"))

    assert states(full) == ["confirmed", "confirmed", "confirmed", "waiting"]
    change = SeatChange.objects.get()
    assert (change.before, change.after, change.by, change.reason) == (2, 3, organiser, "Чоң зал")
    assert Message.objects.filter(key__contains="promoted").count() == 1
    assert "Чоң зал" in client.get(seats_of(full)).text


def test_quotas_dates_and_rules_are_set_together(client, organiser, seminar):
    osh, _units = oblast_with(3)
    deadline = timezone.localtime() + timedelta(days=7)
    data = asking(
        40,
        {osh: 12},
        lists_deadline_0=f"{deadline:%Y-%m-%d}",
        lists_deadline_1="18:00",
        groups=[osh.pk],
        posts=[post("head").pk],
        holds_seats="on",
        is_queue_by_time="on",
    )
    client.post(seats_of(seminar), {**data, "confirm": "yes"})

    seminar.refresh_from_db()
    assert seminar.blocks.get(group=osh).seats == 12
    assert seminar.blocks.get(group=None).seats == 28
    assert (seminar.holds_seats, seminar.is_queue_by_time) == (True, True)
    assert timezone.localtime(seminar.lists_deadline).hour == 18
    assert list(seminar.groups.all()) == [osh]


def test_below_what_is_taken_is_refused_with_the_number(client, organiser, full):
    for data in (asking(1), asking(1, confirm="yes")):
        assert "2" in client.post(seats_of(full), data).context["form"].errors["capacity"][0]
    assert full.blocks.get().seats == 2


def test_a_quota_below_what_is_taken_is_refused_at_its_field(client, organiser, seminar):
    osh, units = oblast_with(3)
    client.post(seats_of(seminar), asking(40, {osh: 3}, confirm="yes"))
    for unit in units:
        register(seminar, unit)

    errors = client.post(seats_of(seminar), asking(40, {osh: 2})).context["form"].errors

    assert "3" in errors[f"quota_{osh.pk}"][0]


def test_quotas_above_the_hall_are_refused_and_everything_typed_stays(client, organiser, seminar):
    osh, _units = oblast_with(3)
    response = client.post(seats_of(seminar), asking(10, {osh: 11}, reason="Ката"))
    assert response.context["form"].errors["capacity"]
    assert 'value="11"' in response.text
    assert 'value="Ката"' in response.text


@pytest.mark.parametrize("seats", ["", "-1", "x", "20001", "1" * 400, "3.5", "\x00"])
def test_a_number_that_is_none_is_refused_at_the_field(client, organiser, full, seats):
    osh, _units = oblast_with(1)
    assert client.post(seats_of(full), asking(seats, confirm="yes")).context["form"].errors["capacity"]
    if seats:
        errors = client.post(seats_of(full), asking(2, {osh: seats}, confirm="yes")).context["form"].errors
        assert errors[f"quota_{osh.pk}"]


@pytest.mark.parametrize("trait", ["past", "cancelled"])
def test_seats_of_what_is_over_are_not_changed(client, organiser, trait):
    seminar = SeminarFactory(**{trait: True})
    response = client.post(seats_of(seminar), asking(50, confirm="yes"))
    assert response.status_code == 200
    assert seminar.blocks.get().seats == 40


def test_seats_of_a_draft_are_shared_out_before_anybody_sees_it(client, organiser):
    osh, _units = oblast_with(3)
    draft = SeminarFactory(draft=True)
    client.post(seats_of(draft), asking(40, {osh: 3}, confirm="yes"))
    assert draft.blocks.get(group=osh).seats == 3


def test_the_waiting_list_gives_everyone_a_place_and_a_reason(client, organiser, full):
    text = client.get(queue_of(full)).text

    assert len(re.findall(r'<td class="number">[12]</td>', text)) == 2
    assert Disclosure.objects.get().rows == 2


def test_the_waiting_list_asks_the_same_number_of_questions_for_one_and_for_three(
    client, organiser, full, django_assert_max_num_queries
):
    register(full, MunicipalityFactory())
    with django_assert_max_num_queries(25):
        client.get(queue_of(full))


def test_the_desk_changes_no_seats_but_reads_the_waiting_list(client, full):
    client.force_login(staff_of(Role.REGISTRAR))
    before = everything()
    assert client.post(seats_of(full), asking(9, confirm="yes")).status_code == 403
    assert client.get(queue_of(full)).status_code == 200
    assert everything() == before


def test_analysts_read_no_names(client, full):
    client.force_login(staff_of(Role.ANALYST))
    assert client.get(queue_of(full)).status_code == 403


def test_opening_the_page_changes_nothing(client, organiser, full):
    before = everything()
    client.get(seats_of(full), asking(9, confirm="yes"))
    assert everything() == before
    assert client.get("/admin/participants/registration/seminars/999999/seats/").status_code == 404
