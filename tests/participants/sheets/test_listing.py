"""Lists as they come: any order of columns, either language, misspelt; matched, asked back, never guessed."""

import pytest

from participants.listing import Decision, PostReader, Scope, Verdict, judge, read_tables
from participants.listing.columns import Kind, heading_kind
from participants.models import Registration
from participants.spreadsheets import Line, Table, read_text
from regions.models import District, Municipality, Oblast, Post
from tests.factories.participants import PersonFactory
from tests.factories.participants import register as register_one
from tests.factories.seminars import SeatBlockFactory

# District | municipality | post | full name | phone, as one pasted them; the verdict, the unit, the post.
MESSY = """
Лейлекский район | Ак-Суу | глава | Үлгүбаев Асан | 0555 000 001 = ready ak-suu-leylek head
Аксы р-ну | Ак Суу а/о | глава АО | Үлгүбаев Бакыт | 0555000002 = ready ak-suu-aksy head
| Ак-Суу | глава | Үлгүбаев Чынгыз | 0555 000 003 = ask
| Ак-Суйский | глава а/о | Үлгүбаев Данияр | 0555 000 004 = ask
| Ак-Суу, Чуйская обл. | и.о. главы | Үлгүбаев Эмил | +996 555 000 005 = ready ak-suu-moskva acting_head
Тюпский | Ак-Булун | айыл өкмөтүнүн башчысы | Үлгүбаева Айгүл | 996555000006 = ready ak-bulung-tup head
Ак-Суйский район | Ак-Булунский айылный аймак | башчы | Сынакова Бүбү | 8 996 555 000 007 = ready ak-bulung-ak-suu head
| Бёрю-Баш | зам. главы | Сынаков Кубат | 0555 00-00-08 = ready boru-bash-ak-suu deputy
| Төө-Моюн айыл өкмөтү | орун басары | Өскөнбаева Гүлзаңгүл Төлөгөновна | 0555 000 009 = ready too-moyun-aravan deputy
| Тео-Моюн | отв. секретарь | Осконбаева Гульзат | 0555 000 010 = seated
| Көк-Жар (Ак-Талаа) | жооптуу катчы | Жээнбек уулу Нурсултан | 0555/0500 000-011 = ready kok-jar-ak-talaa secretary
Кочкорский р-н | Кек-Джар | м.а. башчы | Асан кызы Айгүл | 0555 000 012 = ready kok-jar-kochkor acting_head
| Кек-Джарский а/а | глава | Сынаков Токон | 0555 000 013 = ask
| г. Кара-Суу | мэр | Абдырахманова-Сыдыкова Бүбүсара | 0555 000 014 = ready kara-suu-city head
Таласский | Kapa-Cyy | глава | Сынаков Темир | 0555 000 015 = ready kara-suu-talas head
| Кара-Суу | глава | Сынаков Урмат | 0555 000 016 = ask
| Ош шаары | вице-мэр | Сынаков Эрмек | 0555 000 017 = ready osh-city deputy
| город Ош | мэр | Сынаков Нурбек | 0555 000 018 = seated
| Бишкек | шаардын мэри | Сынаков Максат | 0555 000 019 = ready bishkek-city head
| Лебединовка | глава | Сынаков Тилек | 0555 000 020 = seated
| Джалал-Абад | мэр | Сынаков Улан | 0555 000 021 = ready jalal-abad-city head
Кара-Кулжа району | Сары-Булак | башчысы | Сынаков Ырыс | 0555 000 022 = ready sary-bulak-kara-kulja head
| Рыспай Абдыкадыров | зам главы | Сынаков Айбек | 0555 000 023 = seated
| Ырдык | глава айыл окмоту | Сынаков Бектур | 0555 000 024 = ready jeti-oguz-jeti-oguz-2024 head
| Липенский | глава | Сынаков Замир | 0555 000 025 = seated
| Барскоон | Глава Барскоонского АО | Сынаков Кайрат | 0555 000 026 = ready barskoon-jeti-oguz-2024 head
| Молдониязов | глава | Сынаков Мирлан | 0555 000 027 = ask
| Первомайский | глава | Сынаков Нурлан | 0555 000 028 = ask
Сокулук | Первомайский | глава | Сынаков Омурбек | 0555 000 029 = ready birinchi-may-sokuluk head
Ала-Букинский | Биринчи Май | айыл өкмөт башчысы | Сынаков Руслан | 0555 000 030 = ready birinchi-may-ala-buka head
| Марказ | глава | Сынаков Самат | 0555 000 031 = ready markaz-kadamjay head
| Айрыбазский аймак | зам. главы по финансам | Сынаков Талант | 0555 000 032 = seated
| Исфана | мэр города | Сынаков Чыңгыз | 0555 000 033 = ready isfana-city head
| Сулюкта | и. о. мэра | Сынаков Шамшы | 0555 000 034 = ready suluktu-city acting_head
| Токмак | мэриянын жооптуу катчысы | Сынаков Эдил | 0555 000 035 = ready tokmok-city secretary
| Чон Сары Ой а.о. | глава | Сынаков Азамат | 0555 000 036 = ready chong-sary-oy-ysyk-kol head
| онэкибел | Ответственный секретарь | Сынаков Болот | 0555 000 037 = ready on-eki-bel-nookat secretary
| Военно-Антоновка | первый зам. главы | Сынаков Даир | 0555 000 038 = ready voenno-antonovka-sokuluk deputy
| им. Крупской | глава | Сынаков Жаныбек | 0555 000 039 = ready krupskaya-sokuluk head
| Кажы-Сай | айыл башчысы | Сынаков Ильяс | 0555 000 040 = ask
| Кыдыр-Аке | староста | Сынаков Калыс | 0555 000 041 = ask
| Памир-Алай | главный специалист | Сынаков Марат | 0555 000 042 = ask
| Жаны-Алай | | Сынаков Нурдин | 0555 000 043 = ask
| Күрпүлдөк | помощник главы | Сынаков Орозбек | 0555 000 044 = ask
| Семёновский | глава | | 0555 000 045 = unreadable
| Каинды, Манас району | глава | Сынаков Пазыл | 12345 = unreadable
| Шекер | глава | Сынаков Расул | позвонить жене = unreadable
| Гульча | мэр | С | 0555 000 048 = unreadable
| Нарын облусу | глава | Сынаков Сагын | 0555 000 049 = ask
| Атлантида | глава | Сынаков Тимур | 0555 000 050 = ask
| | глава | Сынаков Уран | 0555 000 051 = ask
| Маргун | БАШЧЫ | Сынаков Фархад | 0555000052, 0700000052 = ready margun-leylek head
| Котормо | Глава а/о | Сынаков Хасан | = ready kotormo-kadamjay head
| Халмион | и/о главы | Сынаков Эркин | 0555 000 054 = ready halmion-kadamjay acting_head
| Назаралиев | башчысынын милдетин аткаруучу | Сынаков Юсуп | 0555 000 055 = ready nazaraliev-aksy acting_head
| Жерге-Тал, Нарын району | башчынын биринчи орун басары | Сынаков Ясин | 0555 000 056 = ready jerge-tal-naryn deputy
| Каджи-Сай | ГЛАВА АЙЫЛ ОКМОТУ | Сынаков Адыл | ٠555000057 = ready kajy-say-tong head
| Бостери | Зам.главы | Сынаков Бекжан | 0555 000 058 = ready * deputy
| 41705258834000 | глава | Сынаков Руслан Үлгүевич | 0555 000 059 = seated
| Узген | мэр | Үлгүбаев Асан | 0555 000 001 = seated
| Майли-Сай | председатель городского кенеша | Сынаков Дастан | 0555 000 061 = ready mayluu-suu-city kenesh_chair
| | аким района | Сынаков Эсен | 0555 000 062 = ready - akim
""".strip().splitlines()


