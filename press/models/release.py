"""A release and its texts: one address, a text for each language, each with a state and an hour of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat, Now
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import Language
from core.expressions import FoldText
from core.folding import fold_text
from press.states import Standing, State
from seminars.models import Seminar, Topic

# Parts of a text that are typed as paragraphs, in the order in which they appear.
PARAGRAPHS = ("lead", "presented", "voices", "further", "support")
LINES = ("date_line", "place_line", "headline")


def hour_as_data(moment: datetime | None) -> str:
    """The hour as history keeps it: in universal time, empty when there is none."""
    return moment.astimezone(UTC).isoformat() if moment else ""


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Which releases."""

    def public(self) -> Self:
        """Those of which the public may have a text, be it only the word that it is withdrawn."""
        return self.filter(models.Exists(ReleaseText.objects.public().filter(release=models.OuterRef("pk"))))

    def standing(self) -> Self:
        """Those of which a text stands in public, with these as `standing_texts`."""
        standing = ReleaseText.objects.standing()
        return self.filter(models.Exists(standing.filter(release=models.OuterRef("pk")))).prefetch_related(
            models.Prefetch("texts", queryset=standing, to_attr="standing_texts")
        )


class Release(models.Model):
    """One item for the press under one address; what it says is in its texts."""

    class Kind(models.TextChoices):
        ANNOUNCEMENT = "announcement", _("announcement")
        RESULT = "result", _("result")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.RESULT)
    seminar = models.ForeignKey(
        Seminar, models.PROTECT, null=True, blank=True, related_name="releases", verbose_name=_("seminar")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="releases", verbose_name=_("topics"))
    created_at = models.DateTimeField(_("made"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("made by")
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "add", "change")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=("announcement", "result")), name="release_kind_is_known"),
            models.UniqueConstraint(
                fields=["seminar", "kind"],
                name="one_release_of_a_kind_for_a_seminar",
                violation_error_message=_("This seminar has a release of this kind already."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("press:release_detail", args=[self.slug])


class ReleaseTextQuerySet(models.QuerySet["ReleaseText"]):
    """Which texts; whether the hour has come is decided by the database's clock in the statement itself."""

    def public(self) -> Self:
        """Approved, and its hour has come; a withdrawn one too: its page says so."""
        return self.filter(state__in=(State.APPROVED, State.WITHDRAWN), public_from__lte=Now())

    def standing(self) -> Self:
        """Public and not withdrawn: what lists, feeds, search and files give out."""
        return self.filter(state=State.APPROVED, public_from__lte=Now())

    def scheduled(self) -> Self:
        """Approved, its hour still to come: under embargo."""
        return self.filter(state=State.APPROVED, public_from__gt=Now())

    def waiting_for_somebody(self) -> Self:
        """Submitted, returned with a comment, or with a correction that nobody approved yet; the longest first."""
        is_returned = Q(state=State.DRAFT) & ~Q(comment="")
        has_correction = Q(state=State.APPROVED, corrections__isnull=False, corrections__approved_at=None)
        found = self.filter(Q(state=State.SUBMITTED) | is_returned | has_correction)
        return found.order_by("edited_at", "pk").distinct()

    def in_language(self, language: str) -> Self:
        """In that language and no other."""
        return self.filter(language=language)

    def without_twin(self) -> Self:
        """Whose release does not stand in the other language."""
        twins = ReleaseText.objects.standing().filter(release=models.OuterRef("release"))
        return self.exclude(models.Exists(twins.exclude(language=models.OuterRef("language"))))

    def in_year(self, year: int) -> Self:
        """Public since that year, by the clock of Bishkek."""
        return self.filter(public_from__year=year)

    def on_topic(self, topic: Topic) -> Self:
        """About the topic."""
        return self.filter(release__topics=topic)

    def matching(self, words: str) -> Self:
        """In which every one of the words occurs, however it is spelled."""
        parts = [part for name in ("headline", *PARAGRAPHS) for part in (name, models.Value(" "))]
        found = self.annotate(folded=FoldText(Concat(*parts, output_field=models.TextField())))
        for word in fold_text(words).split():
            found = found.filter(folded__contains=word)
        return found

    def newest_first(self) -> Self:
        """In the order of the press centre."""
        return self.order_by("-public_from", "-pk")

    def years(self) -> list[int]:
        """The years since which they are public, by the clock of Bishkek, latest first."""
        return [moment.year for moment in self.order_by().datetimes("public_from", "year", order="DESC")]

    def with_parts(self) -> Self:
        """With the records that make the whole text."""
        return self.select_related("release__seminar").prefetch_related(
            "quotes", "documents", "contacts", "corrections", "pictures__file", "attachments__file"
        )

    def locked(self, pk: int) -> ReleaseText:
        """The text, locked: first of all rows in every move and every edit."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class ReleaseText(models.Model):
    """A release in one language: its parts in plain text, its state, its hour.

    `figures` are those of the seminar as they were on submission; of a draft they are counted anew (press.figures).
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="texts", verbose_name=_("release"))
    language = models.CharField(_("language"), max_length=2, choices=Language)
    date_line = models.CharField(_("date line"), max_length=100, blank=True)
    place_line = models.CharField(_("place line"), max_length=200, blank=True)
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    lead = models.TextField(_("lead"), blank=True)
    presented = models.TextField(_("what was presented"), blank=True)
    voices = models.TextField(_("what participants said"), blank=True)
    further = models.TextField(_("further paragraphs"), blank=True)
    support = models.TextField(_("support"), blank=True)
    public_from = models.DateTimeField(
        _("public from"),
        null=True,
        blank=True,
        help_text=_("Nothing of it can be had before this hour. Without one it is published on approval."),
    )

    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    # Grows with every stored change: whoever saves names the number that was read (rules.md, Press; two tabs).
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    # Grows with every approval: who was sent which.
    edition = models.PositiveIntegerField(_("edition"), default=0, editable=False)
    last_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("last edited by")
    )
    edited_at = models.DateTimeField(_("last edited"), db_default=Now(), editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("submitted by"),
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    figures = models.JSONField(_("figures on submission"), null=True, editable=False)
    comment = models.TextField(_("returned with this comment"), blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("withdrawn by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawn_note = models.TextField(_("why it was withdrawn"), blank=True, editable=False)

    # What `press.figures` counted for this instance, so that a page of a draft counts once.
    live_figures: dict[str, Any] | None = None

    objects = ReleaseTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a release")
        verbose_name_plural = _("texts of releases")
        ordering = ["release", "language"]
        default_permissions = ("view", "change")
        permissions = [
            ("submit_releasetext", "Can submit texts of releases"),
            ("approve_releasetext", "Can approve, return and withdraw texts of releases"),
        ]
        indexes = [models.Index(fields=["language", "-public_from", "-id"], name="texts_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["release", "language"], name="one_text_a_language"),
            models.CheckConstraint(condition=Q(language__in=("ky", "ru")), name="a_text_is_in_ky_or_ru"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="text_state_is_known"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | (~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("last_editor"))),
                name="another_person_approves",
                violation_error_message=_("Whoever submitted or last edited the text cannot approve it."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, submitted_by=None, submitted_at=None, figures__isnull=True)
                | (~Q(state=State.DRAFT) & Q(submitted_by__isnull=False, submitted_at__isnull=False)),
                name="a_text_is_a_draft_until_it_is_submitted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFT, State.SUBMITTED), approved_by=None, approved_at=None)
                | Q(
                    state__in=(State.APPROVED, State.WITHDRAWN),
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    public_from__isnull=False,
                    edition__gte=1,
                ),
                name="an_approved_text_has_its_approver_and_its_hour",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN, withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                & ~Q(withdrawn_note="")
                | (~Q(state=State.WITHDRAWN) & Q(withdrawn_by=None, withdrawn_at=None, withdrawn_note="")),
                name="a_withdrawn_text_says_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(headline__regex=r"[\r\n]"),
                name="a_headline_is_one_line",
            ),
        ]

    def __str__(self) -> str:
        return self.headline or str(self.release)

    def get_absolute_url(self) -> str:
        with translation.override(self.language):
            return self.release.get_absolute_url()

    @property
    def is_draft(self) -> bool:
        """Whether it is being written."""
        return self.state == State.DRAFT

    @property
    def is_submitted(self) -> bool:
        """Whether it waits for another person."""
        return self.state == State.SUBMITTED

    @property
    def is_approved(self) -> bool:
        """Whether another person approved it and it stands."""
        return self.state == State.APPROVED

    @property
    def is_withdrawn(self) -> bool:
        """Whether only the word that it is withdrawn is left for the public."""
        return self.state == State.WITHDRAWN

    @property
    def is_public(self) -> bool:
        """Whether the public sees it; only to be shown: `public()` and the services ask the database's clock."""
        return (
            self.state in (State.APPROVED, State.WITHDRAWN)
            and self.public_from is not None
            and self.public_from <= timezone.now()
        )

    @property
    def is_scheduled(self) -> bool:
        """Whether it is approved and waits for its hour; only to be shown."""
        return self.is_approved and not self.is_public

    @property
    def standing(self) -> Standing:
        """What people say of it now; only to be shown. Expects `corrections`."""
        if self.state != State.APPROVED:
            return Standing(self.state)
        if not self.is_public:
            return Standing.SCHEDULED
        return Standing.CORRECTED if any(note.is_public for note in self.corrections.all()) else Standing.PUBLISHED

    def content(self) -> dict[str, Any]:
        """The text with its records as plain data: what history keeps and what two versions are compared by."""
        return {
            **{name: getattr(self, name) for name in (*LINES, *PARAGRAPHS)},
            "public_from": hour_as_data(self.public_from),
            "quotes": [row.as_line() for row in self.quotes.all()],
            "documents": [row.as_line() for row in self.documents.all()],
            "contacts": [row.as_line() for row in self.contacts.all()],
            "pictures": [row.as_line() for row in self.pictures.all()],
            "attachments": [row.as_line() for row in self.attachments.all()],
        }
