"""A coordinator sends a list from a phone, corrects what was not understood, and sees who is registered."""

import pytest

from participants.models import CoordinatorLink
from regions.models import Oblast
from tests.e2e.heads import municipality_of
from tests.e2e.visitor import PHONE, visitors
from tests.factories.seminars import SeminarFactory

GROUP = "talas-oblast"


@pytest.fixture
def coordinator(browser, portal):
    """A coordinator with a phone, without JavaScript."""
    yield from visitors(browser.new_context(viewport=PHONE, java_script_enabled=False), portal, "ky")


@pytest.fixture
def link(database):
    """A link for the units of an oblast."""
    oblast = Oblast.objects.get(uid=GROUP)
    return CoordinatorLink.objects.create(seminar=SeminarFactory(), oblast=oblast, name="Үлгү өкүлчүлүгү")


def test_a_coordinator_pastes_rows_corrects_two_and_accepts(coordinator, link):
    units = [municipality_of(link.seminar, GROUP, number=number) for number in range(4)]
    places = [unit.full_name for unit in units]
    # A letter is missing.
    places[3] = places[3][:3] + places[3][4:]
    phones = ["0555 000 001", "0555 000 002", "12", "0555 000 004"]
    names = ["Үлгүбаев Асан", "Үлгүбаев Үсөн", "Үлгүбаева Айгүл", "Үлгүбаева Гүлзада"]
    rows = zip(places, names, phones, strict=True)
    coordinator.open(f"lists/{link.token}/")
    coordinator.fill(text="\n".join(f"{place}, глава, {name}, {phone}" for place, name, phone in rows))
    coordinator.submit()
    assert coordinator.path.endswith("/draft/")

    page = coordinator.page
    asked = page.locator("fieldset.list-row")
    assert asked.count() == 2
    page.locator("fieldset.list-row [name$='-phone'][aria-invalid]").fill("0555 000 003")
    page.locator("fieldset.list-row [name$='-unit']").select_option(str(units[3].pk))
    page.locator("button[name=intent][value=check]").first.click()
    assert asked.count() == 0
    page.locator("button[name=intent][value=accept]").first.click()

    assert coordinator.path == f"/ky/lists/{link.token}/"
    people = page.locator(".list-people").inner_text()
    assert all(name in people for name in names)
    registered = link.seminar.registrations.live()
    assert set(registered.values_list("municipality", "full_name")) == {
        (unit.pk, name) for unit, name in zip(units, names, strict=True)
    }
