"""What the search promises besides the order: nothing hidden is found, counts are right, any text is shown as text."""

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.folding import fold_text
from materials import search
from materials.models import Audience, Document, Kind, Language, Scan, Status
from materials.search.words import beginning, slips, terms_of, words_of
from tests.factories.materials import DocumentFactory, EditionFactory, HandoutFactory
from tests.factories.seminars import SeminarFactory, TopicFactory
from tests.materials.corpus import written

pytestmark = pytest.mark.django_db

WORD = "өзгөчөсөз"


def found(typed="", **choices):
    return search.find(typed, choices).documents


def numbers(typed="", **choices):
    counts = search.find(typed, choices).counts
    return {name: {one.value: one.number for one in values} for name, values in counts.items()}


def document(text="", **fields):
    """A public document with this text in its current edition."""
    made = DocumentFactory(**fields)
    written(EditionFactory(document=made), text or WORD)
    return made


# --- What is hidden stays hidden ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden", [{"draft": True}, {"embargoed": True}, {"audience": Audience.PARTICIPANTS}, {"audience": Audience.STAFF}]
)
def test_nothing_that_is_not_for_everyone_is_found_by_title_text_or_slip(hidden):
    secret = document(title_ky="Жашыруун долбоор", title_ru="", **hidden)
    for typed in ("", "жашыруун", WORD, "жашырун", f"жашыруун {WORD}"):
        result = search.find(typed, {})
        assert secret.pk not in result.documents
        assert result.counts == {}


@pytest.mark.parametrize("scan", [Scan.WAITING, Scan.INFECTED])
def test_what_the_scanner_holds_back_is_found_in_no_text(scan):
    held_back = EditionFactory()
    written(held_back, WORD, scan=scan)
    assert found(WORD) == []
    assert "language" not in numbers()
    assert search.excerpts([held_back.document_id], terms_of(WORD)) == {}


def test_the_text_of_an_earlier_edition_is_not_found():
    current = EditionFactory(number=2)
    written(current, "жаңы сөздөр")
    written(EditionFactory(document=current.document, number=1, is_current=False), WORD)
    assert found(WORD) == []


def test_words_of_hidden_titles_correct_nobody():
    DocumentFactory(title_ky="Реорганизация", title_ru="", draft=True)
    assert search.find("реорганизацыя", {}).terms == terms_of("реорганизацыя")


# --- Choices ------------------------------------------------------------------------------------------------------


def test_each_choice_says_how_many_documents_it_leaves():
    water, land = TopicFactory(), TopicFactory()
    seminar = SeminarFactory(past=True)
    first = document(kind=Kind.GUIDE, topics=[water, land], issued_on=date(2018, 5, 1))
    second = document(kind=Kind.GUIDE, topics=[water], status=Status.REPEALED)
    third = DocumentFactory(kind=Kind.SLIDES, topics=[land])
    edition = EditionFactory(document=third)
    written(edition, WORD, Language.BOTH)
    HandoutFactory(seminar=seminar, edition=edition)
    assert numbers(WORD) == {
        "topic": {str(water.pk): 2, str(land.pk): 2},
        "kind": {"guide": 2, "slides": 1},
        "year": {"2018": 1, "2019": 2},
        "seminar": {str(seminar.pk): 1},
        "language": {"ru": 3, "ky": 1},
        "status": {"in_force": 2, "repealed": 1},
    }
    narrowed = numbers(WORD, kind="guide")
    assert narrowed["kind"] == {"guide": 2, "slides": 1}
    assert narrowed["topic"] == {str(water.pk): 2, str(land.pk): 1}
    assert narrowed["status"] == {"in_force": 1, "repealed": 1}
    assert found(WORD, kind="guide", status="in_force") == [first.pk]
    assert found(WORD, topic=water.pk, status="repealed") == [second.pk]
    assert found(seminar=seminar.pk) == found(language="ky") == [third.pk]
    assert found(year=2018, kind="slides") == []


def test_an_edition_handed_out_in_two_sessions_counts_once():
    handout = HandoutFactory(seminar=SeminarFactory(past=True))
    later = EditionFactory(document=handout.edition.document, number=2, is_current=False)
    HandoutFactory(seminar=handout.seminar, edition=later)
    assert numbers()["seminar"] == {str(handout.seminar_id): 1}


def test_without_words_the_newest_documents_in_force_come_first():
    old, new = DocumentFactory(), DocumentFactory()
    repealed = DocumentFactory(status=Status.REPEALED)
    assert found() == [new.pk, old.pk, repealed.pk]


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_asks_the_database_four_times_however_much_is_found(number):
    for _ in range(number):
        document()
    with CaptureQueriesContext(connection) as queries:
        search.find(WORD, {})
    assert len(queries) == 4


