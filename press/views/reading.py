"""The press centre as everybody reads it. Every text is asked for by `public()` or `standing()`: nothing is early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.languages import OTHER, active_language
from core.pages import public_page
from core.text import clean_line
from press import figures
from press.documents import messenger_text, news_article
from press.models import Release, ReleaseText, StoredFile
from press.parts import sheet_of
from seminars.models import Topic

PAGE_SIZE = 20
LONGEST_QUERY = 100

Address = Callable[[StoredFile], str]


@dataclass(frozen=True)
class Filters:
    """What a visitor narrows the press centre to."""

    topic: Topic | None
    year: int | None
    words: str

    @property
    def query(self) -> str:
        """The query string of the filters, ready to be followed by `page=`."""
        given = {"topic": self.topic.slug if self.topic else "", "year": self.year, "q": self.words}
        return "".join(f"{urlencode({name: value})}&" for name, value in given.items() if value)


@public_page
def release_list(request: HttpRequest) -> HttpResponse:
    """Releases in the page's language by year, topic and words; an unknown topic, year or page is 404."""
    language = active_language()
    texts = ReleaseText.objects.standing().in_language(language)
    filters = read_filters(request, texts.years())
    found = texts.on_topic(filters.topic) if filters.topic else texts
    found = found.in_year(filters.year) if filters.year else found
    found = found.matching(filters.words) if filters.words else found
    try:
        page = Paginator(found.newest_first().select_related("release"), PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
    context = {
        "page": page,
        "filters": filters,
        "topics": Topic.objects.filter(releases__texts__in=texts).distinct(),
        "years": texts.years(),
        "only_elsewhere": ReleaseText.objects.standing().in_language(OTHER[language]).without_twin().count(),
        "other_language": OTHER[language],
    }
    return render(request, "press/release_list.html", context)


def read_filters(request: HttpRequest, years: list[int]) -> Filters:
    """The filters that the address names. Raises Http404 for an unknown topic or a year without releases."""
    slug, year = request.GET.get("topic", ""), request.GET.get("year", "")
    if year and year not in {str(known) for known in years}:
        raise Http404
    return Filters(
        topic=get_object_or_404(Topic, slug=slug) if slug else None,
        year=int(year) if year else None,
        words=clean_line(request.GET.get("q", ""))[:LONGEST_QUERY],
    )


@public_page
def release_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One release in the page's language; that it exists only in the other one, or is withdrawn, is said plainly."""
    release = get_object_or_404(Release.objects.public(), slug=slug)
    texts = {text.language: text for text in release.texts.public().with_parts()}
    language = active_language()
    text, other = texts.get(language), texts.get(OTHER[language])
    if text is None:
        if other is None:  # its hour came between the two statements, or somebody took it back
            raise Http404
        return render(request, "press/release_elsewhere.html", {"other": other})
    if text.is_withdrawn:
        return render(request, "press/release_withdrawn.html", {"text": text})
    return release_page(
        request,
        text,
        file_address=public_address,
        pdf_address=reverse("press:release_pdf", args=[slug]),
        twin=other if other and other.is_approved else None,
    )


def release_page(
    request: HttpRequest,
    text: ReleaseText,
    *,
    file_address: Address,
    twin: ReleaseText | None = None,
    pdf_address: str = "",
    embargo: str = "",
) -> HttpResponse:
    """The page of a text exactly as the public will see it; journalists and staff look at it before the hour.

    Before the hour `embargo` is its line; expects `with_parts()`.
    """
    pictures = [(picture, file_address(picture.file)) for picture in text.pictures.all()]
    sheet = sheet_of(text, embargo=embargo)
    context = {
        "text": text,
        "sheet": sheet,
        "figures": figures.of_text(text),
        "linked": [document for document in text.documents.all() if document.url],
        "pictures": pictures,
        "attachments": [(attachment, file_address(attachment.file)) for attachment in text.attachments.all()],
        "pdf_address": pdf_address,
        "twin": twin,
        "site_url": settings.SITE_URL,
        "is_preview": not text.is_public,
        "messenger_text": messenger_text(sheet, text),
        "structured_data": news_article(text, [address for _picture, address in pictures]),
    }
    return render(request, "press/release_detail.html", context)


def public_address(stored: StoredFile) -> str:
    """Where the public finds a file of a text that stands."""
    return reverse("press_file", args=[stored.key])
