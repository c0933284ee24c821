"""Lists come in either language, misspelt, with old names: found, asked back, or suggested; never guessed."""

import datetime as dt
import time
import unicodedata

import pytest
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from regions.matching import Finder, Outcome, find

SEMINAR_DAY = dt.date(2019, 12, 19)
TODAY = dt.date(2026, 11, 23)

# What people write, and the unit that it means today.
MATCHED = """
Ак-Булуң айыл аймагы, Ак-Суу району | ak-bulung-ak-suu
Ак-Булунский айылный аймак, Тюпский район | ak-bulung-tup
Ак Булун Түп | ak-bulung-tup
Бөрү-Баш айыл аймагы | boru-bash-ak-suu
Берю-Башский айылный аймак | boru-bash-ak-suu
Бёрю-Баш | boru-bash-ak-suu
бору баш | boru-bash-ak-suu
Тео-Моюн | too-moyun-aravan
Тео-Моюнский | too-moyun-aravan
Төө-Моюн айыл өкмөтү | too-moyun-aravan
toomoyun | too-moyun-aravan
Teo Moyun | too-moyun-aravan
Кек-Джарский айылный аймак, Ак-Талинский район | kok-jar-ak-talaa
Көк-Жар, Ак-Талаа району | kok-jar-ak-talaa
Кок-Жар Кочкор | kok-jar-kochkor
Кок-Жарский а/о Кочкорского района | kok-jar-kochkor
Ак-Суу, Лейлек району | ak-suu-leylek
Ак-Суу (Лейлек) | ak-suu-leylek
Лейлекский р-н, Ак-Сууский а/а | ak-suu-leylek
Баткен облусунун Лейлек районунун Ак-Суу айыл өкмөтү | ak-suu-leylek
Ак-Сууский айылный аймак, Аксыйский район | ak-suu-aksy
Ак-Суу Московский район | ak-suu-moskva
Ак-Суу, Чуйская область | ak-suu-moskva
Первомайский, Сокулукский район | birinchi-may-sokuluk
Биринчи Май айыл аймагы, Ала-Бука | birinchi-may-ala-buka
Первомайский аймак, Москва району | birinchi-may-moskva
Кара-Суу шаары | kara-suu-city
г. Кара-Суу | kara-suu-city
Кара-Суу, Талас району | kara-suu-talas
Kapa-Cyy, Талас району | kara-suu-talas
Кара-Суйский айылный аймак, Таласский район | kara-suu-talas
Кара-Суу, Нарын облусу, Ат-Башы району | kara-suu-at-bashy
Ош | osh-city
г. Ош | osh-city
г.Ош | osh-city
Ош шаары | osh-city
город Ош | osh-city
Osh | osh-city
Мэрия города Ош | osh-city
Бишкек | bishkek-city
Bishkek city | bishkek-city
БИШКЕК ШААРЫ | bishkek-city
Каракол шаары, Ысык-Көл облусу | karakol-city
Каракол айыл аймагы | karakol-ak-suu
Токмок | tokmok-city
мэрия города Токмак | tokmok-city
Кант | kant-city-2024
город Кант, Ысык-Атинский район | kant-city-2024
Кара-Балта | kara-balta-city-2024
Сулюкта | suluktu-city
Сүлүктү шаары | suluktu-city
Кызыл-Кия | kyzyl-kyya-city
Кызыл-Кыя шаары | kyzyl-kyya-city
Узген | ozgon-city
Өзгөн шаары | ozgon-city
Майлуу-Суу | mayluu-suu-city
город Майли-Сай | mayluu-suu-city
Ташкумыр | tash-komur-city
Кок-Жангак | kok-janggak-city
Көк-Жаңгак шаары | kok-janggak-city
Каинда шаары | kayyngdy-city
Кайынды шаары | kayyngdy-city
Каинды, Манас району | kaindy-manas
Манас | jalal-abad-city
Джалал-Абад | jalal-abad-city
Жалал-Абад шаары | jalal-abad-city
Jalal-Abad city | jalal-abad-city
Раззаков | isfana-city
Исфана | isfana-city
г.Исфана | isfana-city
Гульча | gulcho-city
Гүлчө айыл өкмөтү | gulcho-city
Базар-Коргон | bazar-korgon-city
Базар-Коргонский айылный аймак | bazar-korgon-city
Марказский айылный аймак | markaz-kadamjay
Марказ | markaz-kadamjay
Айрыбаз | markaz-kadamjay
Айрыбазский аймак | markaz-kadamjay
Халмион | halmion-kadamjay
Исхак Полотхан | halmion-kadamjay
Маргун | margun-leylek
Кең-Талаа | margun-leylek
Кен Талаа айыл окмоту | margun-leylek
Котормо | kotormo-kadamjay
Молдо-Нияз | kotormo-kadamjay
Молдониязов | ~kotormo-kadamjay
Назаралиев | nazaraliev-aksy
Үч-Коргон, Аксы району | nazaraliev-aksy
Семеновка | semenovka-ysyk-kol
Семёновский | semenovka-ysyk-kol
Кожояр | semenovka-ysyk-kol
Эсеналы Дайракунов | jerge-tal-naryn
Жерге-Тал, Нарын району | jerge-tal-naryn
Рыспай Абдыкадыров | sary-bulak-kara-kulja
Сары-Булак, Кара-Кулжа району | sary-bulak-kara-kulja
Сары-Булакский айылный аймак, Кара-Кульджинский район | sary-bulak-kara-kulja
Ырдык | jeti-oguz-jeti-oguz-2024
Липенский айылный аймак | jeti-oguz-jeti-oguz-2024
Джети-Огузский айылный аймак | jeti-oguz-jeti-oguz-2024
Жети Өгүз | jeti-oguz-jeti-oguz-2024
Барскоон | barskoon-jeti-oguz-2024
Тамга | barskoon-jeti-oguz-2024
Алайкуу | alaykuu-kara-kulja-2024
Кызыл-Жар айыл аймагы | alaykuu-kara-kulja-2024
Карагуз | kara-guz-kara-kulja-2024
Кара-Гуз | kara-guz-kara-kulja-2024
Вознесеновка | orto-kayyngdy-panfilov-2024
Орто-Кайынды | orto-kayyngdy-panfilov-2024
Лебединовка | bishkek-city
Лебединовский айылный аймак | bishkek-city
Нижняя Ала-Арча | bishkek-city
Нижнеаларчинский | bishkek-city
Төмөнкү Ала-Арча | bishkek-city
Кызыл-Кыштак | osh-city
Люксембург | kant-city-2024
Военно-Антоновка | voenno-antonovka-sokuluk
Военно-Антоновский айылный аймак | voenno-antonovka-sokuluk
Айылный аймак им. Крупской | krupskaya-sokuluk
Крупская | krupskaya-sokuluk
Айылный аймак имени Кайназаровой | kaynazarova-sokuluk
Кайназарова атындагы айыл өкмөтү | kaynazarova-sokuluk
Токтомат Зулпуев | toktomat-zulpuev-nookat
Абды Суеркулов | abdy-suyorkulov-toktogul
Абды Сүйөркулов айылдык өкмөтү | abdy-suyorkulov-toktogul
Он Эки-Бель | on-eki-bel-nookat
онэкибел | on-eki-bel-nookat
Онбир-Джылга | on-bir-jylga-chuy
Чон Сары Ой а.о. | chong-sary-oy-ysyk-kol
Чоң-Сары-Ой АО | chong-sary-oy-ysyk-kol
Иссык-Кульский айылный аймак, Тюп | ysyk-kol-tup
Ысык-Көл айыл аймагы | ysyk-kol-tup
Каджи-Сай | kajy-say-tong
Кажы-Сай | kajy-say-tong
Тюп | tup-tup
Түп айыл аймагы | tup-tup
Кюрпюльдекский | kurpuldok-panfilov
Күрпүлдөк | kurpuldok-panfilov
Жаны-Алай | jany-alay-alay
Джаны Алайский | jany-alay-alay
Памир-Алай | pamir-alay-alay
Кыдыр-Аке | kydyr-ake-ak-suu
Айтматов району, Шекер | sheker-kara-buura
Кара-Буура району, Шекер | sheker-kara-buura
А.Дуйшеевский айылный аймак | duysheev-kemin
41705258834000 | markaz-kadamjay
417 05 258 834 000 | markaz-kadamjay
41708206600010 | kant-city-2024
41708410000010 | kant-city-2024
""".strip().splitlines()
PAIRS = [tuple(part.strip() for part in line.split("|")) for line in MATCHED]


