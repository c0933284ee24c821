"""A message is a row: written with what it tells of, sent once, seen to fail."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

# A claim that is older belongs to a sender that was killed: longer than the worker lets any task run.
LEASE = timedelta(minutes=5)
# The pause after each failed attempt; after the last of them the message has failed and a person decides.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60))
MOST_ATTEMPTS = len(PAUSES) + 1

LONGEST_SUBJECT = 300
LONGEST_ERROR = 500


def new_message_id() -> str:
    """A fresh RFC 5322 Message-ID on the sender's own domain."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    return f"<{uuid4().hex}@{domain}>"


class State(models.TextChoices):
    """Where a message is; `MOVES` of `outbox.services` says what staff may do in each."""

    WAITING = "waiting", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    BY_HAND = "by_hand", _("no e-mail: to pass on by hand")
    PASSED_ON = "passed_on", _("passed on by hand")
    STOPPED = "stopped", _("stopped")


OPEN_STATES = (State.WAITING, State.SENDING, State.FAILED, State.BY_HAND)
IN_TROUBLE = Q(state=State.FAILED, resends=None) | Q(state=State.WAITING, attempts__gt=0)


class MessageQuerySet(models.QuerySet["Message"]):
    """Which messages."""

    def due(self) -> Self:
        """Whose time to be sent has come by the database's clock, the longest due first."""
        return self.filter(state=State.WAITING, next_attempt_at__lte=Now()).order_by("next_attempt_at", "pk")

    def abandoned(self) -> Self:
        """Claimed by a sender that was killed before it wrote what came of it."""
        return self.filter(state=State.SENDING, claimed_at__lte=Now() - LEASE)

    def waiting(self) -> Self:
        """On the way: to be sent now or later."""
        return self.filter(state__in=(State.WAITING, State.SENDING))

    def in_trouble(self) -> Self:
        """Failed and not sent again, or tried in vain at least once: for staff to look at."""
        return self.filter(IN_TROUBLE)

    def by_hand(self) -> Self:
        """To be passed on by a person, because there is no e-mail address."""
        return self.filter(state=State.BY_HAND)

    def readable_by(self, permissions: Iterable[str]) -> Self:
        """Without those that only the holders of another permission may read."""
        return self.filter(restricted_to__in=["", *permissions])

    def open(self) -> Self:
        """What has not come to its end."""
        return self.filter(state__in=OPEN_STATES)

    def about(self, key: str) -> Self:
        """Everything written about one thing, newest first."""
        return self.filter(about=key).order_by("-created_at", "-pk")

    def standing(self) -> dict[str, Any]:
        """How many wait, are in trouble, are to be passed on; and what is known of an outage. One query."""
        outage = Outage.objects.filter(pk=1)
        return self.open().aggregate(
            waiting=Count("pk", filter=Q(state__in=(State.WAITING, State.SENDING)), distinct=True),
            in_trouble=Count("pk", filter=IN_TROUBLE, distinct=True),
            by_hand=Count("pk", filter=Q(state=State.BY_HAND), distinct=True),
            outage_error=Max(Subquery(outage.values("error"))),
            outage_since=Max(Subquery(outage.values("since"))),
            outage_next=Max(Subquery(outage.values("next_try_at"))),
        )


