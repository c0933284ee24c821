"""The list of seminars and the page of one, as the public sees them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from seminars.models import Seminar
from seminars.views import PAGE_SIZE, seminar_page
from tests.factories.seminars import (
    ContributorFactory,
    OrganisationNameFactory,
    ProjectFactory,
    SeatBlockFactory,
    SeminarFactory,
    SessionFactory,
    SessionSpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def page(client, seminar: Seminar, language: str = "ky") -> str:
    response = client.get(f"/{language}/seminars/{seminar.slug}/")
    assert response.status_code == 200
    return response.content.decode()


# --- The list ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_list_parts_upcoming_and_past_in_both_languages(client, language):
    soon, later, past = SeminarFactory(days_ahead=5), SeminarFactory(days_ahead=50), SeminarFactory(past=True)
    html = client.get(f"/{language}/seminars/").content.decode()
    order = [html.index(getattr(seminar, f"title_{language}")) for seminar in (soon, later, past)]
    assert order == sorted(order)
    assert html.index('id="past"') < order[2]


def test_the_list_keeps_unpublished_seminars_to_itself(client):
    draft = SeminarFactory(draft=True)
    announced_later = SeminarFactory(published_at=datetime(2100, 1, 1, tzinfo=UTC))
    html = client.get("/ky/seminars/").content.decode()
    assert draft.title_ky not in html
    assert announced_later.title_ky not in html


def test_the_list_narrows_to_a_topic_and_counts(client):
    topic, other = TopicFactory(slug="budget"), TopicFactory(slug="services")
    budget, services = SeminarFactory(topics=[topic]), SeminarFactory(topics=[other])
    SeminarFactory(draft=True, topics=[topic])
    html = client.get("/ky/seminars/?topic=budget").content.decode()
    assert budget.title_ky in html
    assert services.title_ky not in html
    assert f'{topic.name_ky} <span class="count">1</span>' in html


def test_the_list_narrows_to_a_year_by_the_clock_of_bishkek(client):
    first_hour = SeminarFactory(starts_at=datetime(2018, 12, 31, 19, 0, tzinfo=UTC), title_ky="Биринчи саат")
    SeminarFactory(starts_at=datetime(2018, 6, 1, 4, 0, tzinfo=UTC), title_ky="Жай")
    html = client.get("/ky/seminars/?year=2019").content.decode()
    assert first_hour.title_ky in html
    assert "Жай" not in html


@pytest.mark.parametrize("query", ["topic=unknown", "year=1999", "page=2", "page=0", "page=x", "page=-1"])
def test_the_list_answers_404_to_what_it_does_not_have(client, query):
    SeminarFactory()
    assert client.get(f"/ky/seminars/?{query}").status_code == 404


def test_past_seminars_come_in_pages_that_keep_the_filter(client):
    topic = TopicFactory(slug="budget")
    for number in range(PAGE_SIZE + 1):
        SeminarFactory(days_ahead=-30 - number, topics=[topic])
    upcoming = SeminarFactory(topics=[topic])
    first = client.get("/ky/seminars/?topic=budget").content.decode()
    second = client.get("/ky/seminars/?topic=budget&page=2").content.decode()
    assert 'href="?topic=budget&amp;page=2"' in first
    assert second.count('<article class="seminar-card') == 1
    assert upcoming.title_ky not in second
    assert 'href="/ru/seminars/?page=2&amp;topic=budget"' in second


def test_an_empty_list_says_so(client):
    assert client.get("/ky/seminars/").content.decode().count('class="empty"') == 2


def test_the_cost_of_the_list_does_not_grow_with_rows(client):
    topics = [TopicFactory(), TopicFactory()]
    counts = []
    for size in (1, 3):
        while Seminar.objects.past().count() < size:
            SeminarFactory(topics=topics)
            SeminarFactory(past=True, topics=topics)
        with CaptureQueriesContext(connection) as queries:
            client.get("/ky/seminars/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


# --- One seminar ------------------------------------------------------------------------------------------------------


def full_seminar(rows: int = 1) -> Seminar:
    """A seminar with that many sessions, speakers, topics, bodies and projects."""
    seminar = SeminarFactory(topics=TopicFactory.create_batch(rows), occasion_ky="Санариптештирүү жылы")
    for _number in range(rows):
        session = SessionFactory(seminar=seminar)
        SessionSpeakerFactory.create_batch(rows, session=session)
        ContributorFactory(seminar=seminar)
        ContributorFactory(seminar=seminar, role="project", organisation=None, project=ProjectFactory())
    return seminar


@pytest.mark.parametrize(("language", "day"), [("ky", "2027-жылдын 19-январы"), ("ru", "19 января 2027 года")])
def test_the_page_says_when_where_for_whom_and_who_supports(client, language, day):
    seminar = full_seminar()
    seminar.starts_at = datetime(2027, 1, 19, 3, 30, tzinfo=UTC)
    seminar.ends_at = seminar.starts_at + timedelta(hours=8)
    seminar.save()
    html = page(client, seminar, language)
    session = seminar.sessions.get()
    speaker = session.speakers.get()
    for text in (seminar, session):
        assert getattr(text, f"title_{language}") in html
    for name in ("purpose", "audience", "city", "venue", "contact"):
        assert getattr(seminar, f"{name}_{language}") in html
    assert day in html
    assert "09:30–17:30" in html
    assert getattr(speaker, f"name_{language}") in html
    assert getattr(speaker, f"post_{language}") in html
    assert getattr(seminar.topics.get(), f"name_{language}") in html
    assert {"ky": "Мамлекеттик агенттик", "ru": "Государственное агентство"}[language] in html
    assert {"ky": "долбоорунун колдоосу менен.", "ru": "При поддержке проекта «Голос граждан»."}[language] in html
    assert 'href="tel:+996555000010"' in html


def test_the_cost_of_the_page_does_not_grow_with_rows(client):
    counts = []
    for rows in (1, 3):
        seminar = full_seminar(rows)
        with CaptureQueriesContext(connection) as queries:
            page(client, seminar)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_an_unpublished_seminar_is_not_there(client, language):
    assert client.get(f"/{language}/seminars/{SeminarFactory(draft=True).slug}/").status_code == 404


def test_a_preview_shows_the_page_before_publication_and_says_so():
    seminar = SeminarFactory(draft=True)
    html = seminar_page(RequestFactory().get("/admin/"), seminar).content.decode()
    assert seminar.title_ky in html
    assert "alert-warning" in html
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize(
    ("trait", "phase", "offers_registration"),
    [
        ({}, "open", True),
        ({"seats": 5, "seats__taken": 5}, "full", True),
        ({"not_open": True}, "not_open", False),
        ({"closed": True}, "closed", False),
        ({"past": True}, "past", False),
        ({"cancelled": True}, "cancelled", False),
    ],
)
def test_each_phase_has_its_words_and_its_call_to_action(client, trait, phase, offers_registration):
    seminar = SeminarFactory(**trait)
    html = page(client, seminar)
    assert f'class="badge badge--{phase}"' in html
    assert ('href="#register"' in html) is offers_registration


def test_the_phases_of_one_seminar_follow_the_clock(client, time_machine):
    seminar = SeminarFactory(
        starts_at=datetime(2027, 3, 10, 3, 30, tzinfo=UTC),
        registration_opens_at=datetime(2027, 3, 1, 3, 0, tzinfo=UTC),
        registration_closes_at=datetime(2027, 3, 9, 3, 0, tzinfo=UTC),
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    seen = []
    for moment in (
        datetime(2027, 3, 1, 2, 59, 59, tzinfo=UTC),
        datetime(2027, 3, 1, 3, 0, tzinfo=UTC),
        datetime(2027, 3, 9, 2, 59, 59, tzinfo=UTC),
        datetime(2027, 3, 9, 3, 0, tzinfo=UTC),
        datetime(2027, 3, 10, 11, 30, tzinfo=UTC),
    ):
        time_machine.move_to(moment, tick=False)
        html = page(client, seminar)
        seen.append(html.split('class="badge badge--')[1].split('"')[0])
    assert seen == ["not_open", "open", "open", "closed", "past"]


def test_a_cancelled_seminar_says_why(client):
    html = page(client, SeminarFactory(cancelled=True))
    assert "alert-danger" in html
    assert "Имарат жөндөөгө жабылды." in html


def test_the_places_left_are_the_sum_of_all_blocks(client):
    from tests.factories.regions import OblastFactory

    seminar = SeminarFactory(seats=10, seats__taken=4)
    SeatBlockFactory(seminar=seminar, group=OblastFactory(), seats=7, taken=6)
    assert Seminar.objects.get(pk=seminar.pk).seats_left == 7
    assert "7" in page(client, seminar).split('class="seats-left"')[1].split("</p>")[0]


def test_the_programme_stands_by_day_of_bishkek(client):
    seminar = SeminarFactory(length_days=2, starts_at=datetime(2027, 1, 19, 3, 30, tzinfo=UTC))
    SessionFactory(seminar=seminar, title_ky="Биринчи күн")
    SessionFactory(seminar=seminar, title_ky="Экинчи күн", starts_at=datetime(2027, 1, 19, 19, 0, tzinfo=UTC))
    html = page(client, seminar)
    positions = [
        html.index(text)
        for text in ("<h3>2027-жылдын 19-январы", "Биринчи күн", "<h3>2027-жылдын 20-январы", "Экинчи күн")
    ]
    assert positions == sorted(positions)


def test_a_body_is_named_as_on_the_day_of_the_seminar(client):
    seminar = SeminarFactory(starts_at=datetime(2019, 12, 19, 3, 30, tzinfo=UTC))
    old = OrganisationNameFactory(name_ky="Эски агенттик", valid_to=datetime(2021, 1, 1, tzinfo=UTC).date())
    OrganisationNameFactory(organisation=old.organisation, name_ky="Жаңы агенттик", valid_from=old.valid_to)
    ContributorFactory(seminar=seminar, organisation=old.organisation)
    html = page(client, seminar)
    assert "Эски агенттик" in html
    assert "Жаңы агенттик" not in html


def test_a_missing_language_is_said_and_never_mixed_in_silently(client):
    seminar = SeminarFactory(title_ky="", purpose_ky="")
    html = page(client, seminar, "ky")
    assert f'<span lang="ru">{seminar.title_ru}</span>' in html
    assert f'<p lang="ru">{seminar.purpose_ru}</p>' in html
    assert '<meta name="robots" content="noindex">' in html
    assert f'<a href="/ru/seminars/{seminar.slug}/" hreflang="ru">' in html
    russian = page(client, seminar, "ru")
    assert "noindex" not in russian
    assert 'lang="ru">' + seminar.title_ru not in russian


def test_what_staff_typed_is_shown_and_never_run(client):
    seminar = SeminarFactory(
        title_ky='</script><script>alert(1)</script>"{{ 7 }}', purpose_ky="<img src=x onerror=alert(1)>"
    )
    html = page(client, seminar)
    assert "<script>alert" not in html
    assert "</script><script" not in html
    assert "<img src=x" not in html
    assert "{{ 7 }}" in html


def test_no_page_carries_inline_style_or_script(client):
    html = page(client, full_seminar())
    assert "style=" not in html
    assert "<style" not in html
    scripts = html.split("<script")[1:]
    assert all(script.startswith(' type="application/ld+json"') for script in scripts)


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_address_of_a_seminar_is_in_the_language_asked_for(language):
    seminar = SeminarFactory()
    with translation.override(language):
        assert seminar.get_absolute_url() == f"/{language}/seminars/{seminar.slug}/"
