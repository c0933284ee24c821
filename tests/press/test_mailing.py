"""Releases to the media list: each once, to oneself first, corrections to who had the text, no more to who said so."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from outbox.delivery import send_due
from outbox.models import Message, State
from press import services
from press.exceptions import NoAddressOfOwn, NobodyToWriteTo, NotAllowedNow, NotTestedYet
from press.models import Journalist, Mailing, PreviewLink, Recipient
from press.parts import embargo_line
from tests.factories.accounts import StaffFactory, staff_of
from tests.factories.releases import (
    JournalistFactory,
    OutletFactory,
    approved_text,
    content,
    person,
    scheduled_text,
    submitted_text,
)
from tests.factories.seminars import TopicFactory
from tests.outbox.conftest import mail_server as _mail_server
from tests.press.staff_pages import step

pytestmark = pytest.mark.django_db
mail_server = _mail_server


def looked_at(text):
    """The text, after somebody sent it to himself."""
    services.mail_test(text=text, by=person())
    return text


def letters():
    return Message.objects.filter(about__startswith="journalist:")


def test_who_is_written_to():
    budget, water = TopicFactory(), TopicFactory()
    text = looked_at(approved_text())
    text.release.topics.add(budget)
    fitting = {JournalistFactory(), JournalistFactory(outlet=None)}
    on_topic = JournalistFactory()
    on_topic.topics.add(budget, water)
    other_topic = JournalistFactory()
    other_topic.topics.add(water)
    JournalistFactory(language="ru")
    JournalistFactory(consented_on=None, consent_source="")
    JournalistFactory(is_active=False)
    JournalistFactory(outlet=OutletFactory(is_active=False))
    services.unsubscribe(token=JournalistFactory().token)
    assert set(services.recipients_of_release(text)) == fitting | {on_topic}


def test_each_journalist_gets_a_version_once_however_often_it_is_sent():
    text = looked_at(approved_text())
    JournalistFactory.create_batch(2)
    services.mail_release(text=text, by=person())
    with pytest.raises(NobodyToWriteTo):
        services.mail_release(text=text, by=person())
    late = JournalistFactory()
    services.mail_release(text=text, by=person())
    assert letters().count() == 3
    assert letters().filter(recipient=late.email).count() == 1


def test_nothing_goes_out_before_somebody_has_sent_it_to_himself():
    text = approved_text()
    JournalistFactory()
    with pytest.raises(NotTestedYet):
        services.mail_release(text=text, by=person())
    assert not letters().exists()


def test_a_test_needs_an_address_of_ones_own():
    with pytest.raises(NoAddressOfOwn):
        services.mail_test(text=approved_text(), by=StaffFactory(email=""))


@pytest.mark.parametrize("send", [services.mail_test, services.mail_release, services.mail_under_embargo])
def test_a_text_that_nobody_approved_is_not_sent_at_all(send):
    JournalistFactory()
    with pytest.raises(NotAllowedNow):
        send(text=submitted_text(), by=person())


def test_an_embargoed_letter_has_the_line_the_name_and_a_link_of_its_own():
    text = looked_at(scheduled_text())
    JournalistFactory.create_batch(2)
    services.mail_under_embargo(text=text, by=person())
    assert PreviewLink.objects.count() == 2
    for letter in letters():
        link = PreviewLink.objects.get(journalist__email=letter.recipient)
        assert embargo_line(text, reader=str(link.journalist)) in letter.text
        assert link.token in letter.text
        assert link.journalist.name in letter.text
    with pytest.raises(NotAllowedNow):
        services.mail_under_embargo(text=approved_text(), by=person())


def test_a_text_that_goes_back_takes_its_unsent_letters_back():
    text = looked_at(scheduled_text())
    JournalistFactory()
    services.mail_under_embargo(text=text, by=person())
    services.edit(text=text, revision=text.revision, content=content(lead="Башкача."), by=person())
    assert [letter.state for letter in letters()] == [State.STOPPED]


def test_the_next_version_goes_to_those_who_had_the_one_before():
    text = looked_at(scheduled_text())
    JournalistFactory()
    services.mail_under_embargo(text=text, by=person())
    text = services.edit(
        text=text, revision=text.revision, content=content(lead="Башка.", public_from=text.public_from), by=person()
    )
    text = services.submit(text=text, revision=text.revision, by=person())
    text = services.approve(text=text, revision=text.revision, by=person())
    services.mail_under_embargo(text=looked_at(text), by=person())
    assert letters().exclude(state=State.STOPPED).count() == 1


def test_a_correction_goes_to_who_was_sent_the_text_and_still_wants_letters():
    text = looked_at(approved_text())
    reached, gone = JournalistFactory(), JournalistFactory()
    services.mail_release(text=text, by=person())
    JournalistFactory()
    services.unsubscribe(token=gone.token)
    correction = services.propose_correction(text=text, note="58 эмес, 57 адам.", by=person())
    assert letters().count() == 2
    services.approve_correction(correction=correction, by=person())
    sent = Recipient.objects.filter(mailing__kind=Mailing.Kind.CORRECTION)
    assert [row.journalist for row in sent] == [reached]
    assert "58 эмес, 57 адам." in sent.get().message.text
    services.approve_correction(correction=correction, by=person())
    assert sent.count() == 1


def test_a_correction_does_not_go_to_whom_the_letter_never_reached():
    text = looked_at(scheduled_text())
    never_reached = JournalistFactory()
    services.mail_under_embargo(text=text, by=person())
    text = services.edit(text=text, revision=text.revision, content=content(lead="Башкача."), by=person())
    Journalist.objects.filter(pk=never_reached.pk).update(language="ru")
    reached = JournalistFactory()
    text = services.submit(text=text, revision=text.revision, by=person())
    text = services.approve(text=text, revision=text.revision, by=person())
    services.mail_release(text=looked_at(text), by=person())
    correction = services.propose_correction(text=text, note="58 эмес, 57 адам.", by=person())
    assert list(services.recipients_of_correction(correction)) == [reached]


def test_hostile_words_of_a_release_arrive_as_words():
    text = looked_at(approved_text(headline="<b>Баш</b>\u202e", lead="<script>alert(1)</script> {{ 7|add:7 }}"))
    JournalistFactory(name="<i>Үлгүбаев</i>")
    services.mail_release(text=text, by=person())
    letter = letters().get()
    assert "<script>alert" not in letter.html
    assert "<i>" not in letter.html
    assert "<script>alert(1)</script> {{ 7|add:7 }}" in letter.text
    assert "\n" not in letter.subject


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_three_hundred_letters_through_a_real_server_one_of_them_refused(mail_server, client):
    text = looked_at(approved_text())
    JournalistFactory.create_batch(300)
    refused = Journalist.objects.order_by("?").first()
    mail_server.recipient_answers[refused.email] = ["550 no such mailbox"]
    mailing = services.mail_release(text=text, by=person())
    while send_due():
        pass
    to_press = [letter for letter in mail_server.accepted if letter["To"].startswith("journalist")]
    assert len(to_press) == len({letter["To"] for letter in to_press}) == 299
    assert all(letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" for letter in to_press)
    own = to_press[0]
    token = Journalist.objects.get(email=own["To"]).token
    assert own["List-Unsubscribe"].strip() == f"<http://testserver/ky/press/unsubscribe/{token}/>"
    numbers = Mailing.objects.with_numbers().get(pk=mailing.pk)
    assert (numbers.all_of_them, numbers.sent, numbers.failed) == (300, 299, 1)
    client.force_login(staff_of(Role.PRESS_OFFICER))
    page = client.get(reverse("admin:press_mailing_change", args=[mailing.pk])).content.decode()
    assert "550 no such mailbox" in page
    client.post(reverse("admin:press_mailing_again", args=[mailing.pk]))
    while send_due():
        pass
    assert refused.email in mail_server.recipients


def test_the_page_of_leaving_asks_once_and_a_post_is_enough():
    journalist = JournalistFactory()
    address = f"/ky/press/unsubscribe/{journalist.token}/"
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(address)
    assert page.status_code == 200
    assert not page.cookies
    assert Journalist.objects.mailable().exists()
    # What a mail program posts by itself (RFC 8058).
    assert browser.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Journalist.objects.mailable().exists()
    assert browser.post(address).status_code == 200
    for method in (browser.get, browser.post):
        assert method(f"/ky/press/unsubscribe/{'x' * 22}/").status_code == 404


def test_an_erased_journalist_leaves_a_number_and_no_name(client):
    client.force_login(staff_of(Role.PRESS_OFFICER))
    text = looked_at(approved_text())
    journalist = JournalistFactory(name="Өчүрүлө Турган", email="gone@example.org")
    services.mail_release(text=text, by=person())
    client.post(f"/admin/press/journalist/{journalist.pk}/change/", {"name": "Өчүрүлө Турган"})
    client.post(f"/admin/press/journalist/{journalist.pk}/delete/", {"post": "yes"})
    assert not Journalist.objects.exists()
    message = Recipient.objects.get(mailing__kind=Mailing.Kind.RELEASE).message
    assert (message.recipient, message.text, message.unsubscribe_url) == ("", "", "")
    assert "Өчүрүлө" not in " ".join(LogEntry.objects.values_list("object_repr", flat=True))
    assert LogEntry.objects.filter(object_repr=f"journalist:{journalist.pk}").exists()


def test_the_steps_of_the_page_send(client):
    officer = staff_of(Role.PRESS_OFFICER)
    officer.email = "officer@example.org"
    officer.save()
    client.force_login(officer)
    text = approved_text()
    JournalistFactory()
    assert client.post(step(text, "mail"), {"revision": text.revision}).status_code == 409
    assert client.post(step(text, "test"), {"revision": text.revision}).status_code == 302
    assert client.post(step(text, "mail"), {"revision": text.revision}).status_code == 302
    assert letters().count() == 1
    for address in (
        "/admin/press/mailing/",
        "/admin/press/journalist/",
        "/admin/press/outlet/",
        "/admin/press/release/",
    ):
        assert client.get(address).status_code == 200


def test_preview_links_are_made_and_closed_one_by_one(client):
    client.force_login(staff_of(Role.PRESS_OFFICER))
    text, journalist = scheduled_text(), JournalistFactory()
    address = reverse("admin:press_releasetext_previews", args=[text.pk])
    assert client.post(address, {"journalist": "999999999999999999999"}).status_code == 422
    moment = {"expires_at_0": f"{text.public_from:%d.%m.%Y}", "expires_at_1": f"{text.public_from:%H:%M}"}
    assert client.post(address, {"journalist": journalist.pk} | moment).status_code == 302
    link = PreviewLink.objects.get()
    Client().get(link.get_absolute_url())
    page = client.get(address).content.decode()
    assert link.token in page
    assert "127.0.0.1" in page
    assert client.post(reverse("admin:press_releasetext_revoke", args=[text.pk, link.pk])).status_code == 302
    assert Client().get(link.get_absolute_url()).status_code == 404


def test_a_new_day_of_consent_ends_an_earlier_no_more(client):
    client.force_login(staff_of(Role.PRESS_OFFICER))
    journalist = JournalistFactory()
    services.unsubscribe(token=journalist.token)
    page = f"/admin/press/journalist/{journalist.pk}/change/"
    typed = {"name": journalist.name, "email": journalist.email, "language": "ky", "is_active": "on"}
    client.post(page, typed | {"consented_on": f"{journalist.consented_on:%d.%m.%Y}", "consent_source": "кат"})
    assert not Journalist.objects.mailable().exists()
    client.post(page, typed | {"consented_on": "01.02.2020", "consent_source": "кат"})
    assert Journalist.objects.mailable().exists()


@pytest.mark.parametrize("without", [{"consent_source": ""}, {"email": "OTHER@example.org"}, {"email": "no address"}])
def test_what_the_media_list_refuses(client, without):
    client.force_login(staff_of(Role.PRESS_OFFICER))
    JournalistFactory(email="other@example.org")
    typed = {"name": "Үлгүбаев", "email": "new@example.org", "language": "ky", "is_active": "on"}
    typed |= {"consented_on": "01.02.2020", "consent_source": "кат"}
    client.post("/admin/press/journalist/add/", typed | without)
    assert Journalist.objects.count() == 1
