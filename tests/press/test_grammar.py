"""What we compose ourselves, checked by hand row by row."""

import csv
from pathlib import Path

import pytest

import regions
from press.grammar import kyrgyz, russian, territories
from press.grammar.kyrgyz import Case
from regions.models import Oblast

GENITIVE, DATIVE, ACCUSATIVE, LOCATIVE, ABLATIVE = Case

ENDINGS = [
    # towns: the four vowels, after a vowel, a voiced and a voiceless consonant
    ("Талас", GENITIVE, "Таластын"),
    ("Талас", LOCATIVE, "Таласта"),
    ("Талас", ABLATIVE, "Таластан"),
    ("Нарын", GENITIVE, "Нарындын"),
    ("Нарын", DATIVE, "Нарынга"),
    ("Бишкек", GENITIVE, "Бишкектин"),
    ("Бишкек", DATIVE, "Бишкекке"),
    ("Бишкек", LOCATIVE, "Бишкекте"),
    ("Баткен", LOCATIVE, "Баткенде"),
    ("Ош", GENITIVE, "Оштун"),
    ("Ош", DATIVE, "Ошко"),
    ("Ош", LOCATIVE, "Ошто"),
    ("Токмок", ABLATIVE, "Токмоктон"),
    ("Чүй", GENITIVE, "Чүйдүн"),
    ("Чүй", LOCATIVE, "Чүйдө"),
    ("Ысык-Көл", GENITIVE, "Ысык-Көлдүн"),
    ("Ысык-Көл", DATIVE, "Ысык-Көлгө"),
    ("Жалал-Абад", LOCATIVE, "Жалал-Абадда"),
    ("Каракол", LOCATIVE, "Караколдо"),
    ("Токтогул", LOCATIVE, "Токтогулда"),
    ("Токтогул", GENITIVE, "Токтогулдун"),
    ("Балыкчы", LOCATIVE, "Балыкчыда"),
    ("Балыкчы", GENITIVE, "Балыкчынын"),
    ("Чолпон-Ата", LOCATIVE, "Чолпон-Атада"),
    ("Майлуу-Суу", LOCATIVE, "Майлуу-Сууда"),
    ("Кызыл-Кыя", LOCATIVE, "Кызыл-Кыяда"),
    ("Раззаков", LOCATIVE, "Раззаковдо"),
    # words of releases
    ("семинар", GENITIVE, "семинардын"),
    ("семинар", ACCUSATIVE, "семинарды"),
    ("долбоор", GENITIVE, "долбоордун"),
    ("агенттик", GENITIVE, "агенттиктин"),
    ("форум", GENITIVE, "форумдун"),
    ("айыл өкмөтү", GENITIVE, "айыл өкмөтүнүн"),
    ("жыйын", DATIVE, "жыйынга"),
    ("кеңеш", DATIVE, "кеңешке"),
    ("мэр", GENITIVE, "мэрдин"),
    ("апрель", LOCATIVE, "апрелде"),
    ("июль", LOCATIVE, "июлда"),
    ("декабрь", LOCATIVE, "декабрда"),
    # numbers in digits, by the word that is said
    ("1", ABLATIVE, "1ден"),
    ("3", ABLATIVE, "3төн"),
    ("6", GENITIVE, "6нын"),
    ("9", DATIVE, "9га"),
    ("10", ABLATIVE, "10дон"),
    ("30", ABLATIVE, "30дан"),
    ("50", ABLATIVE, "50дөн"),
    ("58", GENITIVE, "58дин"),
    ("100", ABLATIVE, "100дөн"),
    ("1000", ABLATIVE, "1000ден"),
    ("10 000", ABLATIVE, "10 000ден"),
    ("1 052", GENITIVE, "1 052нин"),
    ("0", ABLATIVE, "0дөн"),
    ("51%", ABLATIVE, "51%дан"),
    # letters read one by one, and as words
    ("КР", GENITIVE, "КРдин"),
    ("АКШ", GENITIVE, "АКШнын"),
    ("КР МК", DATIVE, "КР МКга"),
    ("ЖӨБ", GENITIVE, "ЖӨБдүн"),
    ("БУУ", GENITIVE, "БУУнун"),
    ("ИПР", GENITIVE, "ИПРдин"),
    ("ПРООН", GENITIVE, "ПРООНдун"),
    ("SDC", GENITIVE, "SDCнин"),
    ("USAID", GENITIVE, "USAIDдин"),
    # quotation marks and brackets
    ("«Түндүк»", GENITIVE, "«Түндүк»түн"),
    ("«Элдин үнү»", DATIVE, "«Элдин үнү»гө"),
    ("ишкана (SDC)", GENITIVE, "ишкананын (SDC)"),
    # nothing to be said aloud stays as it is
    ("", GENITIVE, ""),
    ("—", GENITIVE, "—"),
    ("ß", DATIVE, "ßге"),
]

