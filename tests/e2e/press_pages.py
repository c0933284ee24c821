"""The public pages of the press centre in every state that a visitor can meet."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from press import services
from press.models import ReleaseText
from seminars.models import Seminar
from tests.e2e.visitor import Visitor
from tests.factories.releases import (
    JournalistFactory,
    approved_text,
    at_the_hour,
    draft_text,
    pdf_upload,
    person,
    picture_upload,
    scheduled_text,
)
from tests.factories.seminars import SeminarFactory, TopicFactory

LONG = "Жергиликтүү өз алдынча башкаруу органдарынын социалдык-экономикалык өнүктүрүү пландары " * 3
RECORDS = {
    "quotes": [{"words": "Бул маанилүү", "speaker": "Айнура Үлгүбаева", "post": "башчы"}],
    "documents": [{"title": "Типтүү жобо", "url": "https://example.org/"}],
}


def released(language: str, **fields) -> ReleaseText:
    """A public text about a seminar and a topic."""
    text = at_the_hour(approved_text(language, **RECORDS, **fields), seconds=5)
    text.release.topics.add(TopicFactory())
    type(text.release).objects.filter(pk=text.release_id).update(seminar=seminar())
    return text


def seminar() -> Seminar:
    """A seminar of the past."""
    return SeminarFactory(past=True)


def with_files(language: str) -> ReleaseText:
    """A public text with a picture and an attachment."""
    text = draft_text(language, **RECORDS)
    by = text.last_editor
    picture = {"upload": picture_upload(size=(1200, 800)), "key": "", "alt": "Залда", "caption": "Ачылыш"}
    text = services.place_picture(text=text, revision=text.revision, by=by, **picture)
    attachment = {"upload": pdf_upload(), "key": "", "title": "Программа"}
    text = services.place_attachment(text=text, revision=text.revision, by=by, **attachment)
    text = services.submit(text=text, revision=text.revision, by=by)
    return at_the_hour(services.approve(text=text, revision=text.revision, by=person()), seconds=5)


def open_release(make: Callable[[str], ReleaseText]) -> Callable[[Visitor], None]:
    return lambda visitor: visitor.open(f"press/{make(visitor.language).release.slug}/")


def corrected(language: str) -> ReleaseText:
    text = released(language)
    note = services.propose_correction(text=text, note="58 эмес, 57.", by=person())
    services.approve_correction(correction=note, by=person())
    return text


def withdrawn(language: str) -> ReleaseText:
    text = released(language)
    return services.withdraw(text=text, revision=text.revision, note="Маалымат ката болгон.", by=person())


def elsewhere(language: str) -> ReleaseText:
    return released("ru" if language == "ky" else "ky")


def open_list(visitor: Visitor) -> None:
    for _number in range(22):
        text = released(visitor.language)
    elsewhere(visitor.language)
    visitor.open(f"press/?year={timezone.localtime(text.public_from).year}")


def open_preview(visitor: Visitor) -> None:
    text = scheduled_text(visitor.language)
    journalist = JournalistFactory(language=visitor.language)
    expires_at = timezone.now() + timedelta(days=1)
    link = services.give_preview(text=text, journalist=journalist, expires_at=expires_at, by=person())
    visitor.open(f"press/preview/{link.token}/")


PRESS_PAGES: dict[str, Callable[[Visitor], object]] = {
    "press centre without releases": lambda visitor: visitor.open("press/?q=нетушки"),
    "press centre": open_list,
    "release": open_release(released),
    "release with a long headline": open_release(lambda language: released(language, headline=LONG)),
    "release with files": open_release(with_files),
    "release corrected": open_release(corrected),
    "release withdrawn": open_release(withdrawn),
    "release in the other language": open_release(elsewhere),
    "release under embargo": open_preview,
}
