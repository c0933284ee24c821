"""Moving a seminar, cancelling it: said first, done once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from outbox.models import Message
from participants.models import Registration
from seminars.models import SeatBlock, SeatChange, Seminar
from tests.factories.accounts import staff_of
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory, SessionFactory

pytestmark = pytest.mark.django_db


def change_of(seminar):
    return reverse("admin:participants_change_seminar", args=[seminar.pk])


@pytest.fixture
def full(seminar):
    """Two seats, two holders, two who wait; the last of them without e-mail."""
    seminar.blocks.update(seats=2)
    for number in range(4):
        register(
            seminar,
            MunicipalityFactory(),
            language="ru" if number % 2 else "ky",
            email="" if number == 3 else f"h{number}@example.org",
        )
    return seminar


def states(seminar):
    return sorted(seminar.registrations.values_list("state", flat=True))


def everything():
    return [
        list(model.objects.order_by("pk").values()) for model in (Seminar, SeatBlock, SeatChange, Registration, Message)
    ]


# Moving and cancelling


def moved(seminar, *, days=7, **changed):
    start, end = (timezone.localtime(moment) + timedelta(days=days) for moment in (seminar.starts_at, seminar.ends_at))
    data = {
        "sequence": seminar.calendar_sequence,
        "starts_at_0": f"{start:%Y-%m-%d}",
        "starts_at_1": f"{start:%H:%M}",
        "ends_at_0": f"{end:%Y-%m-%d}",
        "ends_at_1": f"{end:%H:%M}",
        "city_ky": "Нарын",
        "city_ru": "Нарын",
        "venue_ky": "Маданият үйү",
        "venue_ru": "Дом культуры",
        "reason_ky": "Зал бош эмес.",
        "reason_ru": "Зал занят.",
    } | changed
    return {"intent": "move", **{f"move-{name}": value for name, value in data.items()}}


def cancelled(seminar, **changed):
    data = {"sequence": seminar.calendar_sequence, "reason_ky": "Жол жабык.", "reason_ru": "Дорога закрыта."} | changed
    return {"intent": "cancel", **{f"cancel-{name}": value for name, value in data.items()}}


def test_moving_is_first_shown_with_numbers_and_both_messages(client, organiser, full):
    before = everything()
    announcement = client.post(change_of(full), moved(full)).context["announcement"]

    assert (announcement.by_email, announcement.by_hand) == (3, 1)
    ky, ru = announcement.letters
    assert "Зал бош эмес." in ky.text
    assert "Нарын, Маданият үйү" in ky.text
    assert "Зал занят." in ru.text
    assert not any(row.full_name in ky.text + ru.text for row in full.registrations.all())
    assert everything() == before


def test_confirmed_it_moves_the_seminar_with_its_programme_and_tells_everyone(client, organiser, full):
    session = SessionFactory(seminar=full)
    client.post(change_of(full), {**moved(full), "confirm": "yes"})

    after = Seminar.objects.get(pk=full.pk)
    assert after.starts_at == full.starts_at + timedelta(days=7)
    assert after.registration_closes_at == full.registration_closes_at + timedelta(days=7)
    assert after.venue_ru == "Дом культуры"
    assert full.sessions.get().starts_at == session.starts_at + timedelta(days=7)
    assert Message.objects.filter(key__contains="seminar-moved").count() == 4
    assert after.history.latest().history_user == organiser


def test_a_second_press_tells_nobody_twice(client, organiser, full):
    data = {**moved(full), "confirm": "yes"}
    client.post(change_of(full), data)
    again = client.post(change_of(full), data)
    assert again.context["move"].non_field_errors()
    assert Message.objects.filter(key__contains="seminar-moved").count() == 4


@pytest.mark.parametrize(
    "changed",
    [
        {"ends_at_0": "2026-01-01"},
        {"starts_at_0": "2020-01-01", "ends_at_0": "2020-01-02"},
        {"starts_at_0": "0001-01-01", "starts_at_1": "00:00"},
        {"starts_at_0": "9999-12-30", "ends_at_0": "9999-12-31"},
        {"starts_at_0": "31.02.2027"},
        {"starts_at_0": "9999-12-31"},
        {"starts_at_0": "0001-01-01", "starts_at_1": "00:00", "ends_at_0": "0001-01-01", "ends_at_1": "01:00"},
        {"reason_ru": " "},
        {"sequence": "x"},
    ],
)
def test_contradictions_are_refused_in_words(client, organiser, full, changed):
    before = everything()
    for confirm in ({}, {"confirm": "yes"}):
        response = client.post(change_of(full), {**moved(full, **changed), **confirm})
        assert response.context["move"].errors
    assert everything() == before


def test_a_registration_that_would_close_before_it_opens_is_refused(client, organiser):
    seminar = SeminarFactory(registration_opens_at=timezone.now() + timedelta(days=15))
    response = client.post(change_of(seminar), {**moved(seminar, days=-14), "confirm": "yes"})
    assert response.context["move"].non_field_errors()
    assert Seminar.objects.get(pk=seminar.pk).starts_at == seminar.starts_at


def test_moving_to_where_it_is_already_is_refused(client, organiser, full):
    same = {"city_ky": full.city_ky, "city_ru": full.city_ru, "venue_ky": full.venue_ky, "venue_ru": full.venue_ru}
    response = client.post(change_of(full), {**moved(full, days=0, **same), "confirm": "yes"})
    assert response.context["move"].non_field_errors()


def test_cancelling_is_shown_then_done_once(client, organiser, full):
    before = everything()
    announcement = client.post(change_of(full), cancelled(full)).context["announcement"]
    assert "Жол жабык." in announcement.letters[0].text
    assert everything() == before

    for _press in range(2):
        client.post(change_of(full), {**cancelled(full), "confirm": "yes"})

    assert Seminar.objects.get(pk=full.pk).is_cancelled
    assert Message.objects.filter(key__contains="seminar-cancelled").count() == 4
    assert states(full) == ["confirmed", "confirmed", "waiting", "waiting"]


@pytest.mark.parametrize("trait", ["draft", "past", "cancelled"])
def test_what_is_over_or_not_public_is_neither_moved_nor_cancelled(client, organiser, trait):
    seminar = SeminarFactory(**{trait: True})
    before = everything()
    assert client.get(change_of(seminar)).status_code == 200
    for data in (moved(seminar), cancelled(seminar)):
        client.post(change_of(seminar), {**data, "confirm": "yes"})
    assert everything() == before


def test_the_desk_changes_no_seminar(client, full):
    client.force_login(staff_of(Role.REGISTRAR))
    before = everything()
    assert client.post(change_of(full), {**cancelled(full), "confirm": "yes"}).status_code == 403
    assert everything() == before


def test_opening_the_pages_changes_nothing(client, organiser, full):
    before = everything()
    client.get(change_of(full), cancelled(full) | {"confirm": "yes"})
    assert everything() == before
    assert client.get("/admin/participants/registration/seminars/999999/change/").status_code == 404