class Message(models.Model):
    """One message to one person, whole as it was written; the outbox does not know what it tells of."""

    class Language(models.TextChoices):
        KY = "ky", _("Kyrgyz")
        RU = "ru", _("Russian")

    class CalendarMethod(models.TextChoices):
        PUBLISH = "PUBLISH", _("calendar entry")
        REQUEST = "REQUEST", _("calendar invitation")
        CANCEL = "CANCEL", _("calendar cancellation")

    key = models.CharField(_("key"), max_length=200, unique=True)
    about = models.CharField(_("about"), max_length=100, blank=True, db_index=True)
    recipient = models.EmailField(_("recipient"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("formatted text"), blank=True)
    calendar = models.TextField(_("calendar file"), blank=True)
    calendar_method = models.CharField(_("kind of calendar file"), max_length=7, choices=CalendarMethod, blank=True)
    unsubscribe_url = models.URLField(
        _("address for taking oneself off the list"),
        max_length=300,
        blank=True,
        help_text=_("Mail programs offer it as a button (List-Unsubscribe); a POST to it is enough."),
    )
    restricted_to = models.CharField(
        _("seen only with the right"),
        max_length=100,
        blank=True,
        help_text=_("A permission that reading this message takes beside the right to see messages."),
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lost_after_data = models.PositiveSmallIntegerField(
        _("times the outcome stayed unknown"),
        default=0,
        help_text=_(
            "The connection was lost after the message was handed over, or the sender was stopped: it may have arrived."
        ),
    )
    next_attempt_at = models.DateTimeField(_("next attempt"), db_default=Now())
    claimed_at = models.DateTimeField(_("being sent since"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=LONGEST_ERROR, blank=True)
    # Made once and kept over retries, so that a mailbox can tell a repetition.
    message_id = models.CharField(_("Message-ID"), max_length=300, unique=True, default=new_message_id)
    resend_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resends",
        verbose_name=_("sent again instead of"),
    )
    created_at = models.DateTimeField(_("written at"), db_default=Now())

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        # Nobody adds, edits or deletes a message by hand.
        default_permissions = ("view",)
        permissions = [("send_message", "Can send messages again, stop them and mark them as passed on")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="a_message_is_in_a_known_state"),
            models.CheckConstraint(condition=Q(language__in=("ky", "ru")), name="a_message_is_in_ky_or_ru"),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False) | (~Q(state=State.SENT) & Q(sent_at=None)),
                name="sent_messages_and_only_they_have_sent_at",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, claimed_at__isnull=False)
                | (~Q(state=State.SENDING) & Q(claimed_at=None)),
                name="messages_being_sent_and_only_they_are_claimed",
            ),
            models.CheckConstraint(
                condition=~Q(recipient="")
                | Q(state__in=(State.BY_HAND, State.PASSED_ON, State.STOPPED))
                | Q(erased_at__isnull=False, state=State.SENT),
                name="a_message_to_send_has_a_recipient",
            ),
            models.CheckConstraint(
                condition=Q(recipient="") | ~Q(state=State.BY_HAND), name="no_passing_by_hand_where_there_is_e_mail"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(recipient="", subject="", text="", html="", calendar="", unsubscribe_url="", last_error=""),
                name="nothing_is_left_of_an_erased_message",
            ),
            models.CheckConstraint(
                condition=~Q(subject__regex=r"[\r\n]")
                & ~Q(recipient__regex=r"[\r\n]")
                & ~Q(unsubscribe_url__regex=r"[\r\n]"),
                name="headers_of_a_message_are_single_lines",
            ),
            models.CheckConstraint(
                condition=Q(calendar="", calendar_method="")
                | (~Q(calendar="") & Q(calendar_method__in=("PUBLISH", "REQUEST", "CANCEL"))),
                name="a_calendar_file_comes_with_its_method",
            ),
            models.CheckConstraint(
                condition=Q(lost_after_data__lte=F("attempts")), name="no_more_unknown_outcomes_than_attempts"
            ),
            models.CheckConstraint(
                condition=Q(resend_of=None) | ~Q(resend_of=F("id")), name="no_message_is_sent_again_instead_of_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=Q(state=State.WAITING), name="messages_due"),
            models.Index(fields=["state"], condition=Q(state__in=OPEN_STATES), name="messages_open"),
            models.Index(fields=["-created_at", "-id"], name="messages_newest_first"),
        ]

    def __str__(self) -> str:
        return self.subject or self.key

    @property
    def is_erased(self) -> bool:
        """Whether its recipient and bodies are gone for good."""
        return self.erased_at is not None

    def is_in(self, states: Iterable[State]) -> bool:
        """Whether it is in one of the states."""
        return self.state in set(states)


class Outage(models.Model):
    """The mail server is away or refuses the portal itself: no message is to blame, all wait until it is back.

    There is one row while it lasts and none otherwise.
    """

    since = models.DateTimeField(_("since"), db_default=Now())
    failures = models.PositiveIntegerField(_("attempts"), default=1)
    next_try_at = models.DateTimeField(_("next attempt"))
    error = models.CharField(_("error"), max_length=LONGEST_ERROR, blank=True)

    class Meta:
        verbose_name = _("outage of the mail server")
        verbose_name_plural = _("outages of the mail server")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_outage_at_a_time")]

    def __str__(self) -> str:
        return self.error
