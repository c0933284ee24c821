"""The portal's addresses, and one for each error page."""

from django.urls import path

from core.views import error_page
from gamsumo_portal import urls
from gamsumo_portal.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("errors/<int:status>/", lambda _request, status: error_page(status)), *urls.urlpatterns]
