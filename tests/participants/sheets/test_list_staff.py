"""Staff enter a list of any oblast by the same screen, also of people who simply came; a long list is quick."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from participants.models import ListDraft, Registration, Transition
from regions.models import District, Municipality, Oblast
from tests.factories.accounts import staff_of

THREE = (
    "Марказ, глава, Үлгүбаев Асан, 0555 000 001\nТөө-Моюн, зам. главы, Үлгүбаева Айгүл, 0555 000 002\n"
    "Ак-Суу, глава, Үлгүбаев Эмил, 0555 000 003\n"
)


def page(seminar, name="list"):
    return reverse(f"admin:participants_{name}", args=[seminar.pk])


@pytest.fixture
def organiser(client, db):
    user = staff_of(Role.ORGANISER)
    client.force_login(user)
    return user


def send(client, seminar, text, **fields):
    return client.post(page(seminar), {"text": text, **fields})


def act(client, seminar, intent="accept", **typed):
    return client.post(page(seminar, "list_draft"), {"intent": intent, **typed}, follow=True)


def test_a_list_of_the_whole_country_is_read_and_accepted(client, organiser, seminar):
    assert send(client, seminar, THREE)["Location"] == page(seminar, "list_draft")
    preview = client.get(page(seminar, "list_draft")).context["preview"]
    assert (preview.accepted, len(preview.asked)) == (2, 1)
    chosen = next(unit for unit in preview.asked[0].choices if unit.uid == "ak-suu-aksy")
    act(client, seminar, **{f"{preview.asked[0].row.key}-unit": str(chosen.pk)})
    assert set(Registration.objects.values_list("municipality__uid", flat=True)) == {
        "markaz-kadamjay",
        "too-moyun-aravan",
        "ak-suu-aksy",
    }
    assert set(Transition.objects.values_list("channel", "by")) == {("list", organiser.pk)}
    assert not ListDraft.objects.exists()


def test_an_oblast_or_a_district_limits_the_list(client, organiser, seminar):
    send(client, seminar, THREE, oblast=Oblast.objects.get(uid="batken-oblast").pk)
    preview = client.get(page(seminar, "list_draft")).context["preview"]
    assert [one.municipality.uid for one in preview.ready] == ["markaz-kadamjay", "ak-suu-leylek"]
    act(client, seminar, "discard")
    send(client, seminar, THREE, district=District.objects.get(name_ru__startswith="Лейлек").pk)
    preview = client.get(page(seminar, "list_draft")).context["preview"]
    assert [one.municipality.uid for one in preview.ready] == ["ak-suu-leylek"]


def test_a_district_of_another_oblast_is_an_error_at_its_field(client, organiser, seminar):
    district = District.objects.get(name_ru__startswith="Лейлек")
    answer = send(client, seminar, THREE, oblast=Oblast.objects.get(uid="osh-oblast").pk, district=district.pk)
    assert answer.status_code == 422
    assert "district" in answer.context["form"].errors


def test_guests_come_without_municipality(client, organiser, seminar):
    send(client, seminar, "ФИО;Должность;Телефон\nҮлгүбаев Асан;аким района;0555 000 001")
    act(client, seminar)
    assert Registration.objects.get().municipality is None


def test_people_who_came_are_entered_until_the_last_day_ends(client, organiser, seminar):
    now = timezone.now()
    begun = {"starts_at": now - timedelta(hours=3), "registration_opens_at": None, "registration_closes_at": None}
    type(seminar).objects.update(**begun, ends_at=now + timedelta(hours=1), lists_deadline=now - timedelta(days=2))
    send(client, seminar, THREE)
    act(client, seminar)
    assert Registration.objects.count() == 2
    type(seminar).objects.update(ends_at=timezone.now())
    assert act(client, seminar).status_code == 409
    assert send(client, seminar, THREE).status_code == 422
    assert Registration.objects.count() == 2


def test_each_member_of_staff_checks_a_list_of_their_own(client, organiser, seminar):
    send(client, seminar, THREE)
    client.force_login(staff_of(Role.REGISTRAR))
    assert client.get(page(seminar, "list_draft")).status_code == 302
    assert act(client, seminar).status_code == 200
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("name", ["list", "list_draft"])
def test_who_may_not_register_people_may_not_enter_lists(client, organiser, seminar, name):
    send(client, seminar, THREE)
    client.force_login(staff_of(Role.ANALYST))
    for method in (client.get, client.post):
        assert method(page(seminar, name), {"intent": "accept"}).status_code == 403
    client.logout()
    assert client.post(page(seminar, name)).status_code == 302
    assert Registration.objects.count() == 0


def test_the_seminars_page_leads_to_the_list(client, organiser, seminar):
    assert page(seminar) in client.get(reverse("admin:seminars_seminar_change", args=[seminar.pk])).content.decode()


def five_hundred():
    """Every municipality alive, then some again, misspelt as people do."""
    units = Municipality.objects.alive().with_names().by_name()
    rows = [f"{unit.full_name.replace('ө', 'о').replace('ң', 'н')}\tглава" for unit in units]
    rows += [f"Кызыл-Сулу {number}\tглава" for number in range(500 - len(rows))]
    assert len(rows) == 500
    return "\n".join(f"{row}\tҮлгүбаев{n} Асан\t+996 555 0{n:05d}" for n, row in enumerate(rows))


def test_five_hundred_rows_are_previewed_in_three_seconds(client, organiser, seminar):
    text = five_hundred()
    began = time.perf_counter()
    send(client, seminar, text)
    preview = client.get(page(seminar, "list_draft")).context["preview"]
    assert time.perf_counter() - began < 3
    assert preview.accepted > 400


def test_a_long_list_is_accepted_before_the_proxy_gives_up(client, organiser, seminar):
    seminar.blocks.update(seats=100)
    send(client, seminar, five_hundred())
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        act(client, seminar)
    registered = Registration.objects.count()
    assert registered > 400
    assert Registration.objects.waiting().count() == registered - 100
    # The queue is read once and not once a person; the proxy waits 35 seconds.
    assert len(queries) < 10 * registered
    assert time.perf_counter() - began < 35
