"""The start page of staff: what needs a person first, to each role what it may see."""

import pytest

from accounts.roles import Role
from tests.factories.accounts import StaffFactory, staff_of
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db

BLOCKS = {"next-seminars", "fresh-registrations", "outbox-state"}
SEES = {
    Role.ORGANISER: BLOCKS,
    Role.REGISTRAR: BLOCKS,
    Role.PRESS_OFFICER: {"next-seminars"},
    Role.APPROVER: {"next-seminars"},
    Role.ANALYST: {"next-seminars"},
    Role.ADMINISTRATOR: BLOCKS,
}


def blocks_of(client) -> set[str]:
    page = client.get("/admin/").content.decode()
    return {block for block in BLOCKS if f'id="{block}"' in page}


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_its_blocks(client, role):
    client.force_login(staff_of(role))
    assert blocks_of(client) == SEES[role]


def test_without_a_role_the_page_is_empty_and_says_why(client):
    client.force_login(StaffFactory())
    assert blocks_of(client) == set()
    assert client.get("/admin/").status_code == 200


def test_drafts_and_published_seminars_stand_with_their_seats(client):
    SeminarFactory(draft=True, title_ky="Каралама семинар")
    register(SeminarFactory(seats=40, title_ky="Жарыяланган семинар"), MunicipalityFactory())
    client.force_login(staff_of(Role.ORGANISER))
    page = client.get("/admin/").content.decode()
    assert "Каралама семинар" in page
    assert "Жарыяланган семинар" in page


def test_past_seminars_are_not_next(client):
    SeminarFactory(past=True, title_ky="Былтыркы семинар")
    client.force_login(staff_of(Role.ORGANISER))
    assert "Былтыркы семинар" not in client.get("/admin/").content.decode()


def test_only_who_may_add_a_seminar_is_asked_to_plan_one(client):
    for role, is_asked in ((Role.ORGANISER, True), (Role.ANALYST, False)):
        client.force_login(staff_of(role))
        assert ("/admin/seminars/seminar/add/" in client.get("/admin/").content.decode()) == is_asked


@pytest.mark.parametrize("rows", [1, 3])
def test_the_start_page_takes_the_same_queries_whatever_it_shows(client, rows, django_assert_max_num_queries):
    for _ in range(rows):
        register(SeminarFactory(), MunicipalityFactory())
    client.force_login(staff_of(Role.ORGANISER))
    client.get("/admin/")
    with django_assert_max_num_queries(16):
        client.get("/admin/")
