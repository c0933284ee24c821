"""Lists as they come: any order of columns, either language, misspelt; matched, asked back, never guessed."""

import pytest

from participants.listing import Verdict
from participants.listing.columns import Kind, heading_kind
from participants.listing.posts import PostReader
from regions.models import Post

READY, ASK, SEATED, ELSEWHERE, UNREADABLE = (
    Verdict.READY,
    Verdict.ASK,
    Verdict.SEATED,
    Verdict.ELSEWHERE,
    Verdict.UNREADABLE,
)

# District | municipality | post | full name | phone, as one pasted them; the verdict, the unit, the post.
MESSY = """
Лейлекский район | Ак-Суу | глава | Үлгүбаев Асан | 0555 000 001 = ready ak-suu-leylek head
Аксы р-ну | Ак Суу а/о | глава АО | Үлгүбаев Бакыт | 0555000002 = ready ak-suu-aksy head
| Ак-Суу | глава | Үлгүбаев Чынгыз | 0555 000 003 = ask
| Ак-Суйский | глава а/о | Үлгүбаев Данияр | 0555 000 004 = ask
| Ак-Суу, Чуйская обл. | и.о. главы | Үлгүбаев Эмил | +996 555 000 005 = ready ak-suu-moskva acting_head
Тюпский | Ак-Булун | айыл өкмөтүнүн башчысы | Үлгүбаева Айгүл | 996555000006 = ready ak-bulung-tup head
Ак-Суйский район | Ак-Булунский айылный аймак | башчы | Сынакова Бүбүсара | 8 996 555 000 007 = ready ak-bulung-ak-suu head
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
| Назаралиев | айыл өкмөтүнүн башчысынын милдетин аткаруучу | Сынаков Юсуп | 0555 000 055 = ready nazaraliev-aksy acting_head
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
        verdict, unit, post = (stated.split() + ["*", "*"])[:3]
        uid = one.municipality.uid if one.municipality else "-"
        got = (one.verdict.value, uid, one.post.uid if one.post else "-")
        if got[0] != verdict or unit not in ("*", got[1]) or post not in ("*", got[2]):
            wrong.append(f"{line.strip()} → {got}, stated {stated}")
    assert wrong == []
