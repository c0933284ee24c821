"""The Russian text: every name in the nominative, so that nothing but numerals is ever declined."""

from __future__ import annotations

from core.dates import clock_time, official_range
from press.drafting.material import Draft, Facts, Speech, closed, gap, lowered, quoted
from press.grammar import russian

DOCUMENTS = gap("документы: внесите их полные названия записями ниже и удалите эту пометку")


def announcement(facts: Facts) -> Draft:
    """Before the seminar, in the future tense."""
    return Draft(
        headline=f"{_when(facts)} состоится семинар {_theme(facts.headline)}",
        lead=_lead(facts, "состоится"),
        quote=_speech(facts, "цитата: зачем проводится семинар"),
        presented=_programme(facts, "В программе семинара:"),
        voices="",
        further=_practical(facts),
        support=_support(facts, "Семинар проходит при поддержке:"),
    )


def result(facts: Facts) -> Draft:
    """After the seminar, in the past tense."""
    return Draft(
        headline=f"Состоялся семинар {_theme(facts.headline)}",
        lead=_lead(facts, "состоялся"),
        quote=_speech(facts, "цитата о цели и итогах семинара"),
        presented="\n\n".join(
            filter(
                None,
                [
                    _programme(facts, "Темы семинара:"),
                    "Участникам представили:",
                    *([] if facts.documents else [DOCUMENTS]),
                ],
            )
        ),
        voices=gap("что сказали участники: чем поделились, что применят у себя"),
        further="",
        support=_support(facts, "Семинар прошёл при поддержке:"),
    )


def _theme(title: str) -> str:
    return quoted(title) if title else gap("тема семинара на русском языке")


def _when(facts: Facts) -> str:
    return official_range(facts.first_day, facts.last_day, "ru")


def _lead(facts: Facts, verb: str) -> str:
    where = "в режиме онлайн" if facts.is_online else facts.city
    opening = " ".join(filter(None, [_when(facts), where, verb, f"семинар на тему {_theme(facts.title)}."]))
    sentences = [opening]
    if facts.organisers:
        word = "Организатор" if len(facts.organisers) == 1 else "Организаторы"
        sentences.append(f"{word} — {russian.listed(facts.organisers)}.")
    if facts.occasion:
        sentences.append(f"Повод — {facts.occasion}.")
    people = [f"Участники — {lowered(facts.audience)}."] if facts.audience else []
    if facts.purpose:
        people.append(closed(f"Цель семинара — {lowered(facts.purpose)}"))
    return "\n\n".join(filter(None, [" ".join(sentences), " ".join(people)]))


def _speech(facts: Facts, words: str) -> Speech:
    return Speech(gap(words), facts.speaker or gap("имя и фамилия"), facts.post or gap("должность"))


def _programme(facts: Facts, heading: str) -> str:
    return "\n".join([heading, *(f"- {topic}" for topic in facts.programme)]) if facts.programme else ""


def _practical(facts: Facts) -> str:
    sentences = [f"Начало — в {clock_time(facts.starts_at)}."]
    if facts.venue and not facts.is_online:
        sentences.append(f"Место проведения: {facts.venue}.")
    if facts.seats:
        sentences.append(f"Зал рассчитан на {russian.counted_genitive(facts.seats, russian.PARTICIPANT)}.")
    if facts.address and facts.registration_until:
        sentences.append(f"Регистрация — до {facts.registration_until}: {facts.address}")
    return " ".join(sentences)


def _support(facts: Facts, heading: str) -> str:
    said = "\n".join(facts.projects)
    supporters = [*facts.projects, *(name for name in facts.donors if name not in said)]
    parts = ["\n".join([heading, *(f"- {supporter}" for supporter in supporters)])] if supporters else []
    if facts.partners:
        word = "Партнёр" if len(facts.partners) == 1 else "Партнёры"
        parts.append(f"{word} — {russian.listed(facts.partners)}.")
    return "\n\n".join(parts)
