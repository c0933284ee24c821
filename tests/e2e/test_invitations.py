"""An oblast is invited, heads answer on phones, and the organiser sees it all."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from accounts.roles import Role
from accounts.services import create_staff
from participants.models import Term
from regions.models import Oblast, Post
from tests.e2e.heads import municipality_of
from tests.e2e.visitor import Visitor, visitors
from tests.factories.accounts import PASSWORD, StaffFactory
from tests.factories.participants import PersonFactory
from tests.factories.seminars import SeminarFactory

DESK = {"width": 1280, "height": 800}
GROUP = "talas-oblast"


@pytest.fixture
def organiser(browser, portal, language) -> Iterator[Visitor]:
    """An organiser at a desk, signed in through the page, without JavaScript."""
    name = f"{StaffFactory.build().username}-invites"
    user = create_staff(username=name, role=Role.ORGANISER, language=language, password=PASSWORD)
    for visitor in visitors(browser.new_context(viewport=DESK, java_script_enabled=False), portal, language):
        visitor.open(f"/admin/login/?language={language}")
        visitor.page.fill("[name=username]", user.username)
        visitor.page.fill("[name=password]", PASSWORD)
        visitor.page.click("[type=submit]")
        yield visitor


@pytest.fixture
def seminar(database):
    return SeminarFactory(seats=200)


@pytest.fixture
def heads(seminar):
    """Two municipalities of the oblast whose heads are known."""
    units = [municipality_of(seminar, GROUP, number=number) for number in range(2)]
    Term.objects.filter(municipality__in=units).delete()
    for unit in units:
        Term.objects.create(person=PersonFactory(), municipality=unit, post=Post.objects.get(uid="head"))
    return units


def invite_the_oblast(organiser, seminar):
    """Tick the oblast, see the addressees, send; the pages seen."""
    start = len(organiser.visited)
    organiser.open(reverse("admin:participants_invite", args=[seminar.pk]))
    organiser.page.check(f"[name=oblasts][value='{Oblast.objects.get(uid=GROUP).pk}']")
    organiser.page.click("button[value=addressees]")
    organiser.page.click("button[value=send]")
    return [page for page in organiser.visited[start:] if "/rounds/" not in page]


def accept(visitor, seminar, municipality):
    """Open the office's link and press yes; the registration and the pages seen."""
    invitation = seminar.invitations.get(municipality=municipality)
    start = len(visitor.visited)
    visitor.open(f"invitations/{invitation.token}/")
    assert visitor.visible_fields() <= {"reason"}, "only a reason for “no” may be given"
    visitor.page.click("button[name=answer][value=yes]")
    return seminar.registrations.get(municipality=municipality), visitor.visited[start:]


def test_an_oblast_is_invited_answers_and_stands_on_the_board(organiser, visitor, seminar, heads):
    first, second = heads
    invite_the_oblast(organiser, seminar)
    assert seminar.invitations.count() >= 2
    assert len(set(organiser.visited[-4:])) <= 4

    registration, pages = accept(visitor, seminar, first)
    assert len(set(pages)) == 2, "one page and the result"
    assert visitor.path == f"/{visitor.language}/registrations/{registration.token}/"
    assert visitor.state == "confirmed"

    replaced, _pages = accept(visitor, seminar, second)
    old = visitor.path
    visitor.page.click("main a[href$='/deputy/']")
    assert len(visitor.visible_fields()) <= 3
    visitor.fill(full_name="Үлгүбаева Гүлзада", post=Post.objects.get(uid="deputy").pk, phone="0555 000 022")
    visitor.submit()
    assert visitor.state == "passed-on"
    assert visitor.open(old).status == 410
    deputy = seminar.registrations.live().get(municipality=second)
    assert deputy.token != replaced.token
    visitor.open(f"registrations/{deputy.token}/")
    assert visitor.state == "confirmed"
    assert "Үлгүбаева Гүлзада" in visitor.page.locator("main").inner_text()

    organiser.open(reverse("admin:participants_board", args=[seminar.pk]))
    board = organiser.page.locator("#content-main").inner_text()
    assert registration.full_name in board
    assert "Үлгүбаева Гүлзада" in board
