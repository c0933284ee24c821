"""Publishing, copying, seats of a draft, speakers of a session, addresses."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.utils import timezone, translation

from seminars import readiness, services
from seminars.addresses import RESERVED, latin, propose
from seminars.exceptions import AlreadyPublished, NotReadyToPublish, SeatsAreFixed
from seminars.models import Seminar, SessionSpeaker
from tests.factories.seminars import (
    ContributorFactory,
    SeminarFactory,
    SessionFactory,
    SessionSpeakerFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser():
    return get_user_model().objects.create_user("organiser")


@pytest.fixture
def draft():
    seminar = SeminarFactory(draft=True)
    ContributorFactory(seminar=seminar)
    return seminar


class TestPublish:
    def test_shows_the_seminar_from_now_on_and_tells_who_did_it(self, draft, organiser):
        seminar = services.publish(seminar=draft, by=organiser)
        assert abs(seminar.published_at - timezone.now()) < timedelta(minutes=1)
        assert seminar.history.first().history_user == organiser

    def test_happens_once(self, draft, organiser):
        services.publish(seminar=draft, by=organiser)
        with pytest.raises(AlreadyPublished):
            services.publish(seminar=draft, by=organiser)

    @pytest.mark.parametrize(
        ("missing", "fields"),
        [
            ({"purpose_ky": "", "purpose_ru": ""}, ["purpose_ky"]),
            ({"audience_ky": "", "audience_ru": ""}, ["audience_ky"]),
            ({"languages": []}, ["languages"]),
            ({"city_ky": "", "city_ru": ""}, ["city_ky"]),
            ({"venue_ky": "", "venue_ru": ""}, ["venue_ky"]),
            ({"contact_phone": "", "contact_email": ""}, ["contact_phone"]),
            ({"format": "online"}, ["online_url"]),
            ({"format": "hybrid"}, ["online_url"]),
        ],
    )
    def test_waits_for_what_the_page_must_say(self, draft, organiser, missing, fields):
        Seminar.objects.filter(pk=draft.pk).update(**missing)
        with pytest.raises(NotReadyToPublish) as refusal:
            services.publish(seminar=draft, by=organiser)
        assert [lack.field for lack in refusal.value.lacks] == fields
        assert str(refusal.value.lacks[0].message) in str(refusal.value)

    def test_waits_for_an_organiser(self, organiser):
        with pytest.raises(NotReadyToPublish) as refusal:
            services.publish(seminar=SeminarFactory(draft=True), by=organiser)
        assert [lack.field for lack in refusal.value.lacks] == ["contributors"]

    def test_waits_for_seats_in_the_hall(self, draft, organiser):
        draft.blocks.all().delete()
        with pytest.raises(NotReadyToPublish) as refusal:
            services.publish(seminar=draft, by=organiser)
        assert [lack.field for lack in refusal.value.lacks] == ["seats"]

    def test_refuses_a_registration_that_is_over_already(self, organiser):
        seminar = SeminarFactory(draft=True, closed=True)
        ContributorFactory(seminar=seminar)
        with pytest.raises(NotReadyToPublish) as refusal:
            services.publish(seminar=seminar, by=organiser)
        assert [lack.field for lack in refusal.value.lacks] == ["registration_closes_at"]

    def test_one_language_is_enough(self, draft, organiser):
        Seminar.objects.filter(pk=draft.pk).update(
            title_ru="", purpose_ru="", audience_ru="", venue_ru="", city_ru="", contact_ru=""
        )
        assert services.publish(seminar=draft, by=organiser).is_published

    def test_an_online_seminar_needs_no_place_and_no_seats(self, draft, organiser):
        draft.blocks.all().delete()
        Seminar.objects.filter(pk=draft.pk).update(
            format="online", online_url="https://meet.example.org/1", venue_ky="", venue_ru="", city_ky="", city_ru=""
        )
        assert services.publish(seminar=draft, by=organiser).is_published

    def test_an_event_that_is_over_needs_neither_seats_nor_a_contact(self, organiser):
        seminar = SeminarFactory(draft=True, past=True, contact_phone="", contact_email="")
        seminar.blocks.all().delete()
        ContributorFactory(seminar=seminar)
        assert services.publish(seminar=seminar, by=organiser).is_published


class TestReadiness:
    def test_names_what_each_language_lacks(self):
        seminar = SeminarFactory(purpose_ky="", venue_ru="")
        SessionFactory(seminar=seminar, title_ru="")
        with translation.override("en"):
            assert readiness.in_one_language(seminar) == {"ky": ["purpose"], "ru": ["venue", "programme"]}

    def test_what_is_empty_in_both_languages_is_not_missing_in_one(self):
        assert readiness.in_one_language(SeminarFactory(occasion_ky="", occasion_ru="")) == {}

    def test_doubts_a_seminar_without_programme_and_registration(self):
        seminar = SeminarFactory(registration_opens_at=None, registration_closes_at=None)
        assert len(readiness.doubts(seminar, timezone.now())) == 2
        SessionFactory(seminar=seminar)
        assert len(readiness.doubts(seminar, seminar.ends_at)) == 0


class TestSeatsOfADraft:
    def test_make_change_and_take_away_the_pool(self, organiser):
        seminar = SeminarFactory(draft=True)
        seminar.blocks.all().delete()
        for seats in (60, 60, 75, 0):
            services.set_hall_seats(seminar=seminar, seats=seats, by=organiser)
            assert Seminar.objects.get().capacity == seats
        changes = seminar.seat_changes.order_by("pk").values_list("before", "after", "by")
        assert list(changes) == [(0, 60, organiser.pk), (60, 75, organiser.pk), (75, 0, organiser.pk)]

    def test_are_fixed_by_publication(self, organiser):
        with pytest.raises(SeatsAreFixed):
            services.set_hall_seats(seminar=SeminarFactory(), seats=50, by=organiser)


class TestCopy:
    @pytest.fixture
    def original(self):
        seminar = SeminarFactory(length_days=2, seats=60, seats__taken=12, topics=[TopicFactory()], cancelled=True)
        ContributorFactory(seminar=seminar, position=3)
        morning = SessionFactory(seminar=seminar)
        SessionSpeakerFactory(session=morning, role="moderator", position=1)
        day = seminar.starts_at + timedelta(days=1)
        SessionFactory(seminar=seminar, starts_at=day, ends_at=day + timedelta(hours=2), kind="break")
        return seminar

    def test_moves_everything_by_whole_days(self, original, organiser):
        first_day = original.first_day + timedelta(days=70)
        twin = services.copy(seminar=original, first_day=first_day, by=organiser)
        twin.refresh_from_db()
        assert twin.first_day == first_day
        assert twin.last_day == first_day + timedelta(days=1)
        assert timezone.localtime(twin.starts_at).time() == timezone.localtime(original.starts_at).time()
        assert twin.registration_closes_at - original.registration_closes_at == timedelta(days=70)
        assert [
            new.starts_at - old.starts_at for new, old in zip(twin.sessions.all(), original.sessions.all(), strict=True)
        ] == [timedelta(days=70)] * 2

    def test_takes_over_texts_programme_contributors_topics_and_seats(self, original, organiser):
        twin = services.copy(seminar=original, first_day=date(2030, 5, 14), by=organiser)
        assert twin.title_ky == original.title_ky
        assert list(twin.topics.all()) == list(original.topics.all())
        assert [(c.organisation, c.role, c.position) for c in twin.contributors.all()] == [
            (c.organisation, c.role, c.position) for c in original.contributors.all()
        ]
        assert [(s.title_ru, s.kind) for s in twin.sessions.all()] == [
            (s.title_ru, s.kind) for s in original.sessions.all()
        ]
        assert SessionSpeaker.objects.filter(session__seminar=twin, role="moderator").count() == 1
        assert (twin.capacity, twin.seats_left) == (60, 60)

    def test_is_a_draft_of_its_own(self, original, organiser):
        original.online_url = "https://meet.example.org/1"
        twin = services.copy(seminar=original, first_day=date(2030, 5, 14), by=organiser)
        assert not twin.is_published
        assert not twin.is_cancelled
        assert (twin.notice_ky, twin.online_url, twin.calendar_sequence) == ("", "", 0)
        assert twin.slug not in {"", original.slug}
        assert {change.history_user for change in twin.history.all()} == {organiser}
        assert original.sessions.count() == 2

    def test_can_go_back_in_time(self, original, organiser):
        assert services.copy(seminar=original, first_day=date(2019, 12, 19), by=organiser).first_day.year == 2019


class TestSpeakersOfASession:
    def test_are_exactly_those_named(self):
        session = SessionFactory()
        one, two, three = SpeakerFactory.create_batch(3)
        services.set_speakers(session=session, speakers=[one, two], moderators=[three])
        assert roles(session) == [(three, "moderator"), (one, "speaker"), (two, "speaker")]
        services.set_speakers(session=session, speakers=[three], moderators=[two])
        assert roles(session) == [(two, "moderator"), (three, "speaker")]

    def test_setting_the_same_again_writes_nothing(self):
        session, speaker = SessionFactory(), SpeakerFactory()
        services.set_speakers(session=session, speakers=[speaker], moderators=[])
        services.set_speakers(session=session, speakers=[speaker], moderators=[])
        assert SessionSpeaker.history.count() == 1


def roles(session):
    return [(appearance.speaker, appearance.role) for appearance in session.appearances.all()]


class TestAddresses:
    @pytest.mark.parametrize(
        ("theme", "address"),
        [
            ("Ачык бюджет", "achyk-byudjet"),
            ("Өзгөн айыл өкмөтүнүн тажрыйбасы", "ozgon-ayyl-okmotunun-tajryybasy"),
            ("Жаңы Кодекс: эмне өзгөрдү?", "jangy-kodeks-emne-ozgordu"),
            ("Актуальные вопросы МСУ — 2019", "aktualnye-voprosy-msu-2019"),
            ("План улучшения услуг (ПДУУ), ещё раз", "plan-uluchsheniya-uslug-pduu-eschyo-raz"),
        ],
    )
    def test_are_the_theme_in_latin_letters(self, theme, address):
        assert latin(theme) == address

    def test_are_cut_between_words(self):
        address = latin("жарандардын катышуусу " * 9)
        assert len(address) <= 60
        assert address.endswith(("jarandardyn", "katyshuusu"))

    def test_one_endless_word_is_cut(self):
        assert latin("а" * 300) == "a" * 60

    def test_a_taken_address_gets_the_day_then_a_number(self):
        day = date(2027, 3, 10)
        assert propose("Ачык бюджет", day, set()) == "achyk-byudjet"
        assert propose("Ачык бюджет", day, {"achyk-byudjet"}) == "achyk-byudjet-2027-03-10"
        taken = {"achyk-byudjet", "achyk-byudjet-2027-03-10"}
        assert propose("Ачык бюджет", day, taken) == "achyk-byudjet-2027-03-10-2"

    def test_a_theme_without_letters_and_the_portals_own_words_get_the_day(self):
        assert propose("???", date(2027, 3, 10), set()) == "seminar"
        assert propose("Calendar", date(2027, 3, 10), set()) == "calendar-2027-03-10"
        assert "calendar" in RESERVED


def test_the_clock_of_the_database_says_when_a_seminar_was_published(draft, organiser):
    """A web server whose clock is a year late does not back-date what it publishes."""
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=365)):
        seminar = services.publish(seminar=draft, by=organiser)
    assert seminar.published_at >= now - timedelta(minutes=1)
