"""A draft says what the seminar's own data says, and nothing else; what is missing is a gap or is left out."""

import pytest

from press.drafting import kyrgyz, material, russian
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import (
    ContributorFactory,
    OrganisationFactory,
    ProjectFactory,
    SeminarFactory,
    SessionFactory,
    SessionSpeakerFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Главы айыл окмоту", "главы айыл окмоту"),
        ("Айыл өкмөттөрүнүн башчылары", "айыл өкмөттөрүнүн башчылары"),
        ("Бишкек шаарынын мэриясы", "Бишкек шаарынын мэриясы"),
        ("Кыргыз Республикасынын айылдары", "Кыргыз Республикасынын айылдары"),
        ("Ошские депутаты", "Ошские депутаты"),
        ("Ошондой эле катчылар", "ошондой эле катчылар"),
        ("ЖӨБ органдары", "ЖӨБ органдары"),
        ("В районах", "в районах"),
        ("Главы районов", "главы районов"),
        ("Айыл аймактарынын башчылары", "айыл аймактарынын башчылары"),
        ("Сузак районунун башчылары", "Сузак районунун башчылары"),
        ("Өзгөн шаарынын кызматкерлери", "Өзгөн шаарынын кызматкерлери"),
        ("Барпы айыл өкмөтүнүн катчылары", "Барпы айыл өкмөтүнүн катчылары"),
        ("Сузакского района главы", "Сузакского района главы"),
        ("Узгенского и Сузакского районов главы", "Узгенского и Сузакского районов главы"),
        ("Сельские главы", "сельские главы"),
        ("", ""),
    ],
)
def test_the_first_word_is_lowered_unless_it_is_a_name(text, expected):
    assert material.lowered(text) == expected


def test_quotation_marks_inside_a_theme_are_of_the_inner_kind():
    assert material.quoted("Работа «Тундука»") == "«Работа „Тундука“»"


@pytest.mark.parametrize(
    ("purpose", "end"), [("Как жить дальше?", "как жить дальше?"), ("Обмен опытом.", "обмен опытом.")]
)
def test_a_sentence_ends_in_one_mark(purpose, end):
    assert russian.result(material.gather(SeminarFactory(purpose_ru=purpose), "ru")).lead.endswith(f"— {end}")


def test_without_data_the_sentence_is_left_out():
    seminar = SeminarFactory(audience_ru="", purpose_ru="", city_ru="", title_ru="Бюджет")
    lead = russian.result(material.gather(seminar, "ru")).lead
    assert lead.endswith("состоялся семинар на тему «Бюджет».")
    assert "\n" not in lead
    assert russian.result(material.gather(seminar, "ru")).support == ""


def test_what_exists_only_in_the_other_language_is_a_gap_and_never_mixed_in():
    seminar = SeminarFactory(title_ru="")
    ContributorFactory(seminar=seminar, organisation=OrganisationFactory(name__name_ru="", name__name_ky="Агенттик"))
    project = ProjectFactory(wording_ru="", name_ru="")
    ContributorFactory(seminar=seminar, role="project", organisation=None, project=project)
    draft = russian.announcement(material.gather(seminar, "ru"))
    assert draft.headline.endswith("состоится семинар [[тема семинара на русском языке]]")
    assert "Организатор — [[напишите по-русски: Агенттик]]." in draft.lead
    assert "- [[напишите по-русски: Элдин үнү]]" in draft.support


def test_a_project_without_wording_is_named():
    seminar = SeminarFactory()
    ContributorFactory(seminar=seminar, role="project", organisation=None, project=ProjectFactory(wording_ru=""))
    assert "- «Голос граждан»" in russian.result(material.gather(seminar, "ru")).support


def test_a_donor_named_by_a_projects_wording_is_not_named_twice():
    seminar = SeminarFactory()
    paying = OrganisationFactory(name__name_ru="Правительство Швейцарии")
    ContributorFactory(seminar=seminar, role="donor", organisation=paying)
    project = ProjectFactory(wording_ru="Проект. Его финансирует Правительство Швейцарии.")
    assert "- Правительство Швейцарии" in russian.result(material.gather(seminar, "ru")).support
    ContributorFactory(seminar=seminar, role="project", organisation=None, project=project)
    assert russian.result(material.gather(seminar, "ru")).support.count("Правительство Швейцарии") == 1


def test_in_russian_a_town_that_the_register_does_not_know_is_left_to_the_place_line():
    seminar = SeminarFactory(city_ru="Чон-Сары-Ой", city_ky="Чоң-Сары-Ой")
    assert material.gather(seminar, "ru").city == ""
    assert material.gather(seminar, "ky").city == "Чоң-Сары-Ойдо"
    MunicipalityFactory(kind="city_oblast", district=None, name_ru="город Чон-Сары-Ой")
    assert material.gather(seminar, "ru").city == "в городе Чон-Сары-Ой"


def test_an_online_seminar_has_no_town_and_no_hall():
    facts = material.gather(SeminarFactory(format="online"), "ru")
    draft = russian.announcement(facts)
    assert "в режиме онлайн состоится" in draft.lead
    assert "Место проведения" not in draft.further
    assert "Зал" not in draft.further
    assert "онлайн" in kyrgyz.announcement(material.gather(SeminarFactory(format="online"), "ky")).lead


def test_an_unpublished_seminar_gives_no_address():
    assert material.gather(SeminarFactory(draft=True), "ky").address == ""


def test_the_speaker_of_the_first_session_is_proposed_for_the_quotation():
    seminar = SeminarFactory()
    SessionSpeakerFactory(session=SessionFactory(seminar=seminar))
    speech = russian.result(material.gather(seminar, "ru")).quote
    assert speech.speaker.startswith("Гульзангуль")
    assert speech.post == "заведующая отделом агентства"
    assert speech.text == "[[цитата о цели и итогах семинара]]"


def test_formal_items_of_the_programme_are_not_news():
    seminar = SeminarFactory()
    for title in ("Открытие семинара", "Подведение итогов", "Бюджет села"):
        SessionFactory(seminar=seminar, title_ru=title)
    assert material.gather(seminar, "ru").programme == ("Бюджет села",)


def test_gathering_takes_as_many_queries_however_much_there_is(django_assert_max_num_queries):
    seminar = SeminarFactory()
    for _number in range(4):
        SessionSpeakerFactory(session=SessionFactory(seminar=seminar))
        ContributorFactory(seminar=seminar)
    with django_assert_max_num_queries(10):
        material.gather(seminar, "ru")
