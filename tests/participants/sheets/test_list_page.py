"""A coordinator's link: a list is sent, checked row by row, accepted in one piece, and changed until the deadline."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from outbox.models import Message
from participants.models import CoordinatorLink, ListDraft, Registration, Transition
from participants.tasks import forget_lists
from regions.models import Municipality
from tests.factories.accounts import StaffFactory
from tests.factories.participants import register as register_one
from tests.factories.seminars import SeminarFactory

TWO = "Марказ, глава, Үлгүбаев Асан, 0555 000 001\nАк-Суу, Лейлек району, зам. главы, Үлгүбаева Айгүл, 0555 000 002\n"
ASKED = "Атлантида, глава, Үлгүбаев Эмил, 0555 000 003\n"


def url(link, name="list", *args):
    return reverse(f"participants:{name}", args=[link.token, *args])


def send(client, link, text):
    return client.post(url(link), {"text": text})


def act(client, link, intent="accept", **typed):
    return client.post(url(link, "list_draft"), {"intent": intent, **typed})


def preview(client, link):
    return client.get(url(link, "list_draft")).context["preview"]


def again(registration):
    return Registration.objects.get(pk=registration.pk)


def test_a_pasted_list_is_read_shown_and_accepted(client, link):
    answer = send(client, link, TWO)
    assert answer.status_code == 302
    assert answer["Location"] == url(link, "list_draft")
    assert preview(client, link).accepted == 2
    assert Registration.objects.count() == 0
    assert act(client, link)["Location"] == url(link)
    assert set(Registration.objects.values_list("municipality__uid", "channel", "coordinator_link", "state")) == {
        ("markaz-kadamjay", "list", link.pk, "confirmed"),
        ("ak-suu-leylek", "list", link.pk, "confirmed"),
    }
    assert not ListDraft.objects.exists()
    assert "Үлгүбаев Асан" in client.get(url(link)).content.decode()
    assert set(Transition.objects.values_list("channel", "reason")) == {("list", link.name)}


def test_no_consent_is_kept_but_the_channel(client, link):
    send(client, link, TWO)
    act(client, link)
    assert set(Registration.objects.values_list("consent", "channel")) == {(None, "list")}


def test_a_file_is_read_and_nothing_of_it_is_kept_after_acceptance(client, link):
    file = SimpleUploadedFile("тизме.csv", ("ФИО;Айыл өкмөтү;Кызматы\nҮлгүбаев Асан;Марказ;глава\n").encode())
    assert client.post(url(link), {"file": file}).status_code == 302
    act(client, link)
    assert Registration.objects.get().full_name == "Үлгүбаев Асан"
    assert not ListDraft.objects.exists()


def test_rows_that_cannot_be_accepted_stay_and_are_accepted_once_corrected(client, link):
    send(client, link, TWO + ASKED)
    act(client, link)
    assert Registration.objects.count() == 2
    (row,) = preview(client, link).asked
    key = row.row.key
    act(client, link, "check", **{f"{key}-municipality": "Халмион", f"{key}-post": row.post.pk})
    assert preview(client, link).accepted == 1
    assert act(client, link)["Location"] == url(link)
    assert Registration.objects.filter(municipality__uid="halmion-kadamjay").exists()


def test_what_was_typed_stays_when_it_is_wrong(client, link):
    send(client, link, ASKED)
    key = preview(client, link).asked[0].row.key
    typed = {f"{key}-name": "Үлгүбаев Эмил Үсөнович", f"{key}-phone": "позвонить"}
    answer = act(client, link, "accept", **typed)
    assert answer.status_code == 409
    assert "Үлгүбаев Эмил Үсөнович" in answer.content.decode()
    assert "позвонить" in answer.content.decode()
    assert Registration.objects.count() == 0


def test_a_choice_among_namesakes_is_kept(client, link):
    link.oblast = Municipality.objects.get(uid="birinchi-may-ala-buka").oblast
    link.save()
    send(client, link, "Ала-Бука району, Первомайский, глава, Үлгүбаев Асан, 0555 000 001")
    assert preview(client, link).accepted == 1


def test_a_row_is_left_out_and_all_rows_are_thrown_away(client, link):
    send(client, link, TWO + ASKED)
    drop = preview(client, link).ready[0].row.key
    act(client, link, "check", drop=[drop])
    assert len(ListDraft.objects.get().rows) == 2
    assert act(client, link, "discard")["Location"] == url(link)
    assert not ListDraft.objects.exists()
    assert Registration.objects.count() == 0


def test_one_post_can_be_chosen_for_all_rows_without_one(client, link):
    send(client, link, "АО;ФИО\nМарказ;Үлгүбаев Асан\nХалмион;Үлгүбаев Эмил")
    shown = preview(client, link)
    assert (shown.accepted, shown.without_post) == (0, 2)
    act(client, link, "accept", post_for_all=next(post.pk for post in shown.posts if post.uid == "head"))
    assert set(Registration.objects.values_list("post__uid", flat=True)) == {"head"}


def test_rows_sent_in_parts_come_together_and_doubles_are_told(client, link):
    send(client, link, TWO)
    send(client, link, TWO)
    shown = preview(client, link)
    assert (shown.accepted, len(shown.asked)) == (2, 2)
    act(client, link)
    assert Registration.objects.count() == 2


def test_pressing_twice_registers_once(client, link):
    send(client, link, TWO)
    assert act(client, link).status_code == 302
    assert act(client, link)["Location"] == url(link)
    assert Registration.objects.count() == 2
    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_pressing_twice_at_the_same_moment_registers_once(link):
    send(Client(), link, TWO)
    answers = []

    def press():
        answers.append(act(Client(), link).status_code)
        connection.close()

    threads = [threading.Thread(target=press) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 3
    assert Registration.objects.count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_all_rows_go_in_or_none(link):
    """PostgreSQL refuses the second row; the first is not there either, and the list is."""
    send(Client(), link, TWO)
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE participants_registration"
            " ADD CONSTRAINT broken CHECK (folded_name NOT LIKE '%аигул%') NOT VALID"
        )
    try:
        client = Client(raise_request_exception=False)
        assert act(client, link).status_code == 500
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE participants_registration DROP CONSTRAINT broken")
    assert Registration.objects.count() == 0
    assert len(ListDraft.objects.get().rows) == 2


def test_who_got_the_seat_meanwhile_is_seen_under_the_lock(client, link, seminar):
    send(client, link, TWO)
    register_one(seminar, Municipality.objects.get(uid="markaz-kadamjay"))
    act(client, link)
    assert link.registrations.count() == 1
    assert len(ListDraft.objects.get().rows) == 1


def test_rows_beyond_the_places_of_the_link_stay(client, link):
    CoordinatorLink.objects.update(places=1)
    send(client, link, TWO)
    act(client, link)
    assert link.registrations.live().count() == 1
    assert len(ListDraft.objects.get().rows) == 1
    assert act(client, link).status_code == 409


def test_a_full_hall_takes_the_list_onto_the_waiting_list(client, link, seminar):
    seminar.blocks.update(seats=0)
    send(client, link, "Марказ, глава, Үлгүбаев Асан, 0555 000 001, a@example.org")
    act(client, link)
    assert Registration.objects.get().is_waiting
    assert "1" in Message.objects.get().text


def test_of_others_only_the_post_and_the_state_are_shown(client, link, seminar):
    register_one(seminar, Municipality.objects.get(uid="markaz-kadamjay"), full_name="Жашыруунбаев Асан")
    page = client.get(url(link)).content.decode()
    assert "Айрыбаз" in page
    assert "Жашыруунбаев" not in page


def test_an_own_entry_is_taken_off_and_the_seat_is_free(client, link, seminar):
    send(client, link, TWO)
    act(client, link)
    registration = Registration.objects.get(municipality__uid="markaz-kadamjay")
    entry = url(link, "list_entry", registration.pk)
    assert "Үлгүбаев Асан" in client.get(entry).content.decode()
    assert client.post(entry, {"intent": "remove"})["Location"] == url(link)
    registration.refresh_from_db()
    assert registration.state == "cancelled"
    assert seminar.blocks.get().taken == 1


def test_an_own_entry_is_replaced_by_its_page_and_by_a_row_of_the_next_list(client, link):
    send(client, link, TWO)
    act(client, link)
    registration = Registration.objects.get(municipality__uid="markaz-kadamjay")
    entry = url(link, "list_entry", registration.pk)
    typed = {"full_name": "Сынаков Бакыт", "post": registration.post_id, "phone": "0555 000 009"}
    assert client.post(entry, {**typed, "phone": "x"}).status_code == 422
    assert client.post(entry, typed)["Location"] == url(link)
    assert again(registration).full_name == "Сынаков Бакыт"
    assert again(registration).token != registration.token

    send(client, link, "Марказ, глава, Сынаков Эмил, 0555 000 010")
    (row,) = preview(client, link).asked
    assert row.may_replace
    act(client, link, "accept", **{f"{row.row.key}-decision": "replace"})
    assert again(registration).full_name == "Сынаков Эмил"
    assert Registration.objects.count() == 2
    assert registration.substitutions.count() == 2
    assert not ListDraft.objects.exists()


def test_somebody_may_stand_by_behind_who_has_the_seat(client, link, seminar):
    register_one(seminar, Municipality.objects.get(uid="markaz-kadamjay"))
    send(client, link, "Марказ, глава, Сынаков Эмил, 0555 000 010")
    (row,) = preview(client, link).asked
    assert not row.may_replace
    act(client, link, "accept", **{f"{row.row.key}-decision": "replace"})
    assert not link.registrations.exists()
    act(client, link, "accept", **{f"{row.row.key}-decision": "stand_by"})
    assert link.registrations.get().is_waiting


def test_an_entry_of_somebody_else_has_no_page_here(client, link, seminar):
    other = register_one(seminar, Municipality.objects.get(uid="markaz-kadamjay"))
    for method in (client.get, client.post):
        assert method(url(link, "list_entry", other.pk)).status_code == 404
    other.refresh_from_db()
    assert other.is_live


def test_a_revoked_link_says_so_and_takes_nothing(client, link):
    send(client, link, TWO)
    CoordinatorLink.objects.update(revoked_at=timezone.now())
    for answer in (client.get(url(link)), send(client, link, TWO), act(client, link)):
        assert answer.status_code == 410
    assert Registration.objects.count() == 0


def test_after_the_deadline_the_page_is_only_read(client, link, seminar):
    send(client, link, TWO)
    act(client, link)
    send(client, link, ASKED)
    type(seminar).objects.update(lists_deadline=timezone.now() - timedelta(minutes=1))
    assert "<textarea" not in client.get(url(link)).content.decode()
    assert send(client, link, TWO).status_code == 409
    assert act(client, link).status_code == 409
    entry = url(link, "list_entry", Registration.objects.first().pk)
    assert client.post(entry, {"intent": "remove"}).status_code == 409
    assert Registration.objects.live().count() == 2


@pytest.mark.parametrize("change", [{"cancelled_at": timezone.now()}, {"ends_at": timezone.now()}])
def test_a_seminar_that_is_off_takes_no_list(client, link, seminar, change):
    starts = {"starts_at": timezone.now() - timedelta(hours=5), "registration_opens_at": None}
    type(seminar).objects.update(**change, **starts, registration_closes_at=None)
    assert send(client, link, TWO).status_code == 409


def test_wrong_links_and_unpublished_seminars_are_not_found(client, link):
    link.token = link.token[:-1] + ("A" if link.token[-1] != "A" else "B")
    assert client.get(url(link)).status_code == 404
    draft = CoordinatorLink.objects.create(seminar=SeminarFactory(draft=True), oblast=link.oblast, name="x")
    assert client.get(url(draft)).status_code == 404


def test_the_page_is_not_kept_not_indexed_and_sets_only_the_csrf_cookie(client, link):
    send(client, link, TWO)
    for name in ("list", "list_draft"):
        answer = client.get(url(link, name))
        assert "no-store" in answer["Cache-Control"]
        assert 'content="noindex"' in answer.content.decode()
    assert set(client.cookies) == {"csrftoken"}
    assert Client(enforce_csrf_checks=True).post(url(link), {"text": TWO}).status_code == 403


def test_opening_counts_and_changes_nothing_else(client, link):
    send(client, link, TWO)
    for _time in range(2):
        client.get(url(link))
        client.get(url(link, "list_draft"))
    client.head(url(link))
    link.refresh_from_db()
    assert link.openings == 2
    assert ListDraft.objects.count() == 1


@pytest.mark.parametrize(
    ("of_seminar", "of_link"),
    [
        ({"lists_deadline": timezone.now() - timedelta(minutes=1)}, {}),
        ({"cancelled_at": timezone.now()}, {}),
        ({}, {"revoked_at": timezone.now()}),
    ],
)
def test_a_list_that_can_no_longer_be_accepted_is_forgotten(client, link, seminar, of_seminar, of_link):
    send(client, link, TWO)
    assert forget_lists() == 0
    if of_seminar:
        type(seminar).objects.update(**of_seminar)
    if of_link:
        CoordinatorLink.objects.update(**of_link)
    assert forget_lists() == 1
    assert not ListDraft.objects.exists()


def test_a_list_being_checked_belongs_to_a_link_or_to_staff(link, seminar):
    for owner in ({}, {"link": link, "by": StaffFactory()}):
        with pytest.raises(IntegrityError, match="a_list_is_checked_by_a_link_or_by_staff"), transaction.atomic():
            ListDraft.objects.create(seminar=seminar, **owner)
    user = StaffFactory()
    ListDraft.objects.create(seminar=seminar, by=user)
    with pytest.raises(IntegrityError, match="one_list_being_checked"), transaction.atomic():
        ListDraft.objects.create(seminar=seminar, by=user)


def test_the_language_can_be_changed_in_the_middle(client, link):
    send(client, link, TWO)
    russian = url(link, "list_draft").replace("/ky/", "/ru/")
    page = client.get(russian).content.decode()
    assert "Үлгүбаев Асан" in page
    assert "Баткенская область" in page


def test_a_link_is_not_pressed_without_end(client, link):
    answers = [send(client, link, "") for _time in range(62)]
    assert answers[0].status_code == 422
    assert answers[-1].status_code == 429


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_costs_the_same_queries_for_any_number(client, link, seminar, django_assert_max_num_queries, people):
    for uid in ["markaz-kadamjay", "halmion-kadamjay", "ak-suu-leylek"][:people]:
        register_one(seminar, Municipality.objects.get(uid=uid))
    with django_assert_max_num_queries(6):
        client.get(url(link))