OWNED = [
    ("Ош шаары", GENITIVE, "Ош шаарынын"),
    ("Ош шаары", DATIVE, "Ош шаарына"),
    ("Ош шаары", ACCUSATIVE, "Ош шаарын"),
    ("Ош шаары", LOCATIVE, "Ош шаарында"),
    ("Ош шаары", ABLATIVE, "Ош шаарынан"),
    ("Төө-Моюн айыл аймагы", LOCATIVE, "Төө-Моюн айыл аймагында"),
    ("Өнүктүрүү саясат институту", DATIVE, "Өнүктүрүү саясат институтуна"),
    ("өлкөнү санариптештирүү жылы", GENITIVE, "өлкөнү санариптештирүү жылынын"),
    ("Кызматташтык Агенттиги (SDC)", ABLATIVE, "Кызматташтык Агенттигинен (SDC)"),
    ("2019-жылдын 19-декабры", LOCATIVE, "2019-жылдын 19-декабрында"),
    ("2026-жылдын 1-июну", LOCATIVE, "2026-жылдын 1-июнунда"),
    ("2026-жылдын 3-августу", LOCATIVE, "2026-жылдын 3-августунда"),
    ("2026-жылдын 9-майы", LOCATIVE, "2026-жылдын 9-майында"),
]

PEOPLE = [
    (0, "0 человек", "0 участников", "0 муниципалитетов"),
    (1, "1 человек", "1 участник", "1 муниципалитета"),
    (2, "2 человека", "2 участника", "2 муниципалитетов"),
    (4, "4 человека", "4 участника", "4 муниципалитетов"),
    (5, "5 человек", "5 участников", "5 муниципалитетов"),
    (11, "11 человек", "11 участников", "11 муниципалитетов"),
    (12, "12 человек", "12 участников", "12 муниципалитетов"),
    (14, "14 человек", "14 участников", "14 муниципалитетов"),
    (21, "21 человек", "21 участник", "21 муниципалитета"),
    (22, "22 человека", "22 участника", "22 муниципалитетов"),
    (58, "58 человек", "58 участников", "58 муниципалитетов"),
    (101, "101 человек", "101 участник", "101 муниципалитета"),
    (111, "111 человек", "111 участников", "111 муниципалитетов"),
    (193, "193 человека", "193 участника", "193 муниципалитетов"),
    (1052, "1052 человека", "1052 участника", "1052 муниципалитетов"),
]

ROWS_OF_PLACES = [
    ("osh-oblast", "Ошской области", "в Ошской области", "Ош облусунун", "Ош облусунда"),
    ("bishkek", "города Бишкек", "в городе Бишкек", "Бишкек шаарынын", "Бишкек шаарында"),
    (
        "batken-oblast osh-oblast",
        "Баткенской и Ошской областей",
        "в Баткенской и Ошской областях",
        "Баткен жана Ош облустарынын",
        "Баткен жана Ош облустарында",
    ),
    (
        "issyk-kul-oblast jalal-abad-oblast chuy-oblast",
        "Иссык-Кульской, Джалал-Абадской и Чуйской областей",
        "в Иссык-Кульской, Джалал-Абадской и Чуйской областях",
        "Ысык-Көл, Жалал-Абад жана Чүй облустарынын",
        "Ысык-Көл, Жалал-Абад жана Чүй облустарында",
    ),
    (
        "bishkek osh",
        "городов Бишкек и Ош",
        "в городах Бишкек и Ош",
        "Бишкек жана Ош шаарларынын",
        "Бишкек жана Ош шаарларында",
    ),
    (
        "osh-oblast osh",
        "Ошской области и города Ош",
        "в Ошской области и в городе Ош",
        "Ош облусунун жана Ош шаарынын",
        "Ош облусунда жана Ош шаарында",
    ),
    (
        "osh-oblast bishkek osh",
        "Ошской области, а также городов Бишкек и Ош",
        "в Ошской области, а также в городах Бишкек и Ош",
        "Ош облусунун, ошондой эле Бишкек жана Ош шаарларынын",
        "Ош облусунда, ошондой эле Бишкек жана Ош шаарларында",
    ),
]


