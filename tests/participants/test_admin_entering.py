"""Staff register people who called, wrote or stand on a list; guests too."""

from uuid import uuid4

import pytest

from accounts.roles import Role
from outbox.models import Message
from participants.models import Registration, StaffTask
from regions.models import Post
from tests.factories.accounts import staff_of
from tests.factories.participants import post, register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/participants/registration/"
ADD = f"{LIST}add/"
SEARCH = "/admin/participants/registration/municipalities/"


def guest_post():
    akim, _created = Post.objects.get_or_create(
        uid="akim-guest",
        defaults={
            "name_ky": "Аким",
            "name_ru": "Аким",
            "city_name_ky": "Аким",
            "city_name_ru": "Аким",
            "genitive_ru": "акима",
            "city_genitive_ru": "акима",
            "position": 90,
        },
    )
    return akim


def typed(seminar, municipality=None, **changed):
    data = {
        "seminar": seminar.pk,
        "municipality": municipality.pk if municipality else "",
        "post": post().pk if municipality else guest_post().pk,
        "full_name": "Жээнбек уулу Нурсултан",
        "phone": "0777 12-34-56",
        "email": "",
        "language": "ru",
        "mode": "hall",
        "channel": "phone",
        "reason": "",
        "key": str(uuid4()),
        "intent": "register",
    }
    return data | changed


def test_who_calls_is_registered_with_channel_and_consent(client, organiser, seminar, municipality):
    response = client.post(ADD, typed(seminar, municipality, reason="Айыл өкмөтүнөн чалышты"))

    registration = Registration.objects.get()
    assert response.headers["Location"].endswith(f"/{registration.pk}/change/")
    assert (registration.state, registration.channel, registration.language) == ("confirmed", "phone", "ru")
    assert (registration.phone, registration.phone_typed) == ("+996777123456", "0777 12-34-56")
    assert registration.consent is not None
    assert registration.consent_language == "ru"
    assert registration.consented_at is not None
    transition = registration.transitions.get()
    assert (transition.by, transition.channel, transition.reason) == (organiser, "phone", "Айыл өкмөтүнөн чалышты")
    assert Message.objects.get().state == "by_hand"


def test_staff_enter_people_after_the_site_has_closed_and_before_it_opens(client, organiser):
    for seminar in (SeminarFactory(closed=True), SeminarFactory(not_open=True)):
        client.post(ADD, typed(seminar, MunicipalityFactory(), full_name=f"Сынаков Асан {seminar.pk}"))
        assert seminar.registrations.get().state == "confirmed"


@pytest.mark.parametrize("trait", ["past", "cancelled", "draft"])
def test_a_seminar_that_is_over_cancelled_or_a_draft_is_no_choice(client, organiser, municipality, trait):
    seminar = SeminarFactory(**{trait: True})
    response = client.post(ADD, typed(seminar, municipality))
    assert response.context["form"].errors["seminar"]
    assert not Registration.objects.exists()


def test_a_guest_without_municipality_takes_a_seat_of_the_pool(client, organiser, seminar):
    client.post(ADD, typed(seminar))

    guest = Registration.objects.get()
    assert (guest.state, guest.municipality, guest.oblast, guest.slot) == ("confirmed", None, None, None)
    block = seminar.blocks.get()
    assert (guest.block, block.taken) == (block, 1)


def test_a_guest_waits_when_the_pool_is_full_and_gets_the_seat_that_frees(client, organiser, seminar, municipality):
    from participants import services
    from participants.actors import HOLDER

    seminar.blocks.update(seats=1)
    holder = register(seminar, municipality)
    client.post(ADD, typed(seminar))
    guest = Registration.objects.get(municipality=None)
    assert guest.state == "waiting"

    services.cancel(registration=holder, by=HOLDER)

    guest.refresh_from_db()
    assert guest.state == "confirmed"
    assert guest.slot is None


def test_two_guests_are_two_people_and_the_same_guest_is_known(client, organiser, seminar):
    client.post(ADD, typed(seminar))
    client.post(ADD, typed(seminar, full_name="Асан кызы Айгүл"))
    again = client.post(ADD, typed(seminar))

    assert seminar.registrations.count() == 2
    assert again.context["known"].full_name == "Жээнбек уулу Нурсултан"


def test_a_head_without_municipality_is_refused_at_the_field(client, organiser, seminar):
    response = client.post(ADD, typed(seminar, post=post().pk))
    assert response.context["form"].errors["municipality"]


