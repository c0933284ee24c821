"""An address that fails, to look at the page that people get then."""

from typing import NoReturn

from django.http import HttpRequest
from django.urls import path

from gamsumo_portal.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def broken(request: HttpRequest) -> NoReturn:
    message = "broken on purpose"
    raise RuntimeError(message)


urlpatterns = [path("broken/", broken)]
