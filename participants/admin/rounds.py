"""A round of invitations after it went out: whom it told, what waits to be passed on, its letters to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from core.admin import PortalAdmin
from outbox.models import State as MessageState
from participants import policies
from participants.admin.base import Pages, asked_language, require
from participants.admin.filters import SeminarFilter, chosen_oblast
from participants.documents import letters_pdf
from participants.emails.invitations import states_of_sent
from participants.models import Disclosure, Invitation, Round
from regions.models import Oblast


@dataclass(frozen=True)
class Told:
    """How many offices of a group are invited, and what became of the messages to them."""

    group: Oblast | None
    invited: int
    by_email: int
    by_hand: int
    passed_on: int
    failed: int

    @classmethod
    def of(cls, group: Oblast | None, invitations: Iterable[Invitation], states: dict[int, str]) -> Told:
        """Count the messages to these invitations; who was registered already has none."""
        keys = [invitation.pk for invitation in invitations]
        numbers = Counter(states.get(key, "") for key in keys)
        return cls(
            group=group,
            invited=len(keys),
            by_email=sum(numbers[state] for state in (MessageState.WAITING, MessageState.SENDING, MessageState.SENT)),
            by_hand=numbers[MessageState.BY_HAND],
            passed_on=numbers[MessageState.PASSED_ON],
            failed=numbers[MessageState.FAILED] + numbers[MessageState.STOPPED],
        )

    @property
    def registered(self) -> int:
        """Those to whom no message was written, because they were registered already."""
        return self.invited - self.by_email - self.by_hand - self.passed_on - self.failed


@admin.register(Round)
class RoundAdmin(Pages, PortalAdmin):
    """Rounds of invitations; nobody edits one that has gone out."""

    list_display = ("__str__", "letter_date", "seminar", "answer_by", "sent_at", "by")
    list_filter = (SeminarFilter,)
    list_select_related = ("seminar", "by")
    actions = None

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/letters.pdf", wrap(require_safe(self.letters_view)), name="participants_round_letters"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A round is made by the pages that invite."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The result of the round, and its letters by oblast."""
        require(policies.may_read_answers(request.user))
        sent = self.get_object(request, object_id)
        if sent is None:
            raise Http404
        invitations = list(sent.invitations.for_lists())
        states = states_of_sent(invitations)
        by_group = groupby(invitations, lambda row: row.municipality.oblast)
        groups = [Told.of(group, members, states) for group, members in by_group]
        context = {
            "round": sent,
            "groups": groups,
            "total": Told.of(None, invitations, states),
            "may_see_messages": request.user.has_perm("outbox.view_message"),
        }
        title = _("Invitations under letter %(letter)s") % {"letter": sent}
        return self.page(request, "round", title, context=context, about=sent.seminar)

    def letters_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The official letters of the round, of one oblast or of all, in the language asked for."""
        require(policies.may_read_answers(request.user))
        sent = get_object_or_404(Round.objects.select_related("seminar"), pk=pk)
        rows = sent.invitations.standing().for_lists()
        if (oblast := chosen_oblast(request)) is not None:
            rows = rows.filter(municipality__oblast=oblast)
        language = asked_language(request)
        invitations = list(rows)
        if not invitations:
            raise Http404
        response = HttpResponse(letters_pdf(invitations, language=language), content_type="application/pdf")
        response.headers["Content-Disposition"] = f'attachment; filename="letters-{pk}-{language}.pdf"'
        Disclosure.objects.note(
            Disclosure.Form.SHEET, by=cast(User, request.user), rows=len(invitations), seminar=sent.seminar
        )
        return response
