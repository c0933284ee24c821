"""Releases: one address, the state of both texts at a glance, and the click that drafts one from a seminar."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core.admin import PortalAdmin
from press import policies, services
from press.admin.base import STYLE, address_of, member, require
from press.exceptions import ReleaseIsFixed
from press.models import Release, ReleaseText
from press.services.drafting import RESERVED
from seminars.models import Seminar


class ReleaseForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """What is said of a release besides its texts."""

    class Meta:
        model = Release
        fields = ("kind", "seminar", "slug", "topics")

    def clean_slug(self) -> str:
        """Words that pages beside the releases use are no addresses of releases."""
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("This word is used by a page of the press centre: choose another address."))
        return slug


@admin.register(Release)
class ReleaseAdmin(PortalAdmin):
    """Releases, the latest first."""

    form = ReleaseForm
    list_display = ("title", "kind", "seminar", "texts_by_state")
    list_display_links = ("title",)
    list_filter = ("kind", "texts__state", "topics")
    search_fields = ("slug", "texts__headline")
    autocomplete_fields = ("seminar",)
    actions = None
    # The page of each text leads to its public page once there is one.
    view_on_site = False
    change_form_template = "admin/press/release/change_form.html"

    class Media:
        css = STYLE

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        return Release.objects.select_related("seminar").prefetch_related("texts__corrections")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.draft_view))
        return [path("draft/<int:pk>/", view, name="press_draft_release"), *super().get_urls()]

    def draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draft a release from the seminar and open it; a second click opens the one that is there."""
        require(policies.may_draft(request.user))
        seminar = get_object_or_404(Seminar, pk=pk)
        kind = request.POST.get("kind", "")
        if kind not in Release.Kind.values:
            raise Http404
        with self.telling_refusals(request) as outcome:
            release = services.draft_release(seminar=seminar, kind=Release.Kind(kind), by=member(request))
        if not outcome.done:
            return HttpResponseRedirect(reverse("admin:seminars_seminar_change", args=[seminar.pk]))
        messages.success(request, _("This is the draft. Nobody but the press centre sees it until it is approved."))
        return HttpResponseRedirect(reverse("admin:press_release_change", args=[release.pk]))

    def has_delete_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Release | None = None) -> tuple[str, ...]:
        """Once a text is submitted, what stands around it stays too."""
        return () if obj is None or is_open(obj) else ("kind", "seminar", "slug", "topics")

    def formfield_for_manytomany(self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "topics":
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Release, form: Any, change: bool) -> None:
        """Store it; a new one gets an empty draft in each language. Raises ReleaseIsFixed."""
        if change:
            list(ReleaseText.objects.filter(release=obj).select_for_update())
            if form.fields and not is_open(Release.objects.get(pk=obj.pk)):
                raise ReleaseIsFixed
            super().save_model(request, obj, form, change)
            return
        made = services.make_release(
            slug=obj.slug, kind=obj.kind, seminar=obj.seminar, by=member(request), topics=form.cleaned_data["topics"]
        )
        obj.pk, obj.created_by = made.pk, made.created_by

    @admin.display(description=_("headline"))
    def title(self, release: Release) -> str:
        return next((text.headline for text in release.texts.all() if text.headline), release.slug)

    @admin.display(description=_("texts"))
    def texts_by_state(self, release: Release) -> SafeString:
        badge = '<a href="{}">{}</a>: <span class="state-badge" data-state="{}">{}</span>'
        return format_html_join(
            mark_safe("<br>"),
            badge,
            (
                (address_of(text), text.get_language_display(), text.standing.value, text.standing.label)
                for text in release.texts.all()
            ),
        )


def is_open(release: Release) -> bool:
    """Whether all its texts are drafts."""
    return all(text.is_draft for text in release.texts.all())
