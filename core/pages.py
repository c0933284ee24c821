"""What public pages without a form have in common, and pages with one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """The view, read-only, compressed and answering 304 to who has it already.

    Only for pages without a form: the form's key is masked anew at each render, so no ETag would ever match.
    """
    checked = cache_control(public=True, max_age=0, must_revalidate=True)(conditional_page(view))
    return require_safe(gzip_page(checked))


def kept_for_back(view: View) -> View:
    """The view of a form, compressed, that the browser shows again on Back as it was, with the key that it had.

    Nothing on such a page can be guessed from its compressed length: both keys of the form are new at each render. A
    personal page, whose link stays the same, must not use this. The form posts to another address than the page's own,
    because a browser forgets what it has posted to.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = gzip_page(csrf_protect(view))(request, *args, **kwargs)
        if isinstance(response, SimpleTemplateResponse):
            response.add_post_render_callback(_keep_in_this_browser)
        else:
            _keep_in_this_browser(response)
        return response

    return wrapper


def _keep_in_this_browser(response: HttpResponseBase) -> None:
    response.headers["Cache-Control"] = "private, no-cache, max-age=0"
    # Not by the cookie: the page itself sets it, and would be told apart from itself.
    response.headers["Vary"] = "Accept-Encoding"