def test_sixty_messy_rows_are_matched_asked_and_refused_as_stated(judged):
    lists, expected = zip(*(line.rsplit(" = ", 1) for line in MESSY), strict=True)
    pasted = "Район\tАйыл өкмөтү\tКызматы\tАты-жөнү\tТел.\n" + "\n".join(
        "\t".join(cell.strip() for cell in line.split("|")) for line in lists
    )
    found = judged(pasted)
    assert len(found) == len(MESSY) >= 60
    wrong = []
    for line, stated, one in zip(lists, expected, found, strict=True):
        verdict, unit, post = [*stated.split(), "*", "*"][:3]
        uid = one.municipality.uid if one.municipality else "-"
        got = (one.verdict.value, uid, one.post.uid if one.post else "-")
        if got[0] != verdict or unit not in ("*", got[1]) or post not in ("*", got[2]):
            wrong.append(f"{line.strip()} → {got}, stated {stated}")
    assert wrong == []


def unit(uid):
    return Municipality.objects.get(uid=uid)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("№ п/п", Kind.NUMBER),
        ("№", Kind.NUMBER),
        ("К/с", Kind.NUMBER),
        ("Ф.И.О.", Kind.NAME),
        ("ФИО участника", Kind.NAME),
        ("Аты-жөнү", Kind.NAME),
        ("Фамилиясы, аты, атасынын аты", Kind.NAME),
        ("Отчество", Kind.NAME),
        ("Должность", Kind.POST),
        ("Кызмат орду", Kind.POST),
        ("Телефон", Kind.PHONE),
        ("Тел. номери", Kind.PHONE),
        ("Уюлдук телефону", Kind.PHONE),
        ("E-mail", Kind.EMAIL),
        ("Электрондук дареги", Kind.EMAIL),
        ("Айыл өкмөтү", Kind.MUNICIPALITY),
        ("Наименование АО", Kind.MUNICIPALITY),
        ("Муниципалитет", Kind.MUNICIPALITY),
        ("Место работы", Kind.MUNICIPALITY),
        ("Район", Kind.DISTRICT),
        ("Району", Kind.DISTRICT),
        ("Область", Kind.DISTRICT),
        ("Эскертүү", Kind.IGNORED),
        ("Кол тамгасы", Kind.IGNORED),
        ("Үлгүбаев Асан", None),
        ("0555 000 001", None),
    ],
)
def test_headings_are_known_in_both_languages(heading, kind):
    assert heading_kind(heading) is kind


