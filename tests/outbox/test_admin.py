import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from outbox.delivery import send_due
from outbox.models import Message, Outage, State
from outbox.services import erase
from tests.factories.outbox import ByHandFactory, MessageFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:outbox_message_changelist")
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def page_of(message: Message, page: str = "change") -> str:
    return reverse(f"admin:outbox_message_{page}", args=[message.pk])


def person(name: str, *permissions: str):
    user = get_user_model().objects.create_user(name, password="x", is_staff=True, language="ru")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="outbox", codename__in=permissions))
    return user


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(db) -> Client:
    """Somebody who may see messages and act on them."""
    return signed_in(person("desk", "view_message", "send_message"))


@pytest.fixture
def onlooker(db) -> Client:
    """Somebody who may see messages only."""
    return signed_in(person("onlooker", "view_message"))


@pytest.fixture
def stranger(db) -> Client:
    """A member of staff who has nothing to do with messages."""
    return signed_in(person("stranger"))


def act(client: Client, action: str, *messages: Message, **data):
    return client.post(
        LIST, {"action": action, "index": 0, "_selected_action": [m.pk for m in messages], **data}, follow=True
    )


def test_the_list_shows_each_message_with_its_state(desk):
    message = MessageFactory(state=State.FAILED, attempts=3)
    page = desk.get(LIST).content.decode()
    assert message.subject in page
    assert message.recipient in page


def test_the_number_of_queries_does_not_grow_with_the_list(desk):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(LIST).status_code == 200
        return len(captured)

    MessageFactory()
    with_one = queries()
    ByHandFactory.create_batch(2)
    assert queries() == with_one <= 10


def test_the_number_of_queries_of_a_message_is_small(desk, django_assert_max_num_queries):
    message = MessageFactory(state=State.FAILED)
    MessageFactory.create_batch(2, resend_of=message)
    with django_assert_max_num_queries(10):
        desk.get(page_of(message))


@pytest.mark.parametrize(("standing", "shown"), [("trouble", 2), ("by_hand", 1), ("waiting", 2), ("", 4), ("__x", 4)])
def test_the_list_is_narrowed_to_what_needs_a_look(desk, standing, shown):
    MessageFactory(state=State.FAILED)
    MessageFactory(attempts=1)
    MessageFactory()
    ByHandFactory()
    response = desk.get(LIST, {"standing": standing} if standing else {}, follow=True)
    assert response.context["cl"].result_count == shown


@pytest.mark.parametrize("words", ["head@", "registration:77", "Салам"])
def test_messages_are_found_by_recipient_subject_and_what_they_are_about(desk, words):
    MessageFactory(recipient="head@example.org", about="registration:77", key="k", subject="Саламат")
    MessageFactory(recipient="other@example.org", about="registration:8", key="l", subject="Башка")
    assert desk.get(LIST, {"q": words}).context["cl"].result_count == 1


def test_a_message_page_has_the_text_to_copy_and_the_look_in_a_frame_without_rights(desk):
    message = ByHandFactory(text="Саламатсызбы\n\nhttps://portal.example.org/ky/registrations/x/\n\n-- \nАгенттик\n")
    page = desk.get(page_of(message)).content.decode()
    assert "https://portal.example.org/ky/registrations/x/" in page
    assert "Агенттик" not in page, "the signature is for mail"
    assert f'src="{page_of(message, "preview")}"' in page
    assert "sandbox" in page


def test_the_look_of_a_message_is_a_page_of_its_own_that_may_do_nothing(desk):
    message = MessageFactory(html=HOSTILE)
    response = desk.get(page_of(message, "preview"))
    policy = response["Content-Security-Policy"]
    assert response.content.decode() == HOSTILE
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_page_of_a_message_may_show_the_frame(desk):
    policy = desk.get(page_of(MessageFactory()))["Content-Security-Policy"]
    assert "frame-src 'self'" in policy


def test_hostile_words_are_escaped_on_every_page(desk):
    message = MessageFactory(
        subject=HOSTILE, text=HOSTILE, html=HOSTILE, last_error=HOSTILE, about=HOSTILE[:100], state=State.FAILED
    )
    for address in (LIST, page_of(message)):
        page = desk.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_failed_message_is_sent_again_from_its_page_and_the_new_one_is_shown(desk):
    message = MessageFactory(state=State.FAILED)
    response = act(desk, "send_again", message, from_message=1)
    new = Message.objects.get(resend_of=message)
    assert response.redirect_chain[-1][0] == page_of(new)
    assert page_of(message) in response.content.decode()


def test_many_messages_are_stopped_from_the_list(desk):
    messages = MessageFactory.create_batch(3)
    response = act(desk, "stop", *messages)
    assert response.redirect_chain[-1][0] == LIST
    assert set(Message.objects.values_list("state", flat=True)) == {State.STOPPED}


