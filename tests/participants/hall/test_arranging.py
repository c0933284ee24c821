"""rules.md, Seats 1–6: quotas, the common pool, the release; domain.md 7, cases 1–3."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.clock import database_now
from participants import seating, services
from participants.exceptions import (
    ImpossibleDates,
    MayNotCome,
    MunicipalitiesHoldMore,
    QuotasAboveCapacity,
    SeatsBelowTaken,
    SeminarNotChangeable,
)
from participants.models import Registration
from seminars.models import SeatChange, Seminar
from tests.factories.participants import HOLDER, STAFF, entry_for, post, register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory
from tests.participants.hall.country import city, counters_equal_rows, oblast_with, share_out

pytestmark = pytest.mark.django_db


def seats(seminar):
    return {block.group: (block.taken, block.seats) for block in seminar.blocks.select_related("group")}


def release(seminar, *, ago=timedelta(hours=1)):
    """The release date passes."""
    Seminar.objects.filter(pk=seminar.pk).update(quotas_release_at=timezone.now() - ago)
    seminar.refresh_from_db()


def settle(seminar):
    """What the job does."""
    return seating.fill_free_seats(Seminar.objects.locked(seminar.pk), now=database_now())


@pytest.fixture
def seminar():
    return SeminarFactory(seats=6)


def test_an_oblast_that_sends_more_than_its_quota_waits_in_its_own_line(seminar):
    osh, of_osh = oblast_with(4)
    talas, of_talas = oblast_with(4)
    share_out(seminar, 6, {osh: 2, talas: 4})

    sent = [register(seminar, municipality) for municipality in of_osh]

    assert [registration.state for registration in sent] == ["confirmed", "confirmed", "waiting", "waiting"]
    assert register(seminar, of_talas[0]).state == "confirmed"
    assert counters_equal_rows(seminar)


def test_a_city_with_no_quota_waits_while_there_is_no_common_pool(seminar):
    osh, _of_osh = oblast_with(4)
    bishkek, mayoralty = city()
    share_out(seminar, 6, {osh: 6, bishkek: 0})

    assert register(seminar, mayoralty).state == "waiting"


def test_unused_seats_go_on_the_release_date_to_the_first_in_line_and_are_logged_by_group(seminar):
    batken, of_batken = oblast_with(5)
    osh, of_osh = oblast_with(5)
    share_out(seminar, 6, {batken: 4, osh: 2})
    for municipality in [*of_batken[:2], *of_osh[:4]]:
        register(seminar, municipality)
    release(seminar)

    promoted = settle(seminar)

    assert [registration.oblast for registration in promoted] == [osh, osh]
    assert seats(seminar) == {batken: (2, 2), osh: (2, 2), None: (2, 2)}
    log = SeatChange.objects.filter(kind=SeatChange.Kind.RELEASE, group__isnull=False)
    assert [(change.group, change.before, change.after) for change in log] == [(batken, 4, 2)]


def test_a_job_that_runs_twice_or_late_releases_once(seminar):
    batken, of_batken = oblast_with(5)
    share_out(seminar, 6, {batken: 4})
    register(seminar, of_batken[0])
    release(seminar, ago=timedelta(days=1))

    for _run in range(3):
        settle(seminar)

    assert seats(seminar) == {batken: (1, 1), None: (0, 5)}
    assert SeatChange.objects.filter(kind=SeatChange.Kind.RELEASE, group=batken).count() == 1


def test_without_the_job_the_first_seat_transaction_releases(seminar):
    batken, _of_batken = oblast_with(5)
    share_out(seminar, 6, {batken: 6})
    release(seminar)

    assert register(seminar, MunicipalityFactory()).state == "confirmed"


def test_a_seat_of_a_quota_that_frees_after_the_release_belongs_to_all(seminar):
    batken, of_batken = oblast_with(5)
    share_out(seminar, 1, {batken: 1})
    holder = register(seminar, of_batken[0])
    waiter = register(seminar, MunicipalityFactory())
    release(seminar)

    services.cancel(registration=holder, by=HOLDER)

    waiter.refresh_from_db()
    assert waiter.state == "confirmed"
    assert seats(seminar) == {batken: (0, 0), None: (1, 1)}


def test_before_the_release_date_nothing_moves(seminar):
    batken, _of_batken = oblast_with(5)
    share_out(seminar, 6, {batken: 6}, quotas_release_at=timezone.now() + timedelta(minutes=1))

    settle(seminar)

    assert seats(seminar) == {batken: (0, 6), None: (0, 0)}


def test_the_release_is_the_midnight_after_the_deadline_unless_staff_say_otherwise(seminar):
    seminar.lists_deadline = timezone.localtime().replace(hour=15, minute=30)
    midnight = seminar.releases_at
    assert (timezone.localtime(midnight).hour, (midnight - seminar.lists_deadline) < timedelta(days=1)) == (0, True)

    seminar.quotas_release_at = seminar.lists_deadline + timedelta(days=3)
    assert seminar.releases_at == seminar.quotas_release_at


def test_quotas_set_when_seats_are_taken_already_take_the_holders_of_the_own_oblast_along(seminar):
    osh, of_osh = oblast_with(4)
    talas, of_talas = oblast_with(4)
    for municipality in [*of_osh[:2], of_talas[0]]:
        register(seminar, municipality)

    share_out(seminar, 6, {osh: 3, talas: 3})

    assert seats(seminar) == {osh: (2, 3), talas: (1, 3), None: (0, 0)}
    assert counters_equal_rows(seminar)


def test_more_promised_than_there_is_is_refused_with_both_numbers(seminar):
    osh, _of_osh = oblast_with(4)
    with pytest.raises(QuotasAboveCapacity, match=r"7.*6"):
        share_out(seminar, 6, {osh: 7})


def test_a_quota_below_what_is_taken_is_refused_with_the_number_and_nothing_changes(seminar):
    osh, of_osh = oblast_with(4)
    share_out(seminar, 6, {osh: 4})
    for municipality in of_osh:
        register(seminar, municipality)
    before = seats(seminar)

    with pytest.raises(SeatsBelowTaken, match="4"):
        share_out(seminar, 6, {osh: 3})
    with pytest.raises(SeatsBelowTaken, match="4"):
        share_out(seminar, 6, {})
    assert seats(seminar) == before


def test_a_smaller_hall_than_is_taken_is_refused(seminar):
    for _number in range(3):
        register(seminar, MunicipalityFactory())
    with pytest.raises(SeatsBelowTaken, match="3"):
        share_out(seminar, 2, {})


def test_a_bigger_hall_seats_who_waits(seminar):
    waiting = [register(seminar, MunicipalityFactory()) for _number in range(8)][6:]

    promoted = share_out(seminar, 8, {})

    assert sorted(promoted, key=lambda r: r.pk) == waiting


def test_fewer_seats_per_municipality_than_one_uses_are_refused(seminar):
    seminar = share_out(seminar, 6, {}, seats_per_municipality=2) or seminar
    municipality = MunicipalityFactory()
    for _number in range(2):
        register(Seminar.objects.get(pk=seminar.pk), municipality)

    with pytest.raises(MunicipalitiesHoldMore, match="2"):
        share_out(seminar, 6, {}, seats_per_municipality=1)


def test_seats_kept_without_a_deadline_are_refused_with_a_sentence(seminar):
    with pytest.raises(ImpossibleDates):
        share_out(seminar, 6, {}, holds_seats=True)


@pytest.mark.parametrize("trait", ["past", "cancelled"])
def test_what_is_over_or_cancelled_is_not_arranged(trait):
    with pytest.raises(SeminarNotChangeable):
        share_out(SeminarFactory(**{trait: True}), 6, {})


def test_a_draft_is_arranged_too():
    osh, _of_osh = oblast_with(4)
    draft = SeminarFactory(draft=True)
    share_out(draft, 10, {osh: 4})
    assert seats(draft) == {osh: (0, 4), None: (0, 6)}


def test_who_may_not_come_is_told_so_and_staff_may_enter_anybody(seminar):
    osh, of_osh = oblast_with(1)
    share_out(seminar, 6, {}, groups=[osh], posts=[post("head")])
    elsewhere = MunicipalityFactory()

    with pytest.raises(MayNotCome):
        register(seminar, elsewhere)
    with pytest.raises(MayNotCome):
        register(seminar, of_osh[0], post=post("deputy"))
    assert register(seminar, of_osh[0]).has_seat
    by_staff = services.register(seminar=seminar, entry=entry_for(elsewhere), by=_staff())
    assert by_staff.has_seat


def _staff():
    from participants.actors import Actor
    from tests.factories.accounts import StaffFactory

    return Actor(STAFF.channel, StaffFactory())


def test_the_public_page_offers_only_the_groups_that_may_come_with_their_places(client, seminar):
    osh, _of_osh = oblast_with(3)
    talas, _of_talas = oblast_with(3)
    share_out(seminar, 6, {osh: 4}, groups=[osh])

    page = client.get(f"/ky/seminars/{seminar.slug}/").text

    assert f"group={osh.uid}" in page
    assert f"group={talas.uid}" not in page
    assert (
        client.get(f"/ky/seminars/{seminar.slug}/register/?group={talas.uid}")
        .templates[0]
        .name.endswith("registration_groups.html")
    )


def test_counts_in_the_database_refuse_a_seat_too_many(seminar):
    registration = register(seminar, MunicipalityFactory())
    seminar.blocks.update(seats=1)
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="never_more_seats_taken"), transaction.atomic():
        seating.take(Registration(seminar=seminar), registration.block, None)
