"""Nothing of a release can be had before its hour, by any address of the portal; at the hour everything, with no job.

The hour moves past the database's clock, the test never waits.
"""

import json
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from outbox.models import Message
from press import services
from press.exceptions import NotAllowedNow
from press.models import PreviewLink, ReleaseText, StoredFile
from tests.access.addresses import addresses
from tests.access.examples import make_examples
from tests.factories.accounts import staff_of
from tests.factories.releases import (
    JournalistFactory,
    at_the_hour,
    draft_text,
    pdf_upload,
    person,
    picture_upload,
    scheduled_text,
)
from tests.factories.seminars import SeminarFactory, TopicFactory

pytestmark = pytest.mark.django_db
# A word that stands in every part and nowhere else in the portal.
SECRET = "Кымбатзаңгүл"
METHODS = [
    ("GET", {}),
    ("HEAD", {}),
    ("GET", {"HTTP_RANGE": "bytes=0-99"}),
    ("GET", {"HTTP_IF_NONE_MATCH": "*"}),
    ("GET", {"HTTP_IF_MODIFIED_SINCE": "Wed, 19 Dec 2001 12:00:00 GMT"}),
]


@pytest.fixture
def text():
    """A text under embargo about a seminar and a topic, with a picture, an attachment and a preview link."""
    seminar, writer, topic = SeminarFactory(past=True), person(), TopicFactory()
    release = services.make_release(slug="under-embargo", kind="result", by=writer, seminar=seminar, topics=[topic])
    text = draft_text(
        release=release,
        by=writer,
        public_from=timezone.now() + timedelta(days=1),
        headline=f"{SECRET} келди",
        lead=f"{SECRET} семинарга катышты.",
        support=SECRET,
        quotes=[{"words": SECRET, "speaker": "Үлгүбаев", "post": "директор"}],
        documents=[{"title": f"{SECRET} жобосу", "url": ""}],
    )
    text = services.place_picture(
        text=text, revision=text.revision, upload=picture_upload(), key="", alt=SECRET, caption=SECRET, by=writer
    )
    text = services.place_attachment(
        text=text, revision=text.revision, upload=pdf_upload(), key="", title=SECRET, by=writer
    )
    text = services.submit(text=text, revision=text.revision, by=writer)
    text = services.approve(text=text, revision=text.revision, by=person())
    services.give_preview(
        text=text, journalist=JournalistFactory(), expires_at=timezone.now() + timedelta(days=2), by=writer
    )
    return text


def every_address(text):
    """All that the portal answers to, with the release's own slug and keys, searched for too."""
    picture, attachment = text.pictures.get().file, text.attachments.get().file
    examples = make_examples()
    found = {address.filled(examples) for address in addresses()}
    for language in ("ky", "ru"):
        own = f"/{language}/press/{text.release.slug}/"
        found |= {f"/{language}/", own, f"{own}release.pdf", f"{own}release.docx", f"/{language}/press/feed/"}
        found |= {
            f"/{language}/press/",
            f"/{language}/press/?q={SECRET}",
            f"/{language}/press/?year={timezone.now().year}",
        }
        found |= {f"/{language}/press/?topic={text.release.topics.get().slug}"}
        found |= {f"/{language}/seminars/", f"/{language}/seminars/{text.release.seminar.slug}/"}
    found |= {file_address(use) for use in (text.pictures.get(), text.attachments.get())}
    found |= {stored.file.url for stored in (picture, attachment)}
    found |= {
        f"/admin/press/releasetext/{text.pk}/{page}" for page in ("change/", "preview/", "release.pdf", "history/")
    }
    found |= {f"/admin/press/releasetext/{text.pk}/files/{picture.key}/", "/sitemap.xml", "/robots.txt"}
    return sorted(found)


@pytest.mark.parametrize("role", list(Role))
def test_no_member_of_staff_is_led_to_a_public_address_by_the_key_of_a_record(client, text, role):
    client.force_login(staff_of(role))
    for record in (text, text.release, text.previews.get()):
        address = f"/admin/r/{ContentType.objects.get_for_model(record).pk}/{record.pk}/"
        response = client.get(address)
        assert (response.status_code, response.has_header("Location")) == (404, False)


def file_address(use):
    return reverse("press_file", args=[use.file.key])


