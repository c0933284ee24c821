"""Messages for staff: what went out, what did not and why, how it looks; nothing is added or edited here."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.admin import PortalAdmin
from outbox.letters import messenger_text
from outbox.models import Message, MessageQuerySet, State
from outbox.services import CAN_BE_SENT_AGAIN, MOVES, mark_passed_on, send_again, stop

# A page of its own inside a frame: its own inline styles and nothing else, no script, no request to anywhere.
PREVIEW_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; sandbox"


class StandingFilter(admin.SimpleListFilter):
    """What needs a look, in the words of the start page."""

    title = _("what needs a look")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("trouble", gettext("In trouble")),
            ("by_hand", gettext("To pass on by hand")),
            ("waiting", gettext("Waiting to be sent")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        found = cast("MessageQuerySet", queryset)
        match self.value():
            case "trouble":
                return found.in_trouble()
            case "by_hand":
                return found.by_hand()
            case "waiting":
                return found.waiting()
        return found


@admin.register(Message)
class MessageAdmin(PortalAdmin):
    """The list of messages and, of each, how it looks and what may be done."""

    list_display = ("subject_or_key", "state", "recipient", "language", "attempts", "created_at", "sent_at")
    list_display_links = ("subject_or_key",)
    list_filter = (StandingFilter, "state", "language", "created_at")
    search_fields = ("recipient", "subject", "about", "key")
    search_help_text = _("Recipient, subject, or what it is about.")
    actions = ("send_again", "mark_passed_on", "stop")
    fields = (
        "state",
        "recipient",
        "subject",
        "language",
        "about",
        "attempts",
        "lost_after_data",
        "error_in_words",
        "next_attempt_at",
        "created_at",
        "sent_at",
        "instead_of",
        "calendar_method",
        "message_id",
    )
    change_form_template = "admin/outbox/message/change_form.html"
    change_list_template = "admin/outbox/message/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        found = cast("MessageQuerySet", super().get_queryset(request))
        return found.readable_by(cast("AbstractUser", request.user).get_all_permissions())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Whether this person may send again, stop and mark as passed on."""
        return request.user.has_perm("outbox.send_message")

    @admin.display(description=_("subject"), ordering="subject")
    def subject_or_key(self, message: Message) -> str:
        return str(message)

    @admin.display(description=_("last error"))
    def error_in_words(self, message: Message) -> str:
        return gettext(message.last_error) if message.last_error else "–"

    @admin.display(description=_("sent again instead of"))
    def instead_of(self, message: Message) -> SafeString | str:
        if message.resend_of_id is None:
            return "–"
        return format_html('<a href="{}">{}</a>', _address(message.resend_of_id), message.resend_of)

    @admin.action(description=_("Send again (as a new message)"), permissions=["send"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse | None:
        return self._carry_out(request, queryset, send_again)

    @admin.action(description=_("Mark as passed on by hand"), permissions=["send"])
    def mark_passed_on(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse | None:
        return self._carry_out(request, queryset, mark_passed_on)

    @admin.action(description=_("Stop: do not send it"), permissions=["send"])
    def stop(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse | None:
        return self._carry_out(request, queryset, stop)

    def _carry_out(
        self, request: HttpRequest, queryset: QuerySet[Message], service: Callable[..., Message]
    ) -> HttpResponse | None:
        """Do it to all chosen messages or to none; answer with the page that asked."""
        results = chosen = list(queryset.order_by("pk"))
        by = cast("AbstractBaseUser", request.user)
        with self.telling_refusals(request) as outcome:
            results = [service(message, by=by) for message in chosen]
        if outcome.done:
            count = len(results)
            self.message_user(
                request, ngettext("Done: %(count)d message.", "Done: %(count)d messages.", count) % {"count": count}
            )
        is_asked_by_one = "from_message" in request.POST and len(results) == 1
        return HttpResponseRedirect(_address(results[0].pk)) if is_asked_by_one else None

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "<int:pk>/preview/",
                self.admin_site.admin_view(self.preview),
                name="outbox_message_preview",
            ),
            *super().get_urls(),
        ]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The formatted text as a page for a frame."""
        message = self.get_object(request, str(pk))
        if message is None:
            raise Http404
        if not self.has_view_permission(request, message):
            raise PermissionDenied
        headers = {"Content-Security-Policy": PREVIEW_POLICY, "X-Frame-Options": "SAMEORIGIN"}
        return HttpResponse(message.html, headers=headers)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        message = self.get_object(request, object_id)
        context = {**(extra_context or {}), "moves": []}
        if message is not None:
            context |= {"messenger_text": messenger_text(message), "moves": self._moves(request, message)}
        return super().change_view(request, object_id, form_url, context)

    def _moves(self, request: HttpRequest, message: Message) -> list[tuple[str, str | Promise]]:
        """The actions that make sense for this message and this person, as (name, words)."""
        if not self.has_send_permission(request):
            return []
        moves: list[tuple[str, str | Promise]] = []
        if message.is_in(CAN_BE_SENT_AGAIN) and message.recipient:
            moves.append(("send_again", _("Send again (as a new message)")))
        if message.is_in(MOVES[State.PASSED_ON]):
            moves.append(("mark_passed_on", _("Mark as passed on by hand")))
        if message.is_in(MOVES[State.STOPPED]):
            moves.append(("stop", _("Stop: do not send it")))
        return moves


def _address(pk: int) -> str:
    return reverse("admin:outbox_message_change", args=[pk])
