"""A registration: one person's entry to one seminar, with the snapshot of that day."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Language
from core.languages import Localized
from participants.models.people import ConsentText, Person
from participants.states import SEATED, State
from regions.models import Municipality, Oblast, Post
from seminars.models import SeatBlock, Seminar

TOKEN_BYTES = 16


def new_token() -> str:
    """128 random bits for a personal link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Channel(models.TextChoices):
    """By what way an entry or a change came in."""

    WEB = "web", _("web form")
    LINK = "link", _("personal link")
    PHONE = "phone", _("phone")
    PAPER = "paper", _("paper")
    LIST = "list", _("list")
    STAFF = "staff", _("staff")
    SYSTEM = "system", _("the portal itself")


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Which registrations, and in which order."""

    def live(self) -> Self:
        """Not cancelled and not declined."""
        return self.filter(state__in=State.live())

    def seated(self) -> Self:
        """Holding a seat (confirmed, attended, absent)."""
        return self.filter(state__in=SEATED)

    def confirmed(self) -> Self:
        """With a place, whose seminar is still to come or not marked yet."""
        return self.filter(state=State.CONFIRMED)

    def waiting(self) -> Self:
        """Waiting for a seat, the longest first; the order of the line is `participants.queue`'s."""
        return self.filter(state=State.WAITING).order_by("joined_at", "pk")

    def attended(self) -> Self:
        """Who came."""
        return self.filter(state=State.ATTENDED)

    def reached_on(self, topics: Iterable[int]) -> Self:
        """Who came to a seminar on any of these topics; a municipality is reached by what its predecessors did too."""
        return self.attended().filter(seminar__topics__in=list(topics)).distinct()

    def of_municipality(self, municipality: Municipality | None) -> Self:
        """Of one municipality."""
        return self.filter(municipality=municipality)

    def reached_by(self, contact: str) -> Self:
        """Live ones of seminars to come that gave this e-mail address or phone; a few at most."""
        given = (
            models.Q(email__iexact=contact)
            if "@" in contact
            else models.Q(phone=contact) | models.Q(phone_other=contact)
        )
        return (
            self.live()
            .filter(given, seminar__ends_at__gt=timezone.now())
            .select_related("seminar", "person", "municipality")
            .order_by("-joined_at")[:20]
        )

    def for_lists(self) -> Self:
        """In the order of printed lists: group, district, municipality, surname."""
        return self.select_related("seminar", "person", "post", "oblast", "municipality__district").order_by(
            models.F("oblast__position").asc(nulls_last=True),
            models.F("municipality__district__name_ru").asc(nulls_first=True),
            "municipality_name_ru",
            "full_name",
        )


