"""The page of a round that went out: whom it told, what waits to be passed on, letters to print."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from participants.models import Disclosure
from tests.factories.accounts import staff_of
from tests.factories.participants import register
from tests.participants.inviting.offices import of_district, send

pytestmark = pytest.mark.django_db


def test_the_result_counts_who_is_told_and_gives_letters_by_oblast(client, organiser, seminar, district, elsewhere):
    mailed = of_district(district)[0]
    by_hand = of_district(district, head=False)[0]
    registered = of_district(district)[0]
    register(seminar, registered)
    sent = send(seminar, mailed, by_hand, registered, *elsewhere)

    response = client.get(reverse("admin:participants_round_change", args=[sent.pk]))

    total = response.context["total"]
    assert (total.invited, total.by_email, total.by_hand, total.registered) == (5, 3, 1, 1)
    assert [group.invited for group in response.context["groups"]] == [3, 2]
    address = reverse("admin:participants_round_letters", args=[sent.pk])
    assert f"{address}?language=ru&amp;oblast={district.oblast.uid}" in response.text


def test_letters_of_one_oblast_or_all_are_files_and_written_down(client, organiser, seminar, district, elsewhere):
    sent = send(seminar, *of_district(district, 2), *elsewhere)
    address = reverse("admin:participants_round_letters", args=[sent.pk])

    whole = client.get(address, {"language": "ru"})
    part = client.get(address, {"oblast": district.oblast.uid})

    for response in (whole, part):
        assert response.content.startswith(b"%PDF")
    assert list(Disclosure.objects.order_by("pk").values_list("form", "rows")) == [("sheet", 4), ("sheet", 2)]
    assert client.get(address, {"oblast": "'--", "language": "xx"}).status_code == 200
    assert client.get(reverse("admin:participants_round_letters", args=[10**9])).status_code == 404


@pytest.mark.parametrize(("role", "status"), [(Role.REGISTRAR, 200), (Role.ANALYST, 403), (Role.PRESS_OFFICER, 403)])
def test_the_desk_reads_the_result_and_others_do_not(client, seminar, district, role, status):
    sent = send(seminar, *of_district(district))
    client.force_login(staff_of(role))
    for name in ("participants_round_change", "participants_round_letters"):
        assert client.get(reverse(f"admin:{name}", args=[sent.pk])).status_code == status


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_number_of_questions_for_one_and_for_three(
    client, organiser, seminar, district, number, django_assert_max_num_queries
):
    sent = send(seminar, *of_district(district, number))
    with django_assert_max_num_queries(20):
        client.get(reverse("admin:participants_round_change", args=[sent.pk]))
