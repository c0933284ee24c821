"""N people of M municipalities in K oblasts, counted from who came."""

import pytest

from participants.states import State
from press import figures
from press.figures import Figures
from regions.models import Oblast, OblastKind
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory, OblastFactory
from tests.factories.seminars import SeminarFactory

OSH = Oblast(name_ru="Ошская область", genitive_ru="Ошской области", genitive_ky="Ош облусунун")
BISHKEK = Oblast(kind=OblastKind.CITY, genitive_ru="города Бишкек", genitive_ky="Бишкек шаарынын")


@pytest.mark.parametrize(
    ("figures", "ru", "ky"),
    [
        (
            Figures(1, 1, (OSH,)),
            "Всего в семинаре принял участие 1 человек из 1 муниципалитета Ошской области.",
            "Семинарга Ош облусунун 1 муниципалитетинен жалпысынан 1 адам катышты.",
        ),
        (
            Figures(23, 21, (OSH, BISHKEK)),
            "Всего в семинаре приняли участие 23 человека из 21 муниципалитета Ошской области и города Бишкек.",
            "Семинарга Ош облусунун жана Бишкек шаарынын 21 муниципалитетинен жалпысынан 23 адам катышты.",
        ),
        (
            Figures(5, 0, ()),
            "Всего в семинаре приняли участие 5 человек.",
            "Семинарга жалпысынан 5 адам катышты.",
        ),
        (Figures(0, 0, ()), "", ""),
    ],
)
def test_the_sentence_agrees_with_its_numbers(figures, ru, ky):
    assert (figures.sentence("ru"), figures.sentence("ky")) == (ru, ky)


def test_the_summary_has_no_verb():
    assert Figures(2, 2, (OSH,)).summary("ru") == "2 участника из 2 муниципалитетов Ошской области"
    assert Figures(2, 2, (OSH,)).summary("ky") == "Ош облусунун 2 муниципалитетинен 2 катышуучу"


def came(seminar, municipality):
    registration = register(seminar, municipality)
    registration.state = State.ATTENDED
    registration.save()


@pytest.mark.django_db
def test_only_who_attended_counts_and_a_city_is_no_oblast():
    seminar = SeminarFactory(seats_per_municipality=2)
    oblast, city = OblastFactory(), OblastFactory(kind=OblastKind.CITY)
    twice = MunicipalityFactory(oblast=oblast)
    for municipality in (twice, twice, MunicipalityFactory(oblast=oblast), MunicipalityFactory(oblast=city)):
        came(seminar, municipality)
    register(seminar, MunicipalityFactory())
    counted = figures.count(seminar)
    assert (counted.people, counted.municipalities, counted.oblasts) == (4, 3, 1)
    assert counted.groups == (oblast, city)


@pytest.mark.django_db
def test_counting_takes_two_queries_however_many_came(django_assert_num_queries):
    seminar = SeminarFactory()
    for _number in range(3):
        came(seminar, MunicipalityFactory())
    with django_assert_num_queries(2):
        figures.count(seminar)
