"""Public documents in the sitemap, each in the languages that it has a title in."""

from django.db.models import QuerySet

from core.languages import LANGUAGES
from core.sitemaps import PortalSitemap
from materials.models import Document


class DocumentsSitemap(PortalSitemap):
    """What everyone may find, replaced and repealed documents too: their page says so."""

    limit = 5000

    def items(self) -> QuerySet[Document]:
        return Document.objects.public()

    def get_languages_for_item(self, item: Document) -> list[str]:
        return [language for language in LANGUAGES if getattr(item, f"title_{language}")]
