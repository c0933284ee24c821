"""What staff may still change in a seminar, before and after publication."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.admin import site
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from seminars.exceptions import AlreadyPublished
from seminars.models import Seminar
from tests.factories.seminars import (
    SeminarFactory,
    SessionFactory,
    SessionSpeakerFactory,
    SpeakerFactory,
)
from tests.seminars.staff_pages import ADD, DAY, LIST, change_address, errors_of, page, posted, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client):
    user = staff(Role.ORGANISER)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


class TestChanging:
    def test_saving_without_a_change_changes_nothing(self, client, organiser):
        seminar = SeminarFactory(draft=True, seats=40)
        appearance = SessionSpeakerFactory(session=SessionFactory(seminar=seminar), role="moderator")
        assert posted(client, seminar).status_code == 302
        assert seminar.blocks.get().seats == 40
        assert not seminar.seat_changes.exists()
        assert appearance.session.appearances.get().role == "moderator"

    def test_the_seats_of_a_draft_are_a_plain_number(self, client, organiser):
        seminar = SeminarFactory(draft=True, seats=40)
        posted(client, seminar, seats="90")
        assert seminar.blocks.get().seats == 90

    def test_a_session_gets_other_speakers(self, client, organiser):
        seminar = SeminarFactory(draft=True)
        appearance = SessionSpeakerFactory(session=SessionFactory(seminar=seminar))
        other = SpeakerFactory()
        posted(client, seminar, **{"sessions-0-talking": [other.pk]})
        assert appearance.session.appearances.get().speaker == other

    def test_sessions_keep_to_the_days_of_a_seminar_that_is_shortened(self, client, organiser):
        seminar = SeminarFactory(draft=True, length_days=2)
        day = seminar.starts_at + timedelta(days=1)
        SessionFactory(seminar=seminar, starts_at=day)
        first = f"{timezone.localtime(seminar.starts_at):%d.%m.%Y}"
        assert errors_of(posted(client, seminar, ends_at_0=first)) == {"starts_at", "ends_at"}

    def test_publication_fixes_address_date_place_and_seats(self, client, organiser):
        seminar = SeminarFactory(slug="printed", seats=40)
        before = (seminar.starts_at, seminar.venue_ky, seminar.format)
        posted(client, seminar, slug="other", starts_at_0=DAY, venue_ky="Башка зал", format="online", seats="7")
        seminar.refresh_from_db()
        assert seminar.slug == "printed"
        assert (seminar.starts_at, seminar.venue_ky, seminar.format) == before
        assert seminar.capacity == 40

    def test_texts_stay_open_after_publication(self, client, organiser):
        seminar = SeminarFactory()
        posted(client, seminar, purpose_ru="Иначе сказано")
        seminar.refresh_from_db()
        assert seminar.purpose_ru == "Иначе сказано"

    def test_a_published_page_cannot_lose_what_it_must_say(self, client, organiser):
        seminar = SeminarFactory()
        assert errors_of(posted(client, seminar, purpose_ky="", purpose_ru="")) == {"purpose_ky"}

    def test_saving_overwrites_nothing_that_others_did_meanwhile(self, organiser, rf):
        """The row was read before another transaction cancelled the seminar."""
        stale = SeminarFactory()
        Seminar.objects.filter(pk=stale.pk).update(
            cancelled_at=timezone.now(), calendar_sequence=1, notice_ky="Карантин"
        )
        stale.purpose_ru = "Иначе сказано"
        form = SimpleNamespace(fields={"purpose_ru": None, "talking": None})
        site._registry[Seminar].save_model(rf.post("/"), stale, form, change=True)
        stored = Seminar.objects.get()
        assert stored.is_cancelled
        assert (stored.calendar_sequence, stored.purpose_ru) == (1, "Иначе сказано")

    def test_the_page_of_a_draft_is_refused_once_another_has_published_it(self, organiser, rf):
        stale = SeminarFactory(draft=True)
        Seminar.objects.filter(pk=stale.pk).update(published_at=timezone.now())
        with pytest.raises(AlreadyPublished):
            site._registry[Seminar].save_model(rf.post("/"), stale, SimpleNamespace(fields={}), change=True)

    def test_who_changed_it_stands_in_the_history(self, client, organiser):
        seminar = SeminarFactory(draft=True)
        posted(client, seminar, occasion_ru="Год регионов")
        assert seminar.history.first().history_user == organiser
        history = client.get(reverse("admin:seminars_seminar_history", args=[seminar.pk]))
        assert "Год регионов" in history.content.decode()

    def test_a_published_seminar_is_not_deleted(self, client, organiser):
        seminar, draft = SeminarFactory(), SeminarFactory(draft=True)
        assert (
            client.post(reverse("admin:seminars_seminar_delete", args=[seminar.pk]), {"post": "yes"}).status_code == 403
        )
        assert (
            client.post(reverse("admin:seminars_seminar_delete", args=[draft.pk]), {"post": "yes"}).status_code == 302
        )
        assert list(Seminar.objects.all()) == [seminar]
        client.post(LIST, {"action": "delete_selected", "_selected_action": [seminar.pk], "post": "yes"})
        assert Seminar.objects.exists()


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.PRESS_OFFICER, Role.APPROVER, Role.ANALYST])
def test_other_roles_read_and_change_nothing(client, role):
    client.force_login(staff(role), backend="django.contrib.auth.backends.ModelBackend")
    seminar = SeminarFactory(draft=True)
    SessionSpeakerFactory(session=SessionFactory(seminar=seminar))
    assert client.get(change_address(seminar)).status_code == 200
    assert client.post(change_address(seminar), page()).status_code == 403
    assert client.post(ADD, page()).status_code == 403
    assert Seminar.objects.get().title_ky == seminar.title_ky
