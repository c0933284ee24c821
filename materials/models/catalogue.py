"""The catalogue: documents as living acts, each with its editions."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Concat, Greatest, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from core.expressions import FoldText
from core.languages import Localized
from seminars.models import Organisation, Seminar, Topic


class Kind(models.TextChoices):
    """What sort of document it is (domain.md 5)."""

    ACT = "act", _("Regulatory act")
    MODEL = "model", _("Model regulation")
    GUIDE = "guide", _("Guidelines")
    SLIDES = "slides", _("Presentation")
    HANDOUT = "handout", _("Handout")
    PROGRAMME = "programme", _("Programme")
    LINK = "link", _("Video or link")


class ActType(models.TextChoices):
    """The form in which a body has adopted it."""

    LAW = "law", pgettext_lazy("act", "Law")
    CODE = "code", pgettext_lazy("act", "Code")
    EDICT = "edict", pgettext_lazy("act", "Edict of the President")
    DECREE = "decree", pgettext_lazy("act", "Decree")
    ORDER = "order", pgettext_lazy("act", "Order")
    DECISION = "decision", pgettext_lazy("act", "Decision")


class Status(models.TextChoices):
    """Whether the document holds; a draft is seen by staff only."""

    DRAFT = "draft", _("Draft")
    IN_FORCE = "in_force", _("In force")
    REPLACED = "replaced", _("Replaced")
    REPEALED = "repealed", _("Repealed")


class Audience(models.TextChoices):
    """Who may have the files of a document that is no draft."""

    PUBLIC = "public", _("Everyone")
    PARTICIPANTS = "participants", _("Participants of the seminars that handed it out")
    STAFF = "staff", _("Staff only")


# What a document is found by besides what stands in its files.
_HEADING = FoldText(Concat("title_ky", models.Value(" "), "title_ru", models.Value(" "), "number"))


class DocumentQuerySet(models.QuerySet["Document"]):
    """Which documents."""

    def published(self) -> Self:
        """No drafts, and their hour has come by the database's clock."""
        return self.exclude(status=Status.DRAFT).filter(published_at__lte=Now())

    def public(self) -> Self:
        """What everyone may find and have."""
        return self.published().filter(audience=Audience.PUBLIC)

    def visible_to_participants(self) -> Self:
        """What a participant of a seminar that handed it out may have."""
        return self.published().exclude(audience=Audience.STAFF)

    def titled_in(self, language: str) -> Self:
        """With a title in that language."""
        return self.exclude(**{f"title_{language}": ""})

    def with_current_edition(self, *and_its: models.Prefetch[str]) -> Self:
        """With `shown_editions`, the current one alone or none, in one more query."""
        current = Edition.objects.filter(is_current=True).prefetch_related(*and_its)
        return self.prefetch_related(models.Prefetch("editions", current, to_attr="shown_editions"))

    def latest_changed(self) -> Self:
        """Those that changed last first; `changed_at`: published, given its current edition, or its status."""
        edition = Edition.objects.filter(document=models.OuterRef("pk"), is_current=True).values("created_at")
        status = Document.history.filter(id=models.OuterRef("pk"), status=models.OuterRef("status"))
        since = status.order_by("history_date").values("history_date")[:1]
        changed_at = Greatest("published_at", models.Subquery(edition), models.Subquery(since))
        return self.with_current_edition().annotate(changed_at=changed_at).order_by("-changed_at", "-pk")

    def of_topic(self, topic: Topic) -> Self:
        """About the topic."""
        return self.filter(topics=topic)

    def with_any_of(self, files: models.QuerySet[Any]) -> Self:
        """Of which some edition has one of the files; each once."""
        return self.filter(models.Exists(files.filter(edition__document=models.OuterRef("pk"))))

    def locked(self, pk: int) -> Document:
        """The document, locked before its editions and files change."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)

    def leads_to(self, document: Document, other: Document) -> bool:
        """Whether `document` is `other`, or was replaced by it directly or in steps."""
        seen: set[int] = set()
        step: int | None = document.pk
        while step is not None and step not in seen:
            if step == other.pk:
                return True
            seen.add(step)
            step = self.filter(pk=step).values_list("successor", flat=True).first()
        return False

    def handed_out_at(self, seminar: Seminar) -> Self:
        """Of which the seminar handed out some edition; each once."""
        return self.filter(
            models.Exists(Edition.objects.filter(document=models.OuterRef("pk"), handouts__seminar=seminar))
        )

    def in_order_of_handing_out(self, seminar: Seminar) -> Self:
        """Of what the seminar handed out, first what is its own, then session by session."""
        first = models.Min(
            "editions__handouts__session__starts_at", filter=models.Q(editions__handouts__seminar=seminar)
        )
        return self.annotate(first_handed_out=first).order_by(models.F("first_handed_out").asc(nulls_first=True), "pk")


class Document(models.Model):
    """A document as people speak of it; its text lives in `editions`, the files of an edition in `files`."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title_ky = models.CharField(_("title (ky)"), max_length=400, blank=True)
    title_ru = models.CharField(_("title (ru)"), max_length=400, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("issuer")
    )
    act_type = models.CharField(_("adopted as"), max_length=10, choices=ActType, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("replaced by")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="documents", verbose_name=_("topics"))
    source_url = models.URLField(
        _("address at the source"),
        max_length=500,
        blank=True,
        help_text=_("Acts that live on the state's own portal are linked to, not copied."),
    )
    audience = models.CharField(_("who may have it"), max_length=12, choices=Audience, default=Audience.PUBLIC)
    published_at = models.DateTimeField(
        _("published"), null=True, blank=True, help_text=_("A moment to come: nobody finds it before.")
    )
    created_at = models.DateTimeField(_("entered"), db_default=Now(), editable=False)
    heading = models.GeneratedField(expression=_HEADING, output_field=models.TextField(), db_persist=True)
    heading_words = models.GeneratedField(
        expression=SearchVector(_HEADING, config="russian") + SearchVector(_HEADING, config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    # What `with_current_edition` and `latest_changed` bring along.
    shown_editions: list[Edition]
    changed_at: datetime

    title = Localized("title")
    objects = DocumentQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[topics], excluded_fields=["heading", "heading_words"])

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="documents_newest_first"),
            GinIndex(fields=["heading_words"], name="documents_by_word"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title_ky="", title_ru=""),
                name="document_title_in_some_language",
                violation_error_message=_("Give the title in at least one language."),
            ),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="document_kind_is_known"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="document_status_is_known"),
            models.CheckConstraint(condition=models.Q(audience__in=Audience.values), name="document_audience_is_known"),
            models.CheckConstraint(
                condition=models.Q(status=Status.REPLACED, successor__isnull=False)
                | (~models.Q(status=Status.REPLACED) & models.Q(successor__isnull=True)),
                name="a_replaced_document_and_only_it_has_a_successor",
                violation_error_message=_("A replaced document names the one that replaced it; no other does."),
            ),
            models.CheckConstraint(
                condition=~models.Q(successor=models.F("id")),
                name="no_document_replaces_itself",
                violation_error_message=_("A document cannot replace itself."),
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.DRAFT, published_at__isnull=True)
                | (~models.Q(status=Status.DRAFT) & models.Q(published_at__isnull=False)),
                name="a_draft_and_only_a_draft_is_unpublished",
                violation_error_message=_("A draft has no moment of publication; every other document has one."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=Kind.LINK) | ~models.Q(source_url=""),
                name="a_link_says_where_it_leads",
                violation_error_message=_("Give the address to which the link leads."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("materials:document_detail", args=[self.slug])

    @property
    def is_draft(self) -> bool:
        """Whether only staff know of it."""
        return self.status == Status.DRAFT


class EditionQuerySet(models.QuerySet["Edition"]):
    """Which editions."""

    def with_use(self) -> Self:
        """Annotated with `is_in_use`: handed out by a seminar or downloaded by somebody, so it must stay."""
        return self.annotate(
            is_in_use=models.Exists(Edition.objects.filter(pk=models.OuterRef("pk"), handouts__isnull=False))
            | models.Exists(Edition.objects.filter(pk=models.OuterRef("pk"), downloads__isnull=False))
        )

    def in_use(self) -> Self:
        """Handed out or downloaded."""
        return self.with_use().filter(is_in_use=True)


class Edition(models.Model):
    """One text of a document; the current one is marked, the earlier ones stay for the seminars that gave them out."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="editions", verbose_name=_("document"))
    number = models.PositiveSmallIntegerField(_("number of the edition"), default=1, validators=[MinValueValidator(1)])
    dated = models.DateField(_("date of the edition"))
    note_ky = models.TextField(_("what changed (ky)"), blank=True)
    note_ru = models.TextField(_("what changed (ru)"), blank=True)
    is_current = models.BooleanField(_("current"), default=True, editable=False)
    created_at = models.DateTimeField(_("entered"), db_default=Now(), editable=False)

    note = Localized("note")
    objects = EditionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="editions_of_a_document_are_numbered",
                violation_error_message=_("This document has an edition of that number already."),
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(is_current=True),
                name="one_current_edition_of_a_document",
                violation_error_message=_("This document has a current edition already."),
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="editions_are_counted_from_one",
                violation_error_message=_("Editions are counted from 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"
