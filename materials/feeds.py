"""The Atom feed of the library: what is new, and what has a new edition or another status."""

from datetime import UTC

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from core.languages import active_language, text_in
from core.pages import public_page
from materials.models import Document
from materials.sharing import address_of

MOST = 50


@public_page
def changes(request: HttpRequest) -> HttpResponse:
    """The latest changes to documents that have a title in the language of the address."""
    language = active_language()
    feed = Atom1Feed(
        title=_("Materials of seminars"),
        link=f"{settings.SITE_URL}{reverse('materials:document_list')}",
        feed_url=f"{settings.SITE_URL}{request.path}",
        description="",
        language=language,
    )
    documents = Document.objects.public().titled_in(language).latest_changed()[:MOST]
    for document in documents:
        address = address_of(document, language)
        edition = document.shown_editions[0] if document.shown_editions else None
        feed.add_item(
            title=text_in(document, "title", language),
            link=address,
            # Another edition or status is another entry: programs show it again.
            unique_id=f"{address}#{edition.number if edition else 0}-{document.status}",
            description=_summary(document, getattr(edition, f"note_{language}", "")),
            pubdate=document.published_at,
            updateddate=document.changed_at.astimezone(UTC),
            categories=[str(document.get_kind_display())],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _summary(document: Document, note: str) -> str:
    return ". ".join(filter(None, [str(document.get_status_display()), note]))
