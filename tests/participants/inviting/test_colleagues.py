"""Several people of one office: the invitation always answers with who of them comes now."""

import pytest

from participants import services
from participants.actors import HOLDER, VISITOR
from participants.models import Registration, Term
from tests.factories.participants import PersonFactory, entry_for, post, register
from tests.participants.inviting.offices import deputy, invited, lines, office

pytestmark = pytest.mark.django_db


def stand_by(seminar, municipality):
    return services.stand_by(seminar=seminar, entry=entry_for(municipality, post=post("deputy")), by=VISITOR)


def test_a_colleague_who_moves_up_is_the_offices_answer_and_the_head_may_still_come(client, seminar):
    invitation = invited(seminar)
    first = register(seminar, invitation.municipality, post=post("deputy"))
    colleague = stand_by(seminar, invitation.municipality)

    services.cancel(registration=first, by=HOLDER)

    invitation.refresh_from_db()
    assert (invitation.answer, invitation.registration) == ("deputy", colleague)
    assert lines(invitation) == [("deputy", "web"), ("no", "link"), ("deputy", "system")]
    asked = client.post(invitation.get_absolute_url(), {"answer": "yes"})
    assert asked.status_code == 409
    assert f'name="instead_of" value="{colleague.pk}"' in asked.content.decode()
    client.post(invitation.get_absolute_url(), {"answer": "yes", "instead_of": colleague.pk})
    assert Registration.objects.confirmed().get().person == invitation.person


def test_no_of_the_head_leaves_the_place_to_the_colleague_who_stood_by_and_the_next_no_to_nobody(seminar):
    invitation = invited(seminar)
    services.accept_invitation(invitation=invitation, by=HOLDER)
    colleague = stand_by(seminar, invitation.municipality)

    services.decline_invitation(invitation=invitation, by=HOLDER)
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.registration) == ("deputy", colleague)

    services.decline_invitation(invitation=invitation, by=HOLDER)
    invitation.refresh_from_db()
    assert invitation.answer == "no"
    assert not seminar.registrations.live().exists()


def test_who_comes_for_another_office_now_does_not_come_for_the_own_one_any_more(seminar):
    head = PersonFactory(phone="+996555000777")
    own, other = office(head=False), office()
    Term.objects.create(person=head, municipality=own, post=post())
    Term.objects.create(person=head, municipality=other, post=post("deputy"))
    to_own, to_other = invited(seminar, own), invited(seminar, other)
    services.accept_invitation(invitation=to_own, by=HOLDER)
    services.accept_invitation(invitation=to_other, by=HOLDER)

    who = deputy(full_name=head.full_name, phones=(head.phone,))
    services.send_deputy(invitation=to_other, deputy=who, by=HOLDER)

    to_own.refresh_from_db()
    assert to_own.answer == "no"
    assert seminar.registrations.live().get().municipality == other
