"""What only a person can settle: shown to staff on the start page of the admin."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participants.models.registration import Registration


class StaffTaskQuerySet(models.QuerySet["StaffTask"]):
    """Which tasks."""

    def open(self) -> Self:
        """Not settled yet, oldest first."""
        return self.filter(done_at=None).order_by("created_at", "pk")

    def note(self, kind: str, registration: Registration, note: str = "") -> StaffTask:
        """Leave a task of that kind; one that is open already gets the new note."""
        task, _created = self.update_or_create(
            kind=kind, registration=registration, done_at=None, defaults={"note": note[:500]}
        )
        return task

    def settle(self, pk: int, *, by: User) -> bool:
        """Write down that the open task is settled, and by whom; False when it is settled already."""
        return bool(self.filter(pk=pk, done_at=None).update(done_at=models.functions.Now(), done_by=by))


class StaffTask(models.Model):
    """Something that a visitor's act left for staff to settle."""

    class Kind(models.TextChoices):
        OTHER_HEAD = "other_head", _("Registered as head, but the register names another person")
        REPLACEMENT = "replacement", _("Somebody else of the municipality asks for its seat")
        LINK_BY_HAND = "link_by_hand", _("Asks for the personal link and has no e-mail")

    kind = models.CharField(_("what"), max_length=16, choices=Kind)
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="staff_tasks", verbose_name=_("registration")
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("since"), db_default=models.functions.Now())
    done_at = models.DateTimeField(_("settled"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    objects = StaffTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task for staff")
        verbose_name_plural = _("tasks for staff")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "registration"],
                condition=models.Q(done_at__isnull=True),
                name="one_open_task_of_a_kind_per_registration",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
