"""What the database refuses, and what follows from dates and seats."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from regions.models import Oblast
from seminars.models import (
    Contributor,
    OrganisationName,
    Phase,
    SeatBlock,
    Seminar,
    Series,
    Session,
    SessionSpeaker,
)
from tests.factories.seminars import (
    ContributorFactory,
    OrganisationFactory,
    ProjectFactory,
    SeatBlockFactory,
    SeminarFactory,
    SessionFactory,
    SessionSpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 10, 6, 0, tzinfo=UTC)  # 12:00 in Bishkek


def refused(name):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("seminar_theme_in_some_language", lambda _: {"title_ky": "", "title_ru": ""}),
        ("seminar_ends_after_it_starts", lambda s: {"ends_at": s.starts_at, "registration_closes_at": None}),
        ("registration_closes_after_it_opens", lambda s: {"registration_closes_at": s.registration_opens_at}),
        (
            "registration_closes_before_the_seminar_is_over",
            lambda s: {"registration_closes_at": s.ends_at + timedelta(seconds=1)},
        ),
        ("only_registration_that_opens_closes", lambda _: {"registration_opens_at": None}),
        (
            "registration_opens_before_the_seminar_starts",
            lambda s: {"registration_opens_at": s.starts_at, "registration_closes_at": None},
        ),
        ("working_languages_are_ky_and_ru", lambda _: {"languages": ["ky", "en"]}),
        ("one_to_100_seats_per_municipality", lambda _: {"seats_per_municipality": 0}),
        ("one_to_100_seats_per_municipality", lambda _: {"seats_per_municipality": 101}),
        ("only_a_published_seminar_is_cancelled", lambda s: {"published_at": None, "cancelled_at": s.starts_at}),
    ],
)
def test_the_database_refuses_a_seminar_that_contradicts_itself(constraint, change):
    seminar = SeminarFactory()
    with refused(constraint):
        Seminar.objects.filter(pk=seminar.pk).update(**change(seminar))


def test_two_seminars_cannot_have_one_address():
    SeminarFactory(slug="achyk-byudjet")
    with refused("slug"):
        SeminarFactory(slug="achyk-byudjet")


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("session_ends_after_it_starts", lambda s: {"ends_at": s.starts_at}),
        ("session_title_in_some_language", lambda _: {"title_ky": "", "title_ru": ""}),
    ],
)
def test_the_database_refuses_an_impossible_session(constraint, change):
    session = SessionFactory()
    with refused(constraint):
        Session.objects.filter(pk=session.pk).update(**change(session))


def test_a_speaker_appears_once_in_a_session():
    appearance = SessionSpeakerFactory()
    with refused("a_speaker_once_in_a_session"):
        SessionSpeaker.objects.create(session=appearance.session, speaker=appearance.speaker, role="moderator")


class TestSeats:
    def test_never_more_taken_than_there_are(self):
        block = SeatBlockFactory(seminar=SeminarFactory(seats=3), group=oblast(), seats=2, taken=2)
        with refused("never_more_seats_taken_than_there_are"), transaction.atomic():
            SeatBlock.objects.filter(pk=block.pk).update(taken=3)
        with pytest.raises(IntegrityError):
            SeatBlock.objects.filter(pk=block.pk).update(taken=-1)

    def test_never_fewer_seats_than_are_taken(self):
        seminar = SeminarFactory(seats=5, seats__taken=4)
        with refused("never_more_seats_taken_than_there_are"):
            seminar.blocks.update(seats=3)

    def test_a_hall_has_a_limit(self):
        with refused("a_hall_of_at_most_20000"):
            SeminarFactory(seats=20_001)

    def test_one_common_pool(self):
        seminar = SeminarFactory()
        with refused("one_block_of_seats_per_group"):
            SeatBlockFactory(seminar=seminar)

    def test_one_block_per_group(self):
        block = SeatBlockFactory(group=oblast())
        with refused("one_block_of_seats_per_group"):
            SeatBlockFactory(seminar=block.seminar, group=block.group)

    def test_capacity_is_the_sum_of_blocks(self):
        seminar = SeminarFactory(seats=40, seats__taken=10)
        SeatBlockFactory(seminar=seminar, group=oblast(), seats=8, taken=3)
        assert (seminar.capacity, seminar.seats_left) == (48, 35)
        counted = Seminar.objects.with_seats().get(pk=seminar.pk)
        assert (counted.seats_total, counted.seats_taken) == (48, 13)

    def test_without_blocks_the_sums_are_zero(self):
        seminar = SeminarFactory()
        seminar.blocks.all().delete()
        assert Seminar.objects.with_seats().get().seats_total == 0
        assert seminar.capacity == 0

    def test_free_blocks_and_the_pool(self):
        seminar = SeminarFactory(seats=2, seats__taken=2)
        group = SeatBlockFactory(seminar=seminar, group=oblast(), seats=2, taken=1)
        assert list(seminar.blocks.free()) == [group]
        assert [block.group for block in seminar.blocks.pool()] == [None]
        assert list(seminar.blocks.of_group(group.group)) == [group]


def oblast():
    return Oblast.objects.get_or_create(
        uid="naryn",
        defaults={
            "kind": "oblast",
            "name_ky": "Нарын облусу",
            "name_ru": "Нарынская область",
            "genitive_ky": "Нарын облусунун",
            "genitive_ru": "Нарынской области",
            "locative_ky": "Нарын облусунда",
            "locative_ru": "в Нарынской области",
            "position": 4,
        },
    )[0]


class TestContributors:
    def test_is_a_body_or_a_project(self):
        contributor = ContributorFactory()
        with refused("contributor_is_a_body_or_a_project"), transaction.atomic():
            Contributor.objects.filter(pk=contributor.pk).update(project=ProjectFactory())
        with refused("contributor_is_a_body_or_a_project"):
            Contributor.objects.filter(pk=contributor.pk).update(organisation=None)

    def test_only_a_project_has_the_role_of_project(self):
        contributor = ContributorFactory()
        with refused("only_a_project_has_the_role_of_project"), transaction.atomic():
            Contributor.objects.filter(pk=contributor.pk).update(role="project")
        with refused("only_a_project_has_the_role_of_project"):
            ContributorFactory(role="donor", organisation=None, project=ProjectFactory())

    def test_a_body_has_a_role_once_and_may_have_two_roles(self):
        contributor = ContributorFactory()
        ContributorFactory(seminar=contributor.seminar, organisation=contributor.organisation, role="partner")
        with refused("an_organisation_once_in_a_role"):
            ContributorFactory(seminar=contributor.seminar, organisation=contributor.organisation)

    def test_a_project_is_listed_once(self):
        contributor = ContributorFactory(role="project", organisation=None, project=ProjectFactory())
        with refused("a_project_once_in_a_seminar"):
            ContributorFactory(
                seminar=contributor.seminar, role="project", organisation=None, project=contributor.project
            )


class TestNamesOfAnOrganisation:
    def test_each_day_has_its_name(self):
        body = OrganisationFactory(name=None)
        OrganisationName.objects.create(organisation=body, name_ky="Эски", valid_to=date(2021, 5, 1))
        OrganisationName.objects.create(organisation=body, name_ky="Жаңы", valid_from=date(2021, 5, 1))
        assert body.name_on(date(2019, 12, 19)) == "Эски"
        assert body.name_on(date(2021, 5, 1)) == "Жаңы"
        assert str(body) == "Жаңы"

    def test_periods_do_not_overlap(self):
        body = OrganisationFactory(name=None)
        OrganisationName.objects.create(organisation=body, name_ky="Эски", valid_to=date(2021, 5, 2))
        with refused("one_name_of_an_organisation_at_a_time"):
            OrganisationName.objects.create(organisation=body, name_ky="Жаңы", valid_from=date(2021, 5, 1))

    def test_a_name_that_ends_before_it_begins_is_refused_in_words(self):
        body = OrganisationFactory(name=None)
        name = OrganisationName(
            organisation=body, name_ky="Эски", valid_from=date(2021, 5, 2), valid_to=date(2021, 5, 1)
        )
        with pytest.raises(ValidationError) as error:
            name.full_clean()
        assert list(error.value.message_dict) == ["valid_to"]

    def test_the_database_refuses_a_name_of_no_day(self):
        with refused("organisation_name_begins_before_it_ends"):
            OrganisationName.objects.create(
                organisation=OrganisationFactory(name=None),
                name_ky="Эски",
                valid_from=date(2021, 5, 1),
                valid_to=date(2021, 5, 1),
            )

    def test_a_name_is_given_in_some_language(self):
        with refused("organisation_name_in_some_language"):
            OrganisationName.objects.create(organisation=OrganisationFactory(name=None))

    def test_a_project_is_named_in_some_language(self):
        with refused("project_name_in_some_language"):
            ProjectFactory(name_ky="", name_ru="")


class TestPhase:
    @pytest.fixture
    def seminar(self):
        return SeminarFactory(
            starts_at=NOON,
            ends_at=NOON + timedelta(days=2),
            registration_opens_at=NOON - timedelta(days=10),
            registration_closes_at=NOON - timedelta(days=2),
            published_at=NOON - timedelta(days=20),
            seats=1,
        )

    @pytest.mark.parametrize(
        ("ahead", "phase"),
        [
            (timedelta(days=10, seconds=1), Phase.NOT_OPEN),
            (timedelta(days=10), Phase.OPEN),
            (timedelta(days=2, seconds=1), Phase.OPEN),
            (timedelta(days=2), Phase.CLOSED),
            (timedelta(), Phase.CLOSED),
            (timedelta(days=-2, seconds=1), Phase.CLOSED),
            (timedelta(days=-2), Phase.PAST),
        ],
    )
    def test_follows_from_dates_to_the_second(self, seminar, ahead, phase):
        with time_machine.travel(NOON - ahead, tick=False):
            assert seminar.phase == phase

    def test_is_full_when_no_seat_is_left(self, seminar):
        seminar.blocks.update(taken=1)
        assert seminar.phase_at(NOON - timedelta(days=5)) == Phase.FULL

    def test_online_is_never_full(self, seminar):
        seminar.format = Seminar.Format.ONLINE
        seminar.blocks.all().delete()
        assert seminar.phase_at(NOON - timedelta(days=5)) == Phase.OPEN

    def test_cancelled_wins(self, seminar):
        seminar.cancelled_at = NOON
        assert seminar.phase_at(NOON + timedelta(days=9)) == Phase.CANCELLED

    def test_without_an_opening_registration_is_closed(self, seminar):
        seminar.registration_opens_at = seminar.registration_closes_at = None
        assert seminar.phase_at(NOON - timedelta(days=5)) == Phase.CLOSED

    def test_without_a_closing_registration_ends_with_the_start(self, seminar):
        seminar.registration_closes_at = None
        assert seminar.is_registration_open(NOON - timedelta(seconds=1))
        assert not seminar.is_registration_open(NOON)

    def test_a_draft_is_never_open(self, seminar):
        seminar.published_at = None
        assert not seminar.is_registration_open(NOON - timedelta(days=5))

    def test_a_draft_shows_what_visitors_could_do_if_it_were_published(self, seminar):
        seminar.published_at = None
        assert seminar.phase_at(NOON - timedelta(days=5)) == Phase.OPEN

    def test_staff_may_enter_people_until_the_last_day_ends(self, seminar):
        assert seminar.is_open_to_staff(NOON + timedelta(days=1))
        assert not seminar.is_open_to_staff(NOON + timedelta(days=2))

    def test_freed_seats_are_given_until_registration_closes_or_the_seminar_starts(self, seminar):
        assert seminar.is_promotion_automatic(NOON - timedelta(days=3))
        assert not seminar.is_promotion_automatic(NOON - timedelta(days=2))
        seminar.registration_closes_at = NOON + timedelta(days=1)
        assert not seminar.is_promotion_automatic(NOON)


class TestVerbs:
    def test_published_leaves_drafts_out(self):
        seen = SeminarFactory()
        SeminarFactory(draft=True)
        assert list(Seminar.objects.published()) == [seen]

    def test_upcoming_is_soonest_first_and_holds_what_goes_on_now(self):
        later, soon = SeminarFactory(days_ahead=9), SeminarFactory(days_ahead=2)
        now = timezone.now()
        running = SeminarFactory(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
        SeminarFactory(past=True)
        assert list(Seminar.objects.upcoming()) == [running, soon, later]

    def test_past_is_latest_first(self):
        older, old = SeminarFactory(days_ahead=-90), SeminarFactory(days_ahead=-30)
        SeminarFactory()
        assert list(Seminar.objects.past()) == [old, older]

    def test_a_seminar_moves_from_upcoming_to_past_when_it_ends(self):
        seminar = SeminarFactory(starts_at=NOON, ends_at=NOON + timedelta(hours=8), published_at=NOON)
        with time_machine.travel(NOON + timedelta(hours=8), tick=False):
            assert list(Seminar.objects.past()) == [seminar]
            assert not Seminar.objects.upcoming().exists()

    def test_on_topic_and_not_cancelled(self):
        topic = TopicFactory()
        about = SeminarFactory(topics=[topic])
        SeminarFactory(topics=[topic], cancelled=True)
        SeminarFactory()
        assert list(Seminar.objects.on_topic(topic).not_cancelled()) == [about]

    def test_the_year_is_that_of_bishkek(self):
        new_year = datetime(2027, 12, 31, 19, 0, tzinfo=UTC)  # 1 January 2028, 01:00 in Bishkek
        seminar = SeminarFactory(starts_at=new_year, ends_at=new_year + timedelta(hours=2))
        assert list(Seminar.objects.in_year(2028)) == [seminar]
        assert not Seminar.objects.in_year(2027).exists()
        assert Seminar.objects.years() == [2028]


def test_a_seminar_of_several_days_knows_its_first_and_last_day_in_bishkek():
    evening = datetime(2027, 3, 10, 19, 0, tzinfo=UTC)  # 11 March, 01:00 in Bishkek
    seminar = SeminarFactory(starts_at=evening, ends_at=evening + timedelta(days=2))
    assert (seminar.first_day, seminar.last_day) == (date(2027, 3, 11), date(2027, 3, 13))


def test_a_series_has_several_sittings_and_may_be_deleted_without_them():
    series = Series.objects.create(slug="naryn-osh", title_ky="Бюджет", title_ru="Бюджет")
    SeminarFactory(series=series)
    SeminarFactory(series=series, days_ahead=40)
    assert series.sittings.count() == 2
    series.delete()
    assert Seminar.objects.count() == 2
