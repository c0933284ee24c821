"""The sitemap: public pages in both languages, each beside its twin."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse


class PortalSitemap(Sitemap[Any]):
    """Addresses by SITE_URL and never by the Host header, in both languages with alternates."""

    i18n = True
    alternates = True
    x_default = False

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class PagesSitemap(PortalSitemap):
    """Pages that always exist."""

    def items(self) -> list[str]:
        return [
            "home",
            "seminars:seminar_list",
            "materials:document_list",
            "press:release_list",
            "core:privacy",
            "core:accessibility",
        ]

    def location(self, item: str) -> str:
        return reverse(item)