@pytest.fixture
def oblasts():
    """The nine groups as the portal ships them; reading them needs no database."""
    with (Path(regions.__file__).parent / "data" / "oblasts.csv").open(encoding="utf-8") as file:
        return {row["uid"]: Oblast(**row) for row in csv.DictReader(file)}


@pytest.mark.parametrize(("text", "case", "expected"), ENDINGS)
def test_a_kyrgyz_ending_follows_the_last_sound_that_is_heard(text, case, expected):
    assert kyrgyz.decline(text, case) == expected


@pytest.mark.parametrize(("text", "case", "expected"), OWNED)
def test_a_name_with_its_owners_mark_takes_the_endings_of_its_kind(text, case, expected):
    assert kyrgyz.decline_owned(text, case) == expected


@pytest.mark.parametrize(("number", "people", "participants", "municipalities"), PEOPLE)
def test_what_is_counted_in_russian_agrees_with_its_number(number, people, participants, municipalities):
    assert russian.counted(number, russian.PERSON) == people
    assert russian.counted(number, russian.PARTICIPANT) == participants
    assert russian.counted_genitive(number, russian.MUNICIPALITY) == municipalities


@pytest.mark.parametrize(
    ("number", "verb"), [(1, "принял"), (2, "приняли"), (11, "приняли"), (21, "принял"), (58, "приняли")]
)
def test_the_verb_agrees_with_the_number_of_people(number, verb):
    assert russian.took_part(number) == f"{verb} участие"


@pytest.mark.parametrize(("uids", "genitive_ru", "locative_ru", "genitive_ky", "locative_ky"), ROWS_OF_PLACES)
def test_oblasts_and_cities_in_a_row_say_their_common_word_once(
    oblasts, uids, genitive_ru, locative_ru, genitive_ky, locative_ky
):
    groups = [oblasts[uid] for uid in uids.split()]
    assert territories.genitive(groups, "ru") == genitive_ru
    assert territories.locative(groups, "ru") == locative_ru
    assert territories.genitive(groups, "ky") == genitive_ky
    assert territories.locative(groups, "ky") == locative_ky


def test_more_than_three_oblasts_are_counted_and_the_cities_are_not_among_them(oblasts):
    everyone = list(oblasts.values())
    seven = [group for group in everyone if not group.is_city]
    assert territories.counted_genitive(seven, "ru") == "семи областей"
    assert territories.counted_genitive(seven, "ky") == "жети облустун"
    assert territories.counted_genitive(everyone, "ru") == "семи областей, а также городов Бишкек и Ош"
    assert territories.counted_genitive(everyone, "ky") == "жети облустун, ошондой эле Бишкек жана Ош шаарларынын"
    assert territories.counted_genitive(seven[:2], "ru") == "Иссык-Кульской и Джалал-Абадской областей"
    assert territories.counted_genitive([], "ru") == ""


def test_forms_that_share_no_word_are_listed_whole(oblasts):
    oblasts["osh-oblast"].genitive_ru = "Ошского края"
    groups = [oblasts["batken-oblast"], oblasts["osh-oblast"]]
    assert territories.genitive(groups, "ru") == "Баткенской области и Ошского края"


def test_lists_end_with_their_conjunction():
    assert [kyrgyz.listed(items) for items in (["а"], ["а", "б"], ["а", "б", "в"])] == ["а", "а жана б", "а, б жана в"]
    assert [russian.listed(items) for items in (["а"], ["а", "б"], ["а", "б", "в"])] == ["а", "а и б", "а, б и в"]


def test_small_numbers_are_written_in_words():
    assert [kyrgyz.in_words(number) for number in (1, 7, 9, 12)] == ["бир", "жети", "тогуз", "12"]
    assert [russian.in_words_genitive(number, russian.OBLAST) for number in (1, 3, 7, 12, 21)] == [
        "одной области",
        "трёх областей",
        "семи областей",
        "12 областей",
        "21 области",
    ]