def uids(match):
    return [unit.uid for unit in match.candidates]


@pytest.mark.parametrize(("text", "uid"), PAIRS, ids=[text for text, _uid in PAIRS])
def test_what_people_write_finds_the_unit(finder, text, uid):
    match = finder.find(text, on=TODAY)
    if uid.startswith("~"):  # two letters off: suggested first, not taken
        assert match.outcome is Outcome.SIMILAR
        assert uids(match)[0] in {uid[1:], *successors(finder, uid[1:])}
    else:
        assert match.outcome is Outcome.MATCHED
        assert match.municipality.uid == uid


def successors(finder, uid):
    units = finder.gazetteer.units
    (pk,) = [pk for pk, unit in units.items() if unit.uid == uid]
    return {units[later].uid for later in finder.gazetteer.successors[pk]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ак-Суу", {"ak-suu-leylek", "ak-suu-aksy", "ak-suu-moskva"}),
        ("Ак-Сууский айылный аймак", {"ak-suu-leylek", "ak-suu-aksy", "ak-suu-moskva"}),
        ("Биринчи Май", {"birinchi-may-ala-buka", "birinchi-may-moskva", "birinchi-may-sokuluk"}),
        ("Каракол", {"karakol-city", "karakol-ak-suu", "kara-kol-city"}),
        # Official Russian spellings differ, people do not keep them apart.
        ("Кек-Джарский айылный аймак", {"kok-jar-ak-talaa", "kok-jar-kochkor", "bishkek-city"}),
        ("Сары-Булак", {"sary-bulak-tup", "sary-bulak-kochkor", "sary-bulak-jayyl", "sary-bulak-kara-kulja"}),
    ],
)
def test_namesakes_are_asked_back(finder, text, expected):
    match = finder.find(text, on=TODAY)
    assert match.outcome is Outcome.AMBIGUOUS
    assert match.municipality is None
    assert set(uids(match)) == expected