def told(response) -> bytes:
    """Everything that an answer says: headers and body."""
    body = b"" if response.status_code == 304 else b"".join(response) if response.streaming else response.content
    return repr(response.headers).encode() + body


def hits(text, *, seconds):
    """The addresses that carry anything of the release so many seconds after its hour."""
    pixels, paper = (use.file.file.read() for use in (text.pictures.get(), text.attachments.get()))
    traces = [SECRET.encode(), json.dumps(SECRET)[1:-1].encode(), text.release.slug.encode(), pixels, paper]
    traces += [use.file.key.encode() for use in (text.pictures.get(), text.attachments.get())]

    def carries(method, address, headers):
        at_the_hour(text, seconds=seconds)
        response = Client().generic(method, address, **headers)
        said = told(response)
        # What visitors typed themselves is no news to them; an answer at the release's own address is.
        is_there = text.release.slug in address and response.status_code in (200, 206, 304)
        return is_there or any(trace in said and trace not in address.encode() for trace in traces)

    return {
        address
        for address in every_address(text)
        for method, headers in METHODS
        # Twice, because on a slow machine the second may pass while the page is made.
        if carries(method, address, headers) and carries(method, address, headers)
    }


def test_one_second_before_the_hour_there_is_nothing_and_one_second_after_everything(text):
    assert hits(text, seconds=-1) == set()
    found = hits(text, seconds=1)
    own = f"/ky/press/{text.release.slug}/"
    pages = {own, f"{own}release.pdf", f"{own}release.docx", "/ky/press/", "/ky/press/feed/", "/ky/", "/sitemap.xml"}
    assert pages <= found
    assert {f"/ky/press/?q={SECRET}", f"/ky/seminars/{text.release.seminar.slug}/"} <= found
    assert {file_address(use) for use in (text.pictures.get(), text.attachments.get())} <= found
    # Where the bytes lie is no address at all, before the hour and after it.
    assert not {use.file.file.url for use in (text.pictures.get(), text.attachments.get())} & found


@pytest.mark.parametrize("seconds", [-1, 1])
def test_the_hour_is_the_databases_and_to_the_second(text, seconds):
    at_the_hour(text, seconds=seconds)
    is_public = seconds > 0
    assert ReleaseText.objects.public().exists() is is_public
    assert ReleaseText.objects.standing().exists() is is_public
    assert ReleaseText.objects.scheduled().exists() is not is_public
    assert StoredFile.objects.public().exists() is is_public
    assert (Client().get(f"/ky/press/{text.release.slug}/").status_code == 200) is is_public


def test_a_draft_and_a_submitted_text_are_nowhere_whatever_their_hour():
    writer = person()
    text = draft_text(by=writer, headline=f"{SECRET} келди", public_from=timezone.now() - timedelta(days=1))
    for _state in ("draft", "submitted"):
        assert not ReleaseText.objects.public().exists()
        assert Client().get(f"/ky/press/{text.release.slug}/").status_code == 404
        text = text.is_draft and services.submit(text=text, revision=text.revision, by=writer)


