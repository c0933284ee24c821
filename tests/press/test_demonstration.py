"""The demonstration's releases: one of 2019 in both languages, one under embargo, one corrected."""

import pytest
from django.core.management import call_command

from accounts.models import User
from press.documents import plain_text
from press.models import Journalist, Outlet, Release, ReleaseText, Revision
from press.parts import sheet_of
from seminars.models import Seminar

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(register_of_units, monkeypatch, capsys):
    # Three hundred people and a hundred invited offices say nothing about releases.
    monkeypatch.setattr("participants.demonstration.registrations.REGISTRATIONS", 40)
    monkeypatch.setattr("participants.demonstration.invitations.OBLASTS", ("talas-oblast",))
    call_command("load_demonstration")


def test_the_release_of_2019_stands_in_both_languages_with_its_figures(loaded, client):
    said = {"ky": "54 муниципалитетинен жалпысынан 58 адам", "ru": "58 человек из 54 муниципалитетов"}
    for language, figures in said.items():
        page = client.get(f"/{language}/press/aktualduu-maseleler-2019/").content.decode()
        assert figures in page
        assert "[[" not in page


def test_one_is_under_embargo_and_one_is_corrected_and_in_one_language(loaded, client):
    assert ReleaseText.objects.scheduled().count() == 2
    page = client.get("/ky/press/sanariptik-kyzmattar-naryn/").content.decode()
    assert "түзөтүлдү" in page
    assert client.get("/ru/press/sanariptik-kyzmattar-naryn/").status_code == 200
    assert ReleaseText.objects.get(release__slug="sanariptik-kyzmattar-naryn", language="ru").is_draft
    assert "budjet" not in client.get("/ky/press/").content.decode()


def test_no_public_text_of_the_demonstration_has_a_gap(loaded):
    for text in ReleaseText.objects.exclude(state="draft").with_parts():
        assert "[[" not in plain_text(sheet_of(text))


def test_loading_twice_changes_nothing(loaded):
    before = [model.objects.count() for model in (Release, ReleaseText, Revision, Journalist)]
    call_command("load_demonstration")
    assert [model.objects.count() for model in (Release, ReleaseText, Revision, Journalist)] == before


def test_removing_leaves_nothing_behind(loaded):
    call_command("load_demonstration", remove=True)
    for model in (Release, ReleaseText, Revision, Journalist, Outlet, Seminar, User):
        assert not model.objects.exists(), model
    assert not Outlet.history.exists()
