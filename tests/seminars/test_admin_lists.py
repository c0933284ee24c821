"""The list of seminars and the pages of what seminars have in common."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from seminars.models import Organisation, Phase
from tests.factories.seminars import (
    ContributorFactory,
    OrganisationFactory,
    SeatBlockFactory,
    SeminarFactory,
    SessionFactory,
    TopicFactory,
)
from tests.seminars.staff_pages import LIST, rows, staff
from tests.seminars.test_models import oblast

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client):
    user = staff(Role.ORGANISER)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


class TestList:
    def test_says_date_theme_state_and_seats(self, client, organiser):
        seminar = SeminarFactory(seats=40, seats__taken=12)
        SeminarFactory(draft=True, days_ahead=50)
        content = client.get(LIST).content.decode()
        assert seminar.title_ru in content
        assert "12 / 40" in content
        assert f'data-phase="{Phase.OPEN}"' in content
        assert 'data-phase="draft"' in content

    @pytest.mark.parametrize("count", [1, 3])
    def test_asks_the_database_as_often_for_three_rows_as_for_one(
        self, client, organiser, django_assert_num_queries, count
    ):
        for seminar in SeminarFactory.create_batch(count, topics=[TopicFactory()]):
            SessionFactory(seminar=seminar)
            ContributorFactory(seminar=seminar)
        client.get(LIST)
        with django_assert_num_queries(12):
            client.get(LIST)

    def test_is_narrowed_by_time_year_and_topic(self, client, organiser):
        topic = TopicFactory()
        past = SeminarFactory(past=True, topics=[topic])
        coming = SeminarFactory()
        assert shown(client, "time=past") == [past]
        assert shown(client, "time=upcoming") == [coming]
        assert shown(client, f"topics__id__exact={topic.pk}") == [past]
        assert shown(client, f"year={coming.first_day.year}&time=upcoming") == [coming]
        assert shown(client, "year=1066&time=upcoming") == [coming]

    def test_is_searched_by_theme_in_both_languages(self, client, organiser):
        found = SeminarFactory(title_ky="Таза суу", title_ru="Чистая вода")
        SeminarFactory()
        assert shown(client, "q=таза") == shown(client, "q=вода") == [found]


def shown(client, query):
    return list(client.get(f"{LIST}?{query}").context["cl"].result_list)


class TestCatalogue:
    def test_an_organisation_gets_dated_names_on_its_page(self, client, organiser):
        periods = [
            {"name_ky": "Эски", "valid_to": "01.05.2021"},
            {"name_ky": "Жаңы", "valid_from": "01.05.2021"},
        ]
        response = client.post("/admin/seminars/organisation/add/", {"uid": "agency", **rows("names", *periods)})
        assert response.status_code == 302
        assert Organisation.objects.get().names.count() == 2

    @pytest.mark.parametrize(
        "period",
        [{"valid_from": "02.05.2021", "valid_to": "01.05.2021"}, {"valid_from": "01.05.2020"}, {"name_ky": ""}],
    )
    def test_names_that_overlap_or_end_before_they_begin_are_refused_in_words(self, client, organiser, period):
        names = [{"name_ky": "Эски", "valid_to": "01.05.2021"}, {"name_ky": "Жаңы", **period}]
        response = client.post("/admin/seminars/organisation/add/", {"uid": "agency", **rows("names", *names)})
        if period.get("name_ky") == "":
            assert response.status_code == 302  # an empty row is no name
            return
        assert response.status_code == 200
        assert not Organisation.objects.exists()

    def test_one_save_ends_a_name_and_begins_the_next(self, client, organiser):
        body = OrganisationFactory(name__name_ky="Эски")
        old = {"id": body.names.get().pk, "organisation": body.pk, "name_ky": "Эски", "valid_to": "01.05.2021"}
        new = {"organisation": body.pk, "name_ky": "Жаңы", "valid_from": "01.05.2021"}
        address = reverse("admin:seminars_organisation_change", args=[body.pk])
        response = client.post(address, {"uid": "agency", **rows("names", old, new, initial=1)})
        assert response.status_code == 302
        assert [name.name_ky for name in body.names.all()] == ["Жаңы", "Эски"]

    @pytest.mark.parametrize("model", ["organisation", "project", "topic", "series", "speaker"])
    def test_every_list_and_form_opens(self, client, organiser, model):
        assert client.get(f"/admin/seminars/{model}/").status_code == 200
        assert client.get(f"/admin/seminars/{model}/add/").status_code == 200

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_of_organisations_does_not_ask_once_a_row(
        self, client, organiser, django_assert_num_queries, count
    ):
        OrganisationFactory.create_batch(count)
        client.get("/admin/seminars/organisation/")
        with django_assert_num_queries(9):
            client.get("/admin/seminars/organisation/")


def test_blocks_of_groups_are_counted_in_the_list(client, organiser):
    seminar = SeminarFactory(seats=40)
    SeatBlockFactory(seminar=seminar, group=oblast(), seats=8, taken=8)
    assert "8 / 48" in client.get(LIST).content.decode()
