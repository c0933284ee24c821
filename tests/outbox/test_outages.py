"""The mail server, the sender or the database goes away: nothing is lost, nothing goes twice."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.conf import settings as portal
from django.db import connection
from django.db.models.functions import Now

from outbox.delivery import BATCH_SECONDS, OUTAGE_PAUSES, claim, send_due
from outbox.models import LEASE, MOST_ATTEMPTS, Message, Outage, State
from outbox.services import erase
from tests.factories.outbox import MessageFactory
from tests.outbox.clock import fresh, later

pytestmark = pytest.mark.django_db

SENDER_PROCESS = """
import sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from outbox.tasks import send_due_messages
send_due_messages()
"""


def test_while_the_server_is_down_all_wait_uncounted_and_go_when_it_is_back(mail_server):
    messages = MessageFactory.create_batch(3)
    mail_server.stop()
    for _sweep in range(3):
        assert send_due() == 0
        later()
    assert {(row.state, row.attempts) for row in Message.objects.all()} == {(State.WAITING, 0)}
    outage = Outage.objects.get()
    assert outage.failures == 3
    assert "refused" in outage.error
    mail_server.start()
    assert send_due() == 3
    assert not Outage.objects.exists()
    assert sorted(mail_server.recipients) == sorted(message.recipient for message in messages)


def test_a_server_that_is_away_is_asked_after_growing_pauses_only(mail_server, settings):
    mail_server.stop()
    MessageFactory()
    pauses = []
    for _attempt in range(len(OUTAGE_PAUSES) + 1):
        send_due()
        outage = Outage.objects.annotate(now=Now()).get()
        pauses.append(timedelta(minutes=round((outage.next_try_at - outage.now) / timedelta(minutes=1))))
        mail_server.start()
        assert send_due() == 0, "the pause has not passed"
        assert mail_server.connections == 0
        mail_server.stop()
        later()
    assert pauses == [*OUTAGE_PAUSES, OUTAGE_PAUSES[-1]]


def test_a_refused_password_blames_no_message(mail_server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
    message = MessageFactory()
    assert send_due() == 0
    assert (fresh(message).state, fresh(message).attempts) == (State.WAITING, 0)
    assert Outage.objects.exists()
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    later()
    assert send_due() == 1


def test_a_server_that_takes_no_mail_from_the_portal_blames_no_message(mail_server):
    message = MessageFactory()
    mail_server.mail_answers += ["550 5.7.1 Sender not allowed"] * 2
    send_due()
    later()
    send_due()
    assert (fresh(message).state, fresh(message).attempts) == (State.WAITING, 0)
    assert Outage.objects.get().failures == 2
    later()
    assert send_due() == 1


def test_without_a_mail_server_nothing_is_tried_and_messages_wait(mail_server, settings):
    settings.EMAIL_IS_CONFIGURED = False
    message = MessageFactory()
    assert send_due() == 0
    assert (fresh(message).state, fresh(message).attempts) == (State.WAITING, 0)
    assert mail_server.connections == 0
    settings.EMAIL_IS_CONFIGURED = True
    assert send_due() == 1


def test_a_task_ends_before_the_worker_would_kill_it():
    """The last message may meet a server that is silent at three steps."""
    assert portal.Q_CLUSTER["timeout"] >= BATCH_SECONDS + 3 * portal.EMAIL_TIMEOUT
    assert timedelta(seconds=portal.Q_CLUSTER["retry"]) < LEASE


def test_a_batch_stops_when_its_time_is_over(mail_server, monkeypatch):
    monkeypatch.setattr("outbox.delivery.BATCH_SECONDS", 0)
    MessageFactory()
    assert send_due() == 0


def test_the_message_of_a_killed_sender_is_sent_under_the_same_id_and_counted(mail_server):
    message = MessageFactory()
    claim()
    assert send_due() == 0, "somebody else may be sending it"
    Message.objects.update(claimed_at=Now() - LEASE)
    assert send_due() == 1
    sent = fresh(message)
    assert (sent.state, sent.attempts, sent.lost_after_data) == (State.SENT, 2, 1)
    assert mail_server.accepted[0]["Message-ID"] == message.message_id


def test_a_message_whose_senders_are_always_killed_fails_in_the_end(mail_server):
    message = MessageFactory(state=State.SENDING, attempts=MOST_ATTEMPTS, claimed_at=Now() - LEASE)
    assert send_due() == 0
    assert fresh(message).state == State.FAILED


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_message_erased_while_it_was_handed_over_is_noted_as_sent_and_stays_erased(mail_server):
    message = MessageFactory()

    def forget() -> None:
        erase(message.about)
        assert fresh(message).state == State.STOPPED
        connection.close()

    mail_server.on_data = forget
    assert send_due() == 1
    assert (fresh(message).state, fresh(message).recipient, fresh(message).text) == (State.SENT, "", "")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_three_senders_at_once_send_each_message_exactly_once(mail_server):
    messages = MessageFactory.create_batch(30)
    together = Barrier(3)

    def send() -> int:
        try:
            together.wait()
            return send_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        sent = [future.result() for future in [threads.submit(send) for _ in range(3)]]
    assert sum(sent) == 30
    assert sorted(mail_server.recipients) == sorted(message.recipient for message in messages)
    assert set(Message.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_sender_killed_while_it_sends_leaves_its_message_to_the_next(mail_server):
    message = MessageFactory()
    handed_over, killed = Event(), Event()

    def wait() -> None:
        handed_over.set()
        killed.wait(20)

    mail_server.on_data = wait
    mail_server.hang_up_after_data = 1
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
    }
    command = [sys.executable, "-c", SENDER_PROCESS, connection.settings_dict["NAME"]]
    with subprocess.Popen(command, env=environment) as sender:
        began = handed_over.wait(20)
        sender.kill()
    killed.set()
    assert began
    assert (fresh(message).state, fresh(message).attempts) == (State.SENDING, 1)
    mail_server.on_data = None
    Message.objects.update(claimed_at=Now() - LEASE)
    assert send_due() == 1
    assert (fresh(message).state, fresh(message).attempts, fresh(message).lost_after_data) == (State.SENT, 2, 1)
    assert [email["Message-ID"] for email in mail_server.seen] == [message.message_id] * 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_database_connection_cut_during_the_sending_does_not_send_twice(mail_server):
    message = MessageFactory()
    sender = connection.connection.info.backend_pid

    def cut() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [sender])
        connection.close()

    mail_server.on_data = cut
    assert send_due() == 1
    assert fresh(message).state == State.SENT
    assert send_due() == 0
    assert len(mail_server.accepted) == 1
