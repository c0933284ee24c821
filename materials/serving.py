"""Handing out a stored file: as attachment, whole or in part, or not at all to who has it already (RFC 9110)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import IO, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe, quote_etag

from core.views import service_unavailable
from materials.models import File, Format

logger = logging.getLogger(__name__)

MIME_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JPEG: "image/jpeg",
    Format.PNG: "image/png",
}
CHUNK = 64 * 1024
_ONE_RANGE = re.compile(r"bytes=\s*(?:(\d{1,18})-(\d{1,18})?|-(\d{1,18}))\s*", re.ASCII | re.IGNORECASE)


class Span(NamedTuple):
    """Bytes from `start` up to and without `stop`."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.stop - self.start


def serve(request: HttpRequest, file: File) -> HttpResponseBase:
    """The file with 200, the asked part with 206, 304, 412 or 416; whether it may be had was asked before.

    Raises Http404 when the stored content is missing; answers 503 when the storage is away.
    """
    if settings.FILES_INTERNAL_LOCATION:
        return _by_nginx(file)
    etag, modified = quote_etag(file.sha256), int(file.added_at.timestamp())
    unchanged = get_conditional_response(request, etag=etag, last_modified=modified)
    if unchanged is not None:
        return _described(unchanged, file) if unchanged.status_code == 304 else unchanged
    whole = Span(0, file.size)
    span = _asked_span(request, file.size, etag, file.added_at)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    else:
        try:
            response = StreamingHttpResponse(Part(_opened(file), span))
        except OSError as error:
            return service_unavailable(request, error)
    if span != whole:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{file.size}"
    response.headers["Content-Length"] = str(span.length)
    return _described(response, file)


def is_a_download(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether this answer begins a download: the file is sent from its first byte on; parts that follow are not."""
    if request.method != "GET" or response.status_code not in (200, 206):
        return False
    if "X-Accel-Redirect" in response.headers:
        asked = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
        return "If-None-Match" not in request.headers and (asked is None or asked[1] == "0")
    return str(response.headers.get("Content-Range", "bytes 0-")).startswith("bytes 0-")


def _asked_span(request: HttpRequest, size: int, etag: str, modified: datetime) -> Span | None:
    """The part that is asked for; the whole when none is, or none that we give; None when it lies outside."""
    whole = Span(0, size)
    match = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or match is None or not _is_same(request, etag, modified):
        return whole
    first, last, suffix = match.groups()
    if suffix is not None:
        return Span(max(0, size - int(suffix)), size) if int(suffix) else None
    if last is not None and int(last) < int(first):
        return whole
    return Span(int(first), min(int(last) + 1, size) if last else size) if int(first) < size else None


def _is_same(request: HttpRequest, etag: str, modified: datetime) -> bool:
    """Whether the part would fit to what the asker has (If-Range): same hash, or exactly the same date."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition or condition == etag:
        return True
    return parse_http_date_safe(condition) == int(modified.timestamp())


def _opened(file: File) -> IO[bytes]:
    try:
        return default_storage.open(str(file.content.name))
    except FileNotFoundError as error:
        logger.error("file %s is missing in the storage", file.pk)  # noqa: TRY400 - the disk is at fault, not the code
        raise Http404 from error


class Part:
    """The bytes of one span, read as they are sent; closed by the server even when the visitor leaves at once."""

    def __init__(self, stream: IO[bytes], span: Span) -> None:
        stream.seek(span.start)
        self._stream, self._left = stream, span.length
        self.close = stream.close

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0 and (chunk := self._stream.read(min(CHUNK, self._left))):
            self._left -= len(chunk)
            yield chunk


def _by_nginx(file: File) -> HttpResponseBase:
    """Nginx reads the file itself, and minds parts and conditions with marks of its own."""
    place = f"{settings.FILES_INTERNAL_LOCATION.rstrip('/')}/{quote(str(file.content.name))}"
    response = HttpResponse(headers={"X-Accel-Redirect": place})
    return _described(response, file)


def _described(response: HttpResponseBase, file: File) -> HttpResponseBase:
    """With what every answer says of the file; nothing is shown in place, nothing guessed from the content."""
    headers = response.headers
    headers["Content-Type"] = MIME_TYPES[Format(file.format)]
    headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.shown_name) or ""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Accept-Ranges"] = "bytes"
    if "X-Accel-Redirect" not in headers:
        headers["ETag"] = quote_etag(file.sha256)
        headers["Last-Modified"] = http_date(file.added_at.timestamp())
    return response
