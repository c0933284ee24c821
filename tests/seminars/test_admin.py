"""One page makes a seminar with its programme; contradictions are refused at the field, in a sentence."""

import pytest
from django.utils import timezone

from accounts.roles import Role
from seminars.models import Seminar, Session
from tests.factories.seminars import (
    OrganisationFactory,
    SeminarFactory,
    SpeakerFactory,
    TopicFactory,
)
from tests.seminars.staff_pages import ADD, errors_of, page, session, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client):
    user = staff(Role.ORGANISER)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


class TestMaking:
    def test_one_page_makes_a_seminar_with_programme_speakers_and_seats(self, client, organiser):
        speaker, moderator = SpeakerFactory.create_batch(2)
        topic, body = TopicFactory(), OrganisationFactory()
        response = client.post(
            ADD,
            page(
                topics=[topic.pk],
                contributors=[{"role": "organiser", "organisation": body.pk, "project": "", "position": "0"}],
                sessions=[
                    session(talking=[speaker.pk], leading=[moderator.pk]),
                    session("11:00", "11:30", kind="break"),
                ],
            ),
        )
        assert response.status_code == 302, errors_of(response)
        seminar = Seminar.objects.get()
        assert f"{timezone.localtime(seminar.starts_at):%d.%m.%Y %H:%M}" == "10.03.2031 09:30"
        assert (seminar.capacity, seminar.languages, seminar.is_published) == (60, ["ky", "ru"], False)
        assert list(seminar.topics.all()) == [topic]
        assert seminar.contributors.get().organisation == body
        first, second = seminar.sessions.all()
        assert {(a.speaker, a.role) for a in first.appearances.all()} == {
            (speaker, "speaker"),
            (moderator, "moderator"),
        }
        assert second.kind == "break"
        assert seminar.seat_changes.get().by == organiser

    def test_an_empty_address_is_made_of_the_theme(self, client, organiser):
        SeminarFactory(slug="achyk-byudjet")
        client.post(ADD, page())
        assert Seminar.objects.filter(slug="achyk-byudjet-2031-03-10").exists()

    def test_typed_text_is_stored_clean(self, client, organiser):
        client.post(ADD, page(title_ky=" Ачык\u200b  бюджет ", slug="Achyk"))
        seminar = Seminar.objects.get()
        assert (seminar.title_ky, seminar.slug) == ("Ачык бюджет", "achyk")

    def test_one_language_is_enough_and_the_page_says_what_readers_will_see(self, client, organiser):
        response = client.post(ADD, page(title_ky="", purpose_ky="", sessions=[session(title_ky="")]), follow=True)
        assert Seminar.objects.get().slug == "otkrytyy-byudjet"
        (warning,) = [str(message) for message in response.context["messages"] if message.level_tag == "warning"]
        assert ": " in warning

    def test_parallel_sessions_are_fine(self, client, organiser):
        client.post(ADD, page(sessions=[session(), session(title_ky="Экинчи зал")]))
        assert Session.objects.count() == 2

    def test_a_seminar_without_hall_has_no_seats(self, client, organiser):
        client.post(ADD, page(format="online", seats="", online_url="https://meet.example.org/1"))
        assert not Seminar.objects.get().blocks.exists()


class TestContradictions:
    @pytest.mark.parametrize(
        ("change", "fields"),
        [
            ({"title_ky": "", "title_ru": ""}, {"__all__"}),
            ({"ends_at_1": "09:30"}, {"ends_at"}),
            ({"ends_at_0": "09.03.2031"}, {"ends_at"}),
            ({"registration_opens_at_0": "", "registration_opens_at_1": ""}, {"registration_opens_at"}),
            ({"registration_opens_at_0": "06.03.2031"}, {"registration_closes_at"}),
            ({"registration_closes_at_0": "11.03.2031"}, {"registration_closes_at"}),
            (
                {
                    "registration_closes_at_0": "",
                    "registration_closes_at_1": "",
                    "registration_opens_at_0": "11.03.2031",
                },
                {"registration_opens_at"},
            ),
            ({"format": "online"}, {"seats"}),
            ({"seats": "20001"}, {"seats"}),
            ({"seats": "-3"}, {"seats"}),
            ({"seats_per_municipality": "0"}, {"__all__"}),
            ({"languages": ["en"]}, {"languages"}),
            ({"slug": "calendar"}, {"slug"}),
            ({"slug": "Ачык"}, {"slug"}),
            ({"online_url": "javascript:alert(1)"}, {"online_url"}),
            ({"starts_at_0": "31.02.2031"}, {"starts_at"}),
            ({"sessions": [session(day="11.03.2031")]}, {"starts_at", "ends_at"}),
            ({"sessions": [session("11:00", "10:00")]}, {"ends_at"}),
            ({"sessions": [session(title_ky="", title_ru="")]}, {"__all__"}),
            ({"sessions": [session(talking=["9999"])]}, {"talking"}),
        ],
    )
    def test_are_refused_at_the_field_and_nothing_is_stored(self, client, organiser, change, fields):
        response = client.post(ADD, page(**change))
        assert errors_of(response) == fields
        assert not Seminar.objects.exists()
        assert 'value="+996 555 000 010"' in response.content.decode()

    def test_a_taken_address(self, client, organiser):
        SeminarFactory(slug="achyk")
        assert errors_of(client.post(ADD, page(slug="achyk"))) == {"slug"}

    def test_a_person_is_speaker_or_moderator_of_a_session(self, client, organiser):
        speaker = SpeakerFactory()
        response = client.post(ADD, page(sessions=[session(talking=[speaker.pk], leading=[speaker.pk])]))
        assert errors_of(response) == {"leading"}

    def test_a_body_twice_in_one_role(self, client, organiser):
        row = {"role": "organiser", "organisation": OrganisationFactory().pk, "project": "", "position": "0"}
        response = client.post(ADD, page(contributors=[row, row]))
        assert response.status_code == 200
        assert not Seminar.objects.exists()

    def test_a_body_is_not_a_project(self, client, organiser):
        row = {"role": "project", "organisation": OrganisationFactory().pk, "project": "", "position": "0"}
        assert errors_of(client.post(ADD, page(contributors=[row]))) == {"__all__"}
