"""What was sent to whom: who got it, who waits, who did not and why."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.admin import PortalAdmin
from press import policies, services
from press.admin.base import STYLE, PressPages, member, require
from press.models import Mailing


@admin.register(Mailing)
class MailingAdmin(PressPages, PortalAdmin):
    """Mailings, the latest first; nothing is added or edited here."""

    list_display = ("at", "text", "language", "kind", "all_of_them", "sent", "waiting", "failed")
    list_display_links = ("at", "text")
    list_filter = ("kind", "text__language")
    list_select_related = ("text__release", "by")
    actions = None

    class Media:
        css = STYLE

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mailing]:
        return Mailing.objects.with_numbers().select_related("text__release", "by")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.again_view))
        return [path("<int:pk>/again/", view, name="press_mailing_again"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everybody whom the mailing names, with what became of the letter."""
        mailing = self._found(request, object_id)
        recipients = mailing.recipients.select_related("journalist__outlet", "message")
        context = {"mailing": mailing, "recipients": recipients, "may_mail": policies.may_mail(request.user)}
        return self.page(request, "mailing", _("Mailing"), about=mailing, context=context)

    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Try what failed once more."""
        require(policies.may_mail(request.user))
        mailing = self._found(request, str(pk))
        with self.telling_refusals(request):
            count = services.send_failed_again(mailing=mailing, by=member(request))
            messages.success(
                request,
                ngettext("%(count)d letter is sent again.", "%(count)d letters are sent again.", count)
                % {"count": count},
            )
        return HttpResponseRedirect(reverse("admin:press_mailing_change", args=[mailing.pk]))

    def _found(self, request: HttpRequest, key: str) -> Mailing:
        mailing: Mailing | None = self.get_object(request, key)
        if mailing is None:
            raise Http404
        require(policies.may_see(request.user) and self.has_view_permission(request, mailing))
        return mailing

    @admin.display(description=_("language"))
    def language(self, mailing: Mailing) -> str:
        return mailing.text.get_language_display()

    @admin.display(description=_("recipients"))
    def all_of_them(self, mailing: Any) -> int:
        return int(mailing.all_of_them)

    @admin.display(description=_("sent"))
    def sent(self, mailing: Any) -> int:
        return int(mailing.sent)

    @admin.display(description=_("waiting"))
    def waiting(self, mailing: Any) -> int:
        return int(mailing.waiting)

    @admin.display(description=_("failed"))
    def failed(self, mailing: Any) -> int:
        return int(mailing.failed)
