"""Official dates, as filters of templates use them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from core import dates


def render(source: str, language: str, **context: object) -> str:
    with translation.override(language):
        return Template("{% load core_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(("language", "expected"), [("ky", "2019-жылдын 19-декабры"), ("ru", "19 декабря 2019 года")])
def test_a_date_is_written_as_officials_write_it(language, expected):
    assert render("{{ day|official_date }}", language, day=date(2019, 12, 19)) == expected


@pytest.mark.parametrize(
    ("first", "last", "ky", "ru"),
    [
        (date(2025, 10, 20), date(2025, 10, 31), "2025-жылдын 20–31-октябры", "20–31 октября 2025 года"),
        (date(2025, 10, 30), date(2025, 11, 2), "2025-жылдын 30-октябры – 2-ноябры", "30 октября – 2 ноября 2025 года"),
        (
            date(2026, 12, 31),
            date(2027, 1, 2),
            "2026-жылдын 31-декабры – 2027-жылдын 2-январы",
            "31 декабря 2026 года – 2 января 2027 года",
        ),
        (date(2025, 10, 20), date(2025, 10, 20), "2025-жылдын 20-октябры", "20 октября 2025 года"),
    ],
)
def test_a_range_writes_shared_parts_once(first, last, ky, ru):
    assert render("{{ first|official_range:last }}", "ky", first=first, last=last) == ky
    assert render("{{ first|official_range:last }}", "ru", first=first, last=last) == ru


def test_every_month_has_its_form_in_both_languages():
    ky = " ".join(dates.official_date(date(2026, month, 1), "ky").split("1-")[1] for month in range(1, 13))
    ru = " ".join(dates.official_date(date(2026, month, 1), "ru").split()[1] for month in range(1, 13))
    assert ky == "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры"
    assert ru == "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"


def test_a_moment_is_shown_by_the_clock_of_bishkek():
    late = datetime(2019, 12, 18, 19, 30, tzinfo=UTC)
    assert render("{{ late|official_date }}, {{ late|weekday }}, {{ late|clock_time }}", "ky", late=late) == (
        "2019-жылдын 19-декабры, бейшемби, 01:30"
    )
    assert render("{{ late|day_number }} {{ late|month_beside_day }} {{ late|iso_day }}", "ru", late=late) == (
        "19 декабря 2019-12-19"
    )
    assert render("{{ late|month_beside_day }}", "ky", late=late) == "декабрь"