def test_a_copy_that_somebody_kept_does_not_outlive_a_withdrawal(text):
    text = at_the_hour(text, seconds=1)
    address = file_address(text.pictures.get())
    first = Client().get(address)
    assert first.status_code == 200
    assert "max-age=0" in first.headers["Cache-Control"]
    assert Client().get(address, HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 304
    services.withdraw(text=text, revision=text.revision, note="Ката бар.", by=person())
    assert Client().get(address, HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 404
    for form in ("pdf", "docx"):
        assert Client().get(f"/ky/press/{text.release.slug}/release.{form}").status_code == 404
    page = Client().get(f"/ky/press/{text.release.slug}/").content.decode()
    assert "Ката бар." in page
    assert "семинарга катышты" not in page


def test_no_letter_goes_out_before_the_hour_but_an_embargoed_one(text):
    JournalistFactory()
    sender = person()
    services.mail_test(text=text, by=sender)
    with pytest.raises(NotAllowedNow):
        services.mail_release(text=text, by=sender)
    services.mail_under_embargo(text=text, by=sender)
    letters = Message.objects.exclude(recipient=sender.email)
    assert letters.count() == 2
    assert all("ЭМБАРГО" in letter.text and "ЭМБАРГО" in letter.html for letter in letters)


def test_staff_without_the_right_read_no_embargoed_letter(text):
    sender = person()
    services.mail_test(text=text, by=sender)
    services.mail_under_embargo(text=text, by=sender)
    browser = Client()
    browser.force_login(staff_of(Role.ORGANISER))
    assert SECRET not in browser.get("/admin/outbox/message/").content.decode()
    message = Message.objects.last()
    for page in ("change", "preview"):
        response = browser.get(f"/admin/outbox/message/{message.pk}/{page}/", follow=True)
        assert SECRET not in response.content.decode()
    browser.force_login(staff_of(Role.ADMINISTRATOR))
    assert SECRET in browser.get("/admin/outbox/message/").content.decode()


def test_a_journalist_reads_ahead_with_the_line_and_the_name(text):
    link = PreviewLink.objects.get()
    response = Client().get(link.get_absolute_url())
    page = response.content.decode()
    assert SECRET in page
    assert "ЭМБАРГО" in page
    assert link.journalist.name in page
    assert "no-store" in response.headers["Cache-Control"]
    assert link.openings.count() == 1
    for use in (text.pictures.get(), text.attachments.get()):
        answer = Client().get(f"{link.get_absolute_url()}files/{use.file.key}")
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("how", ["revoked", "expired", "unsubscribed", "edited", "withdrawn"])
def test_a_preview_link_dies_with(text, how):
    link = PreviewLink.objects.get()
    other = services.give_preview(text=text, journalist=JournalistFactory(), expires_at=link.expires_at, by=person())
    if how == "revoked":
        services.revoke_preview(link=link, by=person())
    elif how == "expired":
        now = timezone.now()
        PreviewLink.objects.filter(pk=link.pk).update(
            created_at=now - timedelta(days=2), expires_at=now - timedelta(seconds=1)
        )
    elif how == "unsubscribed":
        services.unsubscribe(token=link.journalist.token)
    elif how == "edited":
        services.return_to_draft(text=text, revision=text.revision, comment="Ката", by=person())
    else:
        text = at_the_hour(text, seconds=1)
        services.withdraw(text=text, revision=text.revision, note="Ката бар.", by=person())
    address = link.get_absolute_url()
    key = text.pictures.get().file.key
    for asked in (address, f"{address}release.pdf", f"{address}files/{key}"):
        assert Client().get(asked).status_code == 404
    if how in ("revoked", "expired", "unsubscribed"):
        assert Client().get(other.get_absolute_url()).status_code == 200


def test_a_preview_link_opens_the_files_of_its_text_and_no_others(text):
    other = scheduled_text()
    foreign = draft_text(release=other.release, language="ru")
    services.place_picture(
        text=foreign,
        revision=foreign.revision,
        upload=picture_upload(size=(50, 50)),
        key="",
        alt="Зал",
        caption="",
        by=person(),
    )
    address = PreviewLink.objects.get().get_absolute_url()
    assert Client().get(f"{address}files/{foreign.pictures.get().file.key}").status_code == 404


@pytest.mark.parametrize("token", ["x" * 22, "x" * 21, "x" * 23, "я" * 22, "../../admin"])
def test_a_token_that_is_none_is_not_found(text, token):
    assert Client().get(f"/ky/press/preview/{token}/").status_code == 404


def test_the_russian_text_is_public_a_day_before_the_kyrgyz_one(text):
    """Case 20 of the field: until then `/ky/` says that the text is in Russian only."""
    ru = draft_text("ru", release=text.release, headline="Семинар прошёл")
    ru = services.submit(text=ru, revision=ru.revision, by=ru.last_editor)
    services.approve(text=ru, revision=ru.revision, by=person())
    page = Client().get(f"/ky/press/{text.release.slug}/")
    assert page.status_code == 200
    assert SECRET not in page.content.decode()
    assert f"/ru/press/{text.release.slug}/" in page.content.decode()
    assert "noindex" in page.content.decode()
    sitemap = Client().get("/sitemap.xml").content.decode()
    assert f"/ru/press/{text.release.slug}/" in sitemap
    assert f"/ky/press/{text.release.slug}/" not in sitemap
