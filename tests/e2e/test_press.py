"""A release from the click on a seminar to the public page, by two people, and what each step says on the way."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from press import services
from press.models import ReleaseText
from tests.e2e.reading import violations
from tests.e2e.visitor import Visitor
from tests.factories.accounts import staff_of
from tests.factories.press import attend
from tests.factories.regions import MunicipalityFactory
from tests.factories.releases import (
    JournalistFactory,
    content,
    draft_text,
    pdf_upload,
    person,
    picture_upload,
)
from tests.factories.seminars import SeminarFactory

DESK = {"width": 1280, "height": 900}


@contextmanager
def at_a_desk(browser, portal: str, user: User, *, scripts: bool = False) -> Iterator[Visitor]:
    """The person's own browser, signed in, mostly without JavaScript: every step is a page and a button."""
    client = Client()
    client.force_login(user)
    context = browser.new_context(viewport=DESK, java_script_enabled=scripts)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])
    visitor = Visitor(page=context.new_page(), address=portal, language=user.language)
    yield visitor
    context.close()
    assert not visitor.faults, "\n".join(visitor.faults)


@pytest.fixture
def officer(browser, portal) -> Iterator[Visitor]:
    user = staff_of(Role.PRESS_OFFICER)
    User.objects.filter(pk=user.pk).update(email="officer@example.org")
    with at_a_desk(browser, portal, user) as visitor:
        yield visitor


@pytest.fixture
def approver(browser, portal) -> Iterator[Visitor]:
    with at_a_desk(browser, portal, staff_of(Role.APPROVER)) as visitor:
        yield visitor


def fill_the_gaps(visitor: Visitor) -> None:
    """Write something wherever the draft asks for it, and save."""
    for control in visitor.page.locator("main form :is(textarea, input[type=text])").all():
        if "[[" in (written := control.input_value()):
            control.fill(written.split("[[")[0] + "Толукталды.")
    visitor.page.locator("main form input[type=submit].default").click()


def take(visitor: Visitor, text: ReleaseText, step: str, **fields: str) -> None:
    """Go to the step from the page of the text, read what it says, do it."""
    visitor.open(f"/admin/press/releasetext/{text.pk}/change/")
    visitor.page.locator(f"a[href$='/steps/{step}/']").click()
    assert visitor.page.locator("main li").count() >= 1
    visitor.fill(**fields)
    visitor.page.locator("main form input[type=submit].default").click()


def test_two_people_bring_a_release_from_the_seminar_to_the_public(officer, approver, visitor):
    seminar = SeminarFactory(past=True)
    attend(seminar, MunicipalityFactory.create_batch(3), 7)
    language = visitor.language

    officer.open(f"/admin/seminars/seminar/{seminar.pk}/change/")
    officer.page.locator("form[action*='/press/release/draft/'] button").click()
    text = ReleaseText.objects.get(release__seminar=seminar, language=language)
    officer.open(f"/admin/press/releasetext/{text.pk}/change/")
    fill_the_gaps(officer)
    take(officer, text, "submit")

    approver.open(f"/admin/press/releasetext/{text.pk}/preview/")
    preview = approver.page.locator("main article").inner_text()
    take(approver, text, "return", comment="Цитатаны тактаңыз")
    officer.open(f"/admin/press/releasetext/{text.pk}/change/")
    assert "Цитатаны тактаңыз" in officer.page.locator("main").inner_text()
    take(officer, text, "submit")

    visitor.open(f"press/{text.release.slug}/")
    assert visitor.page.title().startswith("404") or seminar.title_ky not in visitor.page.content()
    take(approver, text, "approve")

    visitor.open("press/")
    visitor.page.locator(f"main a[href$='/press/{text.release.slug}/']").first.click()
    assert visitor.page.locator("main article").inner_text() == preview
    assert " 7 " in preview

    JournalistFactory(language=language)
    take(officer, text, "test")
    take(officer, text, "mail")
    take(officer, text, "correct", note="7 эмес, 8 адам.")
    approver.open(f"/admin/press/releasetext/{text.pk}/change/")
    approver.page.locator("a[href*='/corrections/']").click()
    approver.page.locator("main form input[type=submit].default").click()
    visitor.page.reload()
    assert "7 эмес, 8 адам." in visitor.page.locator("main").inner_text()
    take(approver, text, "withdraw", note="Семинар жокко чыгарылган.")
    visitor.page.reload()
    assert "Семинар жокко чыгарылган." in visitor.page.locator("main").inner_text()


def test_axe_finds_nothing_on_the_pages_of_a_draft(browser, portal, database):
    by = person()
    text = draft_text(by=by, lead="Семинар [[кайда]] өттү.", quotes=[{"words": "Бул", "speaker": "А", "post": "б"}])
    text = services.place_picture(
        text=text, revision=text.revision, upload=picture_upload(), key="", alt="Зал", caption="", by=by
    )
    text = services.place_attachment(
        text=text, revision=text.revision, upload=pdf_upload(), key="", title="Жобо", by=by
    )
    with at_a_desk(browser, portal, staff_of(Role.ADMINISTRATOR), scripts=True) as staff:
        pages = ["change/", "history/", "steps/submit/", "steps/picture/", "steps/attachment/"]
        found = []
        for page in pages:
            staff.open(f"/admin/press/releasetext/{text.pk}/{page}")
            found += violations(staff)
        staff.open(f"/admin/press/releasetext/{text.pk}/change/")
        services.edit(text=text, revision=text.revision, content=content(lead="Башкасы."), by=by)
        staff.page.fill("[name=lead]", "Меники.")
        staff.page.locator("main form input[type=submit].default").click()
        staff.page.locator("del").first.wait_for()
        found += violations(staff)
        assert not found, "\n".join(found)
