"""rules.md, Seats 7: who goes first, and the sentence that says why."""

import pytest
from django.utils import translation

from participants import services
from participants.models import Registration
from participants.queue import Queue, place_of
from regions.models import Succession
from regions.models.succession import SuccessionKind
from tests.factories.participants import HOLDER, VISITOR, entry_for, register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory, TopicFactory
from tests.participants.hall.country import oblast_with, share_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return TopicFactory()


@pytest.fixture
def full(topic):
    """One seat, taken by somebody of an oblast of its own."""
    seminar = SeminarFactory(seats=1, topics=[topic])
    register(seminar, MunicipalityFactory())
    return seminar


def attended(municipality, topic):
    """Somebody of the municipality came to an earlier seminar on the topic."""
    registration = register(SeminarFactory(topics=[topic]), municipality)
    Registration.objects.filter(pk=registration.pk).update(state="attended")


def in_line(seminar):
    return [waiter.pk for waiter in Queue(seminar).in_order()]


def free_a_seat(seminar):
    services.cancel(registration=seminar.registrations.seated().get(), by=HOLDER)
    return seminar.registrations.seated().get()


def test_a_municipality_never_reached_on_the_topic_goes_before_one_that_waits_longer(full, topic):
    reached, new = MunicipalityFactory(), MunicipalityFactory()
    attended(reached, topic)
    first, second = register(full, reached), register(full, new)

    assert in_line(full) == [second.pk, first.pk]
    assert free_a_seat(full) == second


def test_what_a_predecessor_attended_counts_for_the_successor(full, topic):
    gone, heir, new = MunicipalityFactory(), MunicipalityFactory(), MunicipalityFactory()
    attended(gone, topic)
    Succession.objects.create(predecessor=gone, successor=heir, kind=SuccessionKind.MERGED)
    first, second = register(full, heir), register(full, new)

    assert in_line(full) == [second.pk, first.pk]


def test_another_topic_does_not_count(full):
    elsewhere, new = MunicipalityFactory(), MunicipalityFactory()
    attended(elsewhere, TopicFactory())
    first, second = register(full, elsewhere), register(full, new)

    assert in_line(full) == [first.pk, second.pk]


def test_then_the_oblast_furthest_below_its_share_goes_first(topic):
    big, of_big = oblast_with(6)
    _small, of_small = oblast_with(2)
    seminar = SeminarFactory(seats=4, topics=[topic])
    for municipality in [*of_big[:1], *of_small[:1]]:
        register(seminar, municipality)
    share_out(seminar, 2, {})
    first = register(seminar, of_small[1])
    second = register(seminar, of_big[1])

    # Two seats: one each is proposed, so both groups are full; the big one is no further below its share.
    assert in_line(seminar) == [first.pk, second.pk]

    share_out(seminar, 8, {big: 5}, seats_per_municipality=1)
    assert set(seminar.registrations.seated().values_list("pk", flat=True)) >= {first.pk, second.pk}


def test_shares_decide_between_two_that_are_both_new():
    _big, of_big = oblast_with(20)
    _small, of_small = oblast_with(2)
    seminar = SeminarFactory(seats=5)
    for municipality in [*of_big[:3], *of_small]:
        register(seminar, municipality)
    # Proposed: 4 and 1; the big oblast has 3 of 4, the small one 2 of 1.
    extra = MunicipalityFactory(oblast=of_small[0].oblast, district=of_small[0].district)
    late_small = register(seminar, extra)
    late_big = register(seminar, of_big[3])

    assert in_line(seminar) == [late_big.pk, late_small.pk]
    with translation.override("en"):
        assert place_of(late_small).reason == (
            "Before you: 1 participant of an oblast that is further below its share of seats."
        )


def test_staff_may_let_the_queue_go_by_time_alone(full, topic):
    reached, new = MunicipalityFactory(), MunicipalityFactory()
    attended(reached, topic)
    first, second = register(full, reached), register(full, new)
    full.is_queue_by_time = True
    full.save()

    assert in_line(full) == [first.pk, second.pk]


def test_each_waiter_reads_who_stands_before_and_why(full, topic):
    reached = [MunicipalityFactory() for _number in range(2)]
    for municipality in reached:
        attended(municipality, topic)
    waiting = [register(full, municipality) for municipality in reached]
    for _number in range(2):
        register(full, MunicipalityFactory())

    place = place_of(waiting[1])
    assert (place.number, place.unreached, place.below_share, place.earlier) == (4, 2, 0, 1)
    with translation.override("en"):
        assert place.reason == (
            "Before you: 2 municipalities that have not attended on this topic yet;"
            " 1 participant who registered earlier."
        )


def test_the_places_are_the_order_in_which_seats_are_given(full):
    waiting = [register(full, MunicipalityFactory()) for _number in range(4)]
    places = {registration.pk: place_of(registration).number for registration in waiting}

    share_out(full, 3, {})

    promoted = {r.pk for r in full.registrations.seated()} & set(places)
    assert promoted == {pk for pk, number in places.items() if number <= 2}


def test_who_waits_for_seats_of_the_own_oblast_alone_reads_the_place_in_that_line():
    osh, of_osh = oblast_with(3)
    talas, of_talas = oblast_with(3)
    seminar = SeminarFactory(seats=2)
    share_out(seminar, 2, {osh: 1, talas: 1})
    for municipality in [*of_osh[:2], *of_talas[:2]]:
        last = register(seminar, municipality)

    assert (place_of(last).number, place_of(last).is_of_group) == (1, True)


def test_who_stands_by_is_in_no_line_until_the_own_office_is_below_its_limit(full):
    holder = full.registrations.seated().get()
    second = services.stand_by(seminar=full, entry=entry_for(holder.municipality), by=VISITOR)
    behind = register(full, MunicipalityFactory())

    assert place_of(second).is_stand_by
    share_out(full, 2, {})
    assert full.registrations.get(pk=behind.pk).has_seat
    assert full.registrations.get(pk=second.pk).is_waiting


def test_the_queue_asks_the_same_number_of_questions_however_many_wait(full, django_assert_num_queries, topic):
    attended(MunicipalityFactory(), topic)
    register(full, MunicipalityFactory())
    with django_assert_num_queries(10):
        Queue(full).places()
    for _number in range(3):
        register(full, MunicipalityFactory())
    with django_assert_num_queries(10):
        Queue(full).places()
