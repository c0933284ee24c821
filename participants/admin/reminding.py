"""The page of a seminar's reminders: seen before they go, changed, stopped."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import DomainError
from core.forms import LineField
from outbox.models import Message
from participants import policies, services
from participants.admin.announcing import samples
from participants.admin.base import Pages, require, seminar_or_404
from participants.emails import letter_of_reminder
from participants.services.reminding import to_remind
from seminars.models import Seminar

LONGEST_BEFORE = 60
MOST_REMINDERS = 5


class RemindersForm(forms.Form):
    """How many days before the seminar people are reminded."""

    days = LineField(
        label=gettext_lazy("Days before the seminar"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("For example 3, 1. Empty: no reminders."),
    )

    def clean_days(self) -> list[int]:
        """Whole numbers, each once."""
        texts = [text for text in re.split(r"[\s,;]+", self.cleaned_data["days"]) if text]
        if not all(text.isascii() and text.isdecimal() and int(text) <= LONGEST_BEFORE for text in texts):
            raise ValidationError(_("Write whole numbers from 0 to %(most)d, with commas.") % {"most": LONGEST_BEFORE})
        days = sorted({int(text) for text in texts}, reverse=True)
        if len(days) > MOST_REMINDERS:
            raise ValidationError(_("At most five reminders."))
        return days


class ReminderPages(Pages):
    """Mixed into the admin of registrations."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.reminders_view)
        return [path("seminars/<int:pk>/reminders/", view, name="participants_reminders"), *super().get_urls()]

    def reminders_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """When, to how many and in what words; another plan, a stop, a start again."""
        require(policies.may_rearrange(request.user))
        seminar = seminar_or_404(pk)
        intent = request.POST.get("intent", "") if request.method == "POST" else ""
        form = RemindersForm(
            request.POST if intent == "days" else None,
            initial={"days": ", ".join(str(days) for days in seminar.reminder_days)},
        )
        if intent and (intent != "days" or form.is_valid()):
            try:
                messages.success(request, _act(intent, seminar, form))
                return HttpResponseRedirect(request.path)
            except DomainError as refusal:
                messages.error(request, str(refusal))
        rows = [_row(seminar, days) for days in seminar.reminder_days]
        soonest = min(seminar.reminder_days, default=1)
        context: dict[str, Any] = {
            "form": form,
            "rows": rows,
            "is_open": not seminar.is_cancelled and timezone.now() < seminar.starts_at,
            "letters": samples(seminar, lambda registration: letter_of_reminder(registration, soonest)),
        }
        return self.page(request, "reminders", _("Reminders"), context=context, about=seminar)


def _act(intent: str, seminar: Seminar, form: RemindersForm) -> str:
    """Carry out what the button says; return it in a sentence."""
    if intent == "stop":
        services.stop_reminders(seminar=seminar)
        return _("The reminders are stopped.")
    if intent == "resume":
        services.resume_reminders(seminar=seminar)
        return _("The reminders go out again.")
    services.set_reminders(seminar=seminar, days=form.cleaned_data.get("days", seminar.reminder_days))
    return _("The reminders are set.")


def _row(seminar: Seminar, days: int) -> dict[str, Any]:
    """One reminder: when, to how many it would go now, how many are written already."""
    written = Message.objects.filter(
        about__in=[f"registration:{pk}" for pk in seminar.registrations.values_list("pk", flat=True)],
        key__endswith=f":reminder:{seminar.first_day:%Y%m%d}:{days}",
    )
    moment = seminar.reminder_moment(days)
    confirmed = seminar.registrations.confirmed().count()
    is_past = moment <= timezone.now()
    return {
        "days": days,
        "moment": moment,
        "to": to_remind(seminar, days).count() if is_past else confirmed,
        "written": written.count(),
    }