WAYS = {
    "no headings, another order": (
        "0555 000 001\tҮлгүбаев Асан\tглава\tМарказ\n0555 000 002\tҮлгүбаев Бакыт\tглава\tХалмион"
    ),
    "Russian headings": (
        "ФИО;Должность;АО;Телефон\nҮлгүбаев Асан;глава;Марказ;0555 000 001\nҮлгүбаев Бакыт;глава;Халмион;0555 000 002"
    ),
    "Kyrgyz headings below a title": (
        "Катышуучулардын тизмеси\n№\tАйыл аймагы\tАты-жөнү\tКызматы\tБайланыш\n"
        "1\tМарказ\tҮлгүбаев Асан\tбашчы\t0555 000 001\n2\tХалмион\tҮлгүбаев Бакыт\tбашчы\t0555 000 002"
    ),
    "the name in columns of its own": (
        "Фамилия\tИмя\tАО\tДолжность\tТел\n"
        "Үлгүбаев\tАсан\tМарказ\tглава\t0555 000 001\nҮлгүбаев\tБакыт\tХалмион\tглава\t0555 000 002"
    ),
    "the municipality beside the post": (
        "ФИО\tДолжность\tТел\n"
        "Үлгүбаев Асан\tглава АО Марказ\t0555 000 001\nҮлгүбаев Бакыт\tХалмион айыл өкмөтүнүн башчысы\t0555 000 002"
    ),
    "the district over its rows, a total below": (
        "АО\tФИО\tДолжность\tТел\nКадамжайский район\n"
        "Марказ\tҮлгүбаев Асан\tглава\t0555 000 001\nХалмион\tҮлгүбаев Бакыт\tглава\t0555 000 002\nИтого\t2"
    ),
    "typed with commas, each line its own way": (
        "Марказ, глава, Үлгүбаев Асан, 0555 000 001\nҮлгүбаев Бакыт, Халмион, 0555 000 002, башчы"
    ),
    "typed without any sign": (
        "1. Марказ а/о глава Үлгүбаев Асан 0555 000 001\n2. Халмион айыл өкмөтүнүн башчысы Үлгүбаев Бакыт 0555000002"
    ),
}


