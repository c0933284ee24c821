"""Published seminars in the sitemap, each in the languages that it exists in."""

from django.db.models import QuerySet

from core.languages import LANGUAGES
from core.sitemaps import PortalSitemap
from seminars.models import Seminar


class SeminarsSitemap(PortalSitemap):
    """Published seminars, cancelled ones too: their page says so."""

    limit = 5000

    def items(self) -> QuerySet[Seminar]:
        return Seminar.objects.published()

    def get_languages_for_item(self, item: Seminar) -> list[str]:
        return [language for language in LANGUAGES if getattr(item, f"title_{language}")]
