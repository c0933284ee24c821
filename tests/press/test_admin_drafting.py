"""The click on a seminar's page that drafts its release."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from press.models import Release
from tests.factories.accounts import staff_of
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = staff_of(Role.PRESS_OFFICER, language="ru")
    client.force_login(user)
    return user


def panel(client, seminar):
    return client.get(reverse("admin:seminars_seminar_change", args=[seminar.pk])).content.decode()


def draft(client, seminar, kind):
    return client.post(reverse("admin:press_draft_release", args=[seminar.pk]), {"kind": kind})


def test_the_seminars_page_offers_the_release_that_is_due(client, officer):
    assert 'name="kind" value="announcement"' in panel(client, SeminarFactory())
    seminar = SeminarFactory(past=True)
    assert 'name="kind" value="result"' in panel(client, seminar)
    assert 'name="kind"' not in panel(client, SeminarFactory(cancelled=True))


def test_one_click_opens_the_draft_and_the_page_leads_to_both_texts(client, officer):
    seminar = SeminarFactory(past=True)
    response = draft(client, seminar, "result")
    release = Release.objects.get()
    assert response["Location"] == reverse("admin:press_release_change", args=[release.pk])
    page = panel(client, seminar)
    for text in release.texts.all():
        assert reverse("admin:press_releasetext_change", args=[text.pk]) in page
    assert 'name="kind"' not in page
    assert draft(client, seminar, "result")["Location"] == response["Location"]
    assert Release.objects.count() == 1


def test_a_refusal_is_told_on_the_seminars_page(client, officer):
    seminar = SeminarFactory()
    response = client.post(reverse("admin:press_draft_release", args=[seminar.pk]), {"kind": "result"}, follow=True)
    assert response.redirect_chain[0][0] == reverse("admin:seminars_seminar_change", args=[seminar.pk])
    assert [str(message) for message in response.context["messages"]]
    assert not Release.objects.exists()


@pytest.mark.parametrize("kind", ["", "other", "\x00", "result" * 100])
def test_a_kind_that_is_none_is_404(client, officer, kind):
    assert draft(client, SeminarFactory(past=True), kind).status_code == 404


def test_looking_drafts_nothing(client, officer):
    seminar = SeminarFactory(past=True)
    assert client.get(reverse("admin:press_draft_release", args=[seminar.pk])).status_code == 405


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.REGISTRAR, Role.ANALYST, Role.APPROVER])
def test_only_who_makes_releases_drafts_one(client, role):
    seminar = SeminarFactory(past=True)
    client.force_login(staff_of(role))
    assert draft(client, seminar, "result").status_code == 403
    assert 'name="kind"' not in panel(client, seminar)
    assert not Release.objects.exists()


def test_who_may_not_see_releases_before_their_hour_reads_nothing_of_them_on_the_seminars_page(client, officer):
    seminar = SeminarFactory(past=True)
    draft(client, seminar, "result")
    client.force_login(staff_of(Role.ORGANISER))
    assert "seminar-releases" not in panel(client, seminar)
