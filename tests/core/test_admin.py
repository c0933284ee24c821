"""What every admin has in common."""

import pytest
from django import forms
from django.contrib.messages import get_messages

from accounts.models import User
from core.admin import LabelledSplitDateTime, PortalAdmin, in_both_languages, name_widget
from core.exceptions import DomainError
from tests.factories.accounts import superuser
from tests.factories.seminars import SeminarFactory


def test_both_languages_of_a_field_stand_in_one_row():
    assert in_both_languages("title", "purpose") == (("title_ky", "title_ru"), ("purpose_ky", "purpose_ru"))


def test_both_inputs_of_a_moment_are_named():
    html = LabelledSplitDateTime().render("starts_at", None, {"id": "id_starts_at"})
    assert html.count("aria-label=") == 2


def test_in_a_table_the_inputs_of_a_moment_are_named_after_their_column():
    widget = LabelledSplitDateTime()
    name_widget(widget, "Башталышы")
    assert [str(part.attrs["aria-label"]).startswith("Башталышы: ") for part in widget.widgets] == [True, True]


def test_boxes_to_tick_keep_their_own_labels():
    widget = forms.CheckboxSelectMultiple(choices=[("ky", "Кыргызча")])
    name_widget(widget, "Тилдер")
    assert "aria-label" not in widget.attrs


@pytest.fixture
def request_of_staff(client, db):
    client.force_login(superuser())
    request = client.get("/admin/").wsgi_request
    request.method = "POST"
    return request


def test_a_refusal_of_a_service_is_told_and_undoes_what_came_before(request_of_staff, admin_of_users):
    with admin_of_users.telling_refusals(request_of_staff) as outcome:
        User.objects.create(username="half-done")
        raise DomainError("Not today.")
    assert not outcome.done
    assert [str(message) for message in get_messages(request_of_staff)] == ["Not today."]
    assert not User.objects.filter(username="half-done").exists()


def test_what_is_carried_out_stays_and_says_nothing(request_of_staff, admin_of_users):
    with admin_of_users.telling_refusals(request_of_staff) as outcome:
        User.objects.create(username="done")
    assert outcome.done
    assert not list(get_messages(request_of_staff))
    assert User.objects.filter(username="done").exists()


@pytest.fixture
def admin_of_users() -> PortalAdmin:
    from django.contrib import admin

    return PortalAdmin(User, admin.site)


def test_typed_text_is_stored_without_invisible_letters(client, db):
    seminar = SeminarFactory(draft=True)
    client.force_login(superuser())
    page = client.get(f"/admin/seminars/seminar/{seminar.pk}/change/")
    form = page.context["adminform"].form
    assert form.fields["title_ky"].to_python("  Бюд\u200bжет\u202e \u0438\u0306 ") == "Бюджет й"
