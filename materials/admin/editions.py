"""Editions and files of a document: what is there and where it is used, adding, taking away, looking."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from materials import policies, services, storing
from materials.admin.base import Pages, address_of, for_upload, require, staff_member
from materials.forms import EditionForm, MoreFilesForm
from materials.models import Document, Edition, File, Handout
from materials.serving import serve


class EditionPages(Pages):
    """Mixed into the admin of documents."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/editions/add/", wrap(self.add_edition_view), name="materials_edition_add"),
            path("editions/<int:edition_pk>/files/", wrap(self.add_files_view), name="materials_edition_files"),
            path(
                "editions/<int:edition_pk>/delete/",
                wrap(require_POST(self.delete_edition_view)),
                name="materials_edition_delete",
            ),
            path("files/<int:file_pk>/", wrap(require_safe(never_cache(self.file_view))), name="materials_file"),
            path(
                "files/<int:file_pk>/delete/", wrap(require_POST(self.delete_file_view)), name="materials_file_delete"
            ),
            *super().get_urls(),
        ]

    def editions_context(self, request: HttpRequest, document: Document) -> dict[str, Any]:
        """What the page of a document shows above its form."""
        user = request.user
        return {
            "editions": _editions(document),
            "predecessors": list(document.predecessors.all()),
            "may_keep": policies.may_keep(user),
            "may_tell": policies.may_tell(user) and not document.is_draft,
        }

    def add_edition_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks what changed; the new edition is the current one at once."""
        require(policies.may_keep(request.user))
        document = get_object_or_404(Document, pk=pk)
        with storing.files_follow_rows():
            is_sent = request.method == "POST"
            form = EditionForm(request.POST if is_sent else None, request.FILES if is_sent else None)
            if form.is_valid():
                with self.telling_refusals(request) as outcome:
                    _add_edition(document, form, request)
                if outcome.done:
                    messages.success(
                        request, _("This edition is the current one now. Seminars keep what they handed out.")
                    )
                    return for_upload(request, HttpResponseRedirect(address_of(document)))
            context = {"form": form, "media": self.media + form.media, "editions": _editions(document)}
            response = self.page(request, "edition", _("New edition"), about=document, context=context)
            return for_upload(request, response, form)

    def add_files_view(self, request: HttpRequest, edition_pk: int) -> HttpResponse:
        """More files for an edition."""
        require(policies.may_keep(request.user))
        edition = _edition_or_404(edition_pk)
        with storing.files_follow_rows():
            is_sent = request.method == "POST"
            form = MoreFilesForm(request.POST if is_sent else None, request.FILES if is_sent else None, edition=edition)
            if form.is_valid():
                with self.telling_refusals(request) as outcome:
                    files = services.add_files(edition=edition, stored=form.stored, by=staff_member(request))
                if outcome.done:
                    messages.success(request, _added(len(files)))
                    return for_upload(request, HttpResponseRedirect(address_of(edition.document)))
            context = {"form": form, "media": self.media + form.media, "edition": edition}
            response = self.page(request, "files", _("Add files"), about=edition.document, context=context)
            return for_upload(request, response, form)

    def delete_edition_view(self, request: HttpRequest, edition_pk: int) -> HttpResponse:
        """Take away an edition that nobody was given."""
        require(policies.may_keep(request.user))
        edition = _edition_or_404(edition_pk)
        with self.telling_refusals(request) as outcome:
            services.delete_edition(edition=edition, by=staff_member(request))
        if outcome.done:
            messages.success(request, _("The edition is deleted."))
        return HttpResponseRedirect(address_of(edition.document))

    def file_view(self, request: HttpRequest, file_pk: int) -> HttpResponseBase:
        """The file of a draft too, for staff; not counted. What the scanner holds back is given to nobody."""
        require(policies.may_see(request.user))
        return serve(request, get_object_or_404(File.objects.released(), pk=file_pk))

    def delete_file_view(self, request: HttpRequest, file_pk: int) -> HttpResponse:
        """Take a file out of an edition that nobody was given."""
        require(policies.may_keep(request.user))
        file = get_object_or_404(File.objects.select_related("edition__document"), pk=file_pk)
        document = file.edition.document
        with self.telling_refusals(request) as outcome:
            services.delete_file(file=file, by=staff_member(request))
        if outcome.done:
            messages.success(request, _("The file is deleted."))
        return HttpResponseRedirect(address_of(document))


def _editions(document: Document) -> list[Edition]:
    """The editions with their files, the seminars that handed them out, `taken` (downloads) and `is_in_use`."""
    handouts = Handout.objects.select_related("seminar", "session").order_by("-seminar__starts_at", "pk")
    return list(
        document.editions.with_use()
        .annotate(taken=Sum("downloads__count"))
        .prefetch_related("files", Prefetch("handouts", handouts))
        .order_by("-number")
    )


def _edition_or_404(pk: int) -> Edition:
    return get_object_or_404(Edition.objects.select_related("document"), pk=pk)


def _add_edition(document: Document, form: EditionForm, request: HttpRequest) -> None:
    data, by = form.cleaned_data, staff_member(request)
    edition = services.add_edition(
        document=document, dated=data["dated"], note_ky=data["note_ky"], note_ru=data["note_ru"], by=by
    )
    services.add_files(edition=edition, stored=form.stored, by=by)


def _added(number: int) -> str:
    return ngettext("%(number)d file is added.", "%(number)d files are added.", number) % {"number": number}
