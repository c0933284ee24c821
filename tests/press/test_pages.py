"""The press centre as everybody reads it: what stands is there in its own language, what does not is nowhere."""

import json
import re
from datetime import timedelta
from io import BytesIO

import docx
import lxml.html
import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from press import services
from press.models import ReleaseText
from tests.factories.press import attend
from tests.factories.regions import MunicipalityFactory
from tests.factories.releases import (
    approved_text,
    at_the_hour,
    draft_text,
    pdf_upload,
    person,
    picture_upload,
    scheduled_text,
    submitted_text,
)
from tests.factories.seminars import SeminarFactory, TopicFactory

pytestmark = pytest.mark.django_db
HOSTILE = "{{ 7*7 }}<script>alert(1)</script>#typst *bold*"


def html(response):
    return response.content.decode()


def published(language="ky", **fields):
    """A text that the public has, under an address of its own."""
    return at_the_hour(approved_text(language, **fields), seconds=60)


def test_the_list_shows_releases_of_the_pages_language_only(client):
    published(headline="Кыргызча кабар")
    published("ru", headline="Новость по-русски")
    for text in (draft_text(headline="Каралама"), submitted_text(headline="Күтөт"), scheduled_text(headline="Эмбарго")):
        assert text.headline not in html(client.get("/ky/press/"))
    page = html(client.get("/ky/press/"))
    assert "Кыргызча кабар" in page
    assert "Новость по-русски" not in page
    assert 'href="/ru/press/" hreflang="ru"' in page


def test_the_list_is_narrowed_by_year_topic_and_words(client):
    topic = TopicFactory()
    text = published(headline="Өзгөн шаарындагы бюджет", lead="Тургундар катышты.")
    text.release.topics.add(topic)
    other = published(headline="Башка кабар")
    ReleaseText.objects.filter(pk=other.pk).update(public_from=timezone.now() - timedelta(days=800))
    year = timezone.localtime(text.public_from).year
    for query in (f"?year={year}", f"?topic={topic.slug}", "?q=озгон бюджет", "?q=ТУРГУНДАР", f"?q=бюджет&year={year}"):
        page = html(client.get(f"/ky/press/{query}"))
        assert (text.headline in page, other.headline in page) == (True, False), query
    assert text.headline not in html(client.get("/ky/press/?q=жок сөз"))


@pytest.mark.parametrize(
    "query",
    ["?page=-1", "?page=0", "?page=x", "?page=9999999999999999999999", "?year=1", "?year=abc", "?topic=none"],
)
def test_an_unknown_page_year_or_topic_is_404(client, query):
    published()
    assert client.get(f"/ky/press/{query}").status_code == 404


@pytest.mark.parametrize("query", ["?q=%25_'\"<b>", "?q=" + "ж" * 3000, "?q=%E2%80%AE", "?q=&year=&topic=", "?x__in=1"])
def test_any_words_may_be_looked_for(client, query):
    published()
    assert client.get(f"/ky/press/{query}").status_code == 200


def test_the_list_asks_as_often_for_three_releases_as_for_one(client, django_assert_num_queries):
    published()
    with django_assert_num_queries(6):
        client.get("/ky/press/")
    published()
    published()
    with django_assert_num_queries(6):
        client.get("/ky/press/")


def test_a_second_page_of_the_list_keeps_the_filters(client, monkeypatch):
    monkeypatch.setattr("press.views.reading.PAGE_SIZE", 1)
    published(headline="Бюджет бир")
    published(headline="Бюджет эки")
    page = html(client.get("/ky/press/?q=бюджет"))
    assert re.search(r'rel="next" href="\?q=[^"]+&amp;page=2"', page)
    assert "Бюджет бир" in html(client.get("/ky/press/?q=бюджет&page=2"))


