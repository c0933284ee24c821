from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.conf import settings as portal
from django.db.models.functions import Now
from icalendar import Calendar

from outbox.delivery import send_due
from outbox.models import MOST_ATTEMPTS, PAUSES, Message, State
from tests.factories.outbox import ByHandFactory, MessageFactory
from tests.outbox.clock import fresh, later

pytestmark = pytest.mark.django_db

ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//ky\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@example.org\r\n"
    "DTSTAMP:20261101T000000Z\r\nDTSTART:20261219T033000Z\r\nSUMMARY:Жергиликтүү бюджет\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def part(email: EmailMessage, kind: str) -> EmailMessage:
    (found,) = [piece for piece in email.walk() if piece.get_content_type() == kind]
    return found


@pytest.mark.parametrize(
    ("language", "subject"), [("ky", "Семинарга катталдыңыз: өкмөт, үн"), ("ru", "Вы зарегистрированы: ёж")]
)
def test_a_message_arrives_whole_in_its_language(mail_server, language, subject):
    message = MessageFactory(
        language=language, subject=subject, text=f"{subject}\n\n-- \nx\n", html=f"<p>{subject}</p>"
    )
    assert send_due() == 1
    (email,) = mail_server.accepted
    assert email["To"] == message.recipient
    assert email["From"] == portal.DEFAULT_FROM_EMAIL
    assert email["Subject"].strip() == subject
    assert email["Message-ID"] == message.message_id
    assert email["Content-Language"] == language
    assert email["Auto-Submitted"] == "auto-generated"
    assert email["Date"]
    assert email.get_body(("plain",)).get_content().replace("\r\n", "\n") == message.text
    assert email.get_body(("html",)).get_content().strip() == message.html
    sent = fresh(message)
    assert (sent.state, sent.attempts, sent.last_error) == (State.SENT, 1, "")
    assert sent.sent_at is not None


def test_an_invitation_is_in_the_message_for_mail_programs_and_as_a_file(mail_server):
    MessageFactory(calendar=ICS, calendar_method="REQUEST")
    send_due()
    (email,) = mail_server.accepted
    invitation = part(email, "text/calendar")
    assert invitation.get_param("method") == "REQUEST"
    assert str(Calendar.from_ical(invitation.get_content()).events[0]["SUMMARY"]) == "Жергиликтүү бюджет"
    (attached,) = email.iter_attachments()
    assert attached.get_filename() == "seminar.ics"
    assert attached.get_content().decode() == ICS
    assert email.get_content_type() == "multipart/mixed"
    assert [piece.get_content_type() for piece in part(email, "multipart/alternative").iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]


def test_a_very_long_text_arrives_as_it_was(mail_server):
    message = MessageFactory(text="ү" * 70_000 + "\n", html="<p>" + "ө" * 70_000 + "</p>", subject="ң" * 300)
    send_due()
    (email,) = mail_server.accepted
    assert email.get_body(("plain",)).get_content().strip() == message.text.strip()
    assert email.get_body(("html",)).get_content().strip() == message.html
    assert email["Subject"].strip() == message.subject


def test_a_sent_message_is_not_sent_again_by_the_next_sweep(mail_server):
    MessageFactory()
    assert (send_due(), send_due()) == (1, 0)
    assert len(mail_server.accepted) == 1


def test_all_that_is_due_goes_over_one_connection(mail_server):
    MessageFactory.create_batch(5)
    assert send_due() == 5
    assert mail_server.connections == 1


def test_nothing_due_does_not_trouble_the_mail_server(mail_server):
    ByHandFactory()
    MessageFactory(next_attempt_at=Now() + timedelta(minutes=1))
    assert send_due() == 0
    assert mail_server.connections == 0


def test_refused_for_now_is_tried_again_later_and_then_goes(mail_server):
    message = MessageFactory()
    mail_server.recipient_answers[message.recipient] = ["451 4.7.1 Greylisted, come back"]
    assert send_due() == 0
    waiting = fresh(message)
    assert (waiting.state, waiting.attempts) == (State.WAITING, 1)
    assert "Greylisted" in waiting.last_error
    assert list(Message.objects.in_trouble()) == [message]
    assert send_due() == 0, "the pause has not passed"
    later()
    assert send_due() == 1
    assert (fresh(message).state, fresh(message).attempts, fresh(message).lost_after_data) == (State.SENT, 2, 0)
    assert not Message.objects.in_trouble().exists()


@pytest.mark.parametrize("answers", ["mail_answers", "data_answers"])
def test_refused_for_now_at_any_step_is_tried_again(mail_server, answers):
    message = MessageFactory()
    getattr(mail_server, answers).append("451 busy")
    send_due()
    assert fresh(message).state == State.WAITING
    later()
    send_due()
    assert fresh(message).state == State.SENT
    assert len(mail_server.accepted) == 1


