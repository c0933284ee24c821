"""Reminders: once each, in time or after an outage, never of what is cancelled or over; seen first and stoppable."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from outbox.models import Message
from participants import services
from participants.actors import Actor
from participants.models import Channel, Transition
from participants.services.reminding import due_reminder
from participants.services.seminars import Notice, Place
from participants.tasks import send_due_reminders, settle_seats
from seminars.models import Seminar
from tests.factories.accounts import StaffFactory, staff_of
from tests.factories.participants import HOLDER, register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory
from tests.participants.hall.country import oblast_with, share_out

pytestmark = pytest.mark.django_db


def coming(days, **fields):
    """A seminar so many days ahead at 23:00, with one participant of long ago."""
    start = timezone.localtime().replace(hour=23, minute=0, second=0, microsecond=0) + timedelta(days=days)
    seminar = SeminarFactory(starts_at=start, ends_at=start + timedelta(hours=5), **fields)
    add(seminar)
    return seminar


def add(seminar, ago=timedelta(days=20)):
    registration = register(seminar, MunicipalityFactory())
    Transition.objects.filter(registration=registration).update(at=timezone.now() - ago)
    return registration


def reminders():
    return list(Message.objects.filter(key__contains=":reminder:").order_by("pk"))


def test_a_reminder_is_written_once_however_often_the_job_runs():
    seminar = coming(2, reminder_days=[3])
    for _run in range(3):
        send_due_reminders()
    (message,) = reminders()
    assert message.about == f"registration:{seminar.registrations.get().pk}"


def test_before_its_hour_nothing_goes_out():
    coming(9, reminder_days=[3, 1])
    assert send_due_reminders() == 0


def test_after_an_outage_only_the_latest_goes_out():
    coming(2, reminder_days=[9, 5, 3])
    send_due_reminders()
    (message,) = reminders()
    assert message.key.endswith(":3")


def test_who_waits_or_has_cancelled_is_not_reminded():
    seminar = coming(2, reminder_days=[3], seats=1)
    waiting = add(seminar)
    assert waiting.is_waiting
    services.cancel(registration=seminar.registrations.seated().get(), by=HOLDER)
    # Who waited has just been told of the seat.
    assert send_due_reminders() == 0


def test_who_has_just_registered_is_not_reminded_of_what_was_just_read():
    seminar = coming(2, reminder_days=[3])
    add(seminar, ago=timedelta(0))
    assert send_due_reminders() == 1


@pytest.mark.parametrize(
    "fields", [{"cancelled_at": timezone.now()}, {"published_at": None}, {"reminder_days": []}], ids=lambda f: str(*f)
)
def test_of_what_is_cancelled_not_public_or_without_reminders_nothing_goes_out(fields):
    seminar = coming(2, reminder_days=[3])
    Seminar.objects.filter(pk=seminar.pk).update(**fields)
    assert send_due_reminders() == 0
    assert services.remind(seminar=seminar) == 0


def test_of_what_has_begun_nothing_goes_out():
    seminar = coming(2, reminder_days=[3])
    begun = timezone.now() - timedelta(minutes=5)
    Seminar.objects.filter(pk=seminar.pk).update(
        starts_at=begun, ends_at=begun + timedelta(hours=8), registration_closes_at=begun
    )
    assert services.remind(seminar=seminar) == 0
    assert send_due_reminders() == 0


def test_a_moved_seminar_is_reminded_of_anew():
    seminar = coming(2, reminder_days=[9, 3])
    send_due_reminders()
    place = Place(
        starts_at=seminar.starts_at + timedelta(days=5),
        ends_at=seminar.ends_at + timedelta(days=5),
        **{name: getattr(seminar, name) for name in ("venue_ky", "venue_ru", "city_ky", "city_ru")},
    )
    services.move_seminar(
        seminar=seminar, place=place, notice=Notice("Көчтү", "Перенесён"), by=Actor(Channel.STAFF, StaffFactory())
    )
    send_due_reminders()
    assert [message.key.rsplit(":", 1)[1] for message in reminders()] == ["3", "9"]


def test_the_hour_is_nine_in_bishkek_so_many_days_before():
    seminar = SeminarFactory.build(starts_at=datetime(2031, 3, 10, 9, 30, tzinfo=timezone.get_default_timezone()))
    moment = timezone.localtime(seminar.reminder_moment(3))
    assert (moment.day, moment.hour, moment.minute) == (7, 9, 0)
    seminar.published_at = seminar.starts_at - timedelta(days=30)
    seminar.reminder_days = [3, 1]
    assert due_reminder(seminar, moment - timedelta(seconds=1)) is None
    assert due_reminder(seminar, moment) == 3
    assert due_reminder(seminar, seminar.reminder_moment(1)) == 1
    assert due_reminder(seminar, seminar.starts_at) is None


def page_of(seminar):
    return reverse("admin:participants_reminders", args=[seminar.pk])


def test_staff_see_when_to_how_many_and_in_what_words_and_stop_them(client, organiser):
    seminar = coming(2, reminder_days=[3])
    row = client.get(page_of(seminar)).context["rows"][0]
    assert (row["days"], row["to"], row["written"]) == (3, 1, 0)

    client.post(page_of(seminar), {"intent": "stop"})
    assert send_due_reminders() == 0
    client.post(page_of(seminar), {"intent": "resume"})
    assert send_due_reminders() == 1
    assert client.get(page_of(seminar)).context["rows"][0]["written"] == 1


def test_staff_set_the_days(client, organiser):
    seminar = coming(9)
    client.post(page_of(seminar), {"intent": "days", "days": "1, 7;3"})
    seminar.refresh_from_db()
    assert seminar.reminder_days == [7, 3, 1]


@pytest.mark.parametrize("days", ["x", "-1", "61", "1.5", "٣", "1 2 3 4 5 6", "9" * 30])
def test_what_are_no_days_is_said_at_the_field_and_stays(client, organiser, days):
    seminar = coming(9)
    response = client.post(page_of(seminar), {"intent": "days", "days": days})
    assert response.context["form"].errors["days"]
    assert Seminar.objects.get(pk=seminar.pk).reminder_days == [3, 1]


def test_the_desk_does_not_stop_reminders(client):
    seminar = coming(9)
    client.force_login(staff_of(Role.REGISTRAR))
    assert client.post(page_of(seminar), {"intent": "stop"}).status_code == 403
    assert not Seminar.objects.get(pk=seminar.pk).reminders_stopped_at


def test_the_job_settles_seats_whose_release_has_come():
    seminar = SeminarFactory(seats=2)
    osh, _units = oblast_with(3)
    share_out(seminar, 2, {osh: 2}, quotas_release_at=timezone.now() + timedelta(days=1))
    waiting = register(seminar, MunicipalityFactory())
    assert settle_seats() == 0
    Seminar.objects.filter(pk=seminar.pk).update(quotas_release_at=timezone.now() - timedelta(minutes=1))
    assert settle_seats() == 1
    assert settle_seats() == 0
    waiting.refresh_from_db()
    assert waiting.has_seat
