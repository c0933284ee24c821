"""Staff pages of what seminars have in common: bodies, projects, topics, series, speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import HistoryAdmin, PortalStackedInline, in_both_languages
from seminars.forms import NamesFormSet, OrganisationNameForm
from seminars.models import Organisation, OrganisationName, Project, Series, Speaker, Topic

if TYPE_CHECKING:
    Organisations = QuerySet[Organisation]


class OrganisationNameInline(PortalStackedInline):
    """What the body was called, period by period; a page of a past seminar shows the name of its day."""

    model = OrganisationName
    form = OrganisationNameForm
    formset = NamesFormSet
    fields = (*in_both_languages("name", "short_name"), ("valid_from", "valid_to"))
    min_num = 1


@admin.register(Organisation)
class OrganisationAdmin(HistoryAdmin):
    """Organisers, partners and donors with their dated names."""

    list_display = ("__str__", "uid", "website")
    search_fields = ("uid", "names__name_ky", "names__name_ru", "names__short_name_ky", "names__short_name_ru")
    inlines = (OrganisationNameInline,)

    def get_queryset(self, request: HttpRequest) -> Organisations:
        return Organisation.objects.prefetch_related("names")


@admin.register(Project)
class ProjectAdmin(HistoryAdmin):
    """Projects with the wording that their donors ask for."""

    list_display = ("name", "uid", "donor")
    list_select_related = ("donor",)
    search_fields = ("uid", "name_ky", "name_ru")
    autocomplete_fields = ("donor",)
    fieldsets = ((None, {"fields": (*in_both_languages("name", "wording"), "donor", "uid")}),)

    @admin.display(description=_("name"), ordering="name_ru")
    def name(self, project: Project) -> str:
        return project.name

    def get_queryset(self, request: HttpRequest) -> QuerySet[Project]:
        return Project.objects.prefetch_related("donor__names")


@admin.register(Topic)
class TopicAdmin(HistoryAdmin):
    """What seminars are about."""

    list_display = ("name_ky", "name_ru", "slug")
    search_fields = ("name_ky", "name_ru")
    fieldsets = ((None, {"fields": (*in_both_languages("name"), "slug")}),)


@admin.register(Series)
class SeriesAdmin(HistoryAdmin):
    """The same programme in several places or times."""

    list_display = ("title_ky", "title_ru", "slug")
    search_fields = ("title_ky", "title_ru")
    fieldsets = ((None, {"fields": (*in_both_languages("title"), "slug")}),)


@admin.register(Speaker)
class SpeakerAdmin(HistoryAdmin):
    """Who speaks in public programmes."""

    list_display = ("name_ky", "name_ru", "post")
    search_fields = ("name_ky", "name_ru", "post_ky", "post_ru")
    fieldsets = ((None, {"fields": in_both_languages("name", "post")}),)

    @admin.display(description=_("post and body"))
    def post(self, speaker: Speaker) -> str:
        return speaker.post
