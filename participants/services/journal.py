"""Who of the staff did what, in the admin's history of a row."""

from __future__ import annotations

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models

from participants.actors import Actor


def note(row: models.Model, by: Actor, what: str) -> None:
    """Add a line to the history of the row; nothing when no member of staff acts."""
    if by.user is not None:
        LogEntry.objects.create(
            user=by.user,
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=str(row)[:200],
            action_flag=CHANGE,
            change_message=what,
        )
