"""Every address of the portal; those under a language prefix are printed on paper, so they stay."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from core import views as core_views
from core.sitemaps import PagesSitemap
from gamsumo_portal.views import home
from materials import views as materials_views
from materials.sitemaps import DocumentsSitemap
from participants import views as participants_views
from press.sitemaps import ReleasesSitemap
from press.urls import KEY
from press.views import public_file
from seminars.sitemaps import SeminarsSitemap

handler400 = core_views.bad_request
handler403 = core_views.permission_denied
handler404 = core_views.page_not_found
handler500 = core_views.server_error

SITEMAPS = {
    "pages": PagesSitemap,
    "seminars": SeminarsSitemap,
    "materials": DocumentsSitemap,
    "releases": ReleasesSitemap,
}

urlpatterns = [
    path("", RedirectView.as_view(url="/ky/")),
    path("healthz", core_views.healthz, name="healthz"),
    path("robots.txt", core_views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path(".well-known/security.txt", core_views.security_txt, name="security_txt"),
    re_path(r"^i/(?P<code>[^/]{1,40})/?$", participants_views.short_code, name="short_code"),
    re_path(r"^files/(?P<key>[A-Za-z0-9_-]{22})$", materials_views.file_view, name="file"),
    re_path(
        r"^files/(?P<key>[A-Za-z0-9_-]{22})/(?P<token>[A-Za-z0-9_-]{22})$",
        materials_views.file_of_participant_view,
        name="file_of_participant",
    ),
    re_path(r"^files/(?P<key>[A-Za-z0-9_-]{22})/picture$", materials_views.picture_view, name="file_picture"),
    re_path(rf"^files/press/{KEY}$", public_file, name="press_file"),
    # The admin's own way to any record's page asks for no right and would tell tokens and releases under embargo.
    path("admin/r/<path:content_type_id>/<path:object_id>/", core_views.page_not_found),
    path("admin/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", home, name="home"),
        path("seminars/", include("seminars.urls")),
        path("press/", include("press.urls")),
        path("", include("participants.urls")),
        path("", include("materials.urls")),
        path("", include("core.urls")),
    ),
]
