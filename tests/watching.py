"""Watches pages in tests for queries that are asked row by row."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from zeal import zeal_context


def watch_reading(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Fail a page that asks the database row by row; what writes reads rows again under a lock, on purpose."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        with zeal_context():
            return get_response(request)

    return respond
