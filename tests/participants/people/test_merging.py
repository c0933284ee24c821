"""Two rows of one human are made one: everything moves, nothing is forgotten, two people stay two."""

from datetime import date

import pytest
from django.db import models
from django.urls import reverse

from accounts.roles import Role
from participants import services
from participants.actors import Actor
from participants.exceptions import BothComeToOneSeminar, BothHeadAtOnce, OnePersonOnly
from participants.models import Channel, Person, PersonMerge, Registration, Substitution, Term
from participants.services.people import merge_people
from tests.factories.accounts import StaffFactory, staff_of
from tests.factories.participants import HOLDER, PersonFactory, entry_for, post, register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory
from tests.participants.inviting.offices import invited

pytestmark = pytest.mark.django_db

DUPLICATES = "/admin/participants/person/duplicates/"


@pytest.fixture
def by(db):
    return Actor(Channel.STAFF, StaffFactory())


@pytest.fixture
def two(municipality):
    return PersonFactory(surname="Сынаков", phone=""), PersonFactory(surname="Сынаков", phone="+996555000011")


def merge_page(kept, merged):
    return reverse("admin:participants_merge", args=[kept.pk, merged.pk])


def relations_to_people():
    """Every field of every model that points to a person."""
    fields = [field for model in _models() for field in model._meta.get_fields(include_hidden=True)]
    return [field for field in fields if not field.auto_created and getattr(field, "related_model", None) is Person]


def _models():
    from django.apps import apps

    return apps.get_models(include_auto_created=True)


def test_what_points_to_people_are_keys_that_merging_moves():
    assert len(relations_to_people()) >= 7
    assert [str(field) for field in relations_to_people() if not isinstance(field, models.ForeignKey)] == []


def test_every_relation_moves_to_who_is_kept(two, municipality, seminar, by):
    kept, merged = two
    register(seminar, municipality, person=merged)
    with_deputy = register(SeminarFactory(), municipality, person=merged)
    deputy = entry_for(municipality, post=post("deputy"))
    with_deputy = services.substitute(registration=with_deputy, deputy=deputy, by=HOLDER)
    back = entry_for(municipality, person=merged, full_name=merged.full_name)
    services.substitute(registration=with_deputy, deputy=back, by=HOLDER)
    Term.objects.create(person=merged, municipality=municipality, post=post())
    invitation = invited(SeminarFactory())
    type(invitation).objects.update(person=merged)
    PersonMerge.objects.create(kept=merged, merged_key=1)

    merge = merge_people(kept=kept, merged=merged, by=by)

    for field in relations_to_people():
        rows = field.model._base_manager.all()
        assert rows.filter(**{field.name: kept.pk}).exists(), f"{field} was not tried"
        assert not rows.filter(**{field.name: merged.pk}).exists(), f"{field} was forgotten"
    assert not Person.objects.filter(pk=merged.pk).exists()
    assert (merge.merged_key, merge.by) == (merged.pk, by.user)
    assert merge.moved["participants.Registration.person"] == 2


def test_contacts_that_the_kept_one_lacks_are_kept(two, by):
    kept, merged = two
    merge_people(kept=kept, merged=merged, by=by)
    kept.refresh_from_db()
    assert kept.phone == "+996555000011"


def test_who_comes_twice_to_one_seminar_is_two_people(two, seminar, by):
    for person in two:
        register(seminar, MunicipalityFactory(), person=person)
    with pytest.raises(BothComeToOneSeminar, match=str(seminar)):
        merge_people(kept=two[0], merged=two[1], by=by)
    assert Person.objects.count() == 2


def test_a_cancelled_entry_beside_a_live_one_is_no_hindrance(two, seminar, by):
    first = register(seminar, MunicipalityFactory(), person=two[0])
    services.cancel(registration=first, by=HOLDER)
    register(seminar, MunicipalityFactory(), person=two[1])
    merge_people(kept=two[0], merged=two[1], by=by)
    assert Registration.objects.filter(person=two[0]).count() == 2


def test_who_heads_two_municipalities_at_once_is_two_people(two, by):
    places = [MunicipalityFactory(), MunicipalityFactory()]
    for person, place in zip(two, places, strict=True):
        Term.objects.create(person=person, municipality=place, post=post(), starts_on=date(2025, 1, 1))
    with pytest.raises(BothHeadAtOnce) as refusal:
        merge_people(kept=two[0], merged=two[1], by=by)
    assert all(str(place) in str(refusal.value) for place in places)


def test_one_office_after_the_other_is_one_person(two, by):
    first, second = MunicipalityFactory(), MunicipalityFactory()
    Term.objects.create(person=two[0], municipality=first, post=post(), ends_on=date(2024, 1, 1))
    Term.objects.create(person=two[1], municipality=second, post=post(), starts_on=date(2024, 1, 1))
    merge_people(kept=two[0], merged=two[1], by=by)
    assert two[0].terms.count() == 2


def test_nobody_is_merged_with_themselves_or_twice(two, by):
    with pytest.raises(OnePersonOnly):
        merge_people(kept=two[0], merged=two[0], by=by)
    merge_people(kept=two[0], merged=two[1], by=by)
    two[1].pk = 10**9
    with pytest.raises(OnePersonOnly):
        merge_people(kept=two[0], merged=two[1], by=by)


def test_people_of_one_name_are_offered_with_what_they_share(client, organiser, two, municipality):
    PersonFactory(surname="Башкача")
    for person in two:
        Term.objects.create(person=person, municipality=municipality, post=post("deputy"))
    page = client.get(DUPLICATES).content.decode()
    assert merge_page(*two) in page
    assert "Башкача" not in page


def test_the_list_of_duplicates_costs_the_same_for_one_name_and_for_three(
    client, organiser, two, municipality, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(DUPLICATES)
    for surname in ("Үлгүбаев", "Мисалов"):
        for _number in range(2):
            Term.objects.create(person=PersonFactory(surname=surname), municipality=municipality, post=post("deputy"))
    with CaptureQueriesContext(connection) as three:
        client.get(DUPLICATES)
    assert len(three) <= len(one) + 1


def test_both_are_seen_side_by_side_and_nothing_happens_before_the_button(client, organiser, two):
    response = client.get(merge_page(*two))
    assert response.status_code == 200
    assert Person.objects.count() == 2

    client.post(merge_page(*two))

    assert list(Person.objects.all()) == [two[0]]


def test_what_speaks_against_it_is_said_and_the_button_is_gone(client, organiser, two, seminar):
    for person in two:
        register(seminar, MunicipalityFactory(), person=person)
    page = client.get(merge_page(*two))
    assert str(seminar) in page.context["refusal"]
    assert 'class="button default"' not in page.content.decode()
    assert client.post(merge_page(*two)).status_code == 409


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.PRESS_OFFICER, Role.ANALYST, Role.APPROVER])
def test_only_who_keeps_people_makes_them_one(client, two, role):
    client.force_login(staff_of(role))
    assert client.get(DUPLICATES).status_code == 403
    assert client.post(merge_page(*two)).status_code == 403
    assert Person.objects.count() == 2


def test_keys_of_nobody_are_not_found(client, organiser, two):
    assert client.get(f"/admin/participants/person/{two[0].pk}/merge/{10**8}/").status_code == 404
    assert client.get(f"{DUPLICATES}?page=-1").status_code == 200
    assert client.get(f"{DUPLICATES}?page=x").status_code == 200
    assert Substitution.objects.count() == 0
