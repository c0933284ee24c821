"""Dates as officials of Kyrgyzstan write them (domain.md 4): `2019-жылдын 19-декабры`, `19 декабря 2019 года`."""

from datetime import date, datetime, timedelta

from django.utils import timezone

MONTHS_OF = {
    "ky": (
        "январы",
        "февралы",
        "марты",
        "апрели",
        "майы",
        "июну",
        "июлу",
        "августу",
        "сентябры",
        "октябры",
        "ноябры",
        "декабры",
    ),
    "ru": (
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ),
}
MONTHS = {
    "ky": (
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ),
    "ru": (
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ),
}
WEEKDAYS = {
    "ky": ("дүйшөмбү", "шейшемби", "шаршемби", "бейшемби", "жума", "ишемби", "жекшемби"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
}


def local_day(moment: date | datetime) -> date:
    """The calendar day in Bishkek of a moment; a date stays itself."""
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


def midnight_after(moment: datetime) -> datetime:
    """The beginning of the next day, in Bishkek."""
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _day_month(day: date, language: str) -> str:
    month = MONTHS_OF[language][day.month - 1]
    return f"{day.day}-{month}" if language == "ky" else f"{day.day} {month}"


def official_date(moment: date | datetime, language: str) -> str:
    """The full date: ky `2019-жылдын 19-декабры`, ru `19 декабря 2019 года`."""
    day = local_day(moment)
    if language == "ky":
        return f"{day.year}-жылдын {_day_month(day, 'ky')}"
    return f"{_day_month(day, 'ru')} {day.year} года"


def official_range(first: date | datetime, last: date | datetime, language: str) -> str:
    """From the first day to the last, shared parts written once: `20–31 октября 2025 года`."""
    start, end = local_day(first), local_day(last)
    if start == end:
        return official_date(start, language)
    if start.year != end.year:
        return f"{official_date(start, language)} – {official_date(end, language)}"
    if start.month != end.month:
        days = f"{_day_month(start, language)} – {_day_month(end, language)}"
    elif language == "ky":
        days = f"{start.day}–{_day_month(end, 'ky')}"
    else:
        days = f"{start.day}–{_day_month(end, 'ru')}"
    return f"{end.year}-жылдын {days}" if language == "ky" else f"{days} {end.year} года"


def weekday(moment: date | datetime, language: str) -> str:
    """The day of the week, in lower case."""
    return WEEKDAYS[language][local_day(moment).weekday()]


def clock_time(moment: datetime) -> str:
    """Hours and minutes in Bishkek: `09:30`."""
    return f"{timezone.localtime(moment):%H:%M}"


def official_moment(moment: datetime, language: str) -> str:
    """The full date with hours and minutes: `19 декабря 2019 года, 18:00`."""
    return f"{official_date(moment, language)}, {clock_time(moment)}"
