"""Releases in the sitemap, each in the languages in which it stands."""

from django.db.models import QuerySet

from core.sitemaps import PortalSitemap
from press.models import Release


class ReleasesSitemap(PortalSitemap):
    """Releases that stand in public."""

    limit = 5000

    def items(self) -> QuerySet[Release]:
        return Release.objects.standing()

    def get_languages_for_item(self, item: Release) -> list[str]:
        return [text.language for text in item.standing_texts]  # type: ignore[attr-defined]  # of standing()
