"""How an invited office answers and changes its mind, by link, by staff; rules.md, Registering 3, 6, 8."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.models import Message
from participants import services
from participants.exceptions import (
    AnswersClosed,
    InvitationWithdrawn,
    MayNotCome,
    NobodyInOffice,
    OfficeAlreadyRegistered,
    RegisteredElsewhere,
)
from participants.models import Channel, Substitution, Term
from tests.factories.participants import HOLDER, VISITOR, PersonFactory, entry_for, post, register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory
from tests.participants.inviting.offices import clerk, deputy, invited, lines, office, pass_deadline

pytestmark = pytest.mark.django_db


def accept(invitation, by=HOLDER, **fields):
    return services.accept_invitation(invitation=invitation, by=by, **fields)


def decline(invitation, by=HOLDER, **fields):
    return services.decline_invitation(invitation=invitation, by=by, **fields)


def delegate(invitation, by=HOLDER, **fields):
    return services.send_deputy(invitation=invitation, by=by, **{"deputy": deputy(), **fields})


def keeping(**fields):
    return SeminarFactory(holds_seats=True, lists_deadline=timezone.now() + timedelta(days=12), **fields)


def test_yes_registers_the_head_with_what_is_known_and_the_button_is_the_consent(seminar):
    invitation = invited(seminar)

    registration = accept(invitation, language="ru")

    assert registration.state == "confirmed"
    assert registration.person == invitation.person
    assert (registration.full_name, registration.post) == (invitation.full_name, post())
    assert (registration.phone, registration.email) == (invitation.phone, invitation.email)
    assert registration.channel == "link"
    assert registration.consent is not None
    assert registration.consent_language == "ru"
    assert registration.consented_at is not None
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.registration) == ("yes", registration)
    assert lines(invitation) == [("yes", "link")]
    assert Message.objects.filter(about=f"registration:{registration.pk}").exists()


def test_yes_registers_also_before_the_public_window_opens_and_after_it_closes():
    for trait in ("not_open", "closed"):
        assert accept(invited(SeminarFactory(**{trait: True}))).state == "confirmed"


def test_yes_takes_the_seat_that_was_kept_and_no_second_one():
    seminar = keeping(seats=1)
    invitation = invited(seminar)

    registration = accept(invitation)

    assert registration.state == "confirmed"
    invitation.refresh_from_db()
    assert invitation.hold is None
    assert seminar.blocks.get().taken == 1


def test_without_a_kept_seat_yes_to_a_full_hall_is_a_place_in_the_queue():
    seminar = SeminarFactory(seats=0)

    assert accept(invited(seminar)).state == "waiting"


def test_an_acting_head_is_registered_as_acting(seminar):
    municipality = office()
    Term.objects.update(is_acting=True)
    acting = post("acting_head")

    assert accept(invited(seminar, municipality)).post == acting


def test_the_head_of_today_comes_and_not_the_one_to_whom_the_letter_was_sent(seminar):
    invitation = invited(seminar)
    Term.objects.update(ends_on=timezone.localdate())
    new = PersonFactory(email="new@example.org")
    Term.objects.create(person=new, municipality=invitation.municipality, post=post(), starts_on=timezone.localdate())

    registration = accept(invitation)

    assert (registration.person, registration.email) == (new, "new@example.org")


def test_a_vacant_office_names_who_comes_and_cannot_just_say_yes(seminar):
    invitation = invited(seminar, office(head=False))

    with pytest.raises(NobodyInOffice):
        accept(invitation)
    registration = delegate(invitation)

    invitation.refresh_from_db()
    assert (invitation.answer, invitation.registration) == ("deputy", registration)


def test_two_channels_give_one_registration_and_two_lines(seminar):
    invitation = invited(seminar)
    by_phone = clerk()

    first = accept(invitation)
    second = accept(invitation, by=by_phone, source="приёмная, Үлгүбаева")

    assert first == second
    assert seminar.registrations.count() == 1
    assert lines(invitation) == [("yes", "link"), ("yes", "phone")]
    line = invitation.answers.last()
    assert (line.by, line.source) == (by_phone.user, "приёмная, Үлгүбаева")


def test_a_second_click_adds_nothing(seminar):
    invitation = invited(seminar)

    assert accept(invitation) == accept(invitation)

    assert lines(invitation) == [("yes", "link")]
    assert Message.objects.filter(about__startswith="registration:").count() == 1


def test_an_answer_by_phone_has_no_consent_of_a_button(seminar):
    registration = accept(invited(seminar), by=clerk())

    assert (registration.channel, registration.consent) == ("phone", None)


def test_no_with_a_reason_frees_the_kept_seat_for_who_waits_and_is_thanked():
    seminar = keeping(seats=1)
    invitation = invited(seminar)
    waiting = register(seminar, MunicipalityFactory())

    decline(invitation, reason="Сессия кеңешинин күнү")

    waiting.refresh_from_db()
    assert waiting.state == "confirmed"
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.hold) == ("no", None)
    assert invitation.answers.get().reason == "Сессия кеңешинин күнү"
    assert Message.objects.filter(key=f"invitation:{invitation.pk}:no:1").exists()


def test_no_after_yes_cancels_and_yes_after_no_registers_again(seminar):
    invitation = invited(seminar)
    first = accept(invitation)
    decline(invitation)
    first.refresh_from_db()

    second = accept(invitation)

    assert (first.state, second.state) == ("cancelled", "confirmed")
    assert second != first
    assert lines(invitation) == [("yes", "link"), ("no", "link"), ("yes", "link")]


def test_yes_after_no_waits_when_the_seat_has_gone_to_another():
    seminar = SeminarFactory(seats=1)
    invitation = invited(seminar)
    accept(invitation)
    decline(invitation)
    register(seminar, MunicipalityFactory())

    assert accept(invitation).state == "waiting"


def test_a_deputy_is_registered_in_the_post_given_and_told_by_hand_without_an_address(seminar):
    invitation = invited(seminar)
    who = deputy()

    registration = delegate(invitation, deputy=who)

    assert (registration.full_name, registration.post, registration.phone) == (who.full_name, who.post, who.phones[0])
    assert registration.consent is None
    assert Message.objects.get(about=f"registration:{registration.pk}").state == "by_hand"
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.registration) == ("deputy", registration)


def test_a_deputy_after_yes_takes_the_same_seat_and_the_head_can_come_back(seminar):
    invitation = invited(seminar)
    first = accept(invitation)

    second = delegate(invitation)
    third = accept(invitation)

    assert first == second == third
    third.refresh_from_db()
    assert third.person == invitation.person
    assert Substitution.objects.filter(registration=third).count() == 2
    assert lines(invitation) == [("yes", "link"), ("deputy", "link"), ("yes", "link")]
    assert seminar.blocks.get().taken == 1


def test_a_deputy_sent_from_the_page_of_the_registration_is_the_offices_answer_too(seminar):
    invitation = invited(seminar)
    registration = accept(invitation)

    services.substitute(
        registration=registration, deputy=entry_for(invitation.municipality, post=post("deputy")), by=HOLDER
    )

    assert lines(invitation) == [("yes", "link"), ("deputy", "link")]


def test_a_stand_by_of_the_office_who_is_sent_as_deputy_takes_the_heads_seat(seminar):
    invitation = invited(seminar)
    head = accept(invitation)
    who = deputy()
    stand_by = services.stand_by(
        seminar=seminar,
        entry=entry_for(invitation.municipality, full_name=who.full_name, phones=who.phones, post=who.post),
        by=VISITOR,
    )

    assert delegate(invitation, deputy=who) == head

    stand_by.refresh_from_db()
    head.refresh_from_db()
    assert (stand_by.state, head.state, head.person) == ("cancelled", "confirmed", stand_by.person)
    assert seminar.blocks.get().taken == 1


def test_a_deputy_whose_post_the_seminar_is_not_for_is_refused_by_link_and_taken_by_staff(seminar):
    seminar.posts.set([post()])
    invitation = invited(seminar)

    with pytest.raises(MayNotCome):
        delegate(invitation)

    assert delegate(invitation, by=clerk()).state == "confirmed"


def test_the_heads_own_entry_from_the_web_is_kept(seminar):
    invitation = invited(seminar)
    own = register(seminar, invitation.municipality, full_name=invitation.full_name)

    assert accept(invitation) == own

    assert lines(invitation) == [("yes", "web"), ("yes", "link")]


def test_somebody_else_from_the_web_is_replaced_only_after_being_asked(seminar):
    invitation = invited(seminar)
    other = register(seminar, invitation.municipality, post=post("deputy"))

    with pytest.raises(OfficeAlreadyRegistered) as refusal:
        accept(invitation)
    assert refusal.value.holder == other

    registration = accept(invitation, instead_of=other)
    assert registration == other
    registration.refresh_from_db()
    assert registration.person == invitation.person


def test_with_two_seats_the_head_replaces_the_one_who_was_shown(seminar):
    seminar.seats_per_municipality = 2
    seminar.save()
    invitation = invited(seminar)
    first, shown = (register(seminar, invitation.municipality, post=post("deputy")) for _ in range(2))
    invitation.refresh_from_db()
    assert invitation.registration == shown

    with pytest.raises(OfficeAlreadyRegistered) as refusal:
        accept(invitation, instead_of=None)
    assert refusal.value.holder == first

    assert accept(invitation, instead_of=shown) == shown
    assert first in seminar.registrations.live()


def test_the_head_sends_a_deputy_instead_of_the_own_entry_from_the_web_without_being_asked(seminar):
    invitation = invited(seminar)
    own = register(seminar, invitation.municipality, full_name=invitation.full_name)

    assert delegate(invitation) == own


def test_a_head_of_two_municipalities_comes_once(seminar):
    head = PersonFactory()
    first, second = office(head=False), office(head=False)
    for municipality in (first, second):
        Term.objects.create(person=head, municipality=municipality, post=post())
    accept(invited(seminar, first))

    with pytest.raises(RegisteredElsewhere):
        accept(invited(seminar, second))


def test_after_the_deadline_links_are_refused_with_the_organisers_contact_and_staff_may_answer(seminar):
    invitation = invited(seminar)
    pass_deadline(invitation)

    for act in (accept, decline, delegate):
        with pytest.raises(AnswersClosed, match="555 000 010"):
            act(invitation)

    assert accept(invitation, by=clerk(Channel.PAPER)).channel == "paper"


def test_once_the_seminar_has_begun_only_staff_answer_and_nobody_when_it_is_over():
    seminar = SeminarFactory(days_ahead=2)
    invitation = invited(seminar, answer_by=seminar.ends_at)
    begun = timezone.now() - timedelta(hours=1)
    type(seminar).objects.update(registration_closes_at=None, starts_at=begun, ends_at=begun + timedelta(hours=8))

    with pytest.raises(AnswersClosed):
        accept(invitation)
    assert accept(invitation, by=clerk()).state == "confirmed"

    type(seminar).objects.update(starts_at=begun - timedelta(days=1), ends_at=begun)
    with pytest.raises(AnswersClosed):
        decline(invitation, by=clerk())


def test_a_cancelled_seminar_takes_no_answer(seminar):
    invitation = invited(seminar)
    seminar.cancelled_at = timezone.now()
    seminar.save()

    with pytest.raises(AnswersClosed):
        accept(invitation)


def test_a_withdrawn_invitation_takes_no_answer(seminar):
    invitation = invited(seminar)
    services.withdraw_invitation(invitation=invitation, by=clerk())

    for act in (accept, decline, delegate):
        with pytest.raises(InvitationWithdrawn):
            act(invitation)
