"""Every form of a public page carries the key against forged posts that the portal asks of it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from participants import services
from participants.models import CoordinatorLink
from tests.factories.participants import HOLDER, post, register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory
from tests.participants.inviting.offices import invited

pytestmark = pytest.mark.django_db

OF_REGISTRATION = ["cancel", "contacts", "statistics", "deputy"]
# How many forms a page has. The page of a seat that came from the list has two: about oneself, and to refuse it.
PAGES = {
    "register": 1,
    "registration_find": 1,
    "registration_detail": 2,
    **{f"registration_{name}": 1 for name in OF_REGISTRATION},
    "invitation_detail": 3,
    "list": 1,
    "list_draft": 2,
    "list_entry": 2,
}
FORM = re.compile(r'<form method="post"(?P<attributes>[^>]*)>(?P<inside>.*?)</form>', re.DOTALL)
ACTION = re.compile(r'action="([^"]+)"')
KEY = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def address():
    """The address of a page on which something may be sent."""
    post("deputy")
    seminar, municipality = SeminarFactory(seats=1), MunicipalityFactory()
    link = CoordinatorLink.objects.create(seminar=seminar, oblast=municipality.oblast, name="Өкүлчүлүк")
    first = register(seminar, MunicipalityFactory())
    registration = register(seminar, municipality)
    services.cancel(registration=first, by=HOLDER)
    type(registration).objects.filter(pk=registration.pk).update(coordinator_link=link)
    Client().post(link.get_absolute_url(), {"text": "Атлантида, глава, Үлгүбаев Асан, 0555 000 003"})
    arguments = {
        "register": [seminar.slug],
        "registration_find": [],
        "invitation_detail": [invited(SeminarFactory()).token],
        "list": [link.token],
        "list_draft": [link.token],
        "list_entry": [link.token, registration.pk],
    }
    query = {"register": f"?group={municipality.oblast.uid}"}
    return lambda name: (
        reverse(f"participants:{name}", args=arguments.get(name, [registration.token])) + query.get(name, "")
    )


def forms_of(page, where):
    """Where each form of the page posts to, and its key; None where there is none."""
    for form in FORM.finditer(page):
        action, key = ACTION.search(form["attributes"]), KEY.search(form["inside"])
        target = action[1] if action else where
        yield where.partition("?")[0] + target if target.startswith("?") else target, key and key[1]


@pytest.mark.parametrize("name", PAGES)
def test_each_form_of_a_page_is_taken_with_its_key_and_not_without(browser, address, name):
    where = address(name)
    answer = browser.get(where)
    assert answer.status_code == 200
    forms = list(forms_of(answer.text, where))
    assert len(forms) == PAGES[name]
    for target, key in forms:
        assert key, target
        assert browser.post(target).status_code == 403
        assert browser.post(target, {"csrfmiddlewaretoken": key}).status_code in (200, 302, 409, 422), target
