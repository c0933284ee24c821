"""From a seminar to the drafts of its release, one text for each language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

from django.db import transaction

from accounts.models import User
from core.clock import database_now
from core.dates import local_day, official_date
from core.languages import LANGUAGES
from press.drafting import kyrgyz, russian
from press.drafting.material import Draft, gap, gather
from press.exceptions import SeminarIsCancelled, SeminarIsOver, SeminarNotOver
from press.models import Contact, PresentedDocument, Quote, Release, ReleaseText, Revision
from seminars.models import Seminar

COMPOSERS = {
    ("ky", Release.Kind.ANNOUNCEMENT): kyrgyz.announcement,
    ("ru", Release.Kind.ANNOUNCEMENT): russian.announcement,
    ("ky", Release.Kind.RESULT): kyrgyz.result,
    ("ru", Release.Kind.RESULT): russian.result,
}
# City and country in each language's order.
PLACES = {"ky": ("Кыргызстан", "{}"), "ru": ("{}", "Кыргызстан")}
FIGURES = {
    "ky": gap("катышуучулардын саны: келгендер белгиленгенде сүйлөм өзү чыгат, бул белгини өчүрүңүз"),
    "ru": gap("число участников: когда явку отметят, предложение появится само; удалите эту пометку"),
}
CONTACT = {"ky": gap("байланыш үчүн аты-жөнү"), "ru": gap("имя и фамилия для связи")}
# Words that the portal's own pages under `press/` use or may need.
RESERVED = frozenset({"archive", "feed", "media", "page", "preview", "search", "topics", "years"})


@transaction.atomic
def draft_release(*, seminar: Seminar, kind: Release.Kind, by: User) -> Release:
    """Draft the seminar's announcement or result in both languages; a second call returns the release that is there.

    Raises SeminarIsCancelled, SeminarIsOver for an announcement, SeminarNotOver for a result.
    """
    seminar = Seminar.objects.locked(seminar.pk)
    known = seminar.releases.filter(kind=kind).first()
    if known is not None:
        return known
    now = database_now()
    if seminar.is_cancelled:
        raise SeminarIsCancelled
    if kind == Release.Kind.ANNOUNCEMENT and seminar.ends_at <= now:
        raise SeminarIsOver
    if kind == Release.Kind.RESULT and now < seminar.ends_at:
        raise SeminarNotOver
    release = Release.objects.create(slug=_free_address(seminar, kind), kind=kind, seminar=seminar, created_by=by)
    release.topics.set(seminar.topics.all())
    day = local_day(now) if kind == Release.Kind.ANNOUNCEMENT else seminar.last_day
    for language in LANGUAGES:
        _write_text(release, seminar, language, day, by)
    return release


def _write_text(release: Release, seminar: Seminar, language: str, day: date, by: User) -> None:
    facts = gather(seminar, language)
    draft = COMPOSERS[language, Release.Kind(release.kind)](facts)
    text = ReleaseText.objects.create(
        release=release,
        language=language,
        date_line=official_date(day, language),
        place_line=_place_line(seminar, language),
        headline=draft.headline,
        lead=_lead(draft, release, seminar, language),
        presented=draft.presented,
        voices=draft.voices,
        further=draft.further,
        support=draft.support,
        last_editor=by,
    )
    if release.kind == Release.Kind.RESULT:
        PresentedDocument.objects.bulk_create(
            PresentedDocument(text=text, title=document.title, url=document.url, position=position)
            for position, document in enumerate(facts.documents)
        )
    Quote.objects.create(text=text, words=draft.quote.text, speaker=draft.quote.speaker, post=draft.quote.post)
    if seminar.contact_phone or seminar.contact_email:
        Contact.objects.create(
            text=text,
            name=getattr(seminar, f"contact_{language}") or CONTACT[language],
            phones=seminar.contact_phone,
            email=seminar.contact_email,
        )
    Revision.objects.create(
        text=text, number=text.revision, event=Revision.Event.DRAFTED, by=by, content=text.content()
    )


def _lead(draft: Draft, release: Release, seminar: Seminar, language: str) -> str:
    """The lead; a gap where the figures belong when nobody is marked as having come yet."""
    is_uncounted = release.kind == Release.Kind.RESULT and not seminar.registrations.attended().exists()
    return f"{draft.lead}\n\n{FIGURES[language]}" if is_uncounted else draft.lead


def _place_line(seminar: Seminar, language: str) -> str:
    """`Бишкек, Кыргызстан`, and in Kyrgyz the country first."""
    city = getattr(seminar, f"city_{language}") if seminar.has_hall else ""
    return ", ".join(part.format(city) for part in PLACES[language] if city or part == "Кыргызстан")


def _free_address(seminar: Seminar, kind: Release.Kind) -> str:
    """A free address in Latin letters; that of the seminar for its result."""
    taken = set(Release.objects.values_list("slug", flat=True)) | RESERVED
    return next(address for address in _addresses(seminar.slug[:60], kind) if address not in taken)


def _addresses(base: str, kind: Release.Kind) -> Iterator[str]:
    base = base if kind == Release.Kind.RESULT else f"{base}-{kind.value}"
    yield base
    for number in count(2):
        yield f"{base}-{number}"
