"""Seminars of the test: published, in three weeks, open for registration, 40 seats in the common pool."""

from datetime import timedelta

import factory
from django.utils import timezone

from seminars.models import (
    Contributor,
    Organisation,
    OrganisationName,
    Project,
    SeatBlock,
    Seminar,
    Session,
    SessionSpeaker,
    Speaker,
    Topic,
)


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"topic-{n}")
    name_ky = factory.Sequence(lambda n: f"Жергиликтүү бюджет {n}")
    name_ru = factory.Sequence(lambda n: f"Местный бюджет {n}")


class SeminarFactory(factory.django.DjangoModelFactory):
    """A published seminar; traits name its other phases; `seats=40, seats__taken=40` fills the common pool."""

    class Meta:
        model = Seminar
        skip_postgeneration_save = True

    class Params:
        days_ahead = 21
        length_days = 1
        draft = factory.Trait(published_at=None)
        past = factory.Trait(days_ahead=-30)
        not_open = factory.Trait(registration_opens_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=3)))
        closed = factory.Trait(
            registration_opens_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=9)),
            registration_closes_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)),
        )
        cancelled = factory.Trait(
            cancelled_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1)),
            notice_ky="Имарат жөндөөгө жабылды.",
            notice_ru="Здание закрыто на ремонт.",
        )

    slug = factory.Sequence(lambda n: f"seminar-{n}")
    title_ky = factory.Sequence(lambda n: f"Жергиликтүү бюджетти түзүү, {n}-семинар")
    title_ru = factory.Sequence(lambda n: f"Составление местного бюджета, семинар {n}")
    purpose_ky = "Айыл өкмөттөрүнүн башчыларынын билимин арттыруу."
    purpose_ru = "Повышение знаний глав айыл окмоту."
    audience_ky = "Айыл өкмөттөрүнүн башчылары жана шаарлардын мэрлери"
    audience_ru = "Главы айыл окмоту и мэры городов"
    city_ky = city_ru = "Бишкек"
    venue_ky = "Өкмөт үйүнүн чоң залы"
    venue_ru = "Большой зал Дома правительства"
    languages = ["ky", "ru"]
    starts_at = factory.LazyAttribute(
        lambda s: (
            timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0) + timedelta(days=s.days_ahead)
        )
    )
    ends_at = factory.LazyAttribute(lambda s: s.starts_at + timedelta(days=s.length_days - 1, hours=8))
    registration_opens_at = factory.LazyAttribute(lambda s: min(timezone.now(), s.starts_at) - timedelta(days=10))
    registration_closes_at = factory.LazyAttribute(lambda s: s.starts_at - timedelta(days=1))
    contact_ky = "Окутуу бөлүмү"
    contact_ru = "Отдел обучения"
    contact_phone = "+996 555 000 010"
    contact_email = "seminar@example.org"
    published_at = factory.LazyAttribute(lambda s: min(timezone.now(), s.starts_at) - timedelta(days=11))

    @factory.post_generation
    def seats(self, create: bool, seats: int | None, **kwargs: int) -> None:
        if create:
            SeatBlockFactory(seminar=self, seats=40 if seats is None else seats, taken=kwargs.get("taken", 0))

    @factory.post_generation
    def topics(self, create: bool, topics: list[Topic] | None, **kwargs: int) -> None:
        if create and topics:
            self.topics.set(topics)


class SeatBlockFactory(factory.django.DjangoModelFactory):
    """Seats of the common pool; with `group`, of that group."""

    class Meta:
        model = SeatBlock

    seminar = factory.SubFactory(SeminarFactory)
    group = None
    seats = 40
    taken = 0


class SpeakerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Speaker

    name_ky = factory.Sequence(lambda n: f"Гүлзаңгүл Өскөнбаева {n}")
    name_ru = factory.Sequence(lambda n: f"Гульзангуль Осконбаева {n}")
    post_ky = "агенттиктин бөлүм башчысы"
    post_ru = "заведующая отделом агентства"


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    seminar = factory.SubFactory(SeminarFactory)
    starts_at = factory.LazyAttribute(lambda s: s.seminar.starts_at)
    ends_at = factory.LazyAttribute(lambda s: s.starts_at + timedelta(hours=1))
    title_ky = factory.Sequence(lambda n: f"Жарандардын катышуусу {n}")
    title_ru = factory.Sequence(lambda n: f"Участие граждан {n}")


class SessionSpeakerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SessionSpeaker

    session = factory.SubFactory(SessionFactory)
    speaker = factory.SubFactory(SpeakerFactory)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    uid = factory.Sequence(lambda n: f"body-{n}")
    name = factory.RelatedFactory(
        "tests.factories.seminars.OrganisationNameFactory", factory_related_name="organisation"
    )


class OrganisationNameFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrganisationName

    organisation = factory.SubFactory(OrganisationFactory, name=None)
    name_ky = "Мамлекеттик агенттик"
    name_ru = "Государственное агентство"


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    uid = factory.Sequence(lambda n: f"project-{n}")
    name_ky = "Элдин үнү"
    name_ru = "Голос граждан"
    wording_ky = "«Элдин үнү» долбоорунун колдоосу менен."
    wording_ru = "При поддержке проекта «Голос граждан»."


class ContributorFactory(factory.django.DjangoModelFactory):
    """An organiser; with `role="project"`, `organisation=None` and `project=…`, a project."""

    class Meta:
        model = Contributor

    seminar = factory.SubFactory(SeminarFactory)
    role = Contributor.Role.ORGANISER
    organisation = factory.SubFactory(OrganisationFactory)
    project = None
