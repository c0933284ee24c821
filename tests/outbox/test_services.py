from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import OrmQ, Schedule

from outbox.exceptions import AddressRefused, MoveRefused
from outbox.models import LONGEST_SUBJECT, Message, State
from outbox.services import enqueue, erase, mark_passed_on, send_again, stop
from outbox.tasks import send_due_messages
from tests.factories.outbox import ByHandFactory, MessageFactory

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2019, 12, 19, 9, 30, tzinfo=UTC)


def written(**given):
    return enqueue(
        **{
            "key": "registration:1:registered",
            "recipient": "head@example.org",
            "language": "ky",
            "subject": "Катталдыңыз",
            "text": "Саламатсызбы",
            "html": "<p>Саламатсызбы</p>",
            "about": "registration:1",
            **given,
        }
    )


def test_a_message_waits_and_its_sending_is_queued_in_the_same_transaction(settings):
    settings.EMAIL_IS_CONFIGURED = True
    message = written()
    assert message.state == State.WAITING
    assert list(Message.objects.due()) == [message]
    assert import_string(OrmQ.objects.get().task["func"]) is send_due_messages


def test_without_a_mail_server_a_message_waits_and_nothing_is_queued(settings):
    settings.EMAIL_IS_CONFIGURED = False
    assert written().state == State.WAITING
    assert not OrmQ.objects.exists()


def test_a_message_to_nobody_is_left_to_be_passed_on_by_hand(settings):
    settings.EMAIL_IS_CONFIGURED = True
    message = written(recipient="  ")
    assert (message.state, message.recipient) == (State.BY_HAND, "")
    assert list(Message.objects.by_hand()) == [message]
    assert not OrmQ.objects.exists()


def test_the_same_key_again_returns_the_first_message_and_writes_nothing(settings):
    settings.EMAIL_IS_CONFIGURED = True
    first = written()
    again = written(subject="Other words", recipient="other@example.org")
    assert again == first
    assert again.subject == "Катталдыңыз"
    assert Message.objects.count() == OrmQ.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_same_key_from_six_at_once_gives_one_message():
    together = Barrier(6)

    def write() -> int:
        try:
            together.wait()
            with transaction.atomic():
                return written().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        keys = {future.result() for future in [threads.submit(write) for _ in range(6)]}
    assert keys == {Message.objects.get().pk}


def test_what_the_caller_undoes_leaves_neither_message_nor_task(settings):
    settings.EMAIL_IS_CONFIGURED = True

    def register_and_fail() -> None:
        with transaction.atomic():
            written()
            raise LookupError

    with pytest.raises(LookupError):
        register_and_fail()
    assert not Message.objects.exists()
    assert not OrmQ.objects.exists()


@pytest.mark.parametrize(
    "subject", ["Hello\r\nBcc: all@example.org", "Hello\nBcc: all@example.org", "Hello\u2028Bcc: x"]
)
def test_a_subject_cannot_bring_headers_of_its_own(subject):
    stored = written(subject=subject).subject
    assert stored.startswith("Hello")
    assert len(stored.splitlines()) == 1


@pytest.mark.parametrize(
    "recipient",
    [
        "head@example.org\r\nBcc: all@example.org",
        "head@example.org, all@example.org",
        "nobody",
        "a b@example.org",
        "<x>",
    ],
)
def test_what_is_no_single_address_is_refused(recipient):
    with pytest.raises(AddressRefused):
        written(recipient=recipient)
    assert not Message.objects.exists()


def test_a_very_long_subject_is_cut_and_a_very_long_text_kept():
    message = written(subject="Ө" * 70_000, text="Ү" * 70_000)
    assert len(message.subject) == LONGEST_SUBJECT
    assert message.text == "Ү" * 70_000


def test_what_is_due_is_looked_for_each_minute_and_only_once_scheduled():
    sweep = Schedule.objects.get(func="outbox.tasks.send_due_messages")
    assert import_string(sweep.func) is send_due_messages
    assert (sweep.schedule_type, sweep.minutes, sweep.repeats) == (Schedule.MINUTES, 1, -1)


def test_sending_again_writes_a_new_message_that_points_to_the_old(staff):
    old = MessageFactory(state=State.SENT, sent_at=timezone.now(), calendar="BEGIN", calendar_method="REQUEST")
    new = send_again(old, by=staff)
    old.refresh_from_db()
    assert new.pk != old.pk
    assert new.resend_of == old
    assert (new.state, old.state) == (State.WAITING, State.SENT)
    assert new.message_id != old.message_id
    for kept in ("recipient", "language", "subject", "text", "html", "calendar", "calendar_method", "about"):
        assert getattr(new, kept) == getattr(old, kept)
    assert LogEntry.objects.get().user == staff


def test_sending_again_twice_is_refused_while_the_first_is_on_its_way(staff):
    old = MessageFactory(state=State.FAILED)
    send_again(old, by=staff)
    with pytest.raises(MoveRefused):
        send_again(old, by=staff)
    assert old.resends.count() == 1


