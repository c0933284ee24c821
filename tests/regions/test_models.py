"""What the register refuses, whoever writes; how units are ordered, searched and told."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from regions.models import (
    Municipality,
    MunicipalityCode,
    MunicipalityKind,
    MunicipalityName,
    NameKind,
    Oblast,
    OblastKind,
    Succession,
    SuccessionKind,
)
from regions.partial_dates import PartialDate
from tests.factories.regions import DistrictFactory, MunicipalityFactory, OblastFactory

pytestmark = pytest.mark.django_db


@transaction.atomic
def checked(write):
    """Write, and let the constraints that wait for the end of the transaction speak now."""
    write()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint):
        checked(write)


def step(predecessor, successor):
    return Succession.objects.create(predecessor=predecessor, successor=successor, kind=SuccessionKind.MERGED)


class TestConstraints:
    def test_a_district_of_another_oblast_is_refused(self):
        elsewhere = DistrictFactory()
        refused(
            "a_municipality_lies_in_the_oblast_of_its_district",
            lambda: MunicipalityFactory(oblast=OblastFactory(), district=elsewhere),
        )

    def test_a_municipality_needs_a_name(self):
        refused("a_municipality_has_a_name", lambda: MunicipalityFactory(name_ky="", name_ru=""))

    def test_a_municipality_cannot_end_before_it_begins(self):
        span = {"alive_from": dt.date(2024, 1, 1), "alive_to": dt.date(2024, 1, 1)}
        precisions = {"alive_from_precision": "year", "alive_to_precision": "year"}
        refused("a_municipality_begins_before_it_ends", lambda: MunicipalityFactory(**span, **precisions))

    def test_a_date_needs_its_precision(self):
        refused("a_municipality_date_has_its_precision", lambda: MunicipalityFactory(alive_to=dt.date(2024, 1, 1)))
        refused("a_municipality_date_has_its_precision", lambda: MunicipalityFactory(named_from_precision="year"))

    @pytest.mark.parametrize("kind", [MunicipalityKind.AIYL_AIMAK, MunicipalityKind.CITY_DISTRICT])
    def test_aimaks_and_towns_need_a_district(self, kind):
        refused("aimaks_and_towns_have_a_district", lambda: MunicipalityFactory(kind=kind, district=None))

    def test_a_city_of_oblast_rank_has_no_district(self):
        refused("aimaks_and_towns_have_a_district", lambda: MunicipalityFactory(kind=MunicipalityKind.CITY_OBLAST))

    def test_a_name_is_listed_once(self):
        unit = MunicipalityFactory()
        name = {"municipality": unit, "kind": NameKind.FORMER, "name_ky": "Эски"}
        MunicipalityName.objects.create(**name)
        refused("a_municipality_name_is_listed_once", lambda: MunicipalityName.objects.create(**name))

    def test_a_name_cannot_be_empty(self):
        unit = MunicipalityFactory()
        refused(
            "a_municipalityname_is_not_empty",
            lambda: MunicipalityName.objects.create(municipality=unit, kind=NameKind.FORMER),
        )

    @pytest.mark.parametrize("code", ["4170000000000", "4170000000000О", "41 700 00000000"])
    def test_a_code_has_14_digits(self, code):
        unit = MunicipalityFactory()
        refused(
            "a_municipalitycode_has_14_digits",
            lambda: MunicipalityCode.objects.create(municipality=unit, code=code[:14]),
        )

    def test_a_code_may_be_given_to_another_unit(self):
        for unit in (MunicipalityFactory(), MunicipalityFactory()):
            MunicipalityCode.objects.create(municipality=unit, code="41706207830000")
        assert MunicipalityCode.objects.count() == 2

    def test_a_code_is_listed_once_for_a_unit(self):
        code = {"municipality": MunicipalityFactory(), "code": "41706207830000"}
        MunicipalityCode.objects.create(**code)
        refused("a_municipality_code_is_listed_once", lambda: MunicipalityCode.objects.create(**code))

    def test_nobody_succeeds_itself(self):
        unit = MunicipalityFactory()
        refused(r"nobody_succeeds_itself|closes a circle", lambda: step(unit, unit))

    def test_one_step_between_two_units(self):
        one, other = MunicipalityFactory(), MunicipalityFactory()
        step(one, other)
        refused("one_step_between_two_municipalities", lambda: step(one, other))

    def test_a_circle_of_any_length_is_refused(self):
        first, second, third = (MunicipalityFactory() for _ in range(3))
        step(first, second)
        step(second, third)
        refused("closes a circle", lambda: step(third, first))
        with pytest.raises(ValidationError, match=r"."):
            Succession(predecessor=third, successor=first, kind=SuccessionKind.MERGED).full_clean()


class TestWhichOnes:
    def test_alive_on_counts_the_first_day_and_not_the_last(self):
        unit = MunicipalityFactory(
            alive_from=dt.date(2019, 1, 1),
            alive_from_precision="year",
            alive_to=dt.date(2024, 1, 1),
            alive_to_precision="year",
        )
        days = {dt.date(2018, 12, 31): 0, dt.date(2019, 1, 1): 1, dt.date(2023, 12, 31): 1, dt.date(2024, 1, 1): 0}
        for day, count in days.items():
            assert Municipality.objects.alive_on(day).count() == count
            assert unit.is_alive_on(day) == bool(count)

    def test_the_lineage_reaches_back_over_all_steps(self):
        first, second, third, stranger = (MunicipalityFactory() for _ in range(4))
        step(first, second)
        step(second, third)
        assert set(Municipality.objects.lineage_of(third)) == {first, second, third}
        assert set(Municipality.objects.lineage_of(first)) == {first}
        assert list(Municipality.objects.lineage_of(stranger)) == [stranger]

    def test_oblasts_are_those_without_the_two_cities(self):
        oblast, city = OblastFactory(), OblastFactory(kind=OblastKind.CITY)
        assert list(Oblast.objects.oblasts()) == [oblast]
        assert list(Oblast.objects.all()) == [oblast, city]

    def test_units_are_ordered_by_the_kyrgyz_alphabet(self):
        district = DistrictFactory()
        place = {"district": district, "oblast": district.oblast}
        names = ["Өзгөн", "Орок", "Үгүт", "Узун", "Нура", "Ңура"]
        for name in names:
            MunicipalityFactory(name_ky=f"{name} айыл аймагы", **place)
        ordered = [unit.name_ky.split()[0] for unit in Municipality.objects.by_name()]
        assert ordered == ["Нура", "Ңура", "Орок", "Өзгөн", "Узун", "Үгүт"]

    @pytest.mark.parametrize("text", ["жаңы", "Жаны-Жер", "жанижер", "джаны", "эски", "41700000000001", "4170000"])
    def test_units_are_found_by_any_name_or_code(self, text):
        unit = MunicipalityFactory(name_ky="Жаңы-Жер айыл аймагы", name_ru="Джаны-Джерский айылный аймак")
        MunicipalityName.objects.create(municipality=unit, kind=NameKind.FORMER, name_ky="Эски-Жер айыл аймагы")
        MunicipalityCode.objects.create(municipality=unit, code="41700000000001")
        MunicipalityFactory()
        assert list(Municipality.objects.named(text)) == [unit]

    def test_the_search_uses_the_trigram_index(self):
        with connection.cursor() as cursor:
            for way in ("seqscan", "indexscan", "indexonlyscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        plan = Municipality.objects.named("ак-булуң").explain()
        assert "municipality_folded_name_ky" in plan

    def test_a_full_name_costs_no_query(self, django_assert_num_queries):
        MunicipalityFactory.create_batch(3)
        with django_assert_num_queries(1):
            assert len([unit.full_name for unit in Municipality.objects.with_names().by_name()]) == 3


class TestWords:
    @pytest.mark.parametrize(
        ("name_ky", "name_ru", "short_ky", "short_ru"),
        [
            ("Ак-Суу айыл аймагы", "Ак-Сууский айылный аймак", "Ак-Суу", "Ак-Сууский"),
            ("Ош шаары", "город Ош", "Ош", "Ош"),
            ("Крупская айыл аймагы", "Айылный аймак им. Крупской", "Крупская", "им. Крупской"),
            ("", "Суюмбаевский айылный аймак", "Суюмбаевский", "Суюмбаевский"),
            ("Сары-Челек айыл аймагы", "", "Сары-Челек", "Сары-Челек"),
        ],
    )
    def test_a_short_name_is_the_proper_name(self, name_ky, name_ru, short_ky, short_ru):
        unit = MunicipalityFactory.build(name_ky=name_ky, name_ru=name_ru, oblast=None, district=None)
        for language, short in (("ky", short_ky), ("ru", short_ru)):
            with translation.override(language):
                assert unit.short_name == short

    def test_a_name_missing_in_the_language_says_that_it_is_foreign(self):
        unit = MunicipalityFactory.build(name_ky="", oblast=None, district=None)
        assert unit.name.is_foreign
        assert unit.short_name.is_foreign

    def test_a_full_name_tells_namesakes_apart(self):
        district = DistrictFactory(name_ky="Лейлек району", oblast__name_ky="Баткен облусу")
        unit = MunicipalityFactory(name_ky="Ак-Суу айыл аймагы", district=district, oblast=district.oblast)
        assert unit.full_name == "Ак-Суу айыл аймагы, Лейлек району, Баткен облусу"

    @pytest.mark.parametrize(
        ("written", "ky", "ru"),
        [
            ("2024", "2024", "2024"),
            ("2022-11", "2022-жылдын ноябры", "ноябрь 2022"),
            ("2019-12-19", "2019-жылдын 19-декабры", "19 декабря 2019 года"),
            ("<2024", "2024-жылдан кеч эмес", "не позднее 2024 года"),
        ],
    )
    def test_a_date_is_told_as_exactly_as_it_is_known(self, written, ky, ru):
        date = PartialDate.parse(written)
        assert (str(date), date.in_words("ky"), date.in_words("ru")) == (written, ky, ru)

    @pytest.mark.parametrize(
        "written", ["", "24", "2024-13", "2023-02-29", "01.02.2024", "<2024-01", "٢٠٢٤", "0001", "9999"]
    )
    def test_what_is_not_a_date_is_refused(self, written):
        with pytest.raises(ValueError, match=r"not a date|must be in|out of range"):
            PartialDate.parse(written)
