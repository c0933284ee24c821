"""Pages that belong to no room: errors, health, robots. They need neither session nor user."""

import errno
import logging
import sys
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.languages import active_language
from core.pages import public_page

logger = logging.getLogger(__name__)

DISK_IS_FULL = {errno.ENOSPC, errno.EDQUOT}


def error_page(status: int) -> HttpResponse:
    """The static page of an error, in both languages; needs no database and no context processor."""
    response = HttpResponse(loader.get_template(f"{status}.html").render(), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request is broken."""
    return error_page(400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this person."""
    return error_page(403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's key is missing or old."""
    return error_page(403)


def page_not_found(request: HttpRequest, exception: Exception | None = None, **kwargs: str) -> HttpResponse:
    """404: nothing at this address, or not for this person."""
    return error_page(404)


def payload_too_large(request: HttpRequest) -> HttpResponse:
    """413: more than the portal takes."""
    return error_page(413)


def too_many_attempts(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """429: too often in too short a time."""
    response = error_page(429)
    response.headers["Retry-After"] = "900"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 when a disk is full, so that an upload did not even arrive whole."""
    error = sys.exc_info()[1]
    if isinstance(error, OSError) and error.errno in DISK_IS_FULL:
        return service_unavailable(request, error)
    return error_page(500)


def service_unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """503: the database or a disk is away, full or too busy; the reason goes to the log, not to the page."""
    logger.error("unavailable: %s", str(error).split("\n", 1)[0])
    response = error_page(503)
    response.headers["Retry-After"] = "10"
    return response


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 and `ok` when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        logger.warning("health: %s", str(error).split("\n", 1)[0])
        return HttpResponse("database does not answer\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may visit: everything public except personal links and the admin."""
    private = ["/admin/", "/*/registrations/", "/*/invitations/", "/*/lists/", "/*/press/preview/", "/i/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole in the portal (RFC 9116)."""
    contact = f"mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else settings.AGENCY_SITE
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=180)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: ky, ru, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What is asked of people, why, for how long, and whom to ask about it."""
    return render(request, "core/privacy.html", {"text": f"core/_privacy_{active_language()}.html"})


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the portal can be used by everyone, and where to write when it cannot."""
    return render(request, "core/accessibility.html", {"text": f"core/_accessibility_{active_language()}.html"})
