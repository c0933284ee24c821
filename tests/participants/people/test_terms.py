"""domain.md 7, cases 10 to 12: heads change, act for the time being, leave, and head several offices over time."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from participants.actors import Actor
from participants.exceptions import AlreadyInOffice, GoneByThen, OfficeHasLaterHead, TermNotEnded
from participants.models import Channel, Person, Term
from participants.services.people import appoint, end_term
from tests.factories.accounts import StaffFactory
from tests.factories.participants import PersonFactory, post
from tests.factories.regions import MunicipalityFactory
from tests.participants.test_seats import at_once

pytestmark = pytest.mark.django_db

SPRING, SUMMER, AUTUMN = date(2025, 3, 1), date(2025, 6, 1), date(2025, 9, 1)


@pytest.fixture
def by(db):
    return Actor(Channel.STAFF, StaffFactory())


@pytest.fixture
def head(municipality, by):
    return appoint(municipality=municipality, person=PersonFactory(), post=post(), starts_on=SPRING, by=by)


def test_a_new_head_ends_the_old_ones_term_the_same_day_with_the_reason(municipality, head, by):
    new = appoint(
        municipality=municipality,
        person=Person.from_full_name("Үлгүбаев Асан"),
        post=post(),
        starts_on=SUMMER,
        by=by,
        basis="12-буйрук, 30.05.2025",
        ended_because="башка кызматка которулду",
    )
    head.refresh_from_db()
    assert (head.ends_on, head.end_reason) == (SUMMER, "башка кызматка которулду")
    assert (new.person.surname, new.starts_on, new.ends_on, new.is_head) == ("Үлгүбаев", SUMMER, None, True)
    assert list(Term.objects.on(SUMMER).heads()) == [new]
    assert list(Term.objects.on(SPRING).heads()) == [head]


def test_the_history_names_who_wrote_it_down(head, by):
    assert head.history.first().history_user == by.user


def test_an_office_that_is_left_is_vacant(municipality, head, by):
    end_term(term=head, on=SUMMER, reason="өз арызы менен", by=by)
    head.refresh_from_db()
    assert head.end_reason == "өз арызы менен"
    assert not Term.objects.on(SUMMER).heads().filter(municipality=municipality).exists()


def test_an_acting_head_is_confirmed_in_office_by_a_new_term(municipality, by):
    person = PersonFactory()
    given = {"municipality": municipality, "person": person, "post": post(), "by": by}
    acting = appoint(**given, starts_on=SPRING, is_acting=True)
    appoint(**given, starts_on=SUMMER)
    acting.refresh_from_db()
    assert acting.ends_on == SUMMER
    assert [term.is_acting for term in person.terms.order_by("starts_on")] == [True, False]


def test_one_person_heads_several_offices_one_after_the_other(head, by):
    end_term(term=head, on=SUMMER, reason="которулду", by=by)
    appoint(municipality=MunicipalityFactory(), person=head.person, post=post(), starts_on=AUTUMN, by=by)
    assert head.person.terms.count() == 2
    assert Person.objects.count() == 1


def test_a_deputy_ends_nobodys_term(municipality, head, by):
    appoint(municipality=municipality, person=PersonFactory(), post=post("deputy"), starts_on=SUMMER, by=by)
    head.refresh_from_db()
    assert head.ends_on is None


@pytest.mark.parametrize("day", [SPRING, date(2025, 2, 28)])
def test_a_head_who_would_begin_before_the_present_one_is_refused(municipality, head, by, day):
    with pytest.raises(OfficeHasLaterHead, match=r"01\.03\.2025"):
        appoint(municipality=municipality, person=PersonFactory(), post=post(), starts_on=day, by=by)
    assert Term.objects.count() == 1


def test_who_is_in_office_is_not_appointed_again(municipality, head, by):
    with pytest.raises(AlreadyInOffice):
        appoint(municipality=municipality, person=head.person, post=post(), starts_on=SUMMER, by=by)


def test_nobody_heads_a_municipality_that_is_gone(by):
    gone = MunicipalityFactory(alive_to=SPRING, alive_to_precision="day")
    with pytest.raises(GoneByThen):
        appoint(municipality=gone, person=Person.from_full_name("Сынаков Үлгү"), post=post(), starts_on=SUMMER, by=by)
    assert not Person.objects.exists()


@pytest.mark.parametrize("day", [SPRING, date(2025, 1, 1)])
def test_a_term_cannot_end_before_it_has_begun(head, by, day):
    with pytest.raises(TermNotEnded):
        end_term(term=head, on=day, reason="ката", by=by)


def test_a_term_ends_once(head, by):
    end_term(term=head, on=SUMMER, reason="биринчи", by=by)
    with pytest.raises(TermNotEnded):
        end_term(term=head, on=AUTUMN, reason="экинчи", by=by)


def test_postgresql_refuses_two_heads_of_one_time(municipality, head):
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(person=PersonFactory(), municipality=municipality, post=post(), starts_on=SUMMER)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_changes_of_head_at_once_leave_one_head(municipality, by):
    def change(day):
        def act():
            # Who comes too late is told so.
            with suppress(OfficeHasLaterHead):
                person = Person.from_full_name(f"Үлгүбаев {day:%B}")
                appoint(municipality=municipality, person=person, post=post(), starts_on=day, by=by)

        return act

    at_once([change(day) for day in (SPRING, SUMMER, AUTUMN)])

    assert Term.objects.on(AUTUMN).heads().count() == 1
    assert Term.objects.filter(ends_on=None).count() == 1
