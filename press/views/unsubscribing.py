"""Leaving the media list by the link that stands under every letter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from press import services
from press.models import Journalist


@csrf_exempt  # mail programs post here by themselves (RFC 8058); who knows the token may do nothing but leave
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once, because mail scanners open links; a POST takes the address off the list."""
    if request.method == "POST":
        journalist = services.unsubscribe(token=token)
        if journalist is None:
            raise Http404
    else:
        journalist = get_object_or_404(Journalist, token=token)
    return render(request, "press/unsubscribe.html", {"is_gone": journalist.unsubscribed_at is not None})