@pytest.mark.parametrize("text", WAYS.values(), ids=WAYS)
def test_columns_come_in_any_order_with_headings_or_without(judged, text):
    found = [(one.row.name, one.municipality and one.municipality.uid, one.phones) for one in judged(text)]
    assert found == [
        ("Үлгүбаев Асан", "markaz-kadamjay", ("+996555000001",)),
        ("Үлгүбаев Бакыт", "halmion-kadamjay", ("+996555000002",)),
    ]


def test_a_sheet_named_after_a_district_says_where_its_rows_are(finder, seminar):
    posts = PostReader(Post.objects.all())
    tables = [Table([Line(1, ["Ак-Суу", "глава", "Үлгүбаев Асан"])], "Лейлек району")]
    (one,) = judge(read_tables(tables, finder, posts).rows, Scope(seminar), finder=finder, posts=posts)
    assert one.municipality.uid == "ak-suu-leylek"


def test_a_city_in_the_column_of_districts_is_the_municipality(judged):
    found = judged(
        "Район/город\tАО\tФИО\tДолжность\nг. Исфана\t\tҮлгүбаев Асан\tмэр\nЛейлекский\tАк-Суу\tҮлгүбаев Эмил\tглава"
    )
    assert [one.municipality.uid for one in found] == ["isfana-city", "ak-suu-leylek"]


def test_numbered_empty_rows_are_no_people_and_a_line_below_is_shown_as_it_stands(judged):
    found = judged(
        "№\tФИО\tАО\tДолжность\n1\tҮлгүбаев Асан\tМарказ\tглава\n2\n3\nИсполнитель: Үлгүбаева А., тел. 3-22-22\n"
    )
    assert [one.row.name for one in found] == ["Үлгүбаев Асан", "Исполнитель: Үлгүбаева А., тел. 3-22-22"]
    assert found[1].verdict is Verdict.ASK


def test_columns_that_are_not_read_are_told(finder, register):
    text = "ФИО\tАО\tПримечание\nҮлгүбаев Асан\tМарказ\tприедет с водителем"
    reading = read_tables(read_text(text), finder, PostReader(Post.objects.all()))
    assert reading.unread_columns == ["Примечание"]


def test_namesakes_are_asked_about_with_their_districts(judged):
    (one,) = judged("Ак-Суу, глава, Үлгүбаев Асан, 0555 000 001")
    assert one.verdict is Verdict.ASK
    assert {unit.uid for unit in one.choices} == {"ak-suu-leylek", "ak-suu-aksy", "ak-suu-moskva"}


def test_the_links_own_units_settle_a_namesake_and_others_are_told_as_elsewhere(judged, link):
    near, far, unknown = judged(
        "Ак-Суу\tглава\tҮлгүбаев Асан\t0555 000 001\n"
        "Төө-Моюн\tглава\tҮлгүбаев Бакыт\t0555 000 002\nАтлантида\tглава\tҮлгүбаев Эмил\t0555 000 003",
        Scope.of_link(link),
    )
    assert (near.verdict, near.municipality.uid) == (Verdict.READY, "ak-suu-leylek")
    assert far.verdict is Verdict.ELSEWHERE
    assert "Араван" in far.errors["municipality"]
    assert far.municipality is None
    assert (unknown.verdict, unknown.choices) == (Verdict.ASK, ())


def test_a_district_that_the_row_names_is_believed_also_against_the_link(judged, link):
    (one,) = judged("Район\tАО\tФИО\tДолжность\nАксы\tАк-Суу\tҮлгүбаев Асан\tглава", Scope.of_link(link))
    assert one.verdict is Verdict.ELSEWHERE


