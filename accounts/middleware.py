"""Staff pages speak the language that the staff member chose."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

ADMIN_PREFIX = "/admin/"


class StaffLanguageMiddleware:
    """Activates the signed-in user's language on staff pages; public pages never touch the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ADMIN_PREFIX):
            return self.get_response(request)
        language = getattr(request.user, "language", None) or request.GET.get("language")
        if language not in ("ky", "ru"):
            return self.get_response(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers["Content-Language"] = language
        return response
