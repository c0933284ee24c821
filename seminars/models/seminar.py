"""The seminar itself."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.dates import local_day, midnight_after
from core.languages import Localized
from regions.models import Oblast, Post
from seminars.models.phases import Phase
from seminars.models.topics import Series, Topic

# Nine in the morning of the first day, in Bishkek (rules.md, Registering 6).
SUBSTITUTION_UNTIL = time(9, 0)

REMINDER_HOUR = time(9, 0)


def default_reminder_days() -> list[int]:
    """Three days and one day before the seminar."""
    return [3, 1]


class SeminarQuerySet(models.QuerySet["Seminar"]):
    """Which seminars."""

    def published(self) -> Self:
        """Seen by the public (cancelled ones too: their page says so)."""
        return self.filter(published_at__isnull=False, published_at__lte=timezone.now())

    def upcoming(self) -> Self:
        """Not over yet, soonest first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def past(self) -> Self:
        """Over, latest first."""
        return self.filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-pk")

    def not_cancelled(self) -> Self:
        """Going to be held, or held."""
        return self.filter(cancelled_at=None)

    def on_topic(self, topic: Topic) -> Self:
        """About the topic."""
        return self.filter(topics=topic)

    def in_year(self, year: int) -> Self:
        """Starting in that year, by the clock of Bishkek."""
        return self.filter(starts_at__year=year)

    def with_seats(self) -> Self:
        """Annotated with `seats_total` and `seats_taken`, the sums over the blocks."""
        return self.annotate(
            seats_total=Coalesce(models.Sum("blocks__seats"), 0),
            seats_taken=Coalesce(models.Sum("blocks__taken"), 0),
        )

    def with_seats_in_motion(self) -> Self:
        """Published ones to come, whose seats the clock may move: some are kept, or quotas are to be released."""
        moves = models.Q(lists_deadline__isnull=False) | models.Q(quotas_release_at__isnull=False)
        return self.published().not_cancelled().upcoming().filter(moves)

    def to_be_reminded_of(self) -> Self:
        """Published ones that have not begun and whose reminders staff have not stopped."""
        return (
            self.published()
            .not_cancelled()
            .filter(starts_at__gt=timezone.now(), reminders_stopped_at=None)
            .exclude(reminder_days=[])
        )

    def for_cards(self) -> Self:
        """With what a card of a list shows."""
        return self.prefetch_related("blocks", "topics")

    def years(self) -> list[int]:
        """The years in which they start, by the clock of Bishkek, latest first."""
        return [moment.year for moment in self.order_by().datetimes("starts_at", "year", order="DESC")]

    def with_contributors(self) -> Self:
        """With organisers, partners, projects and donors and their names."""
        return self.prefetch_related("contributors__organisation__names", "contributors__project")

    def locked(self, pk: int) -> Seminar:
        """The seminar, locked first of all rows in every seat transaction (rules.md, Seats 12)."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class Seminar(models.Model):
    """A seminar: what, when, where, for whom, and until when one may register.

    Capacity is the sum of its `blocks`; what visitors may do now is `phase`.
    """

    class Format(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("Hybrid")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="sittings", verbose_name=_("series")
    )
    title_ky = models.CharField(_("theme (ky)"), max_length=300, blank=True)
    title_ru = models.CharField(_("theme (ru)"), max_length=300, blank=True)
    purpose_ky = models.TextField(_("purpose (ky)"), blank=True)
    purpose_ru = models.TextField(_("purpose (ru)"), blank=True)
    occasion_ky = models.CharField(_("occasion (ky)"), max_length=300, blank=True)
    occasion_ru = models.CharField(_("occasion (ru)"), max_length=300, blank=True)
    audience_ky = models.CharField(_("for whom (ky)"), max_length=300, blank=True)
    audience_ru = models.CharField(_("for whom (ru)"), max_length=300, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="seminars", verbose_name=_("topics"))
    format = models.CharField(_("format"), max_length=10, choices=Format, default=Format.IN_PERSON)
    languages = ArrayField(
        models.CharField(max_length=2, choices=[("ky", _("Kyrgyz")), ("ru", _("Russian"))]),
        verbose_name=_("working languages"),
        default=list,
        blank=True,
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    venue_ky = models.CharField(_("venue (ky)"), max_length=300, blank=True)
    venue_ru = models.CharField(_("venue (ru)"), max_length=300, blank=True)
    city_ky = models.CharField(_("town (ky)"), max_length=100, blank=True)
    city_ru = models.CharField(_("town (ru)"), max_length=100, blank=True)
    online_url = models.URLField(
        _("address of the online meeting"), blank=True, help_text=_("Shown to participants only.")
    )
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    seats_per_municipality = models.PositiveSmallIntegerField(_("seats per municipality"), default=1)
    posts = models.ManyToManyField(
        Post,
        blank=True,
        related_name="+",
        verbose_name=_("posts that may come"),
        help_text=_("None ticked: every post that may register on the site."),
    )
    groups = models.ManyToManyField(
        Oblast,
        blank=True,
        related_name="+",
        verbose_name=_("oblasts that may come"),
        help_text=_("None ticked: the whole country."),
    )
    lists_deadline = models.DateTimeField(
        _("answers and lists come back by"),
        null=True,
        blank=True,
        help_text=_("Until then invited offices answer and coordinators return their lists."),
    )
    quotas_release_at = models.DateTimeField(
        _("unused quotas are released"),
        null=True,
        blank=True,
        help_text=_("From then on free seats of every oblast are for all. Empty: the midnight after that deadline."),
    )
    holds_seats = models.BooleanField(
        _("keep a seat for every invited office"),
        default=False,
        help_text=_("The seat counts as taken until the office answers, at the latest until the deadline."),
    )
    is_queue_by_time = models.BooleanField(
        _("the waiting list goes by time alone"),
        default=False,
        help_text=_(
            "Otherwise: first who was never reached on these topics, then the oblast furthest below its share."
        ),
    )
    substitution_until = models.TimeField(
        _("a deputy may be named until (on the first day)"), default=SUBSTITUTION_UNTIL
    )
    reminder_days = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("reminders: days before"),
        default=default_reminder_days,
        blank=True,
        help_text=_("For example 3, 1. Empty: no reminders."),
    )
    contact_ky = models.CharField(_("contact: office or post (ky)"), max_length=200, blank=True)
    contact_ru = models.CharField(_("contact: office or post (ru)"), max_length=200, blank=True)
    contact_phone = models.CharField(_("contact: phone"), max_length=60, blank=True)
    contact_email = models.EmailField(_("contact: e-mail"), blank=True)
    reminders_stopped_at = models.DateTimeField(_("reminders stopped"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)
    notice_ky = models.TextField(_("why it was cancelled or moved (ky)"), blank=True, editable=False)
    notice_ru = models.TextField(_("why it was cancelled or moved (ru)"), blank=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="SEQUENCE of the calendar entry: grows when date or place changes."
    )

    title = Localized("title")
    purpose = Localized("purpose")
    occasion = Localized("occasion")
    audience = Localized("audience")
    venue = Localized("venue")
    city = Localized("city")
    contact = Localized("contact")
    notice = Localized("notice")
    objects = SeminarQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[topics, posts, groups])

    class Meta:
        verbose_name = _("seminar")
        verbose_name_plural = _("seminars")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["ends_at"]), models.Index(fields=["starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title_ky="", title_ru=""),
                name="seminar_theme_in_some_language",
                violation_error_message=_("Give the theme in at least one language."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="seminar_ends_after_it_starts",
                violation_error_message=_("The seminar must end after it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(registration_closes_at__gt=models.F("registration_opens_at")),
                name="registration_closes_after_it_opens",
                violation_error_message=_("Registration must close after it opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(registration_closes_at__lte=models.F("ends_at")),
                name="registration_closes_before_the_seminar_is_over",
                violation_error_message=_("Registration must close before the seminar is over."),
            ),
            models.CheckConstraint(
                condition=models.Q(registration_closes_at__isnull=True) | models.Q(registration_opens_at__isnull=False),
                name="only_registration_that_opens_closes",
                violation_error_message=_("Say when registration opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(registration_closes_at__isnull=False)
                | models.Q(registration_opens_at__lt=models.F("starts_at")),
                name="registration_opens_before_the_seminar_starts",
                violation_error_message=_("Registration must open before the seminar starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(languages__contained_by=["ky", "ru"]),
                name="working_languages_are_ky_and_ru",
                violation_error_message=_("The working languages are Kyrgyz and Russian."),
            ),
            models.CheckConstraint(
                condition=models.Q(seats_per_municipality__gte=1, seats_per_municipality__lte=100),
                name="one_to_100_seats_per_municipality",
                violation_error_message=_("A municipality may have 1 to 100 seats."),
            ),
            models.CheckConstraint(
                condition=models.Q(lists_deadline__lte=models.F("ends_at")),
                name="lists_come_back_before_the_seminar_is_over",
                violation_error_message=_("Answers and lists must come back before the seminar is over."),
            ),
            models.CheckConstraint(
                condition=models.Q(quotas_release_at__lte=models.F("ends_at")),
                name="quotas_are_released_before_the_seminar_is_over",
                violation_error_message=_("Unused quotas must be released before the seminar is over."),
            ),
            models.CheckConstraint(
                condition=models.Q(holds_seats=False) | models.Q(lists_deadline__isnull=False),
                name="seats_are_held_until_a_deadline",
                violation_error_message=_("Say until when the seats of invited offices are kept."),
            ),
            models.CheckConstraint(
                condition=models.Q(reminder_days__len__lte=5),
                name="at_most_five_reminders",
                violation_error_message=_("At most five reminders."),
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_at__isnull=True) | models.Q(published_at__isnull=False),
                name="only_a_published_seminar_is_cancelled",
                violation_error_message=_("A seminar that was never published is deleted, not cancelled."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("seminars:seminar_detail", args=[self.slug])

    def posts_that_may_come(self) -> models.QuerySet[Post]:
        """The posts that staff ticked; with none ticked, all that may register on the site."""
        return self.posts.all() if self.posts.exists() else Post.objects.open_to_registration()

    def groups_that_may_come(self) -> models.QuerySet[Oblast]:
        """The oblasts that staff ticked; with none ticked, all nine groups."""
        return self.groups.all() if self.groups.exists() else Oblast.objects.all()

    @property
    def first_day(self) -> date:
        """The first day, in Bishkek."""
        return local_day(self.starts_at)

    @property
    def last_day(self) -> date:
        """The last day, in Bishkek."""
        return local_day(self.ends_at)

    @property
    def is_published(self) -> bool:
        """Whether the public sees it."""
        return self.published_at is not None

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not be held."""
        return self.cancelled_at is not None

    @property
    def has_hall(self) -> bool:
        """Whether there are seats in a hall; online attendance has no queue."""
        return self.format != self.Format.ONLINE

    @property
    def is_hybrid(self) -> bool:
        """Whether one may take part in the hall or online."""
        return self.format == self.Format.HYBRID

    @property
    def releases_at(self) -> datetime | None:
        """When free seats of quotas begin to belong to the common pool; None: never (rules.md, Seats 6)."""
        if self.quotas_release_at is not None or self.lists_deadline is None:
            return self.quotas_release_at
        return midnight_after(self.lists_deadline)

    @property
    def substitutes_until(self) -> datetime:
        """Until when a holder may name a deputy: by the clock of Bishkek on the first day."""
        return datetime.combine(self.first_day, self.substitution_until, tzinfo=timezone.get_default_timezone())

    def reminder_moment(self, days: int) -> datetime:
        """When the reminder so many days before goes out: at nine in the morning, in Bishkek."""
        day = self.first_day - timedelta(days=days)
        return datetime.combine(day, REMINDER_HOUR, tzinfo=timezone.get_default_timezone())

    @property
    def capacity(self) -> int:
        """Seats in all blocks."""
        return sum(block.seats for block in self.blocks.all())

    @property
    def seats_left(self) -> int:
        """Free seats in all blocks."""
        return sum(block.left for block in self.blocks.all())

    def is_registration_open(self, now: datetime) -> bool:
        """Whether a head may register at that moment; services pass the database's clock."""
        return (
            self.published_at is not None
            and self.published_at <= now
            and self.cancelled_at is None
            and self.is_within_registration(now)
        )

    def is_within_registration(self, now: datetime) -> bool:
        """Whether that moment lies between opening and closing of registration."""
        return self.registration_opens_at is not None and self.registration_opens_at <= now < (
            self.registration_closes_at or self.starts_at
        )

    def is_open_to_staff(self, now: datetime) -> bool:
        """Whether staff may still enter people: until the last day ends, also before and after the public window."""
        return self.is_published and not self.is_cancelled and now < self.ends_at

    def is_promotion_automatic(self, now: datetime) -> bool:
        """Whether a freed seat goes to the next in line by itself: until registration closes or the seminar starts."""
        closes_at = min(self.registration_closes_at or self.starts_at, self.starts_at)
        return self.cancelled_at is None and now < closes_at

    def phase_at(self, now: datetime) -> Phase:
        """What visitors may do at that moment; of a draft, what they could do if it were published."""
        if self.is_cancelled:
            return Phase.CANCELLED
        if self.ends_at <= now:
            return Phase.PAST
        if self.is_within_registration(now):
            return Phase.FULL if self.has_hall and self.seats_left == 0 else Phase.OPEN
        if self.registration_opens_at is not None and now < self.registration_opens_at:
            return Phase.NOT_OPEN
        return Phase.CLOSED

    @property
    def phase(self) -> Phase:
        """What visitors may do now; only to be shown: services decide by the database's clock."""
        return self.phase_at(timezone.now())