def test_a_column_of_oblasts_tells_namesakes_apart(judged):
    found = judged(
        "Область\tАО\tФИО\tДолжность\nБаткенская область\tАк-Суу\tҮлгүбаев Асан\tглава\n"
        "Чуйская\tАк-Суу\tҮлгүбаев Эмил\tглава\nОшская область\tТео-Моюн\tҮлгүбаев Бакыт\tглава"
    )
    uids = [one.municipality and one.municipality.uid for one in found]
    assert uids == ["ak-suu-leylek", "ak-suu-moskva", "too-moyun-aravan"]


def test_a_unit_of_another_district_than_the_row_says_is_asked_about(judged, link):
    (one,) = judged("Район\tАО\tФИО\tДолжность\nЛейлекский\tМарказ\tҮлгүбаев Асан\tглава", Scope.of_link(link))
    assert one.verdict is Verdict.ASK
    assert [unit.uid for unit in one.choices] == ["markaz-kadamjay"]


def test_a_districts_link_serves_only_its_district(judged, link):
    link.district = District.objects.get(name_ru__startswith="Лейлек")
    near, far = judged(
        "Ак-Суу, глава, Үлгүбаев Асан, 0555 000 001\nМарказ, глава, Үлгүбаев Бакыт, 0555 000 002", Scope.of_link(link)
    )
    assert (near.verdict, far.verdict) == (Verdict.READY, Verdict.ELSEWHERE)


def test_an_old_name_and_an_annexed_unit_are_said(judged):
    old, annexed = judged("Айрыбаз, глава, Үлгүбаев Асан, 0555\nЛебединовка, глава, Үлгүбаев Бакыт, 0555 000 002")
    assert old.municipality.uid == "markaz-kadamjay"
    assert annexed.municipality.uid == "bishkek-city"
    assert "Бишкек" in annexed.notes[0]


def test_the_same_person_twice_and_the_same_municipality_twice_are_told(judged):
    first, same, second, elsewhere = judged(
        "Марказ, глава, Үлгүбаев Асан, 0555 000 001\nМарказ, глава, Улгубаев Асан, 0555 000 001\n"
        "Марказ, зам. главы, Үлгүбаев Бакыт, 0555 000 002\nХалмион, глава, Үлгүбаев Асан, 0555 000 001"
    )
    assert first.verdict is Verdict.READY
    assert [one.verdict for one in (same, second, elsewhere)] == [Verdict.SEATED] * 3
    assert "1" in same.errors["name"]
    assert second.may_stand_by
    assert not same.may_stand_by


def test_of_who_is_registered_only_the_post_is_told(judged, seminar):
    register_one(seminar, unit("markaz-kadamjay"), full_name="Жашыруунбаев Асан")
    (one,) = judged("Марказ, глава, Үлгүбаев Бакыт, 0555 000 002")
    assert one.verdict is Verdict.SEATED
    assert "башчы" in one.errors["municipality"].lower()
    assert "Жашыруунбаев" not in str(one.errors) + str(one.notes)


@pytest.mark.parametrize("phone", ["12", "0555", "123 45"])
def test_a_phone_with_too_few_digits_is_asked_back_and_not_lost(judged, phone):
    first, second = judged(f"Марказ, глава, Үлгүбаев Асан, 0555 000 001\nКажы-Сай, глава, Үлгүбаев Үсөн, {phone}\n")
    assert first.verdict is Verdict.READY
    assert second.row.phone == phone
    assert "phone" in second.errors


def test_two_people_with_one_reception_number_are_no_error(judged):
    found = judged("Марказ, глава, Үлгүбаев Асан, 0555 000 001\nХалмион, глава, Үлгүбаев Бакыт, 0555 000 001")
    assert [one.verdict for one in found] == [Verdict.READY] * 2


