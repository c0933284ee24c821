"""Random sequences of everything that moves seats; after each step what must hold of a hall holds."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from core.clock import database_now
from core.exceptions import DomainError
from participants import seating, services
from participants.actors import HOLDER
from participants.models import Invitation, Round
from participants.queue import Queue
from seminars.models import SeatBlock, Seminar, Topic
from tests.factories.participants import STAFF, VISITOR, entry_for
from tests.factories.seminars import SeminarFactory
from tests.participants.hall.country import counters_equal_rows, oblast_with, share_out

pick = st.integers(0, 10**6)
small = st.integers(0, 4)


class Hall(RuleBasedStateMachine):
    """Three small oblasts share a hall of a few seats; everything a seat can go through happens in any order."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        corners = [oblast_with(number) for number in (4, 3, 2)]
        self.oblasts = [oblast for oblast, _units in corners]
        self.municipalities = [unit for _oblast, units in corners for unit in units]
        topic = Topic.objects.create(slug="one", name_ky="Бюджет", name_ru="Бюджет")
        self.pk = SeminarFactory(seats=4, topics=[topic]).pk

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @property
    def seminar(self):
        return Seminar.objects.get(pk=self.pk)

    def one_of(self, rows, number):
        rows = list(rows)
        return rows[number % len(rows)] if rows else None

    def tried(self, act, **arguments):
        """Do it; a refusal in words is fine and must leave nothing behind."""
        try:
            with transaction.atomic():
                return act(**arguments)
        except DomainError:
            return None

    @rule(number=pick)
    def somebody_registers(self, number):
        entry = entry_for(self.one_of(self.municipalities, number))
        self.tried(services.register, seminar=self.seminar, entry=entry, by=VISITOR)

    @rule(number=pick)
    def somebody_stands_by(self, number):
        entry = entry_for(self.one_of(self.municipalities, number))
        self.tried(services.stand_by, seminar=self.seminar, entry=entry, by=VISITOR)

    @rule(number=pick)
    def somebody_cancels(self, number):
        if registration := self.one_of(self.seminar.registrations.live(), number):
            self.tried(services.cancel, registration=registration, by=HOLDER)

    @rule(number=pick)
    def staff_promote_out_of_turn(self, number):
        if registration := self.one_of(self.seminar.registrations.waiting(), number):
            self.tried(services.promote, registration=registration, by=STAFF)

    @rule(number=pick)
    def staff_override(self, number):
        if registration := self.one_of(self.seminar.registrations.waiting(), number):
            self.tried(services.seat_by_override, registration=registration, by=STAFF)

    @rule(capacity=st.integers(0, 9), first=small, second=small, third=st.none() | small, per=st.integers(1, 2))
    def seats_are_arranged(self, capacity, first, second, third, per):
        quotas = dict(zip(self.oblasts, (first, second, third), strict=True))
        quotas = {oblast: seats for oblast, seats in quotas.items() if seats is not None}
        self.tried(share_out, seminar=self.seminar, capacity=capacity, quotas=quotas, seats_per_municipality=per)

    @rule(capacity=st.integers(0, 9))
    def all_seats_become_common(self, capacity):
        self.tried(share_out, seminar=self.seminar, capacity=capacity, quotas={})

    @rule()
    def the_release_date_passes(self):
        Seminar.objects.filter(pk=self.pk).update(quotas_release_at=timezone.now() - timedelta(hours=1))
        self.settle()

    @precondition(lambda self: not self.seminar.rounds.exists())
    @rule(numbers=st.sets(st.integers(0, 8), min_size=1, max_size=3))
    def seats_are_kept_for_invited_offices(self, numbers):
        with transaction.atomic():
            letter = Round.objects.create(
                seminar=self.seminar,
                letter_date=timezone.localdate(),
                answer_by=timezone.now() + timedelta(days=3),
                key="00000000-0000-4000-8000-000000000000",
            )
            free = [
                unit
                for unit in (self.municipalities[number] for number in sorted(numbers))
                if not self.seminar.registrations.live().of_municipality(unit).exists()
            ]
            invitations = [
                Invitation.objects.create(seminar=self.seminar, round=letter, municipality=unit) for unit in free
            ]
        self.tried(seating.hold_seats, seminar=Seminar.objects.locked(self.pk), invitations=invitations)

    @rule()
    def the_deadline_of_the_invited_passes(self):
        Round.objects.update(answer_by=timezone.now() - timedelta(hours=1))
        self.settle()

    def settle(self):
        seating.fill_free_seats(Seminar.objects.locked(self.pk), now=database_now())

    @invariant()
    def never_more_taken_than_there_is_and_counters_equal_rows(self):
        assert counters_equal_rows(self.seminar)
        assert all(block.taken <= block.seats for block in SeatBlock.objects.filter(seminar=self.pk))

    @invariant()
    def nobody_waits_beside_a_free_seat_that_they_may_have(self):
        free = SeatBlock.objects.filter(seminar=self.pk).free()
        assert Queue(self.seminar).next_for(free) is None

    @invariant()
    def a_municipality_has_no_more_seats_than_it_may(self):
        seated = Counter(self.seminar.registrations.seated().values_list("municipality", flat=True))
        assert all(number <= self.seminar.seats_per_municipality for number in seated.values())

    @invariant()
    def a_person_is_registered_once(self):
        people = Counter(self.seminar.registrations.live().values_list("person", flat=True))
        assert all(number == 1 for number in people.values())

    @invariant()
    def after_the_release_no_quota_has_a_free_seat(self):
        seminar = self.seminar
        if seminar.releases_at and seminar.releases_at <= timezone.now():
            assert not SeatBlock.objects.filter(seminar=seminar).free().exclude(group=None).exists()


@pytest.mark.django_db
def test_whatever_happens_to_seats_in_whatever_order_the_hall_stays_right():
    run_state_machine_as_test(
        Hall,
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
