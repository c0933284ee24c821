"""Publish, copy, see as the public will: each says first what it does, and does it on POST only."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from seminars.models import Seminar
from tests.factories.seminars import ContributorFactory, SeminarFactory, SessionFactory, SessionSpeakerFactory

pytestmark = pytest.mark.django_db


def signed_in(role, **options):
    user = User.objects.create_user(f"staff-{role}", is_staff=True, language="ru")
    user.groups.add(Group.objects.get(name=role))
    client = Client(**options)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def organiser():
    return signed_in(Role.ORGANISER)


@pytest.fixture
def draft():
    seminar = SeminarFactory(draft=True, slug="printed")
    ContributorFactory(seminar=seminar)
    SessionSpeakerFactory(session=SessionFactory(seminar=seminar))
    return seminar


def address(step, seminar, *args):
    return reverse(f"admin:seminars_seminar_{step}", args=[seminar.pk, *args])


class TestThePageOfASeminar:
    def test_offers_the_steps_of_a_draft(self, organiser, draft):
        content = organiser.get(address("change", draft)).content.decode()
        for link in (
            address("publish", draft),
            address("copy", draft),
            address("preview", draft, "ky"),
            address("preview", draft, "ru"),
        ):
            assert f'href="{link}"' in content

    def test_says_what_publication_waits_for(self, organiser):
        seminar = SeminarFactory(draft=True)
        response = organiser.get(address("change", seminar))
        assert [lack.field for lack in response.context["lacks"]] == ["contributors"]

    def test_offers_neither_publication_nor_preview_once_published(self, organiser):
        seminar = SeminarFactory()
        content = organiser.get(address("change", seminar)).content.decode()
        assert address("publish", seminar) not in content
        assert address("preview", seminar, "ky") not in content
        assert f'href="/ru/seminars/{seminar.slug}/"' in content

    def test_of_who_may_only_read_offers_a_look(self, draft):
        content = signed_in(Role.PRESS_OFFICER).get(address("change", draft)).content.decode()
        assert address("preview", draft, "ky") in content
        assert address("publish", draft) not in content
        assert address("copy", draft) not in content


class TestPublish:
    def test_says_what_will_happen_and_does_nothing_yet(self, organiser, draft):
        content = organiser.get(address("publish", draft)).content.decode()
        assert "/ru/seminars/printed/" in content
        assert "40" in content
        draft.refresh_from_db()
        assert not draft.is_published

    def test_shows_the_seminar_to_the_public(self, organiser, draft, client):
        assert client.get(draft.get_absolute_url()).status_code == 404
        response = organiser.post(address("publish", draft))
        assert response.url == address("change", draft)
        assert client.get(draft.get_absolute_url()).status_code == 200

    def test_names_all_that_is_missing_and_has_no_button(self, organiser):
        seminar = SeminarFactory(draft=True, venue_ky="", venue_ru="", contact_phone="", contact_email="")
        response = organiser.get(address("publish", seminar))
        assert {lack.field for lack in response.context["lacks"]} == {"venue_ky", "contributors", "contact_phone"}
        assert 'type="submit" class="default"' not in response.content.decode()

    def test_refuses_in_a_sentence_what_is_not_ready(self, organiser):
        seminar = SeminarFactory(draft=True)
        response = organiser.post(address("publish", seminar), follow=True)
        assert [message.level_tag for message in response.context["messages"]] == ["error"]
        seminar.refresh_from_db()
        assert not seminar.is_published

    def test_is_not_offered_twice(self, organiser):
        assert organiser.get(address("publish", SeminarFactory())).status_code == 403

    def test_asks_for_the_key_of_the_form(self, draft):
        assert signed_in(Role.ORGANISER, enforce_csrf_checks=True).post(address("publish", draft)).status_code == 403
        draft.refresh_from_db()
        assert not draft.is_published


class TestCopy:
    def test_asks_for_a_day_and_makes_a_draft_of_it(self, organiser, draft):
        assert organiser.get(address("copy", draft)).status_code == 200
        day = draft.first_day + timedelta(days=30)
        response = organiser.post(address("copy", draft), {"first_day": f"{day:%d.%m.%Y}"})
        twin = Seminar.objects.exclude(pk=draft.pk).get()
        assert response.url == address("change", twin)
        assert (twin.first_day, twin.sessions.count(), twin.is_published) == (day, 1, False)

    @pytest.mark.parametrize("day", ["", "31.02.2027", "10.03.0227", "сегодня"])
    def test_keeps_asking_until_the_day_is_one(self, organiser, draft, day):
        response = organiser.post(address("copy", draft), {"first_day": day})
        assert response.status_code == 200
        assert response.context["form"].errors["first_day"]
        assert Seminar.objects.count() == 1

    def test_refuses_the_day_of_the_seminar_itself(self, organiser, draft):
        response = organiser.post(address("copy", draft), {"first_day": f"{draft.first_day:%d.%m.%Y}"})
        assert response.context["form"].errors["first_day"]

    def test_works_for_a_published_seminar(self, organiser):
        seminar = SeminarFactory()
        organiser.post(address("copy", seminar), {"first_day": "10.03.2031"})
        assert Seminar.objects.count() == 2


class TestPreview:
    def test_shows_the_page_in_the_language_asked_for_with_a_banner(self, organiser, draft):
        kyrgyz = organiser.get(address("preview", draft, "ky")).content.decode()
        russian = organiser.get(address("preview", draft, "ru")).content.decode()
        assert draft.purpose_ky in kyrgyz
        assert draft.purpose_ru in russian
        assert '<html lang="ky"' in kyrgyz
        assert '<html lang="ru"' in russian

    def test_is_kept_by_nobody_on_the_way(self, organiser, draft):
        assert "no-store" in organiser.get(address("preview", draft, "ky")).headers["Cache-Control"]

    def test_there_is_none_in_other_languages_or_of_other_seminars(self, organiser, draft):
        assert organiser.get(address("preview", draft, "en")).status_code == 404
        assert organiser.get(reverse("admin:seminars_seminar_preview", args=[draft.pk + 1, "ky"])).status_code == 404

    def test_changes_nothing_by_post(self, organiser, draft):
        assert organiser.post(address("preview", draft, "ky")).status_code == 405


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.PRESS_OFFICER, Role.APPROVER, Role.ANALYST])
@pytest.mark.parametrize("step", ["publish", "copy"])
def test_other_roles_may_not(draft, role, step):
    client = signed_in(role)
    assert client.get(address(step, draft)).status_code == 403
    assert client.post(address(step, draft), {"first_day": "10.03.2031"}).status_code == 403
    draft.refresh_from_db()
    assert not draft.is_published
    assert Seminar.objects.count() == 1


def test_visitors_are_asked_to_sign_in(client, draft):
    for link in (address("publish", draft), address("copy", draft), address("preview", draft, "ky")):
        response = client.get(link)
        assert response.status_code == 302
        assert response.url.startswith(reverse("admin:login"))
