"""The Kyrgyz text: a text of its own, not the Russian one translated."""

from __future__ import annotations

from dataclasses import dataclass

from core.dates import clock_time, official_range
from press.drafting.material import Draft, Facts, Speech, closed, gap, lowered, quoted
from press.grammar import kyrgyz
from press.grammar.kyrgyz import Case


@dataclass(frozen=True)
class Tense:
    """The verbs of one of the two releases."""

    held: str
    organised: str
    took_part: str


WILL = Tense("өтөт", "уюштурат", "катышат")
WAS = Tense("өттү", "уюштурду", "катышты")

DOCUMENTS = gap("документтер: толук аталыштарын төмөнкү талааларга жазып, бул белгини өчүрүңүз")


def announcement(facts: Facts) -> Draft:
    """Before the seminar, in the future tense."""
    return Draft(
        headline=f"{_when(facts)} {_theme(facts.headline)} деген темада семинар {WILL.held}",
        lead=_lead(facts, WILL),
        quote=_speech(facts, "цитата: семинар эмне үчүн өтөт"),
        presented=_programme(facts, "Семинардын программасында:"),
        voices="",
        further=_practical(facts),
        support=_support(facts, WILL),
    )


def result(facts: Facts) -> Draft:
    """After the seminar, in the past tense."""
    presented = [
        _programme(facts, "Семинарда каралган темалар:"),
        "Катышуучулар төмөнкү документтер менен тааныштырылды:",
        *([] if facts.documents else [DOCUMENTS]),
    ]
    return Draft(
        headline=f"{_theme(facts.headline)} деген темада семинар {WAS.held}",
        lead=_lead(facts, WAS),
        quote=_speech(facts, "цитата: семинардын максаты жана жыйынтыктары тууралуу"),
        presented="\n\n".join(filter(None, presented)),
        voices=gap("катышуучулар эмне дешти: кандай тажрыйба менен бөлүштү, өз ишинде эмнени колдонот"),
        further="",
        support=_support(facts, WAS),
    )


def _theme(title: str) -> str:
    return quoted(title) if title else gap("семинардын кыргызча темасы")


def _when(facts: Facts) -> str:
    return kyrgyz.decline_owned(official_range(facts.first_day, facts.last_day, "ky"), Case.LOCATIVE)


def _lead(facts: Facts, verbs: Tense) -> str:
    where = "онлайн" if facts.is_online else facts.city
    sentences = [
        " ".join(filter(None, [_when(facts), where, f"{_theme(facts.title)} деген темада семинар {verbs.held}."]))
    ]
    if facts.organisers:
        sentences.append(f"Аны {kyrgyz.listed(facts.organisers)} {verbs.organised}.")
    if facts.occasion:
        sentences.append(f"Семинар {kyrgyz.decline(facts.occasion, Case.GENITIVE)} алкагында {verbs.held}.")
    people = [f"{facts.audience} {verbs.took_part}."] if facts.audience else []
    if facts.purpose:
        people.append(closed(f"Семинардын максаты — {lowered(facts.purpose)}"))
    return "\n\n".join(filter(None, [" ".join(sentences), " ".join(people)]))


def _speech(facts: Facts, words: str) -> Speech:
    return Speech(gap(words), facts.speaker or gap("аты-жөнү"), facts.post or gap("кызмат орду"))


def _programme(facts: Facts, heading: str) -> str:
    return "\n".join([heading, *(f"- {topic}" for topic in facts.programme)]) if facts.programme else ""


def _practical(facts: Facts) -> str:
    sentences = [f"Башталышы — саат {clock_time(facts.starts_at)}."]
    if facts.venue and not facts.is_online:
        sentences.append(f"Өткөрүлүүчү жер: {facts.venue}.")
    if facts.seats:
        sentences.append(f"Зал {facts.seats} катышуучуга ылайыкталган.")
    if facts.address and facts.registration_until:
        until = kyrgyz.decline_owned(facts.registration_until, Case.DATIVE)
        sentences.append(f"Катталуу {until} чейин: {facts.address}")
    return " ".join(sentences)


def _support(facts: Facts, verbs: Tense) -> str:
    said = "\n".join(facts.projects)
    supporters = [*facts.projects, *(name for name in facts.donors if name not in said)]
    heading = f"Семинар төмөнкүлөрдүн колдоосу менен {verbs.held}:"
    parts = ["\n".join([heading, *(f"- {supporter}" for supporter in supporters)])] if supporters else []
    if facts.partners:
        word = "Өнөктөшү" if len(facts.partners) == 1 else "Өнөктөштөрү"
        parts.append(f"{word} — {kyrgyz.listed(facts.partners)}.")
    return "\n\n".join(parts)
