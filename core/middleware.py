"""What stands between the server and every view."""

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from core import views
from core.languages import DEFAULT_LANGUAGE

GetResponse = Callable[[HttpRequest], HttpResponse]

_PREFIX = re.compile(r"^/(ky|ru)(?=/|$)")
_KNOWN_CHARSETS = {"", "utf-8", "utf8"}


class DatabaseOutageMiddleware:
    """Answers 503 with Retry-After when the database is away, busy past its limits or out of connections."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return views.service_unavailable(request, error)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a database failure inside a view into 503; leave everything else alone."""
        if isinstance(exception, OperationalError | InterfaceError):
            return views.service_unavailable(request, exception)
        return None


class RequestShapeMiddleware:
    """Refuses requests that no form or link of ours can make: too large, NUL in the address, odd charsets."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _length(request) > _most(request):
            return views.payload_too_large(request)
        address = request.path.encode() + unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        if b"\x00" in address or not _is_utf8(address):
            return views.bad_request(request)
        charset = (request.content_params or {}).get("charset", "")
        if charset.strip("\"'").lower() not in _KNOWN_CHARSETS:
            return views.bad_request(request)
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _most(request: HttpRequest) -> int:
    """How much a request may bring: forms of visitors are short, staff send files."""
    if request.path.startswith("/admin/"):
        return int(settings.UPLOAD_MAX_REQUEST_BYTES)
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


class PrefixLanguageMiddleware:
    """The prefix of the address is the language of the page; without one it is Kyrgyz. No cookie, no guess."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = _PREFIX.match(request.path_info)
        language = match.group(1) if match else DEFAULT_LANGUAGE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