def test_a_message_can_be_sent_again_more_than_once(staff):
    old = MessageFactory(state=State.FAILED)
    Message.objects.filter(pk=send_again(old, by=staff).pk).update(state=State.FAILED)
    assert send_again(old, by=staff).resend_of == old
    assert old.resends.count() == 2


def test_a_failed_message_that_was_sent_again_is_no_trouble_any_more(staff):
    old = MessageFactory(state=State.FAILED)
    assert list(Message.objects.in_trouble()) == [old]
    send_again(old, by=staff)
    assert not Message.objects.in_trouble().exists()


def test_a_message_on_its_way_is_not_sent_again(staff):
    with pytest.raises(MoveRefused):
        send_again(MessageFactory(), by=staff)


def test_a_message_to_nobody_is_not_sent_again(staff):
    with pytest.raises(MoveRefused):
        send_again(ByHandFactory(), by=staff)


@pytest.mark.parametrize("state", [State.WAITING, State.FAILED])
def test_a_message_that_did_not_go_may_be_passed_on_or_stopped(staff, state):
    assert mark_passed_on(MessageFactory(state=state), by=staff).state == State.PASSED_ON
    assert stop(MessageFactory(state=state), by=staff).state == State.STOPPED
    assert not Message.objects.open().exists()


def test_a_message_by_hand_is_marked_as_passed_on_and_it_is_noted_who_did_it(staff):
    message = ByHandFactory()
    assert mark_passed_on(message, by=staff).state == State.PASSED_ON
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.object_repr) == (staff, str(message.pk), message.key)


def test_a_message_by_hand_may_be_stopped(staff):
    assert stop(ByHandFactory(), by=staff).state == State.STOPPED


@pytest.mark.parametrize("act", [mark_passed_on, stop])
def test_a_sent_message_is_neither_stopped_nor_passed_on(staff, act):
    message = MessageFactory(state=State.SENT, sent_at=timezone.now())
    with pytest.raises(MoveRefused):
        act(message, by=staff)
    message.refresh_from_db()
    assert message.state == State.SENT


@pytest.mark.parametrize("act", [mark_passed_on, stop])
def test_a_message_that_is_being_sent_is_neither_stopped_nor_passed_on(staff, act):
    with pytest.raises(MoveRefused):
        act(MessageFactory(state=State.SENDING, claimed_at=timezone.now(), attempts=1), by=staff)


def test_erasing_leaves_the_rows_but_no_trace_of_the_person(staff):
    facts = {
        "about": "registration:7",
        "recipient": "gulzangul@example.org",
        "subject": "Гүлзаңгүл",
        "last_error": "550 <gulzangul@example.org>",
    }
    kept = MessageFactory(state=State.SENT, sent_at=timezone.now(), **facts)
    for state in (State.WAITING, State.FAILED):
        MessageFactory(
            state=state, text="Гүлзаңгүл", html="Гүлзаңгүл", calendar="Гүлзаңгүл", calendar_method="CANCEL", **facts
        )
    ByHandFactory(about="registration:7", text="Гүлзаңгүл")
    send_again(kept, by=staff)
    other = MessageFactory()
    assert erase("registration:7") == 5
    with connection.cursor() as cursor:
        cursor.execute("SELECT m::text FROM outbox_message m WHERE about = 'registration:7'")
        rows = [row for (row,) in cursor.fetchall()]
    assert len(rows) == 5
    assert not any("үлзаң" in row or "gulzangul" in row for row in rows)
    assert sorted(Message.objects.about("registration:7").values_list("state", flat=True)) == ["sent", *["stopped"] * 4]
    assert not Message.objects.about("registration:7").open().exists()
    other.refresh_from_db()
    assert other.recipient


def test_erasing_twice_changes_nothing_more():
    MessageFactory(about="registration:7")
    assert (erase("registration:7"), erase("registration:7")) == (1, 0)


def test_an_erased_message_is_not_sent_again(staff):
    message = MessageFactory(state=State.SENT, sent_at=timezone.now())
    erase(message.about)
    with pytest.raises(MoveRefused):
        send_again(message, by=staff)


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "lost"},
        {"language": "en"},
        {"state": State.SENT},
        {"sent_at": LONG_AGO},
        {"state": State.SENDING},
        {"claimed_at": LONG_AGO},
        {"recipient": ""},
        {"state": State.BY_HAND},
        {"erased_at": LONG_AGO},
        {"subject": "one\ntwo"},
        {"recipient": "a@example.org\nb"},
        {"calendar": "BEGIN"},
        {"calendar_method": "REQUEST"},
        {"calendar": "BEGIN", "calendar_method": "REPLY"},
        {"lost_after_data": 1},
    ],
    ids=str,
)
def test_the_database_refuses_a_message_that_contradicts_itself(broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageFactory(**broken)


def test_the_database_refuses_two_messages_of_one_key():
    message = MessageFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageFactory(key=message.key)


def test_the_database_refuses_a_message_sent_again_instead_of_itself():
    message = MessageFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(resend_of=message)
