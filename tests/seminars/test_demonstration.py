"""The demonstration: the first seminar of 2019 and invented ones around today, loaded twice as once, and removable."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from core.languages import LANGUAGES
from seminars import demonstration, readiness
from seminars.models import Organisation, Phase, Project, Seminar, Session, Speaker, Topic
from tests.factories.seminars import ContributorFactory, SeminarFactory

pytestmark = pytest.mark.django_db

FIRST = "aktualduu-maseleler-2019"


def counts():
    return [model.objects.count() for model in (Seminar, Session, Speaker, Topic, Organisation, Project)]


@pytest.fixture
def loaded():
    demonstration.load()


def test_loading_twice_changes_nothing(loaded):
    before, history = counts(), Seminar.history.count()
    demonstration.load()
    assert (counts(), Seminar.history.count()) == (before, history)


def test_removing_leaves_nothing_behind(loaded):
    demonstration.remove()
    assert counts() == [0] * 6
    assert not Seminar.history.exists()
    assert not demonstration.seminars().exists()


def test_removing_leaves_what_other_seminars_use(loaded):
    agency = Organisation.objects.get(uid="agency")
    own = ContributorFactory(organisation=agency, seminar=SeminarFactory())
    demonstration.remove()
    assert Seminar.objects.get() == own.seminar
    assert list(Organisation.objects.all()) == [agency]


def test_it_can_be_loaded_again_after_removal(loaded):
    before = counts()
    demonstration.remove()
    demonstration.load()
    assert counts() == before


@pytest.mark.parametrize("days", range(0, 371, 53))
def test_on_any_day_one_seminar_is_open_and_one_not_yet(days):
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        demonstration.load()
        phases = sorted(seminar.phase for seminar in demonstration.seminars())
        assert phases == sorted([Phase.OPEN, Phase.NOT_OPEN, Phase.PAST, Phase.PAST, Phase.PAST])
        seminar = demonstration.open_seminar()
        assert seminar.phase == Phase.OPEN
        assert seminar.capacity == 120
        assert timedelta(days=23) < seminar.starts_at - timezone.now() < timedelta(days=32)


def test_the_first_seminar_is_that_of_19_december_2019(loaded):
    seminar = Seminar.objects.get(slug=FIRST)
    assert f"{seminar.first_day:%d.%m.%Y}" == "19.12.2019"
    assert seminar.title_ru == "Актуальные вопросы в деятельности органов местного самоуправления"
    assert seminar.published_at < seminar.starts_at
    organiser = seminar.contributors.get(role="organiser")
    with translation.override("ru"):
        assert "межэтнических отношений при Правительстве" in organiser.name_on(seminar.first_day)
        assert "государственной службы" in organiser.organisation.name_on(timezone.localdate())


def test_a_three_day_programme_was_held_in_two_places(loaded):
    naryn, talas = Seminar.objects.filter(series__slug="sanariptik-kyzmattar").order_by("starts_at")
    assert (naryn.city_ky, talas.city_ky) == ("Нарын", "Талас")
    for sitting in (naryn, talas):
        assert sitting.last_day - sitting.first_day == timedelta(days=2)
    assert [session.title_ky for session in naryn.sessions.all()] == [
        session.title_ky for session in talas.sessions.all()
    ]


def test_everything_is_said_in_both_languages_except_one_project_name(loaded):
    for seminar in demonstration.seminars():
        assert readiness.in_one_language(seminar) == {}
        assert readiness.lacking_texts(seminar) == []
        for session in seminar.sessions.all():
            assert bool(session.summary_ky) == bool(session.summary_ru)
    assert [project.uid for project in Project.objects.filter(name_ky="")] == ["psi"]


def test_every_session_lies_within_its_seminar(loaded):
    for session in Session.objects.select_related("seminar"):
        assert session.seminar.first_day <= timezone.localdate(session.starts_at) <= session.seminar.last_day
        assert session.ends_at <= session.seminar.ends_at


def test_phones_and_mail_are_of_the_reserved_kind(loaded):
    for seminar in demonstration.seminars():
        assert seminar.contact_phone.startswith("+996 555 000 0")
        assert seminar.contact_email.endswith("@example.org")


def test_the_public_pages_open(loaded, client):
    for seminar in demonstration.seminars():
        for language in LANGUAGES:
            with translation.override(language):
                assert client.get(seminar.get_absolute_url()).status_code == 200
