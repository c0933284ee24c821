"""Pages of staff in a real browser: nothing that the policy forbids, nothing that axe finds.

Words differ between the languages, markup does not: every other page is opened in Kyrgyz, the rest in Russian.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.roles import Role
from tests.access.addresses import Address
from tests.access.examples import make_examples
from tests.e2e.visitor import Visitor
from tests.factories.accounts import PASSWORD, staff_of

DESK = {"width": 1280, "height": 800}
# One of every kind: lists with filters, forms with inlines, dates and autocomplete, history, deletion, popups, steps.
PAGES = [
    "/admin/",
    "/admin/password_change/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/accounts/user/<object_id>/change/",
    "/admin/accounts/user/<object_id>/history/",
    "/admin/accounts/user/<id>/password/",
    "/admin/materials/document/",
    "/admin/materials/document/add/",
    "/admin/materials/document/<object_id>/change/",
    "/admin/materials/document/<pk>/editions/add/",
    "/admin/materials/document/editions/<edition_pk>/files/",
    "/admin/materials/document/editions/<edition_pk>/tell/",
    "/admin/materials/document/seminars/<pk>/",
    "/admin/outbox/message/",
    "/admin/outbox/message/<object_id>/change/",
    "/admin/participants/coordinatorlink/<object_id>/change/",
    "/admin/participants/coordinatorlink/seminars/<pk>/",
    "/admin/participants/invitation/<object_id>/change/",
    "/admin/participants/invitation/seminars/<pk>/invite/",
    "/admin/participants/registration/",
    "/admin/participants/registration/add/",
    "/admin/participants/registration/<object_id>/change/",
    "/admin/participants/registration/<pk>/steps/<name>/",
    "/admin/participants/registration/seminars/<pk>/seats/",
    "/admin/participants/registration/seminars/<pk>/sheet/",
    "/admin/participants/person/<object_id>/change/",
    "/admin/participants/person/<pk>/merge/<other>/",
    "/admin/participants/person/duplicates/",
    "/admin/participants/round/<object_id>/change/",
    "/admin/participants/term/add/",
    "/admin/participants/term/heads/",
    "/admin/participants/term/heads/<municipality>/",
    "/admin/participants/term/heads/import/",
    "/admin/regions/municipality/",
    "/admin/regions/municipality/<object_id>/change/",
    "/admin/seminars/organisation/<object_id>/change/",
    "/admin/seminars/seminar/",
    "/admin/seminars/seminar/add/",
    "/admin/seminars/seminar/<object_id>/change/",
    "/admin/seminars/seminar/<object_id>/history/",
    "/admin/seminars/seminar/<pk>/publish/",
    "/admin/seminars/speaker/<object_id>/delete/",
    "/admin/seminars/series/add/?_popup=1",
]


@pytest.fixture
def staff(browser, portal, language) -> Iterator[Visitor]:
    """An administrator at a desk, signed in through the page."""
    user = staff_of(Role.ADMINISTRATOR, language=language)
    context = browser.new_context(viewport=DESK, timezone_id="Asia/Bishkek")
    visitor = Visitor(page=context.new_page(), address=portal, language=language)
    visitor.open(f"/admin/login/?language={language}")
    assert violations(visitor) == []
    visitor.page.fill("[name=username]", user.username)
    visitor.page.fill("[name=password]", PASSWORD)
    visitor.page.click("[type=submit]")
    yield visitor
    context.close()
    assert not visitor.faults, "\n".join(visitor.faults)


def violations(visitor: Visitor) -> list[str]:
    """What axe finds; what its own script says on the console is not the page's."""
    before = len(visitor.faults)
    found = Axe().run(visitor.page).response["violations"]
    del visitor.faults[before:]
    return [f"{visitor.path}: {rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def test_no_page_of_staff_breaks_the_policy_or_the_rules_of_access(staff, language):
    examples = make_examples()
    found = []
    for page in PAGES[language == "ru" :: 2]:
        response = staff.open(Address(page).filled(examples))
        assert response is not None
        assert response.status == 200, page
        assert staff.page.locator("html").get_attribute("lang") == language
        found += violations(staff)
    assert found == []


def test_adding_rows_choosing_days_and_searching_by_name_work_under_the_policy(staff):
    examples = make_examples()
    staff.open(Address("/admin/seminars/seminar/<object_id>/change/").filled(examples))
    page = staff.page
    for link in page.locator(".add-row a").all():
        link.click()
    page.locator(".datetimeshortcuts a").first.click()
    box = page.locator(".select2-selection").first
    box.click()
    page.locator(".select2-results__option").first.wait_for()
    assert violations(staff) == []


def test_the_language_is_changed_from_the_header_and_stays(staff, language):
    other = {"ky": "ru", "ru": "ky"}[language]
    staff.open("/admin/seminars/seminar/")
    staff.page.click(".language-form button")
    assert staff.path == "/admin/seminars/seminar/"
    assert staff.page.locator("html").get_attribute("lang") == other
    staff.open("/admin/")
    assert staff.page.locator("html").get_attribute("lang") == other
