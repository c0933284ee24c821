"""What staff do with one registration: each step says what it will do, and does it on POST alone."""

import pytest

from outbox.models import Message
from participants import services
from participants.actors import HOLDER
from participants.models import Registration
from tests.factories.participants import register
from tests.participants.staff_pages import LIST, again, in_queue, step

pytestmark = pytest.mark.django_db


def test_staff_cancel_with_channel_and_reason(client, organiser, seminar, municipality):
    registration = register(seminar, municipality)
    waiter = in_queue(seminar, seats=1)

    shown = client.get(step(registration, "cancel"))
    assert shown.status_code == 200
    assert again(registration).state == "confirmed"
    client.post(step(registration, "cancel"), {"channel": "phone", "reason": "Ооруп калды"})

    transition = again(registration).transitions.last()
    assert (transition.after, transition.by, transition.channel) == ("cancelled", organiser, "phone")
    assert transition.reason == "Ооруп калды"
    assert again(waiter).state == "confirmed"


def test_staff_promote_out_of_turn(client, organiser, seminar):
    waiter = in_queue(seminar)
    seminar.blocks.update(seats=1)

    client.post(step(waiter, "promote"), {"channel": "phone", "reason": ""})

    assert again(waiter).state == "confirmed"
    assert Message.objects.filter(key__contains="promoted").count() == 1


def test_an_override_adds_one_seat_and_wants_a_reason(client, organiser, seminar):
    waiter = in_queue(seminar)

    without = client.post(step(waiter, "override"), {"channel": "phone", "reason": "  "})
    assert without.status_code == 200
    assert without.context["form"].errors["reason"]
    assert again(waiter).state == "waiting"

    client.post(step(waiter, "override"), {"channel": "phone", "reason": "Өкмөттүн чакыруусу"})
    assert again(waiter).state == "confirmed"
    block = seminar.blocks.get()
    assert (block.seats, block.taken) == (1, 1)


def test_a_second_press_of_the_override_adds_no_second_seat(client, organiser, seminar):
    waiter = in_queue(seminar)
    for _press in range(2):
        client.post(step(waiter, "override"), {"channel": "phone", "reason": "Керек"})
    assert seminar.blocks.get().seats == 1


def test_who_came_is_marked_changed_and_taken_back(client, organiser, attendee):
    for name, state in (("attended", "attended"), ("absent", "absent"), ("unmark", "confirmed")):
        client.post(step(attendee, name), {"reason": ""})
        assert again(attendee).state == state


def test_before_the_first_day_nobody_is_marked(client, organiser, seminar, municipality):
    registration = register(seminar, municipality)

    client.post(step(registration, "attended"), {"reason": ""})
    client.post(LIST, {"action": "mark_attended", "_selected_action": [registration.pk]})

    assert again(registration).state == "confirmed"


def test_many_are_marked_at_once_and_those_who_cannot_be_are_counted(
    client, organiser, attendee, seminar, municipality
):
    too_early = register(seminar, municipality)

    response = client.post(
        LIST, {"action": "mark_attended", "_selected_action": [attendee.pk, too_early.pk]}, follow=True
    )

    assert again(attendee).state == "attended"
    assert again(too_early).state == "confirmed"
    assert [message.level_tag for message in response.context["messages"]] == ["success", "error"]


def test_contacts_are_corrected_through_the_service(client, organiser, seminar, municipality):
    registration = register(seminar, municipality)

    broken = client.post(step(registration, "contacts"), {"phone": "12", "email": "new@example.org"})
    assert broken.context["form"].errors["phone"]
    client.post(step(registration, "contacts"), {"phone": "0777 123 456", "email": "new@example.org"})

    changed = again(registration)
    assert (changed.phone, changed.phone_typed, changed.email) == ("+996777123456", "0777 123 456", "new@example.org")
    assert Message.objects.filter(recipient="new@example.org").exists()


def test_the_link_is_sent_again(client, organiser, seminar, municipality):
    registration = register(seminar, municipality)
    client.post(step(registration, "link"))
    assert Message.objects.filter(key__contains=":link:").count() == 1


def test_what_is_over_is_not_offered_and_not_done(client, organiser, seminar, municipality):
    registration = register(seminar, municipality)
    services.cancel(registration=registration, by=HOLDER)

    for name in ("cancel", "promote", "override", "attended", "absent", "unmark"):
        assert client.get(step(registration, name)).status_code == 302
        client.post(step(registration, name), {"channel": "phone", "reason": "керек"})
        assert again(registration).state == "cancelled"
    assert client.get(step(registration, "nothing")).status_code == 404


def test_opening_the_page_of_a_step_changes_nothing(client, organiser, seminar, municipality, attendee):
    registration = register(seminar, municipality)
    waiter = in_queue(seminar, seats=1)
    before = list(Registration.objects.order_by("pk").values()), Message.objects.count()
    for row in (registration, waiter, attendee):
        for name in ("cancel", "promote", "override", "attended", "absent", "unmark", "contacts", "link"):
            assert client.get(step(row, name)).status_code in {200, 302}
            client.head(step(row, name))
    assert (list(Registration.objects.order_by("pk").values()), Message.objects.count()) == before
