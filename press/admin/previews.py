"""Preview links of a text: one for each journalist, each revocable, openings shown."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from press import policies, services
from press.admin.base import PressPages, member, require, text_or_404
from press.admin.forms import PreviewForm, posted
from press.models import PreviewLink, ReleaseText
from press.parts import embargo_line


class TextPreviews(PressPages):
    """Mixed into the admin of texts."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/previews/", wrap(self.previews_view), name="press_releasetext_previews"),
            path(
                "<int:pk>/previews/<int:link>/revoke/",
                wrap(require_POST(self.revoke_view)),
                name="press_releasetext_revoke",
            ),
            *super().get_urls(),
        ]

    def previews_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The links with their openings, and a form for one more."""
        require(policies.may_mail(request.user))
        text = text_or_404(request, pk)
        form = PreviewForm(posted(request), text=text)
        if form.is_valid():
            with self.telling_refusals(request) as outcome:
                services.give_preview(text=text, by=member(request), **form.cleaned_data)
            if outcome.done:
                messages.success(request, _("The link is made; copy its text below."))
            return HttpResponseRedirect(_address(text))
        links = text.previews.select_related("journalist__outlet", "created_by", "revoked_by")
        context = {
            "form": form if text.is_approved else None,
            "links": [(link, messenger_text(text, link)) for link in links.prefetch_related("openings")],
            "media": self.media + form.media,
        }
        status = 422 if form.errors else 200
        return self.page(request, "previews", _("Preview links"), about=text, context=context, status=status)

    def revoke_view(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        """Close one link; the others stay."""
        require(policies.may_mail(request.user))
        text = text_or_404(request, pk)
        services.revoke_preview(link=get_object_or_404(text.previews, pk=link), by=member(request))
        messages.success(request, _("The link is closed."))
        return HttpResponseRedirect(_address(text))


def messenger_text(text: ReleaseText, link: PreviewLink) -> str:
    """What to paste into a messenger: headline, embargo line, link."""
    lines = [
        text.headline,
        embargo_line(text, reader=link.journalist.name),
        f"{settings.SITE_URL}{link.get_absolute_url()}",
    ]
    return "\n".join(line for line in lines if line)


def _address(text: ReleaseText) -> str:
    return reverse("admin:press_releasetext_previews", args=[text.pk])
