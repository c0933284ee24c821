"""Pages and files of the library as everyone sees them; nothing here touches a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.core.paginator import InvalidPage, Paginator
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.languages import OTHER, active_language
from core.pages import public_page
from core.views import service_unavailable
from materials import search, services
from materials.forms import LibraryForm
from materials.models import Document, Edition, File, Language
from materials.search.choices import facets
from materials.serving import is_a_download, serve
from materials.sharing import archive, citation, structured_data
from participants.models import Registration
from seminars.models import Seminar

PAGE_SIZE = 20
_RELEASED_FILES = Prefetch("files", File.objects.released())


@public_page
def document_list(request: HttpRequest) -> HttpResponse:
    """What the library holds of what is asked, best first; an unknown choice or page is 404."""
    form = LibraryForm(request.GET)
    if not form.is_valid() and form.is_linked_wrongly:
        raise Http404
    found = search.find(form.cleaned_data.get("q", ""), form.choices)
    try:
        page = Paginator(found.documents, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
    shown = facets(found.counts, form.parameters)
    context = {
        "form": form,
        "found": found,
        "facets": shown,
        "chosen": [facet.chosen for facet in shown if facet.chosen],
        "is_narrowed": bool(form.parameters),
        "page": page,
        "query": f"{form.query}&" if form.query else "",
        "rows": _rows(list(page.object_list), found),
    }
    return render(request, "materials/document_list.html", context, status=422 if form.errors else 200)


def _rows(keys: list[int], found: search.Found) -> list[dict[str, Any]]:
    """The documents of one page in the order found, each with the piece of its text where the words stand."""
    documents = Document.objects.public().with_current_edition(_RELEASED_FILES).in_bulk(keys)
    pieces = search.excerpts(keys, found.terms) if keys and found.terms else {}
    return [{"document": documents[key], "excerpt": pieces.get(key)} for key in keys if key in documents]


@dataclass(frozen=True)
class Text:
    """The latest text of a document in one language: `newer` is the edition that only the other language has."""

    language: str
    edition: Edition | None
    files: Sequence[File]
    newer: Edition | None


@public_page
def document_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One document that everyone may have, with all its editions."""
    editions = Prefetch("editions", Edition.objects.prefetch_related(_RELEASED_FILES))
    documents = Document.objects.public().select_related("issuer")
    document = get_object_or_404(documents.prefetch_related("issuer__names", "topics", editions), slug=slug)
    language = active_language()
    texts = texts_of(list(document.editions.all()), language)
    files = list({file.pk: file for text in texts for file in text.files}.values())
    current = next((edition for edition in document.editions.all() if edition.is_current), None)
    context = {
        "document": document,
        "issuer": document.issuer.name_on(document.issued_on) if document.issuer else None,
        "successor": Document.objects.public().filter(predecessors=document).first(),
        "predecessors": Document.objects.public().filter(successor=document),
        "other_language": OTHER[language] if document.title.is_foreign else "",
        "texts": texts,
        "pictured": next((file for file in files if file.picture), None),
        "current": current,
        "earlier": [edition for edition in document.editions.all() if not edition.is_current],
        "seminars": Seminar.objects.published().filter(handouts__edition__document=document).distinct(),
        "citation": citation(document, current, language),
        "structured_data": structured_data(document, files, language),
    }
    return render(request, "materials/document_detail.html", context)


def texts_of(editions: Sequence[Edition], language: str) -> list[Text]:
    """The latest text in each language, that of the page first; nothing when no edition has a file."""
    latest = {code: _latest_in(editions, code) for code in (language, OTHER[language])}
    newest = max((edition.number for edition, _files in latest.values() if edition), default=0)
    if not newest:
        return []
    return [
        Text(code, edition, files, latest[OTHER[code]][0] if edition and edition.number < newest else None)
        for code, (edition, files) in latest.items()
    ]


def _latest_in(editions: Sequence[Edition], language: str) -> tuple[Edition | None, list[File]]:
    for edition in sorted(editions, key=lambda edition: -edition.number):
        files = [file for file in edition.files.all() if file.language in (language, Language.BOTH)]
        if files:
            return edition, files
    return None, []


@require_safe
def seminar_zip(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Everything that the seminar handed out to everyone, in one archive; 404 when there is nothing."""
    seminar = get_object_or_404(Seminar.objects.published(), slug=slug)
    files = list(File.objects.public().handed_out_at(seminar).select_related("edition__document"))
    if not files:
        raise Http404
    response: HttpResponseBase = HttpResponse()
    if request.method == "GET":
        response = StreamingHttpResponse(archive(files))
        for file in files:
            services.count_download(file=file)
    name = f"{seminar.slug}-materials.zip"
    response.headers["Content-Type"] = "application/zip"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@require_safe
@cache_control(public=True, no_cache=True)
def file_view(request: HttpRequest, key: str) -> HttpResponseBase:
    """A file that everyone may have; what may be had is asked at every request, so caches ask too."""
    return _counted(request, get_object_or_404(File.objects.public(), key=key))


@require_safe
@cache_control(public=True, no_cache=True)
def picture_view(request: HttpRequest, key: str) -> HttpResponseBase:
    """The first page of a file that everyone may have, as the portal has drawn it."""
    file = get_object_or_404(File.objects.public().exclude(picture=""), key=key)
    try:
        return FileResponse(default_storage.open(str(file.picture.name)), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error
    except OSError as error:
        return service_unavailable(request, error)


@require_safe
@cache_control(private=True, no_store=True)
def file_of_participant_view(request: HttpRequest, key: str, token: str) -> HttpResponseBase:
    """A file for who holds a place at a seminar that handed it out; the token is that of the personal page."""
    registration = get_object_or_404(Registration.objects.seated(), token=token)
    response = _counted(request, get_object_or_404(File.objects.visible_to(registration), key=key))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _counted(request: HttpRequest, file: File) -> HttpResponseBase:
    response = serve(request, file)
    if is_a_download(request, response):
        services.count_download(file=file)
    return response
