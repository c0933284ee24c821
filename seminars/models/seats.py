"""Seats live in blocks (rules.md, Seats 1): one per quota group, one common pool; capacity is their sum."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Oblast


class SeatBlockQuerySet(models.QuerySet["SeatBlock"]):
    """Blocks of seats."""

    def locked(self) -> Self:
        """Locked against other seat transactions; the seminar's row must be locked first."""
        return self.select_for_update(of=("self",), no_key=True).order_by("pk")

    def pool(self) -> Self:
        """The common pool."""
        return self.filter(group=None)

    def of_group(self, group: Oblast | None) -> Self:
        """The seats of one group (None: the common pool)."""
        return self.filter(group=group)

    def free(self) -> Self:
        """With at least one free seat."""
        return self.filter(taken__lt=models.F("seats"))


class SeatBlock(models.Model):
    """Seats of one group of municipalities, or of the common pool (`group` is empty)."""

    seminar = models.ForeignKey("seminars.Seminar", models.CASCADE, related_name="blocks", verbose_name=_("seminar"))
    group = models.ForeignKey(
        Oblast,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("group"),
        help_text=_("Empty: the common pool."),
    )
    seats = models.PositiveIntegerField(_("seats"))
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)

    objects = SeatBlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block of seats")
        verbose_name_plural = _("seats")
        ordering = [models.F("group__position").asc(nulls_last=True)]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken__lte=models.F("seats")),
                name="never_more_seats_taken_than_there_are",
                violation_error_message=_("There are not that many seats."),
            ),
            models.CheckConstraint(condition=models.Q(taken__gte=0), name="seats_taken_not_below_zero"),
            models.CheckConstraint(
                condition=models.Q(seats__lte=20_000),
                name="a_hall_of_at_most_20000",
                violation_error_message=_("At most 20,000 seats."),
            ),
            models.UniqueConstraint(
                fields=["seminar", "group"],
                nulls_distinct=False,
                name="one_block_of_seats_per_group",
                violation_error_message=_("This group already has its seats."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group or _('common pool')}: {self.taken}/{self.seats}"

    @property
    def left(self) -> int:
        """Free seats."""
        return self.seats - self.taken


class SeatChange(models.Model):
    """The log of every change to the number of seats: who, when, which group, from what to what, why."""

    class Kind(models.TextChoices):
        SET = "set", _("set")
        RELEASE = "release", _("unused quota released")
        OVERRIDE = "override", _("a seat beyond the number")

    seminar = models.ForeignKey("seminars.Seminar", models.CASCADE, related_name="seat_changes")
    group = models.ForeignKey(Oblast, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("group"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.SET)
    before = models.PositiveIntegerField(_("before"))
    after = models.PositiveIntegerField(_("after"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"), db_default=models.functions.Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )

    class Meta:
        verbose_name = _("change of seats")
        verbose_name_plural = _("changes of seats")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=("set", "release", "override")), name="a_change_of_seats_has_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group or _('common pool')}: {self.before} → {self.after}"
