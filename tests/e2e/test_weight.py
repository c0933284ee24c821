"""Weight over the wire as the browser counts it, headers too, from the portal with whitenoise and built files."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.heads import answers, municipality_of
from tests.e2e.pages import PAGES, seminar_with_everything
from tests.e2e.visitor import PHONE, visitors

FIRST, AGAIN, REGISTRATION = 40_000, 10_000, 60_000
WEIGHED = [
    "home",
    "list",
    "seminar open",
    "form",
    "registration confirmed",
    "find",
    "invitation",
    "library",
    "document",
    "press centre",
    "release",
    "privacy",
    "accessibility",
]


class Scales:
    """Counts the bytes that come over the wire to a page; what the browser has kept weighs nothing."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def reading(self) -> int:
        """What came since the last reading."""
        read, self.bytes = self.bytes, 0
        return read


@pytest.fixture
def weigher(browser, portal, language):
    yield from visitors(browser.new_context(viewport=PHONE), portal, language)


@pytest.mark.parametrize("name", WEIGHED)
def test_a_page_is_light_at_first_and_lighter_again(weigher, name):
    scales = Scales(weigher.page)
    PAGES[name](weigher)
    weigher.page.wait_for_load_state("networkidle")
    first = scales.reading()
    weigher.page.goto(weigher.page.url)
    weigher.page.wait_for_load_state("networkidle")
    again = scales.reading()
    assert 1_000 < first <= FIRST
    assert again <= AGAIN


def test_registering_in_all_is_light(weigher):
    seminar = seminar_with_everything()
    scales = Scales(weigher.page)
    weigher.open("")
    weigher.page.locator(f"main a[href$='/seminars/{seminar.slug}/']").first.click()
    weigher.page.locator("#register a[href$='?group=jalal-abad-oblast']").click()
    weigher.fill(**answers(municipality_of(seminar, "jalal-abad-oblast")))
    weigher.submit()
    weigher.page.wait_for_load_state("networkidle")
    assert weigher.state == "confirmed"
    whole = scales.reading()
    assert 5_000 < whole <= REGISTRATION
