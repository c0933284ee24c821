"""rules.md, Seats 9 and 12; product.md, Invitations: whom a round reaches, what it keeps, what it refuses."""

import time
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.dates import official_date
from outbox.models import Message
from participants import services
from participants.exceptions import (
    DeadlineImpossible,
    MoreKeptThanFree,
    NobodyToInvite,
    NotAllowedNow,
    OfficesGoneByThen,
    SeminarNotOpen,
)
from participants.models import Invitation, Round, Term
from participants.services.seminars import Notice, Place
from tests.factories.participants import HOLDER, PersonFactory, post, register
from tests.factories.regions import DistrictFactory, MunicipalityFactory
from tests.factories.seminars import SeatBlockFactory, SeminarFactory
from tests.participants.inviting.offices import (
    clerk,
    invited,
    lines,
    office,
    office_contact,
    pass_deadline,
    send,
)

pytestmark = pytest.mark.django_db


def keeping(**fields):
    """A seminar that keeps a seat for every invited office."""
    return SeminarFactory(holds_seats=True, lists_deadline=timezone.now() + timedelta(days=12), **fields)


def messages_about(invitation):
    return Message.objects.filter(about=f"invitation:{invitation.pk}")


def test_an_office_is_invited_with_its_head_of_today_and_a_personal_link(seminar):
    municipality = office()
    head = Term.objects.get(municipality=municipality).person

    invitation = invited(seminar, municipality)

    assert invitation.person == head
    assert invitation.full_name == head.full_name
    message = messages_about(invitation).get()
    assert message.recipient == head.email
    assert invitation.token in message.text
    assert str(municipality.name_ky) in message.text


def test_whoever_left_office_is_not_invited_and_whoever_follows_is(seminar):
    municipality = office()
    Term.objects.update(ends_on=timezone.localdate())
    new = PersonFactory()
    Term.objects.create(person=new, municipality=municipality, post=post(), starts_on=timezone.localdate())

    assert invited(seminar, municipality).person == new


def test_a_vacant_office_is_invited_without_a_name_by_the_contacts_of_the_office(seminar):
    municipality = office(head=False)
    office_contact(municipality, email="office@example.org", phone="+996555000050", language="ru")

    invitation = invited(seminar, municipality)

    assert invitation.is_vacant
    assert (invitation.full_name, invitation.email, invitation.language) == ("", "office@example.org", "ru")
    assert f"/ru/invitations/{invitation.token}/" in messages_about(invitation).get().text


def test_the_heads_own_contacts_come_before_those_of_the_office(seminar):
    municipality = office()
    office_contact(municipality, email="office@example.org", phone="+996555000050")
    head = Term.objects.get().person
    head.phone = ""
    head.save()

    invitation = invited(seminar, municipality)

    assert (invitation.email, invitation.phone) == (head.email, "+996555000050")


def test_without_an_address_the_message_waits_to_be_passed_on_by_hand(seminar):
    assert messages_about(invited(seminar, office(head=False))).get().state == "by_hand"


def test_the_same_key_is_the_same_round_and_writes_to_nobody_twice(seminar):
    municipality, key = office(), uuid4()

    rounds = {send(seminar, municipality, key=key), send(seminar, municipality, key=key)}

    assert len(rounds) == 1
    assert (Invitation.objects.count(), Message.objects.count()) == (1, 1)


def test_an_office_with_a_standing_invitation_is_left_out(seminar):
    first, second = office(), office()
    send(seminar, first)

    round_two = send(seminar, first, second)

    assert [invitation.municipality for invitation in round_two.invitations.all()] == [second]
    with pytest.raises(NobodyToInvite):
        send(seminar, first, second)


def test_postgresql_refuses_a_second_standing_invitation_of_an_office(seminar):
    invitation = invited(seminar)
    again = Invitation(seminar=seminar, round=invitation.round, municipality=invitation.municipality)

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


@pytest.mark.parametrize("trait", ["draft", "cancelled", "past"])
def test_nobody_is_invited_to_what_is_not_announced_cancelled_or_over(trait):
    with pytest.raises(SeminarNotOpen):
        send(SeminarFactory(**{trait: True}), office())

    assert not Round.objects.exists()


@pytest.mark.parametrize("days", [-1, 60])
def test_answers_are_asked_by_a_moment_to_come_and_not_after_the_seminar(seminar, days):
    with pytest.raises(DeadlineImpossible):
        send(seminar, office(), answer_by=timezone.now() + timedelta(days=days))


def test_a_municipality_that_is_gone_by_then_is_refused_by_name(seminar):
    gone = office(alive_to=date(2024, 11, 1), alive_to_precision="day")

    with pytest.raises(OfficesGoneByThen, match=gone.name_ky):
        send(seminar, office(), gone)

    assert not Round.objects.exists()


def test_a_seat_is_kept_for_each_invited_office():
    seminar = keeping(seats=3)

    sent = send(seminar, office(), office())

    block = seminar.blocks.get()
    assert {invitation.hold for invitation in sent.invitations.all()} == {block}
    assert block.taken == 2


