"""The list of the library and what other pages show of it: found, narrowed, linked; what is held back is nowhere."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from materials.models import Audience, File, Kind, Language, Passage, Scan, Status
from tests.factories.materials import DocumentFactory, EditionFactory, FileFactory, HandoutFactory
from tests.factories.seminars import SeminarFactory, SessionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def listed(client, **parameters):
    response = client.get("/ru/materials/", parameters)
    assert response.status_code == 200
    return [row["document"] for row in response.context["rows"]]


def written(document, text, **fields):
    file = FileFactory(edition__document=document, **fields)
    Passage.objects.create(file=file, number=1, first_page=1, text=text)
    return file


def test_a_document_is_found_by_words_inside_its_file_with_the_place_marked(client):
    document = DocumentFactory()
    written(document, "Порядок: инициативные группы подают заявку с вкладом.")
    DocumentFactory()
    response = client.get("/ru/materials/", {"q": "заявки"})
    assert [row["document"] for row in response.context["rows"]] == [document]
    assert "<mark>заявку</mark>" in response.content.decode()


def test_whatever_stands_in_a_file_comes_out_as_text(client):
    written(DocumentFactory(title_ru="<b>Дом</b>"), "<script>alert(1)</script> заявка <img src=x onerror=alert(1)>")
    text = client.get("/ru/materials/", {"q": "заявка"}).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>заявка</mark> &lt;img" in text
    assert "<b>Дом" not in text
    assert "<script>" not in text


def test_typed_words_stand_in_the_field_and_are_escaped(client):
    text = client.get("/ru/materials/", {"q": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in text
    assert 'value="&quot;&gt;&lt;script&gt;' in text


def test_choices_narrow_and_say_how_many_they_leave(client):
    topic, seminar = TopicFactory(), SeminarFactory()
    wanted = DocumentFactory(kind=Kind.MODEL, status=Status.REPEALED, issued_on="2019-05-02", topics=[topic])
    FileFactory(edition=HandoutFactory(seminar=seminar, edition__document=wanted).edition, language=Language.KY)
    other = DocumentFactory(kind=Kind.GUIDE)
    for name, value in {
        "topic": topic.slug,
        "kind": "model",
        "year": "2019",
        "seminar": seminar.slug,
        "language": "ky",
        "status": "repealed",
    }.items():
        assert listed(client, **{name: value}) == [wanted], name
    response = client.get("/ru/materials/", {"kind": "model", "q": "руководство"})
    kinds = next(facet for facet in response.context["facets"] if facet.name == "kind")
    assert {(choice.query, choice.number, choice.is_chosen) for choice in kinds.choices} == {
        ("q=%D1%80%D1%83%D0%BA%D0%BE%D0%B2%D0%BE%D0%B4%D1%81%D1%82%D0%B2%D0%BE", 1, True),
        ("q=%D1%80%D1%83%D0%BA%D0%BE%D0%B2%D0%BE%D0%B4%D1%81%D1%82%D0%B2%D0%BE&kind=guide", 1, False),
    }
    assert listed(client, kind="guide") == [other]


@pytest.mark.parametrize(
    "query",
    [
        "page=-1",
        "page=0",
        "page=x",
        "page=1000000000",
        "page=" + "9" * 5000,
        "kind=nothing",
        "year=x",
        "year=" + "9" * 400,
        "year=-1",
        "year=1.5",
        "topic=nothing",
        "seminar=nothing",
        "seminar=..%2F",
        "language=en",
        "status=draft",
    ],
)
def test_an_address_that_names_what_is_not_there_is_not_found(client, query):
    DocumentFactory()
    assert client.get(f"/ru/materials/?{query}").status_code == 404


@pytest.mark.parametrize("name", ["q", "page", "kind", "year", "topic", "seminar"])
def test_a_null_character_is_a_broken_request(client, name):
    assert client.get(f"/ru/materials/?{name}=%00").status_code == 400


@pytest.mark.parametrize(
    "typed",
    ["%", "'", "'; DROP TABLE materials_document; --", "a & | ! ( <-> :*", "\\", "\ud7ff\u202e", "ә" * 200, "1 " * 90],
)
def test_odd_words_find_nothing_or_something_but_never_break(client, typed):
    DocumentFactory()
    assert client.get("/ru/materials/", {"q": typed}).status_code == 200


def test_too_many_words_are_refused_at_the_field(client):
    response = client.get("/ru/materials/", {"q": "слово " * 60})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()


def test_an_empty_library_and_an_empty_answer_say_what_to_do(client):
    empty = client.get("/ru/materials/").content.decode()
    DocumentFactory()
    nothing = client.get("/ru/materials/", {"q": "космодром"}).content.decode()
    assert 'class="empty"' in empty
    assert 'class="empty"' in nothing
    assert '<a href="/ru/materials/">' in nothing.split('class="empty"')[1]


def test_pages_can_be_linked_and_keep_the_choices(client):
    DocumentFactory.create_batch(25, kind=Kind.SLIDES)
    first = client.get("/ru/materials/?kind=slides")
    assert 'href="?kind=slides&amp;page=2"' in first.content.decode()
    second = client.get("/ru/materials/?kind=slides&page=2")
    assert len(second.context["rows"]) == 5
    assert client.get("/ru/materials/?kind=slides&page=3").status_code == 404
    # What the language switch leads to is the same list.
    assert 'href="/ky/materials/?kind=slides&amp;page=2"' in second.content.decode()


@pytest.mark.parametrize(
    "hidden",
    [
        {"draft": True},
        {"embargoed": True},
        {"audience": Audience.PARTICIPANTS},
        {"audience": Audience.STAFF},
    ],
)
def test_a_document_that_is_not_for_everyone_is_found_on_no_public_page(client, hidden):
    seminar, topic = SeminarFactory(), TopicFactory()
    document = DocumentFactory(title_ru="Потаённый", title_ky="Жашыруун", topics=[topic], **hidden)
    file = written(document, "потаённое слово", language=Language.RU)
    HandoutFactory(seminar=seminar, edition=file.edition)
    for address in (
        "/ru/",
        "/ru/materials/",
        "/ru/materials/?q=потаённый",
        "/ru/materials/?q=слово",
        f"/ru/materials/?seminar={seminar.slug}",
        f"/ru/materials/?topic={topic.slug}",
        f"/ru/seminars/{seminar.slug}/",
        "/ru/materials/feed/",
        "/sitemap.xml",
    ):
        text = client.get(address).content.decode()
        assert "Потаённый" not in text, address
        assert "<mark>" not in text, address
        assert document.slug not in text, address
        assert file.key not in text, address


@pytest.mark.parametrize("scan", [Scan.WAITING, Scan.INFECTED])
def test_a_file_that_the_scanner_holds_back_is_on_no_public_page(client, scan):
    seminar = SeminarFactory()
    file = written(DocumentFactory(), "заражённое слово", scan=scan)
    HandoutFactory(seminar=seminar, edition=file.edition)
    for address in ("/ru/materials/", "/ru/materials/?q=заражённое", f"/ru/seminars/{seminar.slug}/"):
        text = client.get(address).content.decode()
        assert file.key not in text
        assert "<mark>" not in text
        assert file.get_format_display() not in text
        assert "materials.zip" not in text


def test_the_seminar_page_keeps_its_edition_and_tells_of_the_newer(client):
    seminar = SeminarFactory()
    session = SessionFactory(seminar=seminar, title_ru="Планирование услуг")
    old = EditionFactory(is_current=False)
    given = FileFactory(edition=old)
    now = FileFactory(edition=EditionFactory(document=old.document, number=2, note_ru="Новая глава <2>."))
    HandoutFactory(seminar=seminar, session=session, edition=old)
    text = client.get(f"/ru/seminars/{seminar.slug}/").content.decode()
    shown = text.split('id="materials"')[1]
    assert "Планирование услуг" in shown
    assert given.get_absolute_url() in shown
    assert now.get_absolute_url() not in shown
    assert "Новая глава &lt;2&gt;." in shown
    assert f"/ru/seminars/{seminar.slug}/materials.zip" in shown


def test_the_home_page_and_the_menu_lead_to_the_library(client):
    document = DocumentFactory()
    text = client.get("/ru/").content.decode()
    assert f'href="/ru/materials/{document.slug}/"' in text
    assert 'href="/ru/materials/"' in text


def test_nobody_is_given_a_cookie(client):
    FileFactory()
    response = client.get("/ru/materials/", {"q": "руководство"})
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("address", ["/ru/materials/", "/ru/materials/?q=руководство", "/ru/"])
def test_a_list_takes_as_many_questions_for_three_documents_as_for_one(client, address):
    def questions():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def add():
        document = DocumentFactory(topics=[TopicFactory()])
        HandoutFactory(edition=written(document, "руководство").edition)

    add()
    one = questions()
    add()
    add()
    assert questions() == one


def test_the_seminar_page_takes_one_question_for_its_materials(client):
    seminar = SeminarFactory()

    def questions():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/ru/seminars/{seminar.slug}/")
        return [query for query in queries if "materials_handout" in query["sql"] or "materials_file" in query["sql"]]

    for _number in range(3):
        FileFactory(edition=HandoutFactory(seminar=seminar).edition)
    assert File.objects.count() == 3
    assert len(questions()) == 1
