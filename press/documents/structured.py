"""The release for search engines, and for whoever pastes it into a messenger."""

import json
from collections.abc import Sequence

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from press.documents.plain import plain_text
from press.models import ReleaseText
from press.parts import Paragraph, Sheet, blocks_of, changed_at


def messenger_text(sheet: Sheet, text: ReleaseText) -> str:
    """The whole sheet of the text with the address of its page, to be copied."""
    return f"{plain_text(sheet)}\n{settings.SITE_URL}{text.get_absolute_url()}"


def summary(text: ReleaseText) -> str:
    """The first paragraph of the lead."""
    return next((block.text for block in blocks_of(text.lead) if isinstance(block, Paragraph)), "")


def news_article(text: ReleaseText, pictures: Sequence[str]) -> SafeString:
    """The text as schema.org NewsArticle: JSON that is safe inside a script element; addresses by SITE_URL."""
    address = settings.SITE_URL + text.get_absolute_url()
    changed = changed_at(text)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": text.headline,
        "description": summary(text),
        "inLanguage": text.language,
        "datePublished": text.public_from.isoformat() if text.public_from else None,
        "dateModified": changed.isoformat() if changed else None,
        "url": address,
        "mainEntityOfPage": address,
        "image": [settings.SITE_URL + picture for picture in pictures],
        "publisher": {
            "@type": "Organization",
            "name": gettext("Local self-government seminars"),
            "url": settings.SITE_URL,
        },
    }
    escapes = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    filled = {name: value for name, value in data.items() if value}
    return mark_safe(json.dumps(filled, ensure_ascii=False).translate(escapes))  # noqa: S308  escaped just above
