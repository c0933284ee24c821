"""The page of a text: where it stands, what may be done, its parts to write, its versions, how it will look."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.admin import PortalAdmin
from core.exceptions import DomainError
from press import figures, policies, services
from press.admin import saying
from press.admin.base import STYLE, address_of, member, require, text_or_404
from press.admin.corrections import TextCorrections
from press.admin.forms import TextPage, posted
from press.admin.previews import TextPreviews
from press.admin.steps import TextSteps
from press.differences import differences
from press.documents import docx_of, plain_text
from press.exceptions import TextChangedMeanwhile
from press.models import ReleaseText, Revision, StoredFile
from press.parts import embargo_line, sheet_of
from press.services.moves import gaps_of
from press.views import release_page
from press.views.files import DOCX, as_pdf, serve

MOST_VERSIONS = 100


@admin.register(ReleaseText)
class ReleaseTextAdmin(TextSteps, TextCorrections, TextPreviews, PortalAdmin):
    """Texts of releases by state and hour; each has a page of its own."""

    list_display = ("headline_or_release", "language", "state_badge", "hour", "last_editor")
    list_display_links = ("headline_or_release",)
    list_filter = ("state", "language", "release__kind")
    search_fields = ("headline", "lead", "release__slug")
    ordering = ("-edited_at", "-pk")
    actions = None

    class Media:
        css = STYLE

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        def safe(view: Any) -> Any:
            return self.admin_site.admin_view(require_safe(view))

        return [
            path("<int:pk>/preview/", safe(self.preview_view), name="press_releasetext_preview"),
            path("<int:pk>/release.pdf", safe(self.pdf_view), name="press_releasetext_pdf"),
            path("<int:pk>/release.docx", safe(self.docx_view), name="press_releasetext_docx"),
            path("<int:pk>/files/<slug:key>/", safe(self.file_view), name="press_releasetext_file"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The text; on POST what was typed is stored, or what stands in the way is said and everything kept."""
        text = text_or_404(request, self._key(object_id))
        if request.method == "POST":
            require(policies.may_edit(request.user))
            return self._save(request, text)
        return self._show(request, text, TextPage(text))

    def _save(self, request: HttpRequest, text: ReleaseText) -> HttpResponse:
        typed = TextPage(text, posted(request))
        if not typed.is_valid():
            return self._show(request, text, typed, status=422)
        revision = typed.form.cleaned_data["revision"]
        try:
            stored = services.edit(text=text, revision=revision, content=typed.content(), by=member(request))
        except TextChangedMeanwhile:
            return self._show_both(request, text, typed)
        except DomainError as error:
            messages.error(request, str(error))
            return self._show(request, text, typed, status=409)
        if stored.revision == revision:
            messages.info(request, _("Nothing was changed."))
        else:
            messages.success(request, _("The text is stored."))
        return HttpResponseRedirect(address_of(text))

    def _show_both(self, request: HttpRequest, text: ReleaseText, typed: TextPage) -> HttpResponse:
        """Both versions: the stored one, and what was typed, which the next saving stores in its place."""
        theirs = text_or_404(request, text.pk)
        data = request.POST.copy()
        data["revision"] = str(theirs.revision)
        mine = services.as_data(theirs, typed.content())
        context = {"conflict": differences(theirs.content(), mine), "conflict_by": theirs.last_editor}
        return self._show(request, theirs, TextPage(theirs, data), status=409, **context)

    def _show(
        self, request: HttpRequest, text: ReleaseText, typed: TextPage, *, status: int = 200, **extra: Any
    ) -> HttpResponse:
        # What somebody typed stays in sight even when the text became public meanwhile.
        has_form = policies.may_edit(request.user) and (typed.form.is_bound or not text.is_public)
        context = {
            "typed": typed if has_form else None,
            "plain": "" if has_form else plain_text(sheet_of(text)),
            "steps": self.steps_for(request, text),
            "gaps": gaps_of(text),
            "figures": figures.of_text(text),
            "figures_differ": saying.figures_differ(text),
            "waits_for_other": text.is_submitted
            and policies.may_approve(request.user)
            and not policies.may_approve_this(request.user, text),
            "twins": text.release.texts.exclude(pk=text.pk),
            "hour": saying.hour(text),
            "mailings": text.mailings.with_numbers(),
            "may_preview": policies.may_mail(request.user) and text.is_approved,
            **self.corrections_of(request, text),
            "media": self.media + typed.form.media,
            **extra,
        }
        title = _("Text: %(language)s") % {"language": text.get_language_display()}
        return self.page(request, "text", title, about=text, context=context, status=status)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every version and move, the latest first, each with what it changed."""
        text = text_or_404(request, self._key(object_id))
        versions = list(text.history.select_related("by").order_by("-number")[:MOST_VERSIONS])
        before: list[Revision | None] = [*versions[1:], None]
        rows = [
            {"version": version, "differences": differences(older.content, version.content) if older else []}
            for version, older in zip(versions, before, strict=True)
        ]
        return self.page(request, "history", _("History"), about=text, context={"rows": rows})

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page as the public will see it; like all staff pages it is kept by nobody."""
        text = text_or_404(request, pk)
        with translation.override(text.language):
            return release_page(request, text, file_address=partial(_file_address, text), embargo=_line(text))

    def pdf_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text on paper, as it will be."""
        text = text_or_404(request, pk)
        return as_pdf(sheet_of(text, embargo=_line(text)), f"{text.release.slug}-{text.language}")

    def docx_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text for Word and LibreOffice, as it will be."""
        text = text_or_404(request, pk)
        response = HttpResponse(docx_of(sheet_of(text, embargo=_line(text))), content_type=DOCX)
        name = f"{text.release.slug}-{text.language}.docx"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def file_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
        """A picture or an attachment of the text."""
        text = text_or_404(request, pk)
        return serve(request, get_object_or_404(StoredFile.objects.of_text(text), key=key))

    @staticmethod
    def _key(object_id: str) -> int:
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404
        return int(object_id)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReleaseText]:
        return ReleaseText.objects.select_related("release", "last_editor").prefetch_related("corrections")

    @admin.display(description=_("headline"), ordering="headline")
    def headline_or_release(self, text: ReleaseText) -> str:
        return str(text)

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, text: ReleaseText) -> SafeString:
        return format_html(
            '<span class="state-badge" data-state="{}">{}</span>', text.standing.value, text.standing.label
        )

    @admin.display(description=_("public from"), ordering="public_from")
    def hour(self, text: ReleaseText) -> str:
        return saying.hour(text)


def _line(text: ReleaseText) -> str:
    return "" if text.is_public else embargo_line(text)


def _file_address(text: ReleaseText, stored: StoredFile) -> str:
    return reverse("admin:press_releasetext_file", args=[text.pk, stored.key])
