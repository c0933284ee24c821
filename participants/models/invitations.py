"""Invitations: to which office, under which letter, how it was answered (rules.md, Seats 9, Pages 2)."""

from __future__ import annotations

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Language
from participants.models.people import Person
from participants.models.registration import Channel, Registration, new_token
from regions.models import Municipality
from seminars.models import SeatBlock, Seminar

# Without letters and digits that are taken for each other when read from paper: I, L, O, U, 0, 1.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
# Letters of a Kyrgyz or Russian keyboard that look like those of a code.
_LOOKALIKES = str.maketrans("АВЕКМНРСТХУ", "ABEKMHPCTXY")


def new_code() -> str:
    """A short code that is typed from a paper letter, 49 random bits."""
    return "".join(secrets.choice(CODE_ALPHABET) for _position in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """A code as it is stored, from one typed in either case and alphabet, with spaces or hyphens between."""
    letters = typed[:60].upper().translate(_LOOKALIKES)
    return "".join(char for char in letters if not char.isspace() and char not in "-‐‑–—._")


class Answer(models.TextChoices):
    """What an invited office says."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    DEPUTY = "deputy", _("sends a deputy")


class OfficeContact(models.Model):
    """Where the office of a municipality is reached, whoever heads it: reception phone, e-mail, language."""

    municipality = models.OneToOneField(
        Municipality, models.PROTECT, related_name="office_contact", verbose_name=_("municipality")
    )
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KY)

    class Meta:
        verbose_name = _("contact of an office")
        verbose_name_plural = _("contacts of offices")
        ordering = ["municipality"]

    def __str__(self) -> str:
        return str(self.municipality)


class Round(models.Model):
    """One sending of invitations to a seminar under one official letter; `key` makes a second press the same one."""

    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="rounds", verbose_name=_("seminar"))
    letter_number = models.CharField(_("number of the letter"), max_length=40, blank=True)
    letter_date = models.DateField(_("date of the letter"))
    answer_by = models.DateTimeField(_("answers are asked by"))
    key = models.UUIDField(unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), db_default=models.functions.Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("who")
    )

    class Meta:
        verbose_name = _("round of invitations")
        verbose_name_plural = _("rounds of invitations")
        ordering = ["-sent_at", "-pk"]
        default_permissions = ("view", "add", "change")

    def __str__(self) -> str:
        return f"№ {self.letter_number}" if self.letter_number else f"{self.letter_date:%d.%m.%Y}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations."""

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def silent(self) -> Self:
        """Not withdrawn and not answered."""
        return self.standing().filter(answer="")

    def holding(self) -> Self:
        """With a seat kept for the office."""
        return self.filter(hold__isnull=False)

    def by_code(self, typed: str) -> Self:
        """The standing one with this short code, however it was typed."""
        code = read_code(typed)
        return self.standing().filter(code=code) if set(code) <= set(CODE_ALPHABET) else self.none()

    def for_lists(self) -> Self:
        """In the order of printed lists: group, district, municipality; with what a row shows."""
        return self.select_related("municipality__oblast", "municipality__district", "registration", "round").order_by(
            "municipality__oblast__position",
            models.F("municipality__district__name_ru").asc(nulls_first=True),
            "municipality__name_ru",
        )


class Invitation(models.Model):
    """An office of a municipality is invited; the latest answer stands here, all of them in `answers`.

    `person` and `full_name` are the head of the day of sending: both empty when the office was vacant. `hold` is the
    block of seats that keeps one seat for the office until it answers, at the latest until `round.answer_by`.
    """

    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="invitations", verbose_name=_("seminar"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="invitations", verbose_name=_("letter"))
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="invitations", verbose_name=_("municipality")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="invitations", verbose_name=_("head on that day")
    )
    full_name = models.CharField(_("full name"), max_length=250, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KY)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    code = models.CharField(_("short code"), max_length=12, unique=True, default=new_code, editable=False)
    hold = models.ForeignKey(
        SeatBlock, models.PROTECT, null=True, editable=False, related_name="holds", verbose_name=_("seat kept in")
    )
    answer = models.CharField(_("answer"), max_length=6, choices=Answer, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    registration = models.ForeignKey(
        Registration,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="invitations",
        verbose_name=_("registration"),
    )
    openings = models.PositiveIntegerField(_("times opened"), default=0, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["pk"]
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["seminar", "municipality"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_standing_invitation_per_office",
                violation_error_message=_("This office is invited already."),
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="an_answer_has_its_time",
            ),
            models.CheckConstraint(condition=models.Q(answer__in=["", *Answer.values]), name="an_answer_is_known"),
            models.CheckConstraint(
                condition=models.Q(hold__isnull=True) | models.Q(answer="", withdrawn_at__isnull=True),
                name="a_seat_is_kept_only_for_who_has_not_answered",
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality)

    def get_absolute_url(self) -> str:
        return reverse("participants:invitation_detail", args=[self.token])

    @property
    def short_address(self) -> str:
        """The address that is printed on paper, to be typed by hand."""
        return f"{settings.SITE_URL}{reverse('short_code', args=[self.code])}"

    @property
    def is_vacant(self) -> bool:
        """Whether nobody headed the municipality on the day of sending."""
        return self.person_id is None

    @property
    def comer(self) -> Registration | None:
        """Who is registered for the office and has not cancelled."""
        return self.registration if self.registration is not None and self.registration.is_live else None

    @property
    def is_past_deadline(self) -> bool:
        """Whether the time to answer is over; only shown: services ask the database's clock."""
        return self.round.answer_by <= timezone.now()


class InvitationAnswer(models.Model):
    """One answer to an invitation: what, by what way, who took it; never edited, never deleted."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="answers")
    answer = models.CharField(_("answer"), max_length=6, choices=Answer)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    source = models.CharField(_("who told us"), max_length=200, blank=True)
    at = models.DateTimeField(_("when"), db_default=models.functions.Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("taken by")
    )

    class Meta:
        verbose_name = _("answer to an invitation")
        verbose_name_plural = _("answers to invitations")
        ordering = ["at", "pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.get_answer_display())
