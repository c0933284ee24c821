"""Small invented corners of the register."""

import factory

from regions.models import District, Municipality, MunicipalityKind, Oblast, OblastKind


class OblastFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Oblast

    uid = factory.Sequence(lambda n: f"oblast-{n}")
    kind = OblastKind.OBLAST
    name_ky = factory.Sequence(lambda n: f"Үлгү {n} облусу")
    name_ru = factory.Sequence(lambda n: f"Примерная {n} область")
    genitive_ky = "облусунун"
    genitive_ru = "области"
    locative_ky = "облусунда"
    locative_ru = "в области"
    position = factory.Sequence(lambda n: n + 1)


class DistrictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = District

    uid = factory.Sequence(lambda n: f"district-{n}")
    oblast = factory.SubFactory(OblastFactory)
    name_ky = factory.Sequence(lambda n: f"Үлгү {n} району")
    name_ru = factory.Sequence(lambda n: f"Примерный {n} район")


class MunicipalityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Municipality

    uid = factory.Sequence(lambda n: f"municipality-{n}")
    kind = MunicipalityKind.AIYL_AIMAK
    oblast = factory.SubFactory(OblastFactory)
    district = factory.SubFactory(DistrictFactory, oblast=factory.SelfAttribute("..oblast"))
    name_ky = factory.Sequence(lambda n: f"Үлгү {n} айыл аймагы")
    name_ru = factory.Sequence(lambda n: f"Примерный {n} айылный аймак")