def test_namesakes_are_told_apart_by_the_district_that_the_caller_gives(finder):
    aksy = next(unit for unit in finder.gazetteer.units.values() if unit.uid == "ak-suu-aksy")
    assert finder.find("Ак-Суу", district=aksy.district, on=TODAY).municipality.uid == "ak-suu-aksy"
    assert finder.find("Ак-Суу", oblast=aksy.oblast, on=TODAY).municipality.uid == "ak-suu-aksy"


def test_nothing_outside_the_given_oblast_is_matched_or_suggested(finder):
    talas = next(unit.oblast for unit in finder.gazetteer.units.values() if unit.oblast.uid == "talas-oblast")
    for text in ("Бостери", "Бостэри айыл аймагы", "Лебединовка", "41702215808000"):
        match = finder.find(text, oblast=talas, on=TODAY)
        assert match.outcome in {Outcome.UNKNOWN, Outcome.SIMILAR}
        assert {unit.oblast.uid for unit in match.candidates} <= {"talas-oblast"}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Бархсоон", "barskoon-jeti-oguz-2024"),
        ("Самаркендак", "samarkandek-batken"),
        ("Ак-Татар", "ak-tatyr-batken"),
        ("Камышаноффка", "kamyshanovka-sokuluk"),
        ("Чолпонбаш", "cholponbay-kara-buura"),
        ("Бешкент, Лелек району", "beshkent-leylek"),
        ("Бешкент, Кадамжай району", "beshkent-leylek"),
    ],
)
def test_what_is_misspelt_or_contradicts_itself_is_suggested_not_taken(finder, text, first):
    match = finder.find(text, on=TODAY)
    assert match.outcome is Outcome.SIMILAR
    assert match.municipality is None
    assert uids(match)[0] == first


@pytest.mark.parametrize("text", ["", " ", "—", "айыл аймагы", "йцукен", "12345", "99999999999999", "г.", "а/о", "%_"])
def test_what_means_nothing_is_unknown(finder, text):
    match = finder.find(text, on=TODAY)
    assert match.outcome is Outcome.UNKNOWN
    assert match.candidates == ()


