"""The admin: axe finds nothing on the list and the forms of any model, light and dark; a new model is read too."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client

from tests.access.examples import make_examples
from tests.e2e.reading import violations, violations_in_the_dark
from tests.e2e.visitor import visitors
from tests.factories.accounts import superuser

DESK = {"width": 1280, "height": 900}
MODELS = {model._meta.label_lower: model for model in admin.site._registry}


@pytest.fixture(scope="module")
def examples(database):
    return make_examples()


@pytest.fixture(scope="module")
def session(database) -> str:
    """The session of somebody who may everything."""
    client = Client()
    client.force_login(superuser())
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def staff(browser, portal, session):
    context = browser.new_context(viewport=DESK)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])
    yield from visitors(context, portal, "ky")


@pytest.mark.parametrize("label", MODELS)
def test_axe_finds_nothing(staff, examples, label):
    found = []
    base = f"/admin/{label.replace('.', '/')}/"
    for page in (base, f"{base}add/", f"{base}{examples[label]}/change/"):
        response = staff.open(page)
        # What nobody may add has no form to add it.
        assert response.status == 200 or (response.status == 403 and page.endswith("/add/")), page
        found += [f"{page}: {line}" for line in violations(staff) + violations_in_the_dark(staff)]
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_the_start_page(staff, examples):
    staff.open("/admin/")
    found = violations(staff) + violations_in_the_dark(staff)
    assert not found, "\n".join(found)
