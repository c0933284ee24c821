"""One click makes the drafts of a release: the first seminar's equal what was checked by hand, letter by letter."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.roles import Role
from press.documents import plain_text
from press.drafting.material import gather
from press.exceptions import SeminarIsCancelled, SeminarIsOver, SeminarNotOver
from press.gaps import gaps_in
from press.models import Release, ReleaseText, Revision
from press.parts import sheet_of
from press.services import draft_release
from press.services.drafting import COMPOSERS
from seminars.models import Seminar
from tests.factories.accounts import staff_of
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db
EXPECTED = Path(__file__).parent / "expected"
ANNOUNCEMENT, RESULT = Release.Kind.ANNOUNCEMENT, Release.Kind.RESULT


@pytest.fixture
def officer(db):
    return staff_of(Role.PRESS_OFFICER)


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_draft_of_the_first_seminars_results_is_right(first_seminar, officer, language):
    release = draft_release(seminar=first_seminar, kind=RESULT, by=officer)
    text = release.texts.with_parts().get(language=language)
    assert plain_text(sheet_of(text)) == (EXPECTED / f"first_seminar_result.{language}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_announcement_of_the_first_seminar_would_have_been_right(first_seminar, language):
    draft = COMPOSERS[language, ANNOUNCEMENT](gather(first_seminar, language))
    said = f"{draft.headline}\n\n{draft.lead}\n\n{draft.presented}\n\n{draft.further}\n"
    expected = EXPECTED / f"first_seminar_announcement.{language}.txt"
    assert said == expected.read_text(encoding="utf-8").replace("{site}", settings.SITE_URL)


def test_a_second_click_gives_the_same_release(officer):
    seminar = SeminarFactory(past=True)
    first = draft_release(seminar=seminar, kind=RESULT, by=officer)
    assert draft_release(seminar=seminar, kind=RESULT, by=officer) == first
    assert (Release.objects.count(), ReleaseText.objects.count()) == (1, 2)


def test_an_announcement_and_a_result_have_addresses_of_their_own(officer):
    seminar = SeminarFactory(days_ahead=0)
    announcement = draft_release(seminar=seminar, kind=ANNOUNCEMENT, by=officer)
    yesterday = timezone.now() - timedelta(days=1)
    Seminar.objects.update(
        starts_at=yesterday - timedelta(hours=8),
        ends_at=yesterday,
        registration_opens_at=None,
        registration_closes_at=None,
    )
    result = draft_release(seminar=seminar, kind=RESULT, by=officer)
    assert {announcement.slug, result.slug} == {f"{seminar.slug}-announcement", seminar.slug}


def test_an_address_that_is_taken_or_reserved_is_not_given_twice(officer):
    Release.objects.create(slug="byudjet", created_by=officer)
    assert draft_release(seminar=SeminarFactory(past=True, slug="byudjet"), kind=RESULT, by=officer).slug == "byudjet-2"
    assert draft_release(seminar=SeminarFactory(past=True, slug="feed"), kind=RESULT, by=officer).slug == "feed-2"


def test_the_tense_follows_the_calendar(officer):
    with pytest.raises(SeminarNotOver):
        draft_release(seminar=SeminarFactory(), kind=RESULT, by=officer)
    with pytest.raises(SeminarIsOver):
        draft_release(seminar=SeminarFactory(past=True), kind=ANNOUNCEMENT, by=officer)
    with pytest.raises(SeminarIsCancelled):
        draft_release(seminar=SeminarFactory(cancelled=True), kind=ANNOUNCEMENT, by=officer)
    assert not Release.objects.exists()


def test_who_drafted_is_in_the_history_and_the_topics_are_taken_over(officer):
    release = draft_release(seminar=SeminarFactory(past=True), kind=RESULT, by=officer)
    assert set(Revision.objects.values_list("by", "event", "number")) == {(officer.pk, "drafted", 1)}
    assert release.texts.first().last_editor == officer


def test_without_attendance_the_figures_are_a_gap(officer):
    release = draft_release(seminar=SeminarFactory(past=True), kind=RESULT, by=officer)
    for text in release.texts.all():
        assert len(gaps_in(text.lead)) == 1


def test_a_long_theme_fits(officer):
    seminar = SeminarFactory(past=True, title_ru="А" * 300, title_ky="Ө" * 300, city_ky="", city_ru="")
    release = draft_release(seminar=seminar, kind=RESULT, by=officer)
    announcement = draft_release(
        seminar=SeminarFactory(title_ru="А" * 300, title_ky="Ө" * 300), kind=ANNOUNCEMENT, by=officer
    )
    for text in (*release.texts.all(), *announcement.texts.all()):
        assert len(text.headline) <= 300
        assert text.headline.count("»") == 1
    assert set(release.texts.values_list("place_line", flat=True)) == {"Кыргызстан"}