def test_a_message_by_hand_is_marked_as_passed_on(desk):
    message = ByHandFactory()
    act(desk, "mark_passed_on", message)
    message.refresh_from_db()
    assert message.state == State.PASSED_ON
    assert LogEntry.objects.get().change_message in desk.get(page_of(message, "history")).content.decode()


def test_a_refusal_is_told_and_changes_nothing_of_what_was_chosen(desk):
    waiting = MessageFactory()
    sent = MessageFactory(state=State.SENT, sent_at=timezone.now(), subject="Жөнөтүлгөн")
    response = act(desk, "stop", waiting, sent)
    assert "Жөнөтүлгөн" in str(next(iter(response.context["messages"])))
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


@pytest.mark.parametrize("action", ["send_again", "mark_passed_on", "stop"])
def test_whoever_may_only_look_cannot_act(onlooker, action):
    message = MessageFactory(state=State.FAILED)
    assert f'value="{action}"' not in onlooker.get(LIST).content.decode()
    assert f'value="{action}"' not in onlooker.get(page_of(message)).content.decode()
    act(onlooker, action, message)
    message.refresh_from_db()
    assert message.state == State.FAILED
    assert not message.resends.exists()


@pytest.mark.parametrize("page", ["change", "preview", "history"])
def test_staff_without_the_right_see_no_message(stranger, page):
    assert stranger.get(page_of(MessageFactory(), page)).status_code == 403
    assert stranger.get(LIST).status_code == 403


@pytest.mark.parametrize("page", ["change", "preview", "history"])
def test_visitors_are_asked_to_sign_in(client, page):
    assert client.get(page_of(MessageFactory(), page)).status_code == 302


def test_nobody_adds_edits_or_deletes_a_message_not_even_the_administrator(admin_client):
    message = MessageFactory()
    assert admin_client.get(reverse("admin:outbox_message_add")).status_code == 403
    assert admin_client.post(page_of(message, "delete"), {"post": "yes"}).status_code == 403
    assert admin_client.post(page_of(message), {"subject": "Other"}).status_code == 403
    message.refresh_from_db()
    assert message.subject != "Other"


def test_looking_at_a_message_changes_nothing(desk):
    message = MessageFactory(state=State.FAILED)
    for page in ("change", "preview"):
        desk.get(page_of(message, page))
    desk.get(LIST, {"action": "send_again", "_selected_action": message.pk, "index": 0})
    assert Message.objects.count() == 1


def test_a_preview_of_what_does_not_exist_is_not_found(desk):
    assert desk.get(reverse("admin:outbox_message_preview", args=[1])).status_code == 404


def test_an_erased_message_says_so(desk):
    message = MessageFactory()
    erase(message.about)
    page = desk.get(page_of(message))
    assert page.status_code == 200
    assert "messenger-text" not in page.content.decode()


def state_for(user) -> str:
    request = RequestFactory().get("/admin/")
    request.user = user
    return Template("{% load outbox_tags %}{% outbox_state %}").render(Context({"request": request}))


def test_the_start_page_says_that_no_mail_server_is_set(settings):
    settings.EMAIL_IS_CONFIGURED = False
    assert 'data-mail="not-set"' in state_for(person("desk", "view_message"))
    settings.EMAIL_IS_CONFIGURED = True
    assert "data-mail" not in state_for(person("desk2", "view_message"))


def test_the_start_page_counts_what_needs_a_look_in_one_query(settings, django_assert_num_queries):
    settings.EMAIL_IS_CONFIGURED = True
    failed = MessageFactory(state=State.FAILED)
    MessageFactory.create_batch(2, resend_of=failed, state=State.FAILED)
    ByHandFactory.create_batch(3)
    MessageFactory.create_batch(4)
    user = person("desk", "view_message")
    user.has_perm("outbox.view_message")
    with django_assert_num_queries(1):
        shown = state_for(user)
    for number in (2, 3, 4):
        assert f'<td class="number">{number}</td>' in shown


def test_the_start_page_tells_of_a_mail_server_that_is_away(mail_server):
    mail_server.stop()
    MessageFactory()
    send_due()
    shown = state_for(person("desk", "view_message"))
    assert 'data-mail="away"' in shown
    assert Outage.objects.get().error in shown.replace("&#x27;", "'")


def test_the_start_page_shows_nothing_to_staff_without_the_right(django_assert_num_queries):
    assert not state_for(person("stranger")).strip()


def test_a_restricted_message_is_read_only_by_who_has_its_right_too(desk):
    message = MessageFactory(subject="Ачык эмес", restricted_to="seminars.view_seminar")
    page = reverse("admin:outbox_message_change", args=[message.pk])
    assert "Ачык эмес" not in desk.get(LIST).content.decode()
    assert "Ачык эмес" not in desk.get(page, follow=True).content.decode()
    assert desk.get(reverse("admin:outbox_message_preview", args=[message.pk])).status_code == 404
    assert "Ачык эмес" not in desk.post(LIST, {"action": "send_again", "_selected_action": message.pk}).content.decode()
