"""The media list, what was sent to whom, and the links by which single journalists read ahead."""

from __future__ import annotations

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Language
from core.languages import Localized
from outbox.models import Message
from outbox.models import State as MessageState
from press.models.history import Correction
from press.models.release import Release, ReleaseText
from press.states import State
from seminars.models import Topic

TOKEN_BYTES = 16


def new_token() -> str:
    """128 random bits for a personal link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Outlet(models.Model):
    """A newspaper, an agency, a channel, a site."""

    name_ky = models.CharField(_("name (ky)"), max_length=200, blank=True)
    name_ru = models.CharField(_("name (ru)"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    name = Localized("name")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("media outlet")
        verbose_name_plural = _("media outlets")
        ordering = ["name_ky", "name_ru", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_ky="", name_ru=""),
                name="outlet_name_in_some_language",
                violation_error_message=_("Give the name in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class JournalistQuerySet(models.QuerySet["Journalist"]):
    """Which journalists."""

    def mailable(self) -> Self:
        """Who agreed to be written to and has not taken it back, at an outlet that is in use or at none."""
        return self.filter(is_active=True, consented_on__isnull=False, unsubscribed_at=None).exclude(
            outlet__is_active=False
        )

    def for_release(self, release: Release) -> Self:
        """Whose topics the release has; who named none gets every release, and a release without topics goes to all."""
        if not release.topics.exists():
            return self
        shared = Journalist.topics.through.objects.filter(
            journalist=models.OuterRef("pk"), topic__in=release.topics.all()
        )
        every = ~models.Exists(Journalist.topics.through.objects.filter(journalist=models.OuterRef("pk")))
        return self.filter(Q(models.Exists(shared)) | Q(every))


class Journalist(models.Model):
    """Somebody who is sent releases, in one language, with consent."""

    outlet = models.ForeignKey(
        Outlet, models.PROTECT, null=True, blank=True, related_name="journalists", verbose_name=_("media outlet")
    )
    name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KY)
    topics = models.ManyToManyField(
        Topic,
        blank=True,
        related_name="+",
        verbose_name=_("topics"),
        help_text=_("Without topics: every release."),
    )
    consented_on = models.DateField(
        _("agreed to be written to on"), null=True, blank=True, help_text=_("Without it nothing is sent.")
    )
    consent_source = models.CharField(_("how consent was given"), max_length=200, blank=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed"), null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)

    objects = JournalistQuerySet.as_manager()

    class Meta:
        verbose_name = _("journalist")
        verbose_name_plural = _("journalists")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="an_address_once_in_the_media_list",
                violation_error_message=_("This e-mail is in the media list already."),
            ),
            models.CheckConstraint(
                condition=Q(consented_on=None) | ~Q(consent_source=""),
                name="consent_says_how_it_was_given",
                violation_error_message=_("Say how consent was given."),
            ),
            models.CheckConstraint(condition=Q(language__in=("ky", "ru")), name="a_journalist_reads_ky_or_ru"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.outlet})" if self.outlet else self.name

    @property
    def is_mailable(self) -> bool:
        """Whether releases may be sent there."""
        is_in_use = self.is_active and (self.outlet is None or self.outlet.is_active)
        return is_in_use and self.consented_on is not None and self.unsubscribed_at is None


class MailingQuerySet(models.QuerySet["Mailing"]):
    """Which mailings."""

    def with_numbers(self) -> Self:
        """Annotated with how many got it, wait for it, and did not get it; with who sent it."""

        def count(*states: MessageState) -> models.Count:
            return models.Count("recipients", filter=Q(recipients__message__state__in=states))

        return self.select_related("by", "text").annotate(
            all_of_them=models.Count("recipients"),
            sent=count(MessageState.SENT, MessageState.PASSED_ON),
            waiting=count(MessageState.WAITING, MessageState.SENDING, MessageState.BY_HAND),
            failed=count(MessageState.FAILED),
            stopped=count(MessageState.STOPPED),
        )


class Mailing(models.Model):
    """A text sent to the media list: one edition of it, or a correction, or a test to oneself."""

    class Kind(models.TextChoices):
        TEST = "test", _("test to oneself")
        RELEASE = "release", _("release")
        EMBARGOED = "embargoed", _("under embargo")
        CORRECTION = "correction", _("correction")

    text = models.ForeignKey(ReleaseText, models.PROTECT, related_name="mailings", verbose_name=_("text"))
    edition = models.PositiveIntegerField(_("edition"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    correction = models.ForeignKey(Correction, models.PROTECT, null=True, related_name="mailings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), db_default=Now())

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-at", "-pk"]
        default_permissions = ("view", "add")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("test", "release", "embargoed", "correction")), name="mailing_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="correction", correction__isnull=False) | ~Q(kind="correction") & Q(correction=None),
                name="a_mailed_correction_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.get_kind_display()}"


class Recipient(models.Model):
    """One person in one mailing; the message is in the outbox. Who is erased stays as a number."""

    mailing = models.ForeignKey(Mailing, models.PROTECT, related_name="recipients")
    journalist = models.ForeignKey(Journalist, models.SET_NULL, null=True, related_name="received")
    message = models.OneToOneField(Message, models.PROTECT, related_name="+", verbose_name=_("message"))

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["mailing", "journalist"], name="a_journalist_once_in_a_mailing")]

    def __str__(self) -> str:
        return str(self.journalist or "—")


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    """Which preview links; the database's clock decides in the statement itself."""

    def usable(self) -> Self:
        """Neither revoked nor expired, of an approved text, for somebody who is still on the media list."""
        return self.filter(
            revoked_at=None,
            expires_at__gt=Now(),
            text__state=State.APPROVED,
            journalist__in=Journalist.objects.mailable(),
        )


class PreviewLink(models.Model):
    """One journalist's way to read an approved text before its hour."""

    text = models.ForeignKey(ReleaseText, models.CASCADE, related_name="previews")
    journalist = models.ForeignKey(Journalist, models.CASCADE, related_name="previews", verbose_name=_("journalist"))
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"), db_default=Now())
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("revoked by")
    )

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["text", "journalist"],
                condition=Q(revoked_at=None),
                name="one_preview_link_for_a_journalist",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="a_preview_link_is_good_for_a_while"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="a_revoked_link_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journalist}: {self.text}"

    def get_absolute_url(self) -> str:
        with translation.override(self.text.language):
            return reverse("press:preview", args=[self.token])

    @property
    def is_open(self) -> bool:
        """Whether it can be used as far as the link itself says; only to be shown."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class PreviewOpening(models.Model):
    """Somebody opened the link: when and from which address; a counter, not proof."""

    link = models.ForeignKey(PreviewLink, models.CASCADE, related_name="openings")
    at = models.DateTimeField(_("when"), db_default=Now())
    address = models.GenericIPAddressField(_("from"), null=True)

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.link_id}: {self.at}"
