"""The programme: sessions by day and who speaks in them."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.languages import Localized


class Speaker(models.Model):
    """Who speaks in a public programme: an official or an expert, named with a post."""

    name_ky = models.CharField(_("first name and surname (ky)"), max_length=150)
    name_ru = models.CharField(_("first name and surname (ru)"), max_length=150)
    post_ky = models.CharField(_("post and body (ky)"), max_length=300, blank=True)
    post_ru = models.CharField(_("post and body (ru)"), max_length=300, blank=True)

    name = Localized("name")
    post = Localized("post")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name_ru"]

    def __str__(self) -> str:
        return str(self.name)


class SessionQuerySet(models.QuerySet["Session"]):
    """Items of programmes."""

    def with_speakers(self) -> Self:
        """With the speakers of every session in one more query."""
        return self.prefetch_related("appearances__speaker")


class Session(models.Model):
    """One item of the programme."""

    class Kind(models.TextChoices):
        SESSION = "session", _("Session")
        BREAK = "break", _("Break")
        ARRIVAL = "arrival", _("Arrival and sign-in")

    seminar = models.ForeignKey("seminars.Seminar", models.CASCADE, related_name="sessions", verbose_name=_("seminar"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.SESSION)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    title_ky = models.CharField(_("title (ky)"), max_length=400, blank=True)
    title_ru = models.CharField(_("title (ru)"), max_length=400, blank=True)
    summary_ky = models.TextField(_("summary (ky)"), blank=True)
    summary_ru = models.TextField(_("summary (ru)"), blank=True)
    speakers = models.ManyToManyField(Speaker, through="SessionSpeaker", verbose_name=_("speakers"), blank=True)

    title = Localized("title")
    summary = Localized("summary")
    objects = SessionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("programme")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message=_("A session must end after it starts."),
            ),
            models.CheckConstraint(
                condition=~models.Q(title_ky="", title_ru=""),
                name="session_title_in_some_language",
                violation_error_message=_("Give the title in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class SessionSpeaker(models.Model):
    """A speaker or moderator of one session."""

    class Role(models.TextChoices):
        SPEAKER = "speaker", _("Speaker")
        MODERATOR = "moderator", _("Moderator")

    session = models.ForeignKey(Session, models.CASCADE, related_name="appearances", verbose_name=_("session"))
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="appearances", verbose_name=_("speaker"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.SPEAKER)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("speaker of a session")
        verbose_name_plural = _("speakers of a session")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "speaker"], name="a_speaker_once_in_a_session"),
        ]

    def __str__(self) -> str:
        return str(self.speaker)