def test_a_release_shows_its_parts_and_its_facts(client):
    seminar = SeminarFactory(past=True)
    attend(seminar, [MunicipalityFactory(), MunicipalityFactory()], 3)
    by = person()
    release = services.draft_release(seminar=seminar, kind="result", by=by)
    text = published(
        release=release,
        by=by,
        quotes=[{"words": "Бул маанилүү", "speaker": "Айнура Үлгүбаева", "post": "башчы"}],
        documents=[{"title": "Типтүү жобо", "url": "https://example.org/jobo"}],
    )
    page = html(client.get(text.get_absolute_url()))
    for words in ("«Бул маанилүү»", "— Айнура Үлгүбаева, башчы", "Типтүү жобо", "Үлгүбаева Айгүл", "ПРЕСС-РЕЛИЗ"):
        assert words in page
    assert "2 муниципалитетинен 3 катышуучу" in page
    assert 'href="https://example.org/jobo"' in page
    assert seminar.get_absolute_url() in page
    assert text.headline in html(client.get(seminar.get_absolute_url()))


@pytest.mark.parametrize("make", [draft_text, submitted_text, scheduled_text])
def test_what_is_not_public_is_404_by_every_address(client, make):
    text = make()
    for name in ("release_detail", "release_pdf", "release_docx"):
        assert client.get(reverse(f"press:{name}", args=[text.release.slug])).status_code == 404


def test_a_missing_language_is_said_plainly(client):
    text = published(headline="Кыргызча гана")
    response = client.get(f"/ru/press/{text.release.slug}/")
    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in html(response)
    assert f'href="/ky/press/{text.release.slug}/"' in html(response)
    assert text.lead not in html(response)
    assert client.get(f"/ru/press/{text.release.slug}/release.pdf").status_code == 404
    assert 'hreflang="ru" href' not in html(client.get(text.get_absolute_url()))


def test_a_correction_stands_on_top_with_its_day(client):
    text = published()
    correction = services.propose_correction(text=text, note="Катышуучулардын саны такталды.", by=person())
    assert "такталды" not in html(client.get(text.get_absolute_url()))
    services.approve_correction(correction=correction, by=person())
    page = html(client.get(text.get_absolute_url()))
    assert page.index("түзөтүлдү") < page.index("такталды") < page.index("<h1>")


def test_a_withdrawn_release_says_so_and_nothing_else(client):
    text = published(lead="Ката маалымат.")
    services.withdraw(text=text, revision=text.revision, note="Маалымат ката болгон.", by=person())
    page = html(client.get(text.get_absolute_url()))
    assert "Маалымат ката болгон." in page
    assert "Ката маалымат." not in page
    assert 'content="noindex"' in page
    for address in ("/ky/press/", "/ky/press/feed/", "/sitemap.xml", "/ky/"):
        assert text.release.slug not in html(client.get(address))
    assert client.get(f"/ky/press/{text.release.slug}/release.pdf").status_code == 404


def test_search_engines_are_not_led_to_the_withdrawn_language(client):
    ky = approved_text()
    ru = draft_text("ru", release=ky.release)
    ru = services.submit(text=ru, revision=ru.revision, by=ru.last_editor)
    ru = services.approve(text=ru, revision=ru.revision, by=person())
    assert 'hreflang="ky"' in html(client.get(ru.get_absolute_url())).split("</head>")[0]
    services.withdraw(text=ky, revision=ky.revision, note="Ката бар.", by=person())
    assert 'hreflang="ky"' not in html(client.get(ru.get_absolute_url())).split("</head>")[0]


def test_pictures_and_attachments_are_had_only_of_texts_that_stand(client):
    text = draft_text()
    text = services.place_picture(
        text=text,
        revision=text.revision,
        upload=picture_upload(),
        key="",
        alt="Залда",
        caption="Ачылыш",
        by=text.last_editor,
    )
    text = services.place_attachment(
        text=text, revision=text.revision, upload=pdf_upload(), key="", title="Программа", by=text.last_editor
    )
    keys = list(text.release.files.values_list("key", flat=True))
    assert [client.get(f"/files/press/{key}").status_code for key in keys] == [404, 404]
    services.submit(text=text, revision=text.revision, by=text.last_editor)
    text = ReleaseText.objects.get(pk=text.pk)
    services.approve(text=text, revision=text.revision, by=person())
    at_the_hour(text, seconds=5)
    answers = [client.get(f"/files/press/{key}") for key in keys]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert all(b"".join(answer.streaming_content) for answer in answers)
    picture = next(answer for answer in answers if answer["Content-Type"] == "image/jpeg")
    assert client.get(picture.wsgi_request.path, headers={"If-None-Match": picture["ETag"]}).status_code == 304
    page = html(client.get(text.get_absolute_url()))
    assert 'alt="Залда"' in page
    assert "Ачылыш" in page
    assert "Программа" in page
    assert re.search(r'og:image" content="http://testserver/files/press/', page)
    at_the_hour(text, seconds=-60)
    assert [client.get(f"/files/press/{key}").status_code for key in keys] == [404, 404]


