"""The Atom feed of each language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import gettext

from core.languages import active_language
from core.pages import public_page
from press.models import ReleaseText
from press.parts import Paragraph, blocks_of, changed_at

LATEST = 30


@public_page
def releases(request: HttpRequest) -> HttpResponse:
    """The latest releases that stand in the page's language, those of the other one left out."""
    language = active_language()
    feed = Atom1Feed(
        title=gettext("Press releases"),
        link=settings.SITE_URL + reverse("press:release_list"),
        feed_url=settings.SITE_URL + reverse("press:feed"),
        description=gettext("Local self-government seminars"),
        language=language,
    )
    texts = ReleaseText.objects.standing().in_language(language).newest_first()
    for text in texts.select_related("release").prefetch_related("corrections", "release__topics")[:LATEST]:
        address = settings.SITE_URL + text.get_absolute_url()
        paragraphs = [block.text for block in blocks_of(text.lead) if isinstance(block, Paragraph)]
        feed.add_item(
            title=text.headline,
            link=address,
            # The type of a summary is HTML, so what was typed as text is escaped before.
            description=format_html_join("", "<p>{}</p>", ((paragraph,) for paragraph in paragraphs)),
            unique_id=address,
            pubdate=text.public_from,
            updateddate=changed_at(text),
            categories=[str(topic) for topic in text.release.topics.all()],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
