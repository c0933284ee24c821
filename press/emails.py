"""Letters to journalists, rendered in the language of the text when they are written to the outbox."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from outbox.letters import Letter
from press.documents import plain_text
from press.models import Correction, Journalist, PreviewLink, ReleaseText
from press.parts import embargo_line, sheet_of


def release_body(text: ReleaseText) -> list[str]:
    """The whole text as the paragraphs of a letter."""
    return plain_text(sheet_of(text)).strip().split("\n\n")


def letter_of_release(text: ReleaseText, body: list[str], journalist: Journalist) -> Letter:
    """What a journalist reads once the text is public."""
    with translation.override(text.language):
        return Letter(
            language=text.language,
            subject=text.headline,
            greeting=_greeting(journalist),
            paragraphs=body,
            button_label=_("Open the release"),
            button_url=f"{settings.SITE_URL}{text.get_absolute_url()}",
            signature=_signature(journalist),
        )


def letter_under_embargo(text: ReleaseText, body: list[str], link: PreviewLink) -> Letter:
    """What a journalist reads before the hour: the embargo line first, and a link of his or her own."""
    with translation.override(text.language):
        return Letter(
            language=text.language,
            subject=_("EMBARGO: %(headline)s") % {"headline": text.headline},
            greeting=_greeting(link.journalist),
            paragraphs=[embargo_line(text, reader=str(link.journalist)), *body],
            button_label=_("Open the preview"),
            button_url=f"{settings.SITE_URL}{link.get_absolute_url()}",
            closing=_("The link is yours alone; each opening is noted."),
            signature=_signature(link.journalist),
        )


def letter_of_correction(correction: Correction, journalist: Journalist) -> Letter:
    """What a journalist who was sent the text reads when it is corrected."""
    text = correction.text
    with translation.override(text.language):
        return Letter(
            language=text.language,
            subject=_("Correction: %(headline)s") % {"headline": text.headline},
            greeting=_greeting(journalist),
            paragraphs=[
                _("We sent you the release “%(headline)s”. It is corrected:") % {"headline": text.headline},
                correction.note,
            ],
            button_label=_("Open the release"),
            button_url=f"{settings.SITE_URL}{text.get_absolute_url()}",
            signature=_signature(journalist),
        )


def letter_of_test(text: ReleaseText, body: list[str], *, is_embargoed: bool) -> Letter:
    """The letter as it will go out, for the member of staff who is about to send it."""
    with translation.override(text.language):
        return Letter(
            language=text.language,
            subject=_("TEST: %(headline)s") % {"headline": text.headline},
            greeting=_("This is how the letter will look; nobody but you got it."),
            paragraphs=[embargo_line(text), *body] if is_embargoed else body,
            button_label=_("Open the text"),
            button_url=f"{settings.SITE_URL}{reverse('admin:press_releasetext_change', args=[text.pk])}",
        )


def unsubscribe_url(journalist: Journalist) -> str:
    """The full address at which the journalist leaves the media list."""
    with translation.override(journalist.language):
        return f"{settings.SITE_URL}{reverse('press:unsubscribe', args=[journalist.token])}"


def about(journalist: Journalist) -> str:
    """The key under which the outbox keeps messages to this journalist."""
    return f"journalist:{journalist.pk}"


def _greeting(journalist: Journalist) -> str:
    return _("Dear %(name)s,") % {"name": journalist.name}


def _signature(journalist: Journalist) -> list[str]:
    return [
        _("You get this because you agreed to be sent releases."),
        _("To get no more of them: %(address)s") % {"address": unsubscribe_url(journalist)},
    ]
