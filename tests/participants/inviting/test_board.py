"""The answer board: counts by oblast and district, whom to call, lists to take away, reminding the silent alone."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.roles import Role
from outbox.models import Message
from participants import services
from participants.actors import HOLDER
from participants.models import Disclosure, Invitation
from tests.factories.accounts import staff_of
from tests.factories.regions import DistrictFactory
from tests.factories.seminars import SeminarFactory
from tests.participants.inviting.offices import clerk, deputy, invited, of_district, pass_deadline, send

pytestmark = pytest.mark.django_db


def at(name, seminar):
    return reverse(f"admin:participants_{name}", args=[seminar.pk])


@pytest.fixture
def answered(seminar, district, elsewhere):
    """Offices of one district: yes, no, a deputy, one that only looked; two silent ones elsewhere."""
    rows = list(send(seminar, *of_district(district, 4), *elsewhere).invitations.order_by("pk"))
    yes, no, other, looked = rows[:4]
    services.accept_invitation(invitation=yes, by=HOLDER)
    services.decline_invitation(invitation=no, by=HOLDER, reason="Ооруп калды")
    services.send_deputy(invitation=other, deputy=deputy(), by=HOLDER)
    services.note_opening(looked)
    Message.objects.all().delete()
    return rows


def numbers(tally):
    return (tally.invited, tally.opened, tally.yes, tally.deputy, tally.no, tally.silent)


def test_the_board_counts_by_oblast_and_district_with_totals(client, organiser, seminar, answered):
    board = client.get(at("board", seminar)).context["board"]

    assert numbers(board.tally) == (6, 1, 1, 1, 1, 3)
    assert [numbers(group.tally) for group in board.groups] == [(4, 1, 1, 1, 1, 1), (2, 0, 0, 0, 0, 2)]
    assert [numbers(part.tally) for group in board.groups for part in group.parts] == [
        (4, 1, 1, 1, 1, 1),
        (2, 0, 0, 0, 0, 2),
    ]


def test_each_office_is_shown_with_phone_answer_and_the_way_to_its_page(client, organiser, seminar, answered):
    vacant = invited(seminar, of_district(DistrictFactory(), head=False)[0])

    text = client.get(at("board", seminar)).text

    for row in [*answered, vacant]:
        assert reverse("admin:participants_invitation_change", args=[row.pk]) in text
    assert f'href="tel:{answered[3].phone}"' in text
    answered[2].refresh_from_db()
    assert answered[2].registration.full_name in text


@pytest.mark.parametrize(
    ("said", "places"), [("silent", [3, 4, 5]), ("yes", [0]), ("no", [1]), ("deputy", [2]), ("x", range(6))]
)
def test_the_board_is_narrowed_to_what_was_said_and_its_counts_stay(client, organiser, seminar, answered, said, places):
    board = client.get(at("board", seminar), {"said": said}).context["board"]

    assert {row.pk for row in board.rows} == {answered[place].pk for place in places}
    assert board.tally.invited == 6


def test_the_board_is_narrowed_to_an_oblast(client, organiser, seminar, answered, elsewhere):
    response = client.get(at("board", seminar), {"said": "silent", "oblast": elsewhere[0].oblast.uid})

    assert {row.municipality for row in response.context["board"].rows} == set(elsewhere)
    assert Disclosure.objects.get().rows == 2


@pytest.mark.parametrize("wanted", ["'", "1" * 400, "<b>", "../.."])
def test_a_hostile_narrowing_narrows_nothing(client, organiser, seminar, answered, wanted):
    for name in ("board", "phone_list", "answers_workbook", "remind_silent"):
        response = client.get(at(name, seminar), {"said": wanted, "oblast": wanted, "language": wanted})
        assert response.status_code == 200


def test_an_invitation_taken_back_leaves_the_board(client, organiser, seminar, answered):
    services.withdraw_invitation(invitation=answered[3], by=clerk())
    assert client.get(at("board", seminar)).context["board"].tally.invited == 5


def test_the_board_of_a_seminar_to_which_nobody_is_invited_says_so(client, organiser, seminar):
    assert client.get(at("board", seminar)).status_code == 200
    assert client.get("/admin/participants/invitation/seminars/999999/board/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_asks_the_same_number_of_questions_for_one_and_for_three(
    client, organiser, seminar, district, number, django_assert_max_num_queries
):
    for row in send(seminar, *of_district(district, number)).invitations.all():
        services.accept_invitation(invitation=row, by=HOLDER)
    for name in ("board", "phone_list", "answers_workbook"):
        with django_assert_max_num_queries(14):
            client.get(at(name, seminar))


def test_the_workbook_has_a_row_for_each_office_and_no_formula(client, organiser, seminar, answered):
    Invitation.objects.filter(pk=answered[3].pk).update(full_name="=1+1")

    response = client.get(at("answers_workbook", seminar), {"language": "ru"})

    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 7
    assert "=1+1" in rows[4]
    assert (Disclosure.objects.get().form, Disclosure.objects.get().rows) == ("workbook", 6)


def test_the_phone_list_is_printed_by_oblast_in_either_language(client, organiser, seminar, answered, elsewhere):
    whole = client.get(at("phone_list", seminar), {"language": "ru"})
    part = client.get(at("phone_list", seminar), {"said": "silent", "oblast": elsewhere[0].oblast.uid})

    assert whole.text.count('class="sheet"') == 2
    assert elsewhere[0].oblast.name_ru in whole.text
    assert part.text.count("<tr>") == 1 + 2
    assert list(Disclosure.objects.order_by("pk").values_list("form", "rows")) == [("sheet", 6), ("sheet", 2)]


def test_reminding_first_says_whom_and_how_many_and_then_writes_to_the_silent_alone(
    client, organiser, seminar, answered
):
    by_hand = invited(seminar, of_district(DistrictFactory(), head=False)[0])
    late = invited(seminar, of_district(DistrictFactory())[0])
    pass_deadline(late)
    Message.objects.all().delete()

    shown = client.get(at("remind_silent", seminar)).context
    assert (shown["by_email"], shown["by_hand"], shown["passed_over"]) == (3, 1, 1)
    assert not Message.objects.exists()
    client.post(at("remind_silent", seminar))

    silent = {f"invitation:{row.pk}" for row in (*answered[3:], by_hand)}
    assert set(Message.objects.values_list("about", flat=True)) == silent
    assert client.get(at("remind_silent", seminar)).context["passed_over"] == 5


def test_two_presses_remind_once(client, organiser, seminar, answered):
    for _press in range(2):
        client.post(at("remind_silent", seminar))
    assert Message.objects.count() == 3


def test_one_oblast_alone_is_reminded(client, organiser, seminar, answered, elsewhere):
    address = f"{at('remind_silent', seminar)}?oblast={elsewhere[0].oblast.uid}"
    assert client.get(address).context["by_email"] == 2
    client.post(address)
    assert Message.objects.count() == 2


def test_an_oblast_that_is_none_reminds_nobody(client, organiser, seminar, answered):
    assert client.post(f"{at('remind_silent', seminar)}?oblast=nowhere").status_code == 404
    assert not Message.objects.exists()


def test_nobody_is_reminded_of_a_seminar_that_has_begun(client, organiser, seminar, answered):
    seminar.starts_at, seminar.ends_at = timezone.now() - timedelta(hours=1), timezone.now() + timedelta(hours=5)
    seminar.registration_opens_at = seminar.registration_closes_at = None
    seminar.save()

    assert client.get(at("remind_silent", seminar)).context["is_open"] is False
    client.post(at("remind_silent", seminar))
    assert not Message.objects.exists()


def test_the_desk_reads_the_board_and_reminds_nobody(client, seminar, answered):
    client.force_login(staff_of(Role.REGISTRAR))

    for name in ("board", "phone_list", "answers_workbook"):
        assert client.get(at(name, seminar)).status_code == 200
    assert at("remind_silent", seminar) not in client.get(at("board", seminar)).text
    assert client.get(at("remind_silent", seminar)).status_code == 403
    assert client.post(at("remind_silent", seminar)).status_code == 403
    assert not Message.objects.exists()


@pytest.mark.parametrize("role", [Role.PRESS_OFFICER, Role.APPROVER, Role.ANALYST])
def test_others_see_no_board(client, seminar, answered, role):
    client.force_login(staff_of(role))
    for name in ("board", "phone_list", "answers_workbook", "remind_silent"):
        assert client.get(at(name, seminar)).status_code == 403
    assert not Disclosure.objects.exists()


def test_lists_are_only_read(client, organiser, seminar, answered):
    for name in ("board", "phone_list", "answers_workbook"):
        assert client.post(at(name, seminar)).status_code == 405


def test_the_seminars_page_counts_answers_and_leads_to_the_board(client, organiser, seminar, answered):
    text = client.get(f"/admin/seminars/seminar/{seminar.pk}/change/").text
    assert at("board", seminar) in text
    assert at("board", SeminarFactory()) not in text
