"""What can be taken along: the release as PDF and DOCX, pictures and attachments."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.languages import active_language
from core.pages import public_page
from press.documents import docx_of, pdf_of
from press.models import ReleaseText, StoredFile
from press.parts import Sheet, sheet_of

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@public_page
def release_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The text that stands in the page's language, as PDF."""
    text = _standing_or_404(slug)
    return as_pdf(sheet_of(text), f"{slug}-{text.language}")


@public_page
def release_docx(request: HttpRequest, slug: str) -> HttpResponse:
    """The same, for Word and LibreOffice."""
    text = _standing_or_404(slug)
    response = HttpResponse(docx_of(sheet_of(text)), content_type=DOCX)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{text.language}.docx"'
    return response


def _standing_or_404(slug: str) -> ReleaseText:
    texts = ReleaseText.objects.standing().in_language(active_language()).with_parts()
    return get_object_or_404(texts, release__slug=slug)


def as_pdf(sheet: Sheet, name: str) -> HttpResponse:
    """The sheet on paper, shown in the browser."""
    response = HttpResponse(pdf_of(sheet), content_type=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def public_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """A picture or an attachment of a text that stands in public; of any other text it is not there."""
    return serve(request, get_object_or_404(StoredFile.objects.public(), key=key))


def serve(request: HttpRequest, stored: StoredFile) -> HttpResponseBase:
    """The bytes of a file under the type that was found in them: pictures shown, everything else to be saved."""
    etag = quote_etag(stored.sha256)
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    is_picture = stored.kind == StoredFile.Kind.PICTURE
    response = FileResponse(
        stored.file.open("rb"), as_attachment=not is_picture, filename=stored.name, content_type=stored.media_type
    )
    response.headers["ETag"] = etag
    return response