def test_seats_are_counted_down_row_by_row(judged, seminar):
    seminar.blocks.update(seats=1)
    found = judged("Марказ, глава, Үлгүбаев Асан, 0555 000 001\nХалмион, глава, Үлгүбаев Бакыт, 0555 000 002")
    assert [one.verdict for one in found] == [Verdict.READY, Verdict.WAITS]


def test_a_groups_own_seats_come_before_the_common_pool(judged, seminar):
    seminar.blocks.update(seats=1)
    SeatBlockFactory(seminar=seminar, group=Oblast.objects.get(uid="batken-oblast"), seats=1)
    found = judged(
        "Марказ, глава, Үлгүбаев Асан, 0555 000 001\nХалмион, глава, Үлгүбаев Бакыт, 0555 000 002\n"
        "Төө-Моюн, глава, Үлгүбаев Эмил, 0555 000 003"
    )
    assert [one.verdict for one in found] == [Verdict.READY, Verdict.READY, Verdict.WAITS]


def test_beyond_the_links_places_a_row_has_no_place_while_seats_are_free(judged, seminar, link):
    link.places = 1
    two = "Марказ, глава, Үлгүбаев Асан, 0555 000 001\nХалмион, глава, Үлгүбаев Бакыт, 0555 000 002"
    assert [one.verdict for one in judged(two, Scope.of_link(link))] == [Verdict.READY, Verdict.NO_PLACE]
    seminar.blocks.update(seats=1)
    assert [one.verdict for one in judged(two, Scope.of_link(link))] == [Verdict.READY, Verdict.WAITS]


def test_a_post_that_may_not_come_is_refused_to_a_coordinator_and_not_to_staff(judged, link):
    text = "Марказ, аким района, Үлгүбаев Асан, 0555 000 001"
    assert judged(text, Scope.of_link(link))[0].verdict is Verdict.UNREADABLE
    assert judged(text)[0].verdict is Verdict.READY


def test_a_correction_replaces_what_was_chosen_for_the_old_name(judged):
    (one,) = judged("Ак-Суу, глава, Үлгүбаев Асан, 0555 000 001")
    key, chosen = one.row.key, one.choices[0].pk
    row = one.row.corrected({f"{key}-municipality": "Ак-Суу", f"{key}-unit": str(chosen)})
    assert row.chosen_municipality == chosen
    assert row.corrected({f"{key}-municipality": "Марказ", f"{key}-unit": str(chosen)}).chosen_municipality is None
    odd = row.corrected({f"{key}-unit": "9" * 400, f"{key}-post": "٣", f"{key}-decision": "rule"})
    assert (odd.chosen_municipality, odd.chosen_post, odd.decision) == (None, None, Decision.LEAVE)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_any_length_costs_the_same_queries(judged, finder, seminar, django_assert_num_queries, rows):
    units = ["markaz-kadamjay", "halmion-kadamjay", "ak-suu-leylek"][:rows]
    for number, uid in enumerate(units):
        register_one(seminar, unit(uid), full_name=f"Үлгүбаев{number} Бакыт")
    PersonFactory(surname="Үлгүбаев", given_names="Асан")
    text = "Марказ, глава, Үлгүбаев Асан\nХалмион, глава, Үлгүбаев Эмил\nАк-Суу, Лейлек району, глава, Үлгүбаев Урмат"
    posts = PostReader(Post.objects.all())
    read = read_tables(read_text("\n".join(text.splitlines()[:rows])), finder, posts).rows
    with django_assert_num_queries(12):
        assert len(judge(read, Scope(seminar), finder=finder, posts=posts)) == rows
    assert Registration.objects.count() == rows


def test_a_row_with_one_cell_more_than_the_others_costs_nobody_the_name(judged):
    text = "Марказ, глава, Үлгүбаев Асан\nХалмион, глава, Үлгүбаев Эмил\nАк-Суу, Лейлек району, глава, Үлгүбаев Урмат"
    assert [one.row.name for one in judged(text)] == ["Үлгүбаев Асан", "Үлгүбаев Эмил", "Үлгүбаев Урмат"]
