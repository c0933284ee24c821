"""The home page: a template of tags that the rooms offer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.pages import public_page


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What the portal is, the next seminars and the latest ones."""
    return render(request, "home.html")
