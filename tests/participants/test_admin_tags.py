"""What the start page, the page of a seminar and of a municipality show of people."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from accounts.roles import Role
from participants.models import StaffTask, Term
from tests.factories.accounts import staff_of
from tests.factories.participants import PersonFactory, post, register
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def show():
    def show(tag, user, **variables):
        request = RequestFactory().get("/admin/")
        request.user = user
        template = Template("{% load participants_staff_tags %}{% " + tag + " %}")
        return template.render(Context({"request": request, **variables}))

    return show


def test_the_start_page_shows_fresh_registrations_and_open_tasks(client, organiser, seminar, municipality):
    registration = register(seminar, municipality)
    StaffTask.objects.note(StaffTask.Kind.LINK_BY_HAND, registration)
    content = client.get("/admin/").text
    assert content.count(f"/admin/participants/registration/{registration.pk}/change/") == 2
    assert registration.full_name not in content


@pytest.mark.parametrize("tag", ["staff_fresh_registrations", "staff_open_tasks"])
def test_a_tag_of_the_start_page_costs_one_query(show, seminar, django_assert_num_queries, tag):
    user = staff_of(Role.ORGANISER)
    for _person in range(3):
        StaffTask.objects.note(StaffTask.Kind.LINK_BY_HAND, register(seminar, MunicipalityFactory()))
    show(tag, user)
    with django_assert_num_queries(1):
        show(tag, user)


def test_the_page_of_a_seminar_counts_by_state_and_leads_to_the_lists(
    client, organiser, seminar, show, django_assert_num_queries
):
    seminar.blocks.update(seats=1)
    for _person in range(3):
        register(seminar, MunicipalityFactory())
    content = client.get(f"/admin/seminars/seminar/{seminar.pk}/change/").text
    base = "/admin/participants/registration"
    for address in (
        f"{base}/?seminar={seminar.pk}",
        f"{base}/seminars/{seminar.pk}/registrants.xlsx",
        f"{base}/seminars/{seminar.pk}/sheet/",
        f"{base}/seminars/{seminar.pk}/seats/",
        f"{base}/seminars/{seminar.pk}/change/",
        f"{base}/add/?seminar={seminar.pk}",
    ):
        assert f'href="{address}"' in content, address
    show("seminar_registrations seminar", organiser, seminar=seminar)  # rights are read once
    with django_assert_num_queries(1):
        counts = show("seminar_registrations seminar", organiser, seminar=seminar)
    assert ": 2</li>" in counts


def test_who_sees_no_people_sees_numbers_without_links(show, seminar, municipality):
    register(seminar, municipality)
    content = show("seminar_registrations seminar", staff_of(Role.ANALYST), seminar=seminar)
    assert ": 1</li>" in content
    assert "href" not in content


def test_the_page_of_a_municipality_names_its_head_acting_too(client, organiser, municipality):
    head = PersonFactory()
    Term.objects.create(person=head, municipality=municipality, post=post(), is_acting=True, starts_on="2024-05-01")
    Term.objects.create(person=PersonFactory(), municipality=municipality, post=post(), ends_on="2024-05-01")
    Term.objects.create(person=PersonFactory(surname="Орунбасаров"), municipality=municipality, post=post("deputy"))
    content = client.get(f"/admin/regions/municipality/{municipality.pk}/change/").text
    assert head.full_name in content
    assert "2024-жылдын 1-майы" in content
    assert "Орунбасаров" not in content


def test_an_office_without_a_head_is_vacant(show, municipality, django_assert_num_queries):
    user = staff_of(Role.ORGANISER)
    user.has_perm("participants.view_term")
    with django_assert_num_queries(1):
        content = show("municipality_head municipality", user, municipality=municipality)
    assert content.count("<p>") == 2
    assert f"/heads/{municipality.pk}/" in content


def test_who_sees_no_people_does_not_see_who_heads_a_municipality(show, municipality):
    Term.objects.create(person=PersonFactory(), municipality=municipality, post=post())
    assert not show("municipality_head municipality", staff_of(Role.PRESS_OFFICER), municipality=municipality).strip()
