"""Registering, cancelling, sharing out and releasing at once: exactly full, counters right, no seat left empty."""

from datetime import timedelta
from itertools import chain

import pytest
from django.db.models import Count
from django.utils import timezone

from core.exceptions import DomainError
from participants import services
from participants.queue import Queue
from seminars.models import SeatBlock, Seminar
from tests.factories.participants import HOLDER, VISITOR, entry_for, register
from tests.factories.seminars import SeminarFactory
from tests.participants.hall.country import counters_equal_rows, oblast_with, share_out
from tests.participants.test_seats import at_once


def refused_in_words(act):
    """Do it; a refusal is an answer."""

    def tried():
        try:
            return act()
        except DomainError as refusal:
            return refusal

    return tried


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_heads_arriving_and_leaving_while_staff_share_seats_out_and_the_clock_releases_them():
    corners = [oblast_with(25) for _number in range(3)]
    seminar = SeminarFactory(seats=30)
    share_out(seminar, 30, {corners[0][0]: 12, corners[1][0]: 12})
    early = [register(seminar, unit) for _oblast, units in corners for unit in units[:5]]
    arriving = [unit for _oblast, units in corners for unit in units[5:]]

    def arrive(unit):
        entry = entry_for(unit)
        return lambda: services.register(seminar=seminar, entry=entry, by=VISITOR)

    def release():
        Seminar.objects.filter(pk=seminar.pk).update(quotas_release_at=timezone.now() - timedelta(minutes=1))
        return share_out(Seminar.objects.get(pk=seminar.pk), 32, {corners[0][0]: 10, corners[1][0]: 10})

    acts = [arrive(unit) for unit in arriving]
    leaving = [lambda r=r: services.cancel(registration=r, by=HOLDER) for r in early]
    mixed = [*list(chain.from_iterable(zip(acts[:15], leaving, strict=True))), release, *acts[15:]]
    results = at_once([refused_in_words(act) for act in mixed])

    assert not [result for result in results if isinstance(result, Exception) and not isinstance(result, DomainError)]
    seminar.refresh_from_db()
    assert counters_equal_rows(seminar)
    assert Queue(seminar).next_for(SeatBlock.objects.filter(seminar=seminar).free()) is None
    live = seminar.registrations.live()
    assert live.count() == len(arriving), "who arrived is in, who left is out"
    assert live.order_by().values("municipality").annotate(number=Count("pk")).filter(number__gt=1).count() == 0
    assert live.seated().count() == seminar.capacity
