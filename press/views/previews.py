"""What one journalist reads before the hour, by a personal link that expires and can be revoked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.clients import client_address
from press import services
from press.models import PreviewLink, ReleaseText, StoredFile
from press.parts import embargo_line, sheet_of
from press.views.files import as_pdf, serve
from press.views.reading import release_page


@never_cache
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponseBase:
    """The text under embargo with its line and the journalist's name; after the hour, the way to the public page.

    A link that went with a letter ends at that hour, so the way is shown by an expired one too.
    """
    public = ReleaseText.objects.standing().select_related("release").filter(previews__token=token).first()
    if public is not None:
        return HttpResponseRedirect(public.get_absolute_url())
    link, text = _open(token)
    if request.method == "GET":
        services.note_opening(link=link, address=client_address(request))
    with translation.override(text.language):
        page = release_page(
            request,
            text,
            file_address=lambda stored: reverse("press:preview_file", args=[token, stored.key]),
            pdf_address=reverse("press:preview_pdf", args=[token]),
            embargo=embargo_line(text, reader=str(link.journalist)),
        )
    page.headers["X-Robots-Tag"] = "noindex"
    return page


@never_cache
@require_safe
def preview_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The same on paper."""
    link, text = _open(token)
    return as_pdf(sheet_of(text, embargo=embargo_line(text, reader=str(link.journalist))), text.release.slug)


@never_cache
@require_safe
def preview_file(request: HttpRequest, token: str, key: str) -> HttpResponseBase:
    """A picture or an attachment of the text."""
    _link, text = _open(token)
    return serve(request, get_object_or_404(StoredFile.objects.of_text(text), key=key))


def _open(token: str) -> tuple[PreviewLink, ReleaseText]:
    """The link and its text. Raises Http404 for one that is unknown, expired, revoked or of no approved text."""
    links = PreviewLink.objects.usable().select_related("journalist__outlet")
    link = get_object_or_404(links, token=token)
    return link, ReleaseText.objects.with_parts().get(pk=link.text_id)
