"""Messages of the library to participants, rendered in their language when they are written to the outbox."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.dates import official_date
from materials.models import Audience, Document, Edition
from outbox.letters import Fact, Letter
from outbox.services import enqueue
from participants.emails import about, link_to
from participants.models import Registration


def key_of(edition: Edition, registration: Registration) -> str:
    """One message to one person about one edition."""
    return f"edition:{edition.pk}:person:{registration.person_id}"


def notify_new_edition(registration: Registration, edition: Edition) -> None:
    """Tell who got an earlier edition what changed and where the new one is."""
    letter = letter_of_new_edition(registration, edition)
    enqueue(
        key=key_of(edition, registration),
        recipient=registration.email,
        language=registration.language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        about=about(registration),
    )


def letter_of_new_edition(registration: Registration, edition: Edition) -> Letter:
    """What the person reads; nothing is written or sent."""
    language = registration.language
    with translation.override(language):
        document = edition.document
        paragraphs = [
            _("A document that you were given at the seminar “%(seminar)s” has a new edition.")
            % {"seminar": registration.seminar.title},
            str(edition.note),
        ]
        return Letter(
            language=language,
            subject=_("New edition: %(document)s") % {"document": document.title},
            greeting=_("Dear %(name)s,") % {"name": registration.person.given_names or registration.full_name},
            paragraphs=[paragraph for paragraph in paragraphs if paragraph],
            facts=[
                Fact(_("Document"), str(document.title)),
                Fact(_("Edition of"), official_date(edition.dated, language)),
            ],
            button_label=_("Open the document"),
            button_url=_address(document, registration),
        )


def _address(document: Document, registration: Registration) -> str:
    """The page of the document; of one that is not for everyone, the personal page."""
    if document.audience == Audience.PUBLIC:
        return f"{settings.SITE_URL}{document.get_absolute_url()}"
    return link_to(registration)