def test_structured_data_is_json_that_closes_no_script(client):
    text = published(headline=HOSTILE, lead=HOSTILE)
    page = html(client.get(text.get_absolute_url()))
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1]
    assert json.loads(found)["headline"] == HOSTILE
    assert "<script>alert" not in page


def test_markup_in_every_part_comes_out_as_text(client):
    parts = dict.fromkeys(
        ("date_line", "place_line", "headline", "lead", "presented", "voices", "further", "support"), HOSTILE
    )
    text = published(
        **parts,
        quotes=[{"words": HOSTILE, "speaker": HOSTILE, "post": HOSTILE}],
        documents=[{"title": HOSTILE, "url": ""}],
        contacts=[{"name": HOSTILE, "post": HOSTILE, "phones": HOSTILE, "email": ""}],
    )
    for address in (text.get_absolute_url(), "/ky/press/", "/ky/press/feed/", "/ky/"):
        page = html(client.get(address))
        assert "<script>alert" not in page
        assert "{{ 7*7 }}" in page


def test_documents_are_given_out_with_their_types(client):
    text = published()
    pdf = client.get(f"/ky/press/{text.release.slug}/release.pdf")
    docx = client.get(f"/ky/press/{text.release.slug}/release.docx")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    again = client.get(f"/ky/press/{text.release.slug}/release.pdf", headers={"If-None-Match": pdf["ETag"]})
    assert again.status_code == 304
    assert (docx.content[:2], docx["Content-Disposition"][:10]) == (b"PK", "attachment")


def words(text):
    return " ".join(text.split())


def test_page_pdf_and_docx_say_the_same(client):
    text = published(
        lead="Биринчи абзац: ң ө ү.\n\n- бир\n- эки",
        quotes=[{"words": "Бул маанилүү", "speaker": "Айнура Үлгүбаева", "post": "башчы"}],
        documents=[{"title": "Типтүү жобо", "url": ""}],
        support="Долбоордун колдоосу менен.",
    )
    [article] = lxml.html.fromstring(client.get(text.get_absolute_url()).content).find_class("release")
    page = words(" ".join(article.itertext())).replace(text.headline, text.headline.upper())
    pdf = pypdfium2.PdfDocument(client.get(f"/ky/press/{text.release.slug}/release.pdf").content)
    paper = "\n".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    word = docx.Document(BytesIO(client.get(f"/ky/press/{text.release.slug}/release.docx").content))
    assert words(paper).replace("– ", "") == page
    assert words("\n".join(line.text for line in word.paragraphs)) == page


def test_visitors_get_no_cookie(client):
    text = published()
    for address in ("/ky/press/", text.get_absolute_url(), "/ky/press/feed/"):
        assert not client.get(address).cookies


def test_the_home_page_shows_the_latest_releases(client):
    assert "releases" not in html(client.get("/ky/"))
    assert published().headline in html(client.get("/ky/"))


def test_the_feed_and_the_sitemap_have_each_language_of_its_own(client):
    ky, ru = published(headline="Кыргызча"), published("ru", headline="По-русски")
    feed = html(client.get("/ru/press/feed/"))
    assert client.get("/ru/press/feed/")["Content-Type"].startswith("application/atom+xml")
    assert ru.headline in feed
    assert ky.headline not in feed
    sitemap = html(client.get("/sitemap.xml"))
    assert f"http://testserver/ky/press/{ky.release.slug}/" in sitemap
    assert f"/ru/press/{ky.release.slug}/" not in sitemap
    assert f"http://testserver/ru/press/{ru.release.slug}/" in sitemap


def test_the_feed_asks_as_often_for_three_as_for_one(client, django_assert_num_queries):
    published()
    with django_assert_num_queries(3):
        client.get("/ky/press/feed/")
    published()
    published()
    with django_assert_num_queries(3):
        client.get("/ky/press/feed/")
