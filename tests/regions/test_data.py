"""The data files that the portal ships tell what the sources tell, and no more."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db.models import Count, Q

from regions.models import District, Municipality, MunicipalityKind, NameKind, Oblast, Post, Succession

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

SEMINAR_DAY = dt.date(2019, 12, 19)
AFTER = dt.date(2026, 1, 1)


def unit(uid):
    return Municipality.objects.get(uid=uid)


def test_the_tree_of_2019_is_whole():
    then = Municipality.objects.alive_on(SEMINAR_DAY)
    assert then.count() == 484
    assert then.filter(kind=MunicipalityKind.AIYL_AIMAK).count() == 453
    assert then.exclude(kind=MunicipalityKind.AIYL_AIMAK).count() == 31
    assert Oblast.objects.count() == 9
    assert Oblast.objects.oblasts().count() == 7
    assert District.objects.count() == 40
    alive = Count("municipalities", filter=Q(municipalities__in=then))
    assert {oblast.uid: oblast.alive for oblast in Oblast.objects.annotate(alive=alive)} == {
        "issyk-kul-oblast": 64,
        "jalal-abad-oblast": 76,
        "naryn-oblast": 64,
        "batken-oblast": 37,
        "osh-oblast": 91,
        "talas-oblast": 38,
        "chuy-oblast": 112,
        "bishkek": 1,
        "osh": 1,
    }


def test_every_unit_of_2019_has_one_code_of_that_day_and_no_two_share_it():
    then = Municipality.objects.alive_on(SEMINAR_DAY).exclude(uid="naryn-city").prefetch_related("codes")
    codes = [
        [code.code for code in one.codes.all() if code.valid_from is None or code.valid_from <= SEMINAR_DAY]
        for one in then
    ]
    undated = {"kemin-city", "kadamjay-city", "kok-janggak-city"}
    assert [one.uid for one, held in zip(then, codes, strict=True) if len(held) != 1 and one.uid not in undated] == []
    assert len({code for held in codes for code in held}) == sum(map(len, codes))


def test_after_the_reform_there_are_34_cities():
    now = Municipality.objects.alive_on(AFTER)
    assert now.exclude(kind=MunicipalityKind.AIYL_AIMAK).count() == 34
    assert now.filter(kind=MunicipalityKind.CITY_OBLAST).count() == 14
    assert now.filter(kind=MunicipalityKind.CITY_DISTRICT).count() == 18


@pytest.mark.parametrize(("district", "before", "after"), [("jeti-oguz", 13, 5), ("kara-kulja", 12, 7)])
def test_the_two_districts_whose_reform_is_known_are_whole(district, before, after):
    units = Municipality.objects.filter(district__uid=f"{district}-district")
    assert units.alive_on(SEMINAR_DAY).count() == before
    assert units.alive_on(AFTER).count() == after
    assert all(one.confirmed_after_reform for one in units.alive_on(AFTER))


def test_a_merger_into_a_unit_of_the_same_name_is_a_new_unit():
    old, new = unit("jeti-oguz-jeti-oguz"), unit("jeti-oguz-jeti-oguz-2024")
    assert old.name_ru == new.name_ru
    assert (str(old.alive_until), str(new.alive_since)) == ("2024", "2024")
    assert not old.is_alive
    lineage = Municipality.objects.lineage_of(new)
    assert {one.uid for one in lineage} == {new.uid, old.uid, "yrdyk-jeti-oguz", "lipenka-jeti-oguz"}


def test_a_town_made_of_an_aimak_is_a_new_unit():
    city = unit("bazar-korgon-city")
    assert {one.uid for one in Municipality.objects.lineage_of(city)} == {city.uid, "bazar-korgon-bazar-korgon"}


RENAMES = {
    "markaz-kadamjay": ("Марказ", "Айрыбаз", "2022-11"),
    "halmion-kadamjay": ("Халмион", "Исхак-Полотхан", "2022-11"),
    "margun-leylek": ("Маргун", "Кең-Талаа", "2022-11"),
    "kotormo-kadamjay": ("Көтөрмө", "Молдо Нияз", "2023-11"),
    "nazaraliev-aksy": ("Назаралиев", "Үч-Коргон", "2023-11"),
    "semenovka-ysyk-kol": ("Семеновка", "Кожояр", "2023-11"),
    "jerge-tal-naryn": ("Жерге-Тал", "Эсеналы Дайракунов", "2025-01"),
    "sary-bulak-kara-kulja": ("Сары-Булак", "Рыспай Абдыкадыров", "2025-01"),
    "jalal-abad-city": ("Жалал-Абад", "Манас", "2025-09"),
    "isfana-city": ("Исфана", "Раззаков", "<2024"),
}


def test_a_rename_keeps_the_unit_and_its_former_name():
    for uid, (old, new, since) in RENAMES.items():
        renamed = unit(uid)
        former = renamed.names.get(kind=NameKind.FORMER)
        assert (renamed.short_name, str(renamed.named_since)) == (new, since)
        assert (former.name_ky.removesuffix(" айыл аймагы").removesuffix(" шаары"), str(former.valid_until)) == (
            old,
            since,
        )
        assert renamed.alive_until is None


def test_the_district_of_kara_buura_became_aitmatov():
    district = District.objects.get(uid="kara-buura-district")
    assert district.name_ky == "Айтматов району"
    assert district.names.get().name_ky == "Кара-Буура району"


def test_a_reused_code_joins_nothing():
    code = {"codes__code": "41706207830000"}
    assert {one.uid for one in Municipality.objects.filter(**code)} == {"lenin-alay", "jany-alay-alay"}
    assert not Succession.objects.filter(predecessor=unit("lenin-alay")).exists()


def test_eleven_aimaks_went_to_cities():
    annexed = Succession.objects.filter(kind="annexed").values_list("successor__uid")
    assert dict(annexed.annotate(n=Count("pk"))) == {"bishkek-city": 8, "osh-city": 2, "kant-city-2024": 1}


def test_four_units_have_no_kyrgyz_name_in_the_sources_of_2021():
    nameless = Municipality.objects.alive_on(SEMINAR_DAY).filter(name_ky="")
    assert {one.uid for one in nameless} == {
        "suyumbaev-jumgal",
        "kabylan-kol-alay",
        "jany-alay-alay",
        "mirmahmudov-nookat",
    }


def test_doubtful_names_keep_a_note():
    assert "Военна-Антоновка" in unit("voenno-antonovka-sokuluk").note


def test_every_row_names_its_source():
    assert not Municipality.objects.filter(source="").exists()
    assert not District.objects.filter(source="").exists()


def test_posts_have_titles_for_aimaks_and_cities():
    head = Post.objects.get(uid="head")
    assert head.title(unit("markaz-kadamjay"), "ky") == "айыл өкмөтүнүн башчысы"
    assert head.title(unit("osh-city"), "ru") == "мэр города"
    open_posts = Post.objects.open_to_registration().values_list("uid", flat=True)
    assert set(open_posts) == {"head", "acting_head", "deputy", "secretary"}


def test_loading_the_shipped_files_again_changes_nothing(capsys):
    call_command("load_regions", "--write")
    assert capsys.readouterr().out == "Nothing to change.\n"
