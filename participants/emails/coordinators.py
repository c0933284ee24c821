"""The message that brings a coordinator the link to the list of an oblast or a district."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import official_moment
from outbox.letters import Fact, Letter
from outbox.models import Message
from outbox.services import enqueue
from participants.emails.letters import facts_of_seminar, signature_of, when
from participants.models import CoordinatorLink


def about_link(link: CoordinatorLink) -> str:
    """The key under which the outbox keeps messages about this link."""
    return f"coordinator:{link.pk}"


def coordinator_address(link: CoordinatorLink) -> str:
    """The full address of the coordinator's page, in the language of the link."""
    with translation.override(link.language):
        return f"{settings.SITE_URL}{link.get_absolute_url()}"


def coordinator_messenger_text(link: CoordinatorLink) -> str:
    """A short text to paste into a messenger: what, when, for which units, until when, and the link."""
    with translation.override(link.language):
        return "\n".join(
            [
                _("List of participants of the seminar: %(seminar)s") % {"seminar": link.seminar.title},
                when(link.seminar, link.language),
                *(f"{fact.label}: {fact.value}" for fact in _facts_of_link(link)),
                coordinator_address(link),
            ]
        )


def send_coordinator_link(link: CoordinatorLink) -> None:
    """Write the link to its coordinator; once more when it was written before."""
    number = Message.objects.about(about_link(link)).count() + 1
    letter = letter_of_link(link)
    enqueue(
        key=f"{about_link(link)}:link:{number}",
        recipient=link.email,
        language=link.language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        about=about_link(link),
    )


def letter_of_link(link: CoordinatorLink) -> Letter:
    """The letter, in the language of the link."""
    with translation.override(link.language):
        return Letter(
            language=link.language,
            subject=_("List of participants of the seminar: %(seminar)s") % {"seminar": link.seminar.title},
            greeting=_("Dear colleagues,"),
            paragraphs=[
                _("Please name who comes to the seminar from your municipalities."),
                _(
                    "Open the page and type the names, paste them from a spreadsheet or send a file. No password is "
                    "needed."
                ),
                _("The page is for you: whoever has its address can change the list."),
            ],
            facts=[*facts_of_seminar(link.seminar, link.language), *_facts_of_link(link)],
            button_label=_("Open the list"),
            button_url=coordinator_address(link),
            signature=signature_of(link.seminar),
        )


def _facts_of_link(link: CoordinatorLink) -> Iterator[Fact]:
    units = f"{link.district}, {link.oblast}" if link.district else str(link.oblast)
    yield Fact(_("Municipalities of"), units)
    if link.places is not None:
        people = ngettext("%(number)d person", "%(number)d people", link.places) % {"number": link.places}
        yield Fact(_("Places"), people)
    yield Fact(_("List is taken until"), official_moment(link.deadline, link.language))