def test_a_refusal_is_a_sentence_and_everything_typed_stays(client, organiser, seminar, municipality):
    holder = register(seminar, municipality)

    response = client.post(ADD, typed(seminar, municipality))

    assert response.context["holder"] == holder
    content = response.text
    assert holder.full_name in content
    assert 'value="Жээнбек уулу Нурсултан"' in content
    assert 'value="0777 12-34-56"' in content
    assert municipality.full_name in content
    assert seminar.registrations.count() == 1


def test_one_more_of_the_municipality_may_stand_by(client, organiser, seminar, municipality):
    register(seminar, municipality)

    client.post(ADD, typed(seminar, municipality, intent="stand_by"))

    assert sorted(seminar.registrations.values_list("state", flat=True)) == ["confirmed", "waiting"]
    waiting = seminar.registrations.get(state="waiting")
    offered = [step["url"] for step in client.get(f"{LIST}{waiting.pk}/change/").context["steps"]]
    assert not any("promote" in url or "override" in url for url in offered)
    refused = client.post(f"{LIST}{waiting.pk}/steps/override/", {"channel": "phone", "reason": "керек"}, follow=True)
    assert [message.level_tag for message in refused.context["messages"]] == ["error"]
    assert seminar.blocks.get().seats == 40


def test_enter_in_a_field_registers_and_never_stands_by(client, organiser, seminar, municipality):
    register(seminar, municipality)
    content = client.post(ADD, typed(seminar, municipality)).text
    assert content.index('value="register"') < content.index('value="stand_by"')


def test_a_municipality_that_is_gone_is_refused_in_words(client, organiser, seminar):
    gone = MunicipalityFactory(alive_to="2024-01-01", alive_to_precision="day")
    response = client.post(ADD, typed(seminar, gone))
    assert response.context["form"].non_field_errors()
    assert not Registration.objects.exists()


def test_a_double_click_registers_once(client, organiser, seminar, municipality):
    data = typed(seminar, municipality)
    first, second = client.post(ADD, data), client.post(ADD, data)
    assert first.headers["Location"] == second.headers["Location"]
    assert Registration.objects.count() == Message.objects.count() == 1


def test_who_takes_part_where_must_fit_the_seminar(client, organiser, seminar, municipality):
    assert client.post(ADD, typed(seminar, municipality, mode="online")).context["form"].errors["mode"]
    online = SeminarFactory(format="online")
    assert client.post(ADD, typed(online, municipality)).context["form"].errors["mode"]
    client.post(ADD, typed(online, municipality, mode="online"))
    assert online.registrations.get().state == "confirmed"


def test_another_head_than_the_register_names_becomes_a_task(client, organiser, seminar, municipality):
    from participants.models import Person, Term

    head = Person.objects.create(surname="Башкаев", given_names="Үсөн")
    Term.objects.create(person=head, municipality=municipality, post=post())
    client.post(ADD, typed(seminar, municipality))
    assert StaffTask.objects.open().get().kind == "other_head"


@pytest.mark.parametrize(
    "changed",
    [
        {"full_name": ""},
        {"full_name": "А"},
        {"phone": "12"},
        {"email": "nobody"},
        {"language": "en"},
        {"channel": "web"},
        {"post": "0"},
        {"municipality": "999999"},
        {"municipality": "x"},
        {"seminar": "x"},
        {"full_name": "\x00"},
    ],
)
def test_bad_input_is_told_at_its_field(client, organiser, seminar, municipality, changed):
    response = client.post(ADD, typed(seminar, municipality) | changed)
    assert list(response.context["form"].errors) == list(changed)
    assert not Registration.objects.exists()


def test_the_page_opens_with_the_seminar_that_it_was_called_for(client, organiser, seminar):
    response = client.get(ADD, {"seminar": seminar.pk})
    assert f'<option value="{seminar.pk}" selected>' in response.text
    assert response.context["form"].consent_text.text_ky in response.text


def test_the_search_tells_namesakes_apart_and_knows_who_may_ask(client, seminar):
    one = MunicipalityFactory(name_ky="Ак-Суу айыл аймагы", name_ru="Ак-Суйский айылный аймак")
    other = MunicipalityFactory(name_ky="Ак-Суу айыл аймагы", name_ru="Ак-Суйский айылный аймак")
    assert client.get(SEARCH, {"term": "аксуу"}).status_code == 302

    client.force_login(staff_of(Role.REGISTRAR))
    texts = [result["text"] for result in client.get(SEARCH, {"term": "аксуу"}).json()["results"]]

    assert sorted(texts) == sorted([one.full_name, other.full_name])
    assert client.post(SEARCH, {"term": "аксуу"}).status_code == 405
