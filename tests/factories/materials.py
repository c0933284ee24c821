"""Documents of the test: a public guide in force, with its first edition and one PDF."""

import hashlib
from datetime import date, timedelta

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from materials.models import Document, Edition, File, Format, Handout, Kind, Language, Scan, Status
from tests.factories.seminars import SeminarFactory

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


class DocumentFactory(factory.django.DjangoModelFactory):
    """A document without editions; traits name who may not have it."""

    class Meta:
        model = Document
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(status=Status.DRAFT, published_at=None)
        embargoed = factory.Trait(published_at=factory.LazyFunction(lambda: timezone.now() + timedelta(hours=1)))

    kind = Kind.GUIDE
    title_ky = factory.Sequence(lambda n: f"Кызматтарды жакшыртуу боюнча усулдук колдонмо {n}")
    title_ru = factory.Sequence(lambda n: f"Методическое руководство по улучшению услуг {n}")
    slug = factory.Sequence(lambda n: f"guide-{n}")
    status = Status.IN_FORCE
    published_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))

    @factory.post_generation
    def topics(self, create, topics, **kwargs):
        if create and topics:
            self.topics.set(topics)


class EditionFactory(factory.django.DjangoModelFactory):
    """The current edition of a document; `document__draft=True` and the like reach the document."""

    class Meta:
        model = Edition

    document = factory.SubFactory(DocumentFactory)
    number = 1
    dated = date(2019, 12, 19)
    is_current = True


class FileFactory(factory.django.DjangoModelFactory):
    """A stored file; `data=` is what lies in the storage."""

    class Meta:
        model = File

    class Params:
        data = factory.Sequence(lambda n: PDF + b"%% %d\n" % n)

    edition = factory.SubFactory(EditionFactory)
    language = Language.RU
    format = Format.PDF
    shown_name = factory.Sequence(lambda n: f"Руководство {n}.pdf")
    content = factory.LazyAttribute(lambda f: ContentFile(f.data, name="content"))
    size = factory.LazyAttribute(lambda f: len(f.data))
    sha256 = factory.LazyAttribute(lambda f: hashlib.sha256(f.data).hexdigest())
    scan = Scan.NOT_ASKED


class HandoutFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Handout

    seminar = factory.SubFactory(SeminarFactory)
    session = None
    edition = factory.SubFactory(EditionFactory)
