"""Releases of the demonstration: drafted by the portal, completed here as a person would, approved by another.

One of 2019 in both languages, one under embargo, one in Kyrgyz only with a correction. People in them are invented.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from press import services
from press.models import (
    LINES,
    PARAGRAPHS,
    Attachment,
    Correction,
    Journalist,
    Mailing,
    Outlet,
    Picture,
    Recipient,
    Release,
    ReleaseText,
)
from press.services import Content
from seminars.demonstration import seminars
from seminars.models import Seminar

DATA = Path(__file__).resolve().parent / "data" / "demonstration" / "releases.json"
OFFICER, APPROVER = "press", "approver"  # of the demonstration's staff
HOUR = time(18)
OUTLET_KY, OUTLET_RU = "«Үлгү» гезити", "Газета «Пример»"
JOURNALISTS = (("Чыйырбаева Айгүл", "ky"), ("Образцова Жылдыз", "ru"))
_GAP = re.compile(r"\[\[.*?\]\]", re.DOTALL)

Spec = dict[str, Any]


@transaction.atomic
def load() -> None:
    """The releases of the demonstration and its media list are there; what was there already stays as it is."""
    officer, approver = User.objects.get(username=OFFICER), User.objects.get(username=APPROVER)
    for spec in json.loads(DATA.read_text(encoding="utf-8")):
        seminar = Seminar.objects.get(slug=spec["seminar"])
        if not seminar.releases.filter(kind=spec["kind"]).exists():
            _load_release(spec, seminar, officer, approver)
    outlet, _is_new = Outlet.objects.get_or_create(name_ky=OUTLET_KY, name_ru=OUTLET_RU)
    for number, (name, language) in enumerate(JOURNALISTS, start=1):
        Journalist.objects.get_or_create(
            email=f"journalist{number}@example.org",
            defaults={
                "name": name,
                "outlet": outlet,
                "language": language,
                "consented_on": timezone.localdate(),
                "consent_source": "demonstration",
            },
        )


@transaction.atomic
def remove() -> None:
    """No release of the demonstration's seminars is left, nor what was sent of them, nor the media list."""
    releases = Release.objects.filter(seminar__in=seminars())
    mailings = Mailing.objects.filter(text__release__in=releases)
    sent = Recipient.objects.filter(mailing__in=mailings)
    messages = [row.message for row in sent.select_related("message")]
    sent.delete()
    mailings.delete()
    for message in messages:
        message.delete()
    for model in (Picture, Attachment):
        model.objects.filter(text__release__in=releases).delete()
    releases.delete()
    Journalist.objects.filter(email__in=[f"journalist{number}@example.org" for number in (1, 2)]).delete()
    outlets = list(Outlet.objects.filter(name_ky=OUTLET_KY, journalists=None).values_list("pk", flat=True))
    Outlet.objects.filter(pk__in=outlets).delete()
    Outlet.history.filter(id__in=outlets).delete()


def _load_release(spec: Spec, seminar: Seminar, officer: User, approver: User) -> None:
    release = services.draft_release(seminar=seminar, kind=Release.Kind(spec["kind"]), by=officer)
    hour = _hour(spec)
    for language, typed in spec["texts"].items():
        text = release.texts.get(language=language)
        text = services.edit(text=text, revision=text.revision, content=_completed(text, typed, hour), by=officer)
        text = services.submit(text=text, revision=text.revision, by=officer)
        text = services.approve(text=text, revision=text.revision, by=approver)
        # Services publish nothing in the past; what the demonstration tells of was published then.
        ReleaseText.objects.filter(pk=text.pk).update(public_from=hour)
        if "correction" in typed:
            correction = services.propose_correction(text=text, note=typed["correction"], by=officer)
            services.approve_correction(correction=correction, by=approver)
            Correction.objects.filter(text=text).update(approved_at=hour + timedelta(days=1))


def _hour(spec: Spec) -> datetime:
    if "public_from" in spec:
        return timezone.make_aware(datetime.fromisoformat(spec["public_from"]))
    day = timezone.localdate() + timedelta(days=spec["days_ahead"])
    return timezone.make_aware(datetime.combine(day, HOUR))


def _completed(text: ReleaseText, typed: Spec, hour: datetime) -> Content:
    """The draft with its gaps filled in, as a press officer would type it."""
    gaps = typed.get("gaps", {})
    parts = {name: _filled(getattr(text, name), gaps.get(name, [])) for name in (*LINES, *PARAGRAPHS)}
    parts["further"] = "\n\n".join(filter(None, [parts["further"], typed["further"]]))
    quotes = [{"words": typed["quote"], "speaker": row.speaker, "post": row.post} for row in text.quotes.all()]
    return Content(
        parts=parts,
        public_from=hour,
        quotes=quotes,
        documents=[{"title": title, "url": ""} for title in typed.get("documents", [])],
        contacts=[typed["contact"]],
    )


def _filled(text: str, words: list[str]) -> str:
    fillings = iter(words)
    return _GAP.sub(lambda gap: next(fillings, gap.group()), text).strip()
