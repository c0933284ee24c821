"""A coordinator's or a member of staff's list between reading and acceptance."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from participants.models.coordinators import CoordinatorLink
from regions.models import District, Oblast
from seminars.models import Seminar


class ListDraftQuerySet(models.QuerySet["ListDraft"]):
    """Which drafts."""

    def locked(self) -> Self:
        """Locked against another acceptance or correction of the same draft."""
        return self.select_for_update(of=("self",), no_key=True)

    def outdated(self) -> Self:
        """Of which nothing can be accepted any more: the deadline, or for staff the seminar, is over."""
        deadline = Coalesce("seminar__lists_deadline", "seminar__starts_at")
        return self.alias(deadline=deadline).filter(
            models.Q(seminar__ends_at__lte=Now())
            | models.Q(seminar__cancelled_at__isnull=False)
            | models.Q(link__isnull=False, deadline__lte=Now())
            | models.Q(link__revoked_at__isnull=False)
        )


class ListDraft(models.Model):
    """Rows that were read and not accepted yet; the file itself is never kept.

    It belongs to one link, or to one member of staff and seminar. A row leaves it when it is accepted, the draft goes
    with its last row.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="list_drafts")
    link = models.OneToOneField(CoordinatorLink, models.CASCADE, null=True, related_name="draft")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    oblast = models.ForeignKey(Oblast, models.PROTECT, null=True, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    rows = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    saved_at = models.DateTimeField(auto_now=True)

    objects = ListDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("list being checked")
        verbose_name_plural = _("lists being checked")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(link__isnull=False, by__isnull=True) | models.Q(link__isnull=True, by__isnull=False),
                name="a_list_is_checked_by_a_link_or_by_staff",
            ),
            models.UniqueConstraint(fields=["seminar", "by"], name="one_list_being_checked_per_seminar_and_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.seminar}: {len(self.rows)}"
