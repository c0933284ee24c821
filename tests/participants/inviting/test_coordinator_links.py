"""Links of coordinators: given one by one or to all groups in one press, sent, copied, revoked."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from outbox.models import Message
from participants import services
from participants.exceptions import NotAllowedNow, SeminarNotOpen
from participants.models import CoordinatorLink
from participants.services import Coordinator
from tests.factories.accounts import staff_of
from tests.factories.regions import DistrictFactory, OblastFactory
from tests.factories.seminars import SeatBlockFactory, SeminarFactory
from tests.participants.inviting.offices import clerk

pytestmark = pytest.mark.django_db

LIST = "/admin/participants/coordinatorlink/"


def links_of(seminar):
    return reverse("admin:participants_coordinators", args=[seminar.pk])


def page_of(link, step="change"):
    name = "coordinatorlink_change" if step == "change" else f"coordinatorlink_{step}"
    return reverse(f"admin:participants_{name}", args=[link.pk])


def one(oblast, **fields):
    """What the form of one link sends."""
    given = {"name": "Өкүлчүлүк", "email": "", "places": "", "language": "ky", "district": "", "intent": "one"}
    return {**given, "oblast": oblast.pk, **fields}


def rows(response, **changes):
    """What the page of all groups sends when nothing, or something, is changed in its rows."""
    data = {"intent": "groups"}
    for form in response.context["groups"]:
        for field in form:
            data[field.html_name] = changes.get(field.name, field.value() if field.value() is not None else "")
    return data


def give(seminar, oblast, **fields):
    coordinator = Coordinator(oblast=oblast, **{"name": "Өкүлчүлүк", "email": "office@example.org", **fields})
    return services.give_links(seminar=seminar, coordinators=[coordinator], by=clerk())[0]


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (CoordinatorLink, Message)]


@pytest.fixture
def nine(db):
    return [OblastFactory() for _number in range(9)]


def test_a_link_is_given_for_an_oblast_and_written_to_its_coordinator(client, organiser, seminar, district):
    client.post(links_of(seminar), one(district.oblast, email="office@example.org", places="13", language="ru"))

    link = CoordinatorLink.objects.get()
    assert (link.oblast, link.district, link.places, link.created_by) == (district.oblast, None, 13, organiser)
    message = Message.objects.get()
    assert (message.recipient, message.language) == ("office@example.org", "ru")
    assert f"/ru/lists/{link.token}/" in message.text


def test_a_link_is_given_for_a_district_and_without_e_mail_waits_to_be_passed_on(client, organiser, seminar, district):
    client.post(links_of(seminar), one(district.oblast, district=district.pk))

    assert CoordinatorLink.objects.get().district == district
    assert Message.objects.get().state == "by_hand"


def test_all_groups_get_their_links_in_one_press_with_their_quotas(client, organiser, seminar, nine):
    SeatBlockFactory(seminar=seminar, group=nine[0], seats=11)

    client.post(links_of(seminar), rows(client.get(links_of(seminar))))

    links = CoordinatorLink.objects.all()
    assert [link.oblast for link in links] == nine
    assert links[0].places == 11
    assert links[1].places is None
    assert Message.objects.count() == 9


def test_a_second_press_gives_nothing_twice(client, organiser, seminar, nine):
    data = rows(client.get(links_of(seminar)))
    for _press in range(2):
        assert client.post(links_of(seminar), data).status_code == 302
        client.post(links_of(seminar), one(nine[0], name="Дагы бирөө"))
    assert CoordinatorLink.objects.count() == 10
    assert Message.objects.count() == 10


def test_only_groups_without_a_working_link_are_offered(client, organiser, seminar, nine):
    working, revoked = give(seminar, nine[0]), give(seminar, nine[1])
    give(seminar, nine[2], district=DistrictFactory(oblast=nine[2]))
    services.revoke_link(link=revoked, by=clerk())

    offered = [form.oblast for form in client.get(links_of(seminar)).context["groups"]]

    assert working.oblast not in offered
    assert len(offered) == 8


def test_only_oblasts_that_may_come_are_offered(client, organiser, seminar, nine):
    seminar.groups.set(nine[:2])
    assert len(client.get(links_of(seminar)).context["groups"]) == 2


def test_coordinators_of_the_last_seminar_are_proposed(client, organiser, seminar, nine):
    give(SeminarFactory(), nine[0], name="Облустук өкүлчүлүк", email="oblast@example.org", language="ru")

    (form, *_others) = client.get(links_of(seminar)).context["groups"]

    assert [form[name].value() for name in ("name", "email", "language")] == [
        "Облустук өкүлчүлүк",
        "oblast@example.org",
        "ru",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""),
        ("name", "а" * 201),
        ("email", "x"),
        ("places", "0"),
        ("places", "-1"),
        ("places", "9" * 400),
        ("language", "xx"),
        ("name", "\x00"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_given(client, organiser, seminar, nine, name, value):
    every = client.post(links_of(seminar), rows(client.get(links_of(seminar)), **{name: value}))
    single = client.post(links_of(seminar), one(nine[0], **{name: value}))

    assert every.status_code == single.status_code == 422
    assert all(form.errors[name] for form in every.context["groups"])
    assert single.context["one"].errors[name]
    assert not CoordinatorLink.objects.exists()


def test_a_district_of_another_oblast_is_refused(client, organiser, seminar, district):
    response = client.post(links_of(seminar), one(OblastFactory(), district=district.pk))
    assert response.context["one"].errors["district"]


@pytest.mark.parametrize("trait", ["draft", "cancelled", "past"])
def test_no_link_is_given_for_what_is_not_open(client, organiser, nine, trait):
    seminar = SeminarFactory(**{trait: True})

    assert client.get(links_of(seminar)).status_code == 200
    assert client.post(links_of(seminar), one(nine[0])).status_code == 409
    with pytest.raises(SeminarNotOpen):
        give(seminar, nine[0])
    assert not CoordinatorLink.objects.exists()


def test_the_page_of_a_link_shows_its_address_and_a_text_to_copy(client, organiser, seminar, district):
    link = give(seminar, district.oblast, district=district, places=4)

    text = client.get(page_of(link)).text

    assert text.count(f"/ky/lists/{link.token}/") == 2
    assert str(district.name_ky) in text


def test_a_link_is_sent_again_and_noted(client, organiser, seminar, district):
    link = give(seminar, district.oblast)
    client.get(page_of(link, "send"))
    assert Message.objects.count() == 1

    client.post(page_of(link, "send"))

    assert Message.objects.count() == 2
    assert LogEntry.objects.filter(user=organiser, object_id=str(link.pk)).count() == 1


def test_a_revoked_link_is_dead_for_good(client, organiser, seminar, district):
    link = give(seminar, district.oblast)
    assert client.get(page_of(link, "revoke")).status_code == 200
    link.refresh_from_db()
    assert link.revoked_at is None

    for _press in range(2):
        client.post(page_of(link, "revoke"))

    link.refresh_from_db()
    assert link.revoked_at
    assert link.token not in client.get(page_of(link)).text
    assert client.get(link.get_absolute_url()).status_code == 410
    for act in (services.send_link, services.revoke_link):
        with pytest.raises(NotAllowedNow):
            act(link=link, by=clerk())


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.PRESS_OFFICER, Role.APPROVER, Role.ANALYST])
def test_others_neither_see_nor_give_links(client, seminar, district, role):
    link = give(seminar, district.oblast)
    client.force_login(staff_of(role))
    before = everything()

    for address in (links_of(seminar), page_of(link), page_of(link, "send"), page_of(link, "revoke"), LIST):
        assert client.get(address).status_code == 403
        assert client.post(address, one(district.oblast, name="Башка")).status_code == 403
    assert links_of(seminar) not in client.get(f"/admin/seminars/seminar/{seminar.pk}/change/").text
    assert everything() == before


def test_opening_the_pages_changes_nothing(client, organiser, seminar, district):
    link = give(seminar, district.oblast)
    before = everything()
    for address in (links_of(seminar), page_of(link), page_of(link, "send"), page_of(link, "revoke"), LIST):
        client.get(address, one(district.oblast, name="Башка"))
    assert everything() == before
    assert client.get(f"{LIST}seminars/999999/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_the_same_number_of_questions_for_one_and_for_three(
    client, organiser, seminar, nine, number, django_assert_max_num_queries
):
    for oblast in nine[:number]:
        link = give(seminar, oblast)
    with django_assert_max_num_queries(16):
        client.get(links_of(seminar))
    with django_assert_max_num_queries(12):
        client.get(page_of(link))
    with django_assert_max_num_queries(14):
        client.get(LIST)