def test_an_address_that_does_not_exist_fails_at_once_and_staff_see_why(mail_server):
    message = MessageFactory()
    mail_server.recipient_answers[message.recipient] = ["550 5.1.1 No such user"]
    send_due()
    failed = fresh(message)
    assert (failed.state, failed.attempts, failed.last_error) == (State.FAILED, 1, "550 5.1.1 No such user")
    assert list(Message.objects.in_trouble()) == [message]
    later()
    assert send_due() == 0


def test_content_that_the_server_refuses_fails_at_once(mail_server):
    message = MessageFactory()
    mail_server.data_answers.append("554 5.7.1 Looks like spam")
    send_due()
    assert fresh(message).state == State.FAILED


def test_one_dead_address_among_twenty_holds_up_nobody(mail_server):
    messages = MessageFactory.create_batch(20)
    mail_server.recipient_answers[messages[3].recipient] = ["550 No such user"]
    mail_server.recipient_answers[messages[7].recipient] = ["451 Later"]
    assert send_due() == 18
    assert fresh(messages[3]).state == State.FAILED
    assert fresh(messages[7]).state == State.WAITING
    assert mail_server.connections == 1
    assert len(set(mail_server.recipients)) == len(mail_server.recipients) == 18


def test_a_server_that_says_goodbye_amid_a_batch_does_not_touch_the_next_message(mail_server):
    first, second = MessageFactory.create_batch(2)
    mail_server.recipient_answers[first.recipient] = ["421 Too many, good bye"]
    assert send_due() == 1
    assert (fresh(first).state, fresh(first).attempts) == (State.WAITING, 1)
    assert (fresh(second).state, fresh(second).attempts) == (State.SENT, 1)


def test_a_connection_lost_before_the_message_was_handed_over_is_no_unknown_outcome(mail_server):
    message = MessageFactory()
    mail_server.hang_up_at_recipient = 1
    send_due()
    assert (fresh(message).state, fresh(message).lost_after_data) == (State.WAITING, 0)
    later()
    send_due()
    assert fresh(message).state == State.SENT
    assert len(mail_server.seen) == 1


def test_a_connection_lost_after_the_message_was_handed_over_is_counted_and_repeated_under_the_same_id(mail_server):
    message = MessageFactory()
    mail_server.hang_up_after_data = 1
    send_due()
    assert (fresh(message).state, fresh(message).lost_after_data) == (State.WAITING, 1)
    later()
    send_due()
    assert (fresh(message).state, fresh(message).attempts, fresh(message).lost_after_data) == (State.SENT, 2, 1)
    assert [email["Message-ID"] for email in mail_server.seen] == [message.message_id] * 2


def test_pauses_grow_from_a_minute_to_a_day_and_then_the_message_has_failed(mail_server):
    message = MessageFactory()
    mail_server.recipient_answers[message.recipient] = ["451 Later"] * MOST_ATTEMPTS
    pauses = []
    for _attempt in range(MOST_ATTEMPTS - 1):
        send_due()
        row = Message.objects.annotate(now=Now()).get(pk=message.pk)
        assert row.state == State.WAITING
        pauses.append(round((row.next_attempt_at - row.now) / timedelta(minutes=1)))
        later()
    assert [timedelta(minutes=pause) for pause in pauses] == list(PAUSES)
    assert (pauses[0], pauses[-1]) == (1, 24 * 60)
    assert pauses == sorted(pauses)
    send_due()
    assert (fresh(message).state, fresh(message).attempts) == (State.FAILED, MOST_ATTEMPTS)


def test_a_message_too_big_for_the_server_fails_alone(mail_server):
    first, second = MessageFactory.create_batch(2)
    mail_server.mail_answers.append("552 5.3.4 Message size exceeds fixed limit")
    assert send_due() == 1
    assert (fresh(first).state, fresh(second).state) == (State.FAILED, State.SENT)


def test_an_address_of_which_no_mail_can_be_made_fails_alone(mail_server):
    bad = MessageFactory(recipient="head@" + "ө" * 70 + ".example.org")
    good = MessageFactory()
    assert send_due() == 1
    assert (fresh(bad).state, fresh(good).state) == (State.FAILED, State.SENT)


def test_a_message_to_a_list_says_how_to_leave_it(mail_server):
    MessageFactory(unsubscribe_url="https://portal.example.org/ky/press/unsubscribe/abc/")
    MessageFactory()
    send_due()
    to_list, to_one = mail_server.accepted
    assert to_list["List-Unsubscribe"].strip() == "<https://portal.example.org/ky/press/unsubscribe/abc/>"
    assert to_list["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert to_one["List-Unsubscribe"] is None
