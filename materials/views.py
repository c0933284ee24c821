"""Pages and files of the library as everyone sees them; nothing here touches a session."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from materials import services
from materials.models import File
from materials.serving import is_a_download, serve
from participants.models import Registration


@require_safe
@cache_control(public=True, no_cache=True)
def file_view(request: HttpRequest, key: str) -> HttpResponseBase:
    """A file that everyone may have; what may be had is asked at every request, so caches ask too."""
    return _counted(request, get_object_or_404(File.objects.public(), key=key))


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