def test_an_old_name_is_told_with_the_present_unit(finder):
    (fact,) = finder.find("Исфана", on=TODAY).facts
    assert fact.said == "Исфана шаары"
    assert "Раззаков шаары" in fact.sentence


def test_a_merged_unit_gives_its_successor_and_tells_so(finder):
    match = finder.find("Ырдык айыл аймагы", on=TODAY)
    assert [fact.said for fact in match.facts] == ["Ырдык айыл аймагы"]


def test_a_present_name_tells_nothing(finder):
    assert finder.find("Бостери", on=TODAY).facts == ()


@pytest.mark.parametrize(
    ("text", "uid"),
    [
        ("Ырдык", "yrdyk-jeti-oguz"),
        ("Джети-Огузский айылный аймак", "jeti-oguz-jeti-oguz"),
        ("Лебединовка", "lebedinovka-alamudun"),
        ("Кант", "kant-city"),
        ("Манас шаары", "jalal-abad-city"),
        ("41706207830000", "lenin-alay"),
    ],
)
def test_on_the_day_of_an_old_seminar_the_unit_of_that_day_is_meant(finder, text, uid):
    assert finder.find(text, on=SEMINAR_DAY).municipality.uid == uid


def test_a_code_given_to_another_unit_means_the_unit_of_the_day(finder):
    assert finder.find("41706207830000", on=SEMINAR_DAY).municipality.uid == "lenin-alay"
    assert finder.find("41706207830000", on=TODAY).municipality.uid == "jany-alay-alay"


def test_a_unit_that_was_not_born_yet_is_not_matched(finder):
    assert finder.find("Памир-Алай", on=SEMINAR_DAY).municipality is None


SPOILS = st.fixed_dictionaries(
    {
        "letters": st.sets(st.sampled_from(["ңн", "ӊң", "өо", "үу", "ёе", "аa", "оo", "еe", "сc"]), max_size=4),
        "hyphen": st.sampled_from(["-", " ", "‑", "–", "—", ""]),
        "case": st.sampled_from([str, str.upper, str.lower, str.title]),
        "form": st.sampled_from(["NFC", "NFD"]),
        "around": st.sampled_from(["{}", " {} ", "«{}»", "{}.", "{},"]),
    }
)


def spoil(name, how):
    for pair in how["letters"]:
        name = name.replace(pair[0], pair[1]) if pair != "ӊң" else name.replace("ң", "ӊ")
    name = how["around"].format(how["case"](name.replace("-", how["hyphen"])))
    return unicodedata.normalize(how["form"], name)


def test_a_real_name_is_found_however_it_is_spoilt(finder):
    units = list(finder.gazetteer.units.values())

    @settings(max_examples=400, deadline=None)
    @given(unit=st.sampled_from(units), language=st.sampled_from(["ky", "ru"]), how=SPOILS)
    def found(unit, language, how):
        name = getattr(unit, f"name_{language}") or unit.name
        match = finder.find(spoil(name, how), on=TODAY)
        assert match.outcome in {Outcome.MATCHED, Outcome.AMBIGUOUS}
        equals = {later.pk for later in finder.standing_for(unit, TODAY)}
        assert equals & {candidate.pk for candidate in match.candidates}

    found()


def test_a_list_of_five_hundred_rows_is_quick(finder):
    names = [unit.name_ru or unit.name_ky for unit in finder.gazetteer.units.values()]
    started = time.perf_counter()
    for name in names[:250]:
        finder.find(name, on=TODAY)
        finder.find(name[::-1], on=TODAY)
    assert time.perf_counter() - started < 1


def test_the_register_is_read_in_three_queries(register, connection_queries):
    with connection_queries as queries:
        finder = Finder()
        finder.find("Ак-Суу, Лейлек району")
        finder.find("Бархсоон")
    assert len(queries) == 3


@pytest.fixture
def connection_queries():
    from django.db import connection

    return CaptureQueriesContext(connection)


def test_one_text_is_found_without_a_finder(register):
    assert find("Бостери").municipality.uid == "bosteri-ysyk-kol"