# --- Words --------------------------------------------------------------------------------------------------------


def test_when_no_document_holds_all_words_those_with_most_are_found():
    most = document("мониторинг баалоо")
    document("мониторинг")
    result = search.find("мониторинг баалоо реактор", {})
    assert (result.documents, result.is_partial) == ([most.pk], True)


def test_the_title_weighs_more_than_the_text():
    inside = document("мониторинг " * 50, title_ky="Башка", title_ru="Другое")
    above = document("башка", title_ky="Мониторинг", title_ru="")
    assert found("мониторинг") == [above.pk, inside.pk]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\0",
        "'",
        "&|!():*<->",
        "a:* & b",
        "%s %(x)s {0}",
        "\\",
        "<script>",
        "ы" * 70_000,
        "а " * 5000,
        "9" * 500,
        "\ud800",
        "ß∂ƒ©漢字",
        "и в на",
        "жана менен",
    ],
)
def test_whatever_is_typed_the_search_answers(typed):
    document()
    search.find(typed, {})


def test_at_most_eight_words_are_looked_for():
    assert len(words_of(" ".join(f"сөз{number}" for number in range(30)))) == 8


def test_words_that_only_join_others_are_left_out_unless_they_are_alone():
    assert [term.typed for term in terms_of("о порядке жана тартип")] == ["порядке", "тартип"]
    assert [term.typed for term in terms_of("жана")] == ["жана"]


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("өкмөтүнүн", "окмот"),
        ("бюджеттин", "бюджет"),
        ("кызматтарды", "кызмат"),
        ("айылдагы", "айыл"),
        ("жобосунда", "жобо"),
        ("суунун", "суу"),
        ("кеңештерге", "кенеш"),
        ("закона", "закона"),
    ],
)
def test_kyrgyz_endings_are_taken_off(word, stem):
    assert beginning(fold_text(word)) == stem


@pytest.mark.parametrize(
    ("typed", "word", "number"),
    [
        ("бюджет", "бюджет", 0),
        ("бюджте", "бюджет", 1),
        ("бюжит", "бюджет", 2),
        ("монитринга", "мониторинг", 2),
        ("калдыктрды", "калдыктарын", 2),
        ("бюджет", "мониторинг", 3),
    ],
)
def test_slips_are_counted_by_letters(typed, word, number):
    assert slips(typed, word, 2) == number


def test_two_slips_anywhere_in_a_word_of_a_title_are_seen_through():
    chance = random.Random(4)
    words = ["мониторинг", "руководство", "инициатива", "кызматташуу", "колдонмолор", "обращение", "закупки"]
    for word in words:
        DocumentFactory(title_ky="", title_ru=word.capitalize())
    for word in words:
        for _ in range(25):
            letters = list(word)
            for place in chance.sample(range(len(letters)), 2):
                letters[place] = chance.choice(["", chance.choice("абвгдежзиклмн"), letters[place] * 2])
            titles = Document.objects.in_bulk(found("".join(letters))[:1]).values()
            assert [title.title_ru for title in titles] == [word.capitalize()], "".join(letters)


# --- Excerpts -----------------------------------------------------------------------------------------------------


def excerpt_of(text, typed):
    made = document(text)
    return search.excerpts([made.pk], terms_of(typed)).get(made.pk)


def test_words_are_marked_where_they_stand_together():
    text = "Бюджет. " + "башка сөздөр " * 60 + "Жергиликтүү бюджеттин долбоору. " + "дагы сөздөр " * 60
    shown = excerpt_of(text, "жергиликтуу бюджет").text
    assert "<mark>Жергиликтүү</mark> <mark>бюджеттин</mark> долбоору" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 400


def test_markup_in_a_text_comes_out_as_text():
    shown = excerpt_of("<script>alert(1)</script> </mark><b onclick=x> &amp; бюджет <i>", "бюджет script").text
    assert "<script" not in shown.replace("<mark>script</mark>", "script")
    assert "<b " not in shown
    assert "&lt;/mark&gt;" in shown
    assert "&amp;amp;" in shown


def test_an_excerpt_knows_its_page():
    assert excerpt_of("биринчи\fэкинчи\fүчүнчү бюджет", "бюджет").page == 3


def test_a_title_is_marked_in_its_own_letters():
    assert search.marked("Айыл өкмөтүнүн <бюджети>", terms_of("окмот бюджет")) == (
        "Айыл <mark>өкмөтүнүн</mark> &lt;<mark>бюджети</mark>&gt;"
    )
