"""Nine groups for tests of quotas: seven small oblasts and two cities."""

from participants.actors import PORTAL
from participants.services import Arrangement, arrange_seats
from regions.models import MunicipalityKind, OblastKind
from tests.factories.regions import DistrictFactory, MunicipalityFactory, OblastFactory


def oblast_with(municipalities, **fields):
    """An oblast with one district of so many aiyl aimaks."""
    oblast = OblastFactory(**fields)
    district = DistrictFactory(oblast=oblast)
    return oblast, [MunicipalityFactory(oblast=oblast, district=district) for _number in range(municipalities)]


def city(**fields):
    """A city that is a group of its own."""
    group = OblastFactory(kind=OblastKind.CITY, **fields)
    return group, MunicipalityFactory(oblast=group, district=None, kind=MunicipalityKind.CITY_REPUBLICAN)


def share_out(seminar, capacity, quotas, **rules):
    """Share the seats of the seminar out."""
    rules = {
        "seats_per_municipality": seminar.seats_per_municipality,
        "lists_deadline": seminar.lists_deadline,
        "quotas_release_at": seminar.quotas_release_at,
        **rules,
    }
    return arrange_seats(seminar=seminar, arrangement=Arrangement(capacity, quotas, **rules), by=PORTAL)


def counters_equal_rows(seminar):
    """Whether every block counts exactly the seats held in it and kept in it."""
    return all(
        block.taken == block.registrations.seated().count() + block.holds.count()
        for block in seminar.blocks.all().order_by()
    )
