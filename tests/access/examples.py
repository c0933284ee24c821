"""A record of everything that has an address."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from participants.models import CoordinatorLink, Disclosure, Invitation, OfficeContact, StaffTask, Term
from press.models import Mailing, PreviewLink
from regions.models import LoadedFile
from seminars.models import Series
from tests.factories.accounts import StaffFactory
from tests.factories.materials import DocumentFactory, FileFactory, HandoutFactory
from tests.factories.participants import PersonFactory, register
from tests.factories.regions import MunicipalityFactory
from tests.factories.releases import JournalistFactory, approved_text
from tests.factories.seminars import (
    OrganisationFactory,
    ProjectFactory,
    SeminarFactory,
    SpeakerFactory,
    TopicFactory,
)
from tests.participants.inviting.offices import invited


def make_examples() -> dict[str, Any]:
    """A value for every parameter of an address, and a record of every model of the admin."""
    seminar = SeminarFactory()
    registration = register(seminar, MunicipalityFactory())
    OrganisationFactory()
    ProjectFactory()
    TopicFactory()
    SpeakerFactory()
    LoadedFile.objects.get_or_create(digest="0" * 64, name="units.csv")
    Series.objects.get_or_create(slug="budget", title_ky="Бюджет", title_ru="Бюджет")
    StaffTask.objects.create(kind=StaffTask.Kind.REPLACEMENT, registration=registration)
    Term.objects.create(person=registration.person, post=registration.post, municipality=registration.municipality)
    invitation = invited(SeminarFactory())
    # One address parameter, `token`, stands for every personal link.
    Invitation.objects.filter(pk=invitation.pk).update(token=registration.token)
    CoordinatorLink.objects.create(
        seminar=seminar, oblast=registration.oblast, name="Өкүлчүлүк", token=registration.token
    )
    OfficeContact.objects.create(municipality=invitation.municipality)
    Disclosure.objects.create(form="sheet", by=StaffFactory(), rows=1)
    # `slug` is one value: the document and the seminar that handed it out share it.
    file = FileFactory(edition=HandoutFactory(seminar=seminar, edition__document__slug=seminar.slug).edition)
    text = approved_text()
    correction = text.corrections.create(note="57", proposed_by=StaffFactory())
    link = PreviewLink.objects.create(
        text=text, journalist=JournalistFactory(), created_by=StaffFactory(), expires_at=timezone.now() + timedelta(1)
    )
    Mailing.objects.create(text=text, edition=text.edition, kind=Mailing.Kind.TEST, by=StaffFactory())
    values = {
        "key": file.key,
        "file_pk": file.pk,
        "edition_pk": file.edition_id,
        "handout_pk": file.edition.handouts.get().pk,
        "slug": seminar.slug,
        "token": registration.token,
        "code": invitation.code,
        "language": "ky",
        "app_label": "seminars",
        "url": "nothing/here",
        "content_type_id": ContentType.objects.get_for_model(seminar).pk,
        "object_id": seminar.pk,
        "pk": seminar.pk,
        "name": "cancel",
        "step": "correct",
        "correction": correction.pk,
        "link": link.pk,
        "municipality": registration.municipality_id,
        "other": PersonFactory().pk,
    }
    for model in admin.site._registry:
        record = StaffFactory() if model._meta.model_name == "user" else model._default_manager.first()
        assert record is not None, f"make an example of {model._meta.label} in tests/access/examples.py"
        values[model._meta.label_lower] = record.pk
    # A draft may still be published and deleted.
    values["seminars.seminar"] = SeminarFactory(draft=True).pk
    values["materials.document"] = DocumentFactory(draft=True).pk
    return values