def test_more_offices_than_free_seats_of_their_group_are_refused_with_the_number_and_nothing_is_sent():
    district = DistrictFactory()
    seminar = keeping(seats=10)
    SeatBlockFactory(seminar=seminar, group=district.oblast, seats=1)

    with pytest.raises(MoreKeptThanFree, match=r"2.*1"):
        send(seminar, *(office(oblast=district.oblast, district=district) for _ in range(2)))

    assert not Round.objects.exists()
    assert not Message.objects.exists()


def test_an_office_whose_head_is_registered_has_answered_and_gets_no_invitation_by_mail():
    seminar, municipality = keeping(seats=3), office()
    registration = register(seminar, municipality)

    invitation = invited(seminar, municipality)

    assert (invitation.answer, invitation.registration, invitation.hold) == ("yes", registration, None)
    assert lines(invitation) == [("yes", "system")]
    assert not messages_about(invitation).exists()
    assert seminar.blocks.get().taken == 1


def test_a_registered_deputy_speaks_for_the_office_while_it_has_one_seat(seminar):
    municipality = office()
    registration = register(seminar, municipality, post=post("deputy"))

    invitation = invited(seminar, municipality)

    assert (invitation.answer, invitation.registration) == ("deputy", registration)


def test_an_office_with_a_second_seat_is_still_asked():
    seminar, municipality = SeminarFactory(seats_per_municipality=2), office()
    register(seminar, municipality, post=post("deputy"))

    assert invited(seminar, municipality).answer == ""


def test_who_registers_on_the_web_has_answered_the_invitation_and_cancelling_takes_it_back(seminar):
    invitation = invited(seminar)

    registration = register(seminar, invitation.municipality)
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.registration) == ("yes", registration)

    services.cancel(registration=registration, by=HOLDER)
    invitation.refresh_from_db()
    assert invitation.answer == "no"
    assert lines(invitation) == [("yes", "web"), ("no", "link")]


def test_only_silent_offices_are_reminded_and_each_once_a_day(seminar):
    silent, answered, late = (invited(seminar) for _ in range(3))
    services.decline_invitation(invitation=answered, by=HOLDER)
    pass_deadline(late)
    Message.objects.all().delete()
    actor = clerk()

    numbers = [services.remind_silent(seminar=seminar, by=actor) for _ in range(2)]

    assert numbers == [1, 0]
    assert messages_about(silent).count() == Message.objects.count() == 1
    assert LogEntry.objects.filter(user=actor.user).count() == 2


def test_one_oblast_alone_can_be_reminded(seminar):
    here = invited(seminar)
    invited(seminar)

    assert services.remind_silent(seminar=seminar, by=clerk(), oblast=here.municipality.oblast) == 1


def test_nobody_is_reminded_of_a_cancelled_seminar(seminar):
    invited(seminar)
    seminar.cancelled_at = timezone.now()
    seminar.save()

    with pytest.raises(SeminarNotOpen):
        services.remind_silent(seminar=seminar, by=clerk())


def test_a_withdrawn_invitation_frees_its_seat_for_who_waits_and_the_office_can_be_invited_anew():
    seminar = keeping(seats=1)
    invitation = invited(seminar)
    waiting = register(seminar, MunicipalityFactory())
    assert waiting.state == "waiting"

    services.withdraw_invitation(invitation=invitation, by=clerk())

    waiting.refresh_from_db()
    assert waiting.state == "confirmed"
    with pytest.raises(NotAllowedNow):
        services.withdraw_invitation(invitation=invitation, by=clerk())
    seminar.blocks.update(seats=2)
    assert invited(seminar, invitation.municipality) != invitation


def test_an_office_that_has_not_answered_is_told_when_the_seminar_is_moved_or_cancelled(seminar):
    silent, refused = invited(seminar), invited(seminar)
    services.decline_invitation(invitation=refused, by=HOLDER)
    Message.objects.all().delete()
    notice = Notice(ky="Жол жабык.", ru="Дорога закрыта.")
    place = Place(
        starts_at=seminar.starts_at + timedelta(days=7),
        ends_at=seminar.ends_at + timedelta(days=7),
        **{name: getattr(seminar, name) for name in ("venue_ky", "venue_ru", "city_ky", "city_ru")},
    )

    moved = services.move_seminar(seminar=seminar, place=place, notice=notice, by=clerk())
    cancelled = services.cancel_seminar(seminar=seminar, notice=notice, by=clerk())

    assert (moved, cancelled) == (1, 1)
    assert not messages_about(refused).exists()
    before, after = messages_about(silent).order_by("pk")
    assert official_date(place.starts_at, "ky") in before.text
    assert "Жол жабык." in after.text


def test_484_offices_are_invited_within_three_seconds():
    district = DistrictFactory()
    offices = [office(oblast=district.oblast, district=district) for _ in range(484)]
    seminar = keeping(seats=500)
    began = time.process_time()

    sent = send(seminar, *offices)

    assert time.process_time() - began < 3
    assert sent.invitations.count() == Message.objects.count() == 484
    assert seminar.blocks.get().taken == 484
