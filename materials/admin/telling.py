"""One button: who got an earlier edition is told of the current one; the list is shown first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from materials import policies, services
from materials.admin.base import Pages, address_of, require, staff_member
from materials.emails import letter_of_new_edition
from materials.models import Edition
from materials.recipients import Recipient, may_be_told_of, recipients
from outbox.letters import Letter
from participants.models import Disclosure


class TellingPages(Pages):
    """Mixed into the admin of documents."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("editions/<int:edition_pk>/tell/", wrap(self.tell_view), name="materials_edition_tell"),
            *super().get_urls(),
        ]

    def tell_view(self, request: HttpRequest, edition_pk: int) -> HttpResponse:
        """Whom the button will tell, and in which words; on POST, tells them."""
        require(policies.may_tell(request.user))
        edition = get_object_or_404(Edition.objects.select_related("document"), pk=edition_pk)
        if request.method == "POST":
            with self.telling_refusals(request) as outcome:
                number = services.tell_of_edition(edition=edition)
            if outcome.done:
                messages.success(request, _told(number))
            return HttpResponseRedirect(address_of(edition.document))
        found = recipients(edition) if may_be_told_of(edition) else []
        Disclosure.objects.note(Disclosure.Form.SCREEN, by=staff_member(request), rows=len(found))
        untold = [recipient for recipient in found if not recipient.is_told]
        context = {
            "edition": edition,
            "recipients": found,
            "untold": len(untold),
            "by_hand": sum(not recipient.registration.email for recipient in untold),
            "letters": _letters(edition, untold),
        }
        return self.page(request, "tell", _("Tell participants"), about=edition.document, context=context)


def _letters(edition: Edition, untold: list[Recipient]) -> list[Letter]:
    """The message to the first recipient of each language."""
    first = {recipient.registration.language: recipient.registration for recipient in reversed(untold)}
    return [letter_of_new_edition(registration, edition) for _language, registration in sorted(first.items())]


def _told(number: int) -> str:
    return ngettext("%(number)d person is told.", "%(number)d people are told.", number) % {"number": number}
