"""rules.md, Registering 1–5, 7, 8 and Seats 4, 5 through the service."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from outbox.models import Message
from participants import services
from participants.exceptions import (
    AlreadyRegistered,
    MunicipalityNotServed,
    OfficeAlreadyRegistered,
    RegisteredElsewhere,
    RegistrationClosed,
)
from participants.models import Person, Registration, StaffTask, Term
from seminars.models import Seminar
from tests.factories.participants import HOLDER, VISITOR, PersonFactory, entry_for, post, register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db


def test_the_first_of_a_municipality_gets_a_seat_and_is_told():
    seminar = SeminarFactory(seats=1)

    registration = register(seminar, MunicipalityFactory())

    assert registration.state == "confirmed"
    assert seminar.blocks.get().taken == 1
    message = Message.objects.get(about=f"registration:{registration.pk}")
    assert message.recipient == registration.email
    assert registration.token in message.text
    assert message.calendar_method == "REQUEST"


def test_without_a_free_seat_the_same_submit_gives_a_place_in_the_queue():
    seminar = SeminarFactory(seats=1)
    register(seminar, MunicipalityFactory())

    waiting = register(seminar, MunicipalityFactory())

    assert waiting.state == "waiting"
    assert waiting.block is None
    assert Message.objects.get(about=f"registration:{waiting.pk}").calendar_method == ""


def test_the_same_form_key_gives_the_same_registration():
    seminar = SeminarFactory()
    entry = entry_for(MunicipalityFactory(), form_key=uuid4())

    first = services.register(seminar=seminar, entry=entry, by=VISITOR)
    second = services.register(seminar=seminar, entry=entry, by=VISITOR)

    assert first == second
    assert Registration.objects.count() == 1
    assert Message.objects.count() == 1


def test_the_same_person_typed_otherwise_is_recognised_by_folded_name_and_phone():
    seminar = SeminarFactory()
    municipality = MunicipalityFactory()
    first = register(seminar, municipality, full_name="Өскөнбаева Гүлзаңгүл", phones=("+996555000001",))

    with pytest.raises(AlreadyRegistered) as refusal:
        register(seminar, municipality, full_name="ОСКОНБАЕВА  Гулзангул", phones=("+996555000001",))

    assert refusal.value.registration == first


def test_a_head_of_two_municipalities_is_registered_from_one_of_them():
    seminar = SeminarFactory()
    head, first, second = PersonFactory(), MunicipalityFactory(), MunicipalityFactory()
    for municipality in (first, second):
        Term.objects.create(person=head, municipality=municipality, post=post())
    register(seminar, first, full_name=head.full_name)

    with pytest.raises(RegisteredElsewhere):
        register(seminar, second, full_name=head.full_name)


def test_the_head_with_another_phone_is_the_same_person_and_no_stand_by():
    seminar, municipality, head = SeminarFactory(), MunicipalityFactory(), PersonFactory()
    Term.objects.create(person=head, municipality=municipality, post=post())
    first = register(seminar, municipality, full_name=head.full_name)

    with pytest.raises(AlreadyRegistered) as refusal:
        services.stand_by(seminar=seminar, entry=entry_for(municipality, full_name=head.full_name), by=VISITOR)

    assert refusal.value.registration == first


def test_a_second_person_of_the_municipality_is_refused_and_may_stand_by():
    seminar = SeminarFactory(seats=10)
    municipality = MunicipalityFactory()
    holder = register(seminar, municipality)

    with pytest.raises(OfficeAlreadyRegistered) as refusal:
        register(seminar, municipality)
    second = services.stand_by(seminar=seminar, entry=entry_for(municipality), by=VISITOR)

    assert refusal.value.holder == holder
    assert second.state == "waiting"
    assert seminar.seats_left == 9


def test_a_stand_by_gets_no_seat_while_the_municipality_is_at_its_limit_and_gets_it_afterwards():
    seminar = SeminarFactory(seats=1)
    municipality = MunicipalityFactory()
    holder = register(seminar, municipality)
    stand_by = services.stand_by(seminar=seminar, entry=entry_for(municipality), by=VISITOR)
    services.change_seats(seminar=seminar, seats=5, by=HOLDER)
    stand_by.refresh_from_db()
    assert stand_by.state == "waiting"

    services.cancel(registration=holder, by=HOLDER)

    stand_by.refresh_from_db()
    assert stand_by.state == "confirmed"


def test_two_seats_per_municipality_are_numbered():
    seminar = SeminarFactory(seats_per_municipality=2)
    municipality = MunicipalityFactory()

    slots = {register(seminar, municipality).slot, register(seminar, municipality).slot}

    assert slots == {1, 2}
    with pytest.raises(OfficeAlreadyRegistered):
        register(seminar, municipality)


@pytest.mark.parametrize(
    "dates",
    [
        {"registration_opens_at": timezone.now() + timedelta(days=1)},
        {"registration_closes_at": timezone.now() - timedelta(hours=1)},
        {"published_at": None},
        {"cancelled_at": timezone.now()},
        {"registration_opens_at": None, "registration_closes_at": None},
    ],
)
def test_a_seminar_that_is_not_open_takes_nobody(dates):
    seminar = SeminarFactory(**dates)

    with pytest.raises(RegistrationClosed):
        register(seminar, MunicipalityFactory())

    assert not Registration.objects.exists()


def test_a_municipality_that_is_gone_on_the_day_cannot_register():
    gone = MunicipalityFactory(alive_to=timezone.localdate(), alive_to_precision="day")

    with pytest.raises(MunicipalityNotServed):
        register(SeminarFactory(), gone)


def test_the_registration_keeps_the_names_of_that_day_when_the_municipality_is_renamed():
    municipality = MunicipalityFactory(name_ky="Эски аты айыл аймагы")
    registration = register(SeminarFactory(), municipality)

    municipality.name_ky = "Жаңы аты айыл аймагы"
    municipality.save()

    registration.refresh_from_db()
    assert registration.municipality_name_ky == "Эски аты айыл аймагы"
    assert registration.oblast == municipality.oblast


def test_a_claim_to_be_the_head_writes_no_term_and_leaves_a_task_when_the_register_names_another():
    municipality = MunicipalityFactory()
    Term.objects.create(person=PersonFactory(), municipality=municipality, post=post())

    registration = register(SeminarFactory(), municipality)

    assert Term.objects.count() == 1
    assert StaffTask.objects.open().get().kind == "other_head"
    assert StaffTask.objects.open().get().registration == registration


def test_the_head_known_to_the_register_leaves_no_task():
    municipality = MunicipalityFactory()
    person = PersonFactory(surname="Төлөгөнов", given_names="Асан")
    Term.objects.create(person=person, municipality=municipality, post=post())

    register(SeminarFactory(), municipality, full_name="Тологонов Асан")

    assert not StaffTask.objects.exists()


def test_two_heads_may_give_the_same_reception_phone():
    seminar = SeminarFactory()

    for _ in range(2):
        register(seminar, MunicipalityFactory(), phones=("+996312000001",))

    assert seminar.registrations.confirmed().count() == 2


def test_a_person_who_comes_again_from_the_same_municipality_is_one_person():
    municipality = MunicipalityFactory()
    for seminar in (SeminarFactory(), SeminarFactory()):
        register(seminar, municipality, full_name="Асан кызы Айгүл", phones=("+996555000002",))

    assert Person.objects.get().surname == "Асан кызы"


def test_a_wish_to_replace_the_holder_changes_nothing_and_tells_holder_and_staff():
    seminar = SeminarFactory()
    municipality = MunicipalityFactory()
    holder = register(seminar, municipality)

    services.request_replacement(seminar=seminar, entry=entry_for(municipality, post=post("deputy")), by=VISITOR)

    assert seminar.registrations.get() == holder
    assert StaffTask.objects.open().get().kind == "replacement"
    assert Message.objects.filter(about=f"registration:{holder.pk}").count() == 2


def test_consent_is_kept_with_version_language_time_and_channel():
    registration = register(SeminarFactory(), MunicipalityFactory(), language="ru")

    assert registration.consent.version == 1
    assert registration.consent_language == "ru"
    assert abs(registration.consented_at - timezone.now()) < timedelta(minutes=1)
    assert registration.channel == "web"


def test_every_change_of_state_keeps_who_when_and_by_what_channel():
    registration = register(SeminarFactory(), MunicipalityFactory())
    services.cancel(registration=registration, by=HOLDER)

    changes = list(registration.transitions.values_list("before", "after", "channel"))

    assert changes == [("", "confirmed", "web"), ("confirmed", "cancelled", "link")]


def test_after_cancelling_one_registers_again():
    seminar = SeminarFactory(seats=1)
    municipality = MunicipalityFactory()
    person = {"full_name": "Жээнбек уулу Нурсултан", "phones": ("+996555000003",)}
    services.cancel(registration=register(seminar, municipality, **person), by=HOLDER)

    again = register(seminar, municipality, **person)

    assert again.state == "confirmed"
    assert seminar.registrations.count() == 2


def test_no_e_mail_leaves_a_message_to_pass_on_by_hand():
    registration = register(SeminarFactory(), MunicipalityFactory(), email="")

    assert Message.objects.get(about=f"registration:{registration.pk}").state == "by_hand"


def test_a_new_e_mail_gets_the_link():
    registration = register(SeminarFactory(), MunicipalityFactory(), email="")

    services.correct_contacts(
        registration=registration, phones=("+996555000004",), phone_typed="0555 000 004", email="new@example.org"
    )

    assert Message.objects.get(recipient="new@example.org").about == f"registration:{registration.pk}"


def test_postgresql_refuses_a_second_live_registration_of_a_person():
    registration = register(SeminarFactory(), MunicipalityFactory())
    registration.pk = None
    registration.token = "x" * 22
    registration.slot = 2

    with pytest.raises(IntegrityError, match="one_live_registration_per_person"), transaction.atomic():
        registration.save()


def test_postgresql_refuses_a_second_holder_of_the_same_seat_of_a_municipality():
    seminar = SeminarFactory(seats_per_municipality=2)
    municipality = MunicipalityFactory()
    register(seminar, municipality)
    second = register(seminar, municipality)

    with pytest.raises(IntegrityError, match="a_municipality_has_each_of_its_seats_once"), transaction.atomic():
        Registration.objects.filter(pk=second.pk).update(slot=1)


def test_postgresql_refuses_more_seats_taken_than_there_are():
    seminar = SeminarFactory(seats=1)

    with pytest.raises(IntegrityError, match="never_more_seats_taken"), transaction.atomic():
        seminar.blocks.update(taken=2)


def test_postgresql_refuses_two_heads_of_a_municipality_at_a_time():
    municipality = MunicipalityFactory()
    Term.objects.create(person=PersonFactory(), municipality=municipality, post=post(), starts_on="2024-01-01")

    with pytest.raises(IntegrityError, match="one_head_per_municipality"), transaction.atomic():
        Term.objects.create(person=PersonFactory(), municipality=municipality, post=post(), starts_on="2025-01-01")


def test_postgresql_refuses_a_confirmed_registration_without_a_seat():
    registration = register(SeminarFactory(), MunicipalityFactory())

    with pytest.raises(IntegrityError, match="who_is_in_the_hall_has_a_seat"), transaction.atomic():
        Registration.objects.filter(pk=registration.pk).update(block=None, slot=None)


def test_an_online_seminar_has_no_queue():
    seminar = SeminarFactory(seats=0, format=Seminar.Format.ONLINE, online_url="https://meet.example.org/x")

    registration = register(seminar, MunicipalityFactory(), mode="online")

    assert registration.state == "confirmed"
    assert registration.block is None


def test_a_term_that_ends_before_it_starts_is_refused_at_the_field():
    term = Term(
        person=PersonFactory(),
        municipality=MunicipalityFactory(),
        post=post(),
        starts_on=date(2025, 1, 1),
        ends_on=date(2024, 1, 1),
    )

    with pytest.raises(ValidationError) as refusal:
        term.full_clean()

    assert list(refusal.value.message_dict) == ["ends_on"]