class Registration(models.Model):
    """One person's entry to one seminar; the seat belongs to the municipality's office.

    Name, post, municipality and oblast are a snapshot of that day, so that credit stays right when people change
    office, municipalities merge or a person is erased. A seat in the hall is `block` with `slot`.
    """

    class Mode(models.TextChoices):
        HALL = "hall", _("in the hall")
        ONLINE = "online", _("online")

    class Sex(models.TextChoices):
        FEMALE = "female", _("female")
        MALE = "male", _("male")

    class AgeBand(models.TextChoices):
        UNDER_28 = "under_28", _("under 28")
        FROM_28_TO_35 = "28_35", _("28 to 35")
        FROM_36_TO_59 = "36_59", _("36 to 59")
        OVER_60 = "60_over", _("60 and over")

    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="registrations", verbose_name=_("seminar"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="registrations", verbose_name=_("person"))
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("municipality"),
    )
    oblast = models.ForeignKey(Oblast, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("group"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("post"))

    full_name = models.CharField(_("full name"), max_length=250)
    folded_name = models.CharField(max_length=250, editable=False)
    post_title_ky = models.CharField(_("post (ky)"), max_length=200)
    post_title_ru = models.CharField(_("post (ru)"), max_length=200)
    municipality_name_ky = models.CharField(_("municipality (ky)"), max_length=200, blank=True)
    municipality_name_ru = models.CharField(_("municipality (ru)"), max_length=200, blank=True)
    oblast_name_ky = models.CharField(_("oblast (ky)"), max_length=100, blank=True)
    oblast_name_ru = models.CharField(_("oblast (ru)"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    phone_other = models.CharField(_("second phone"), max_length=20, blank=True)
    phone_typed = models.CharField(_("phone as typed"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KY)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    age_band = models.CharField(_("age"), max_length=8, choices=AgeBand, blank=True)

    state = models.CharField(_("state"), max_length=10, choices=State, editable=False)
    mode = models.CharField(_("takes part"), max_length=6, choices=Mode, default=Mode.HALL)
    block = models.ForeignKey(
        SeatBlock, models.PROTECT, null=True, editable=False, related_name="registrations", verbose_name=_("seat from")
    )
    slot = models.PositiveSmallIntegerField(_("seat of the municipality"), null=True, editable=False)
    joined_at = models.DateTimeField(_("registered"), db_default=models.functions.Now(), editable=False)
    channel = models.CharField(_("came by"), max_length=8, choices=Channel, default=Channel.WEB)
    coordinator_link = models.ForeignKey(
        "participants.CoordinatorLink",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="registrations",
        verbose_name=_("coordinator's list"),
    )
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    form_key = models.UUIDField(unique=True, null=True, editable=False)

    consent = models.ForeignKey(
        ConsentText, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("consent")
    )
    consent_language = models.CharField(max_length=2, choices=Language, blank=True, editable=False)
    consented_at = models.DateTimeField(_("consent given"), null=True, editable=False)

    post_title = Localized("post_title")
    municipality_name = Localized("municipality_name")
    oblast_name = Localized("oblast_name")
    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-joined_at", "-pk"]
        # Never deleted: cancelled, or anonymised.
        default_permissions = ("view", "add", "change")
        permissions = [("mark_registration", "Can mark who came")]
        indexes = [
            models.Index(fields=["seminar", "state", "joined_at", "id"]),
            models.Index(fields=["municipality", "state"]),
            models.Index(fields=["email"]),
            models.Index(fields=["phone"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["seminar", "person"],
                condition=models.Q(state__in=State.live()),
                name="one_live_registration_per_person",
                violation_error_message=_("This person is already registered for this seminar."),
            ),
            models.UniqueConstraint(
                fields=["seminar", "municipality", "slot"],
                condition=models.Q(state__in=SEATED),
                name="a_municipality_has_each_of_its_seats_once",
                violation_error_message=_("This municipality already has its seat."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=SEATED, mode="hall", block__isnull=False)
                | (~models.Q(state__in=SEATED, mode="hall") & models.Q(block__isnull=True)),
                name="who_is_in_the_hall_has_a_seat",
            ),
            models.CheckConstraint(
                condition=models.Q(block__isnull=False, municipality__isnull=False, slot__gte=1)
                | (~models.Q(block__isnull=False, municipality__isnull=False) & models.Q(slot__isnull=True)),
                name="a_seat_of_a_municipality_is_numbered",
            ),
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=True, oblast__isnull=True)
                | models.Q(municipality__isnull=False, oblast__isnull=False),
                name="municipality_and_group_go_together",
            ),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="registration_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(consent__isnull=True, consented_at__isnull=True)
                | models.Q(consent__isnull=False, consented_at__isnull=False),
                name="consent_and_its_time_go_together",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("participants:registration_detail", args=[self.token])

    @property
    def is_live(self) -> bool:
        """Whether it has a seat or waits for one."""
        return self.state in State.live()

    @property
    def has_seat(self) -> bool:
        """Whether the person takes part: a seat in the hall, or online."""
        return self.state in SEATED

    @property
    def was_promoted(self) -> bool:
        """Whether the seat came from the waiting list; one query."""
        return self.state == State.CONFIRMED and self.transitions.filter(before=State.WAITING).exists()

    @property
    def is_waiting(self) -> bool:
        """Whether it is in the queue."""
        return self.state == State.WAITING


class Transition(models.Model):
    """Every change of a registration: who, when, by what channel and why; never edited, never deleted."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="transitions")
    before = models.CharField(_("before"), max_length=10, choices=State, blank=True)
    after = models.CharField(_("after"), max_length=10, choices=State)
    at = models.DateTimeField(_("when"), db_default=models.functions.Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("history")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_before_display() or '—'} → {self.get_after_display()}"
