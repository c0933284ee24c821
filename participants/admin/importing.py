"""A list of heads read in: what it would change is seen first, then it is taken whole or not at all."""

from __future__ import annotations

from typing import Any, cast

import tablib
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.results import Result, RowResult

from accounts.models import User
from participants import policies
from participants.actors import Actor
from participants.admin.base import Pages, require
from participants.exceptions import HeadsNotReadable
from participants.listing.forms import ListForm
from participants.models import Channel
from participants.resources import heads_dataset, take


class HeadsForm(ListForm):
    """Takes a list of heads as a file or as text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = gettext_lazy(
            "With headings in Kyrgyz or Russian: oblast, district, municipality, full name, post, acting, in office "
            "from, phone, e-mail. Only the municipality and the full name must be there."
        )

    def dataset(self) -> tablib.Dataset:
        """The rows of the cleaned form. Raises HeadsNotReadable."""
        return heads_dataset(self.tables)


class HeadImportPages(Pages):
    """Mixed into the admin of terms."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.heads_import_view)
        return [path("heads/import/", view, name="participants_heads_import"), *super().get_urls()]

    def heads_import_view(self, request: HttpRequest) -> HttpResponse:
        """Reads a list and says what it would change; nothing of it is kept, the page sends it again to confirm."""
        require(policies.may_change_terms(request.user))
        form = HeadsForm(request.POST, request.FILES) if request.method == "POST" else HeadsForm()
        preview: dict[str, Any] = {}
        if form.is_bound and form.is_valid():
            try:
                result, dataset = _take(request, form)
            except HeadsNotReadable as refusal:
                form.add_error(None, str(refusal))
            else:
                if "confirm" in request.POST and not result.has_errors():
                    messages.success(request, _taken(result))
                    return HttpResponseRedirect(reverse("admin:participants_heads"))
                preview = _preview(result, dataset)
        context = {"form": form, **preview}
        response = self.page(request, "people/heads_import", _("Read a list of heads"), context=context)
        if form.errors:
            response.status_code = 422
        elif preview.get("is_broken"):
            response.status_code = 409
        return response


def _take(request: HttpRequest, form: HeadsForm) -> tuple[Result, tablib.Dataset]:
    """The list, taken when it is confirmed and else only tried."""
    day = f"{timezone.localdate():%d.%m.%Y}"
    by = Actor(Channel.LIST, cast(User, request.user), _("by a list of %(day)s") % {"day": day})
    dataset = form.dataset()
    return take(dataset, by=by, is_dry_run="confirm" not in request.POST), dataset


def _preview(result: Result, dataset: tablib.Dataset) -> dict[str, Any]:
    """Each row with what it changes, broken ones with the reason, and the list as text to be sent again."""
    rows = [
        {
            "line": line,
            "name": row.instance.municipality.full_name if row.instance else said,
            "kind": row.import_type,
            "errors": [str(error.error) for error in row.errors],
            "changes": [(before, after) for before, after in row.diff or () if before != after],
        }
        for row, line, said in zip(result.rows, dataset["line"], dataset["municipality"], strict=True)
    ]
    # Broken rows first, then what changes; what stays is the least interesting.
    rank = {RowResult.IMPORT_TYPE_ERROR: 0, RowResult.IMPORT_TYPE_SKIP: 2}
    rows.sort(key=lambda row: rank.get(str(row["kind"]), 1))
    del dataset["line"]
    return {
        "rows": rows,
        "is_broken": result.has_errors(),
        "changes": sum(row["kind"] != RowResult.IMPORT_TYPE_SKIP for row in rows),
        "text": dataset.export("tsv"),
    }


def _taken(result: Result) -> str:
    numbers = {"changed": result.totals["new"] + result.totals["update"], "same": result.totals["skip"]}
    return _("The list is taken. Changed: %(changed)d; the same as before: %(same)d.") % numbers
