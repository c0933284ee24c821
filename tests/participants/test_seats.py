"""rules.md, Seats: never oversold, exactly full, in order; the guards shown to guard."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections, models

from outbox.models import Message
from participants import seating, services
from participants.exceptions import NotAllowedNow, SeatsBelowTaken
from participants.models import Registration
from participants.queue import place_of
from seminars.models import SeatBlock, SeatChange, Seminar
from seminars.models.seminar import SeminarQuerySet
from tests.factories.participants import HOLDER, STAFF, VISITOR, entry_for, register
from tests.factories.regions import DistrictFactory, MunicipalityFactory, OblastFactory
from tests.factories.seminars import SeminarFactory

SEATS, HEADS = 40, 160
SEATS_ARE_COUNTED = next(
    constraint
    for constraint in SeatBlock._meta.constraints
    if constraint.name == "never_more_seats_taken_than_there_are"
)


def states(seminar):
    return dict(seminar.registrations.order_by().values_list("state").annotate(number=models.Count("pk")))


def counters_equal_rows(seminar):
    return all(
        block.taken == block.registrations.seated().count() for block in SeatBlock.objects.filter(seminar=seminar)
    )


def at_once(tasks, threads=16):
    """Run the tasks in threads, each on a connection of its own; return results or exceptions in order."""

    def run(task):
        try:
            return task()
        except IntegrityError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, tasks))


def register_entry(seminar, entry):
    return services.register(seminar=seminar, entry=entry, by=VISITOR)


@pytest.fixture
def crowd(transactional_db, django_db_serialized_rollback):
    """A seminar with 40 seats and 160 heads of as many municipalities, ready to register."""
    district = DistrictFactory()
    municipalities = [MunicipalityFactory(oblast=district.oblast, district=district) for _ in range(HEADS)]
    return SeminarFactory(seats=SEATS), [entry_for(municipality) for municipality in municipalities]


def test_160_heads_at_once_leave_exactly_40_confirmed_and_the_rest_in_order(crowd):
    seminar, entries = crowd

    results = at_once([lambda e=e: register_entry(seminar, e) for e in entries])

    assert all(isinstance(result, Registration) for result in results)
    assert states(seminar) == {"confirmed": SEATS, "waiting": HEADS - SEATS}
    assert counters_equal_rows(seminar)
    last_seated = seminar.registrations.confirmed().order_by("joined_at").last().joined_at
    assert all(waiting.joined_at >= last_seated for waiting in seminar.registrations.waiting())
    places = [place_of(waiting).number for waiting in seminar.registrations.waiting()]
    assert places == list(range(1, HEADS - SEATS + 1))
    assert Message.objects.count() == HEADS


def test_without_the_lock_and_the_counters_check_the_same_crowd_is_oversold(crowd, monkeypatch):
    seminar, entries = crowd
    with connection.schema_editor() as editor:
        editor.remove_constraint(SeatBlock, SEATS_ARE_COUNTED)
    monkeypatch.setattr(SeminarQuerySet, "locked", lambda self, pk: self.get(pk=pk))
    monkeypatch.setattr("seminars.models.seats.SeatBlockQuerySet.locked", lambda self: self)
    try:
        at_once([lambda e=e: register_entry(seminar, e) for e in entries])
        confirmed = states(seminar)["confirmed"]
    finally:
        SeatBlock.objects.update(taken=0)
        with connection.schema_editor() as editor:
            editor.add_constraint(SeatBlock, SEATS_ARE_COUNTED)

    assert confirmed > SEATS


def test_the_last_seat_goes_to_one_of_two(crowd):
    seminar, entries = crowd
    SeatBlock.objects.filter(seminar=seminar).update(seats=1)

    at_once([lambda e=e: register_entry(seminar, e) for e in entries[:2]], threads=2)

    assert states(seminar) == {"confirmed": 1, "waiting": 1}


def test_six_clicks_at_once_are_one_registration(crowd):
    seminar, entries = crowd
    entry = replace(entries[0], form_key=uuid4())

    results = at_once([lambda: register_entry(seminar, entry)] * 6, threads=6)

    assert len({result.pk for result in results}) == 1
    assert seminar.registrations.count() == 1


def test_cancelling_and_arriving_at_once_leave_no_seat_empty_beside_a_waiter(crowd):
    seminar, entries = crowd
    SeatBlock.objects.filter(seminar=seminar).update(seats=10)
    holders = [register_entry(seminar, entry) for entry in entries[:10]]

    tasks = [lambda r=r: services.cancel(registration=r, by=HOLDER) for r in holders]
    tasks += [lambda e=e: register_entry(seminar, e) for e in entries[10:40]]
    at_once(tasks)

    assert states(seminar) == {"cancelled": 10, "confirmed": 10, "waiting": 20}
    assert counters_equal_rows(seminar)


@pytest.mark.django_db
def test_a_freed_seat_goes_to_the_first_in_line_who_is_told():
    seminar = SeminarFactory(seats=1)
    holder, first, second = (register(seminar, MunicipalityFactory()) for _ in range(3))

    services.cancel(registration=holder, by=HOLDER)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("confirmed", "waiting")
    assert first.transitions.last().channel == "system"
    assert Message.objects.filter(about=f"registration:{first.pk}", calendar_method="REQUEST").count() == 1
    assert place_of(second).number == 1


@pytest.mark.django_db
def test_more_seats_promote_from_the_queue_in_order():
    seminar = SeminarFactory(seats=1)
    people = [register(seminar, MunicipalityFactory()) for _ in range(5)]

    promoted = services.change_seats(seminar=seminar, seats=3, by=STAFF)

    assert promoted == people[1:3]
    assert SeatChange.objects.get().after == 3


@pytest.mark.django_db
def test_fewer_seats_than_are_taken_are_refused_with_the_number():
    seminar = SeminarFactory(seats=5)
    for _ in range(3):
        register(seminar, MunicipalityFactory())

    with pytest.raises(SeatsBelowTaken, match="3"):
        services.change_seats(seminar=seminar, seats=2, by=STAFF)

    assert services.change_seats(seminar=seminar, seats=3, by=STAFF) == []


@pytest.mark.django_db
def test_a_groups_seat_is_used_before_the_common_pool():
    municipality = MunicipalityFactory()
    seminar = SeminarFactory(seats=1)
    own = SeatBlock.objects.create(seminar=seminar, group=municipality.oblast, seats=1)

    registration = register(seminar, municipality)

    assert registration.block == own


@pytest.mark.django_db
def test_a_freed_groups_seat_takes_the_latest_pool_holder_of_that_group_when_nobody_of_it_waits():
    oblast = OblastFactory()
    district = DistrictFactory(oblast=oblast)
    seminar = SeminarFactory(seats=1)
    SeatBlock.objects.create(seminar=seminar, group=oblast, seats=1)
    on_own_seat = register(seminar, MunicipalityFactory(oblast=oblast, district=district))
    on_pool_seat = register(seminar, MunicipalityFactory(oblast=oblast, district=district))
    stranger = register(seminar, MunicipalityFactory())
    assert (on_pool_seat.block.group, stranger.state) == (None, "waiting")

    services.cancel(registration=on_own_seat, by=HOLDER)

    on_pool_seat.refresh_from_db()
    stranger.refresh_from_db()
    assert on_pool_seat.block.group == oblast
    assert stranger.state == "confirmed"
    assert counters_equal_rows(seminar)


@pytest.mark.django_db
def test_once_registration_has_closed_a_freed_seat_waits_for_staff():
    seminar = SeminarFactory(seats=1)
    holder, waiter = (register(seminar, MunicipalityFactory()) for _ in range(2))
    Seminar.objects.filter(pk=seminar.pk).update(registration_closes_at=models.functions.Now())

    services.cancel(registration=holder, by=HOLDER)
    waiter.refresh_from_db()
    assert waiter.state == "waiting"
    services.promote(registration=waiter, by=STAFF)

    waiter.refresh_from_db()
    assert waiter.state == "confirmed"


@pytest.mark.django_db
def test_an_override_adds_one_seat_and_takes_it():
    seminar = SeminarFactory(seats=1)
    register(seminar, MunicipalityFactory())
    waiter = register(seminar, MunicipalityFactory())

    services.seat_by_override(registration=waiter, by=STAFF)

    block = seminar.blocks.get()
    assert (block.seats, block.taken) == (2, 2)
    with pytest.raises(NotAllowedNow):
        services.seat_by_override(registration=waiter, by=STAFF)


@pytest.mark.django_db
def test_a_move_that_the_table_does_not_have_is_refused():
    registration = register(SeminarFactory(), MunicipalityFactory())
    services.cancel(registration=registration, by=HOLDER)
    registration.refresh_from_db()

    with pytest.raises(ValueError, match="no move"):
        seating.move(registration, "attended", by=STAFF)
