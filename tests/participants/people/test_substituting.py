"""rules.md, Registering 6; domain.md 7, case 9: the seat stays with the office, whoever comes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.models import Message
from participants import services
from participants.actors import Actor
from participants.exceptions import MayNotCome, NotAllowedNow, SameParticipant, TooLateForDeputy
from participants.models import Channel, Registration, Substitution
from seminars.models import Seminar
from tests.factories.accounts import StaffFactory
from tests.factories.participants import HOLDER, VISITOR, entry_for, post, register
from tests.factories.regions import MunicipalityFactory
from tests.participants.hall.country import counters_equal_rows, share_out
from tests.participants.test_seats import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(seminar, municipality):
    return register(seminar, municipality)


def deputy_of(municipality, **fields):
    return entry_for(municipality, post=post("deputy"), **fields)


def staff():
    return Actor(Channel.PHONE, StaffFactory(), "башчы ооруп калды")


def send(registration, by=HOLDER, **fields):
    return services.substitute(registration=registration, deputy=deputy_of(registration.municipality, **fields), by=by)


def test_the_seat_stays_and_who_comes_is_another_person(holder):
    seat = (holder.block_id, holder.slot, holder.joined_at)

    registration = send(holder, full_name="Сынаков Үлгү Асанович", phones=("+996555000077",))

    assert registration.pk == holder.pk
    assert (registration.block_id, registration.slot, registration.joined_at) == seat
    assert (registration.full_name, registration.post, registration.phone) == (
        "Сынаков Үлгү Асанович",
        post("deputy"),
        "+996555000077",
    )
    assert registration.person != holder.person
    assert counters_equal_rows(registration.seminar)


def test_the_old_link_is_dead_and_the_new_one_lives(client, holder):
    old = holder.get_absolute_url()
    registration = send(holder)
    assert client.get(old).status_code == 410
    assert client.get(registration.get_absolute_url()).status_code == 200


def test_the_form_of_who_left_leads_nowhere(client, seminar, municipality):
    from uuid import uuid4

    key = uuid4()
    entry = entry_for(municipality, form_key=key)
    holder = services.register(seminar=seminar, entry=entry, by=VISITOR)
    send(holder)
    assert not Registration.objects.filter(form_key=key).exists()


def test_both_are_told_and_only_who_comes_has_a_link(holder):
    registration = send(holder, email="deputy@example.org")

    left = Message.objects.get(key__contains="replaced")
    came = Message.objects.get(key__contains="sent-instead")
    assert (left.recipient, left.calendar_method) == (holder.email, "CANCEL")
    assert (came.recipient, came.calendar_method) == ("deputy@example.org", "REQUEST")
    assert registration.token in came.text
    assert holder.token not in left.text
    assert registration.token not in left.text


def test_the_history_says_who_when_by_what_way_and_why(holder):
    registration = send(holder, by=staff())
    change = Substitution.objects.get()
    assert (change.left, change.came, change.came_post) == (holder.person, registration.person, post("deputy"))
    assert (change.channel, change.reason) == (Channel.PHONE, "башчы ооруп калды")


def test_who_waits_keeps_the_place(seminar):
    share_out(seminar, 1, {})
    register(seminar, MunicipalityFactory())
    waiting, behind = (register(seminar, MunicipalityFactory()) for _number in range(2))

    registration = send(waiting)

    assert (registration.state, registration.joined_at) == ("waiting", waiting.joined_at)
    services.cancel(registration=seminar.registrations.seated().get(), by=HOLDER)
    registration.refresh_from_db()
    behind.refresh_from_db()
    assert (registration.state, behind.state) == ("confirmed", "waiting")


def test_as_often_as_the_office_likes(holder):
    for _time in range(3):
        holder = send(holder)
    assert holder.substitutions.count() == 3


def test_what_was_stated_about_the_other_person_goes(holder):
    services.state_statistics(registration=holder, sex="female", age_band="36_59")
    registration = send(holder, consent=None)
    assert (registration.sex, registration.age_band, registration.consent) == ("", "", None)


def test_a_deputy_who_stands_by_leaves_that_entry(seminar, holder):
    entry = deputy_of(holder.municipality)
    own = services.stand_by(seminar=seminar, entry=entry, by=VISITOR)

    registration = services.substitute(registration=holder, deputy=entry, by=HOLDER)

    own.refresh_from_db()
    assert own.state == "cancelled"
    assert registration.person == own.person
    assert seminar.registrations.live().count() == 1
    assert counters_equal_rows(seminar)


def test_who_waits_and_sends_the_one_who_has_the_seat_takes_the_seat_over(seminar, holder):
    waiting = services.stand_by(seminar=seminar, entry=deputy_of(holder.municipality), by=VISITOR)
    head = replace(entry_for(holder.municipality), person=holder.person, full_name=holder.full_name)

    registration = services.substitute(registration=waiting, deputy=head, by=HOLDER)

    assert (registration.pk, registration.state, registration.slot) == (waiting.pk, "confirmed", 1)
    assert seminar.registrations.live().get() == registration
    assert counters_equal_rows(seminar)


def test_the_seat_of_a_deputy_from_elsewhere_goes_to_the_next_in_line(seminar, holder):
    share_out(seminar, 2, {})
    elsewhere = register(seminar, MunicipalityFactory())
    waiting = register(seminar, MunicipalityFactory())
    entry = replace(deputy_of(holder.municipality), person=elsewhere.person)

    services.substitute(registration=holder, deputy=entry, by=HOLDER)

    waiting.refresh_from_db()
    assert waiting.state == "confirmed"
    assert counters_equal_rows(seminar)


def test_after_nine_of_the_first_day_only_staff_may(holder):
    begins = timezone.localtime() - timedelta(hours=1)
    Seminar.objects.filter(pk=holder.seminar_id).update(
        starts_at=begins,
        ends_at=begins + timedelta(hours=9),
        registration_closes_at=begins - timedelta(hours=1),
        substitution_until=(begins - timedelta(minutes=30)).time(),
    )
    if begins.date() != timezone.localdate():
        pytest.skip("the hour after midnight")
    with pytest.raises(TooLateForDeputy):
        send(holder)
    assert send(holder, by=staff()).substitutions.count() == 1


@pytest.mark.parametrize("state", ["cancelled", "declined", "attended", "absent"])
def test_only_who_comes_or_waits_sends_a_deputy(holder, state):
    fields = {"block": None, "slot": None} if state in ("cancelled", "declined") else {}
    Registration.objects.filter(pk=holder.pk).update(state=state, **fields)
    with pytest.raises(NotAllowedNow):
        send(holder, by=staff())


def test_a_post_that_may_not_come_is_refused_to_the_holder_and_open_to_staff(holder):
    holder.seminar.posts.set([post("head")])
    with pytest.raises(MayNotCome):
        send(holder)
    assert send(holder, by=staff()).post == post("deputy")


def test_oneself_is_no_deputy(holder):
    same = replace(entry_for(holder.municipality), full_name=holder.full_name, person=holder.person)
    with pytest.raises(SameParticipant):
        services.substitute(registration=holder, deputy=same, by=HOLDER)


@pytest.mark.parametrize("state", ["attended", "absent"])
def test_who_is_marked_at_the_door_comes_for_nobody_else(seminar, holder, state):
    elsewhere = register(seminar, MunicipalityFactory())
    Registration.objects.filter(pk=elsewhere.pk).update(state=state)
    with pytest.raises(SameParticipant):
        send(holder, by=staff(), person=elsewhere.person)
    assert counters_equal_rows(seminar)


def test_another_municipality_cannot_be_smuggled_in(holder):
    elsewhere = MunicipalityFactory()
    registration = services.substitute(registration=holder, deputy=deputy_of(elsewhere), by=HOLDER)
    assert registration.municipality == holder.municipality
    assert registration.municipality_name_ky == holder.municipality_name_ky


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_deputies_sent_at_once_by_one_link_are_one(seminar, municipality):
    holder = register(seminar, municipality)
    deputies = [deputy_of(municipality) for _number in range(2)]

    def act(deputy):
        try:
            return services.substitute(registration=holder, deputy=deputy, by=HOLDER)
        except NotAllowedNow as refusal:
            return refusal

    outcomes = at_once([lambda d=d: act(d) for d in deputies])

    assert sum(isinstance(outcome, NotAllowedNow) for outcome in outcomes) == 1
    assert seminar.registrations.live().count() == 1
    assert Substitution.objects.count() == 1
    assert counters_equal_rows(seminar)
