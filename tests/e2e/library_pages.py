"""The public pages of the library in every state that a visitor can meet."""

from collections.abc import Callable
from datetime import date

from materials.models import Document, Status
from seminars.models import Seminar
from tests.e2e.visitor import Visitor
from tests.factories.materials import DocumentFactory, EditionFactory, FileFactory, HandoutFactory
from tests.factories.seminars import SeminarFactory, TopicFactory

LONG = "Жергиликтүү өз алдынча башкаруу органдарынын социалдык-экономикалык өнүктүрүү пландары " * 3


def document(**fields) -> Document:
    """A public document in both languages that was handed out, and has a newer edition since."""
    topics = [TopicFactory()]
    old = EditionFactory(document=DocumentFactory(topics=topics, **fields), is_current=False)
    new = EditionFactory(
        document=old.document,
        number=2,
        dated=date(2020, 6, 1),
        note_ky="Экинчи бөлүм толукталды.",
        note_ru="Дополнен второй раздел.",
    )
    for edition, language in ((old, "ru"), (old, "ky"), (new, "ru")):
        FileFactory(edition=edition, language=language)
    HandoutFactory(seminar=SeminarFactory(past=True), edition=old)
    return old.document


def open_document(**fields) -> Callable[[Visitor], None]:
    return lambda visitor: visitor.open(f"materials/{document(**fields).slug}/")


def open_replaced(visitor: Visitor) -> None:
    visitor.open(f"materials/{document(status=Status.REPLACED, successor=document()).slug}/")


def open_list(query: str = "") -> Callable[[Visitor], None]:
    def look(visitor: Visitor) -> None:
        document()
        visitor.open(f"materials/{query}")

    return look


def seminar_with_materials() -> Seminar:
    """A seminar of the past that handed a document out."""
    return document().editions.get(number=1).handouts.get().seminar


LIBRARY_PAGES: dict[str, Callable[[Visitor], object]] = {
    "library": open_list(),
    "library found": open_list("?q=усулдук колдонмо руководство"),
    "library without what is looked for": open_list("?q=нетушки"),
    "document": open_document(),
    "document only in Russian": open_document(title_ky=""),
    "document of a long title": open_document(title_ky=LONG, title_ru=LONG),
    "document repealed": open_document(status=Status.REPEALED),
    "document replaced": open_replaced,
    "seminar with materials": lambda visitor: visitor.open(f"seminars/{seminar_with_materials().slug}/"),
}
