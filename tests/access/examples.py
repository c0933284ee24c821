"""A record of everything that has an address."""

from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType

from participants.models import Disclosure, StaffTask, Term
from regions.models import LoadedFile
from seminars.models import Series
from tests.factories.accounts import StaffFactory
from tests.factories.materials import DocumentFactory, FileFactory, HandoutFactory
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import (
    OrganisationFactory,
    ProjectFactory,
    SeminarFactory,
    SpeakerFactory,
    TopicFactory,
)


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
    Disclosure.objects.create(form="sheet", by=StaffFactory(), rows=1)
    # `slug` is one value: the document and the seminar that handed it out share it.
    file = FileFactory(edition=HandoutFactory(seminar=seminar, edition__document__slug=seminar.slug).edition)
    values = {
        "key": file.key,
        "file_pk": file.pk,
        "edition_pk": file.edition_id,
        "handout_pk": file.edition.handouts.get().pk,
        "slug": seminar.slug,
        "token": registration.token,
        "language": "ky",
        "app_label": "seminars",
        "url": "nothing/here",
        "content_type_id": ContentType.objects.get_for_model(seminar).pk,
        "object_id": seminar.pk,
        "pk": seminar.pk,
        "name": "cancel",
    }
    for model in admin.site._registry:
        record = StaffFactory() if model._meta.model_name == "user" else model._default_manager.first()
        assert record is not None, f"make an example of {model._meta.label} in tests/access/examples.py"
        values[model._meta.label_lower] = record.pk
    # A draft may still be published and deleted.
    values["seminars.seminar"] = SeminarFactory(draft=True).pk
    values["materials.document"] = DocumentFactory(draft=True).pk
    return values
