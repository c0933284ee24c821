"""One portal and one browser for all browser tests; what a test writes stays, so each makes a seminar of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from seminars.models import Seminar
from tests.e2e import portal as portals
from tests.e2e.visitor import PHONE, Visitor, visitors

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No page may need anything from elsewhere: no other host can be reached, by a proxy neither.
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
HERE = Path(__file__).parent
# Faults of the browser itself, not of a page: Chromium loses a page while it swaps it, or dies on a busy machine.
FAULTS_OF_THE_BROWSER = ["Protocol error", "Target crashed", "Target page, context or browser has been closed"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("e2e")
            item.add_marker(pytest.mark.flaky(reruns=2, only_rerun=FAULTS_OF_THE_BROWSER))


@pytest.fixture(scope="package")
def database(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A database of its own: the real register and what the browser tests add to it."""
    with django_db_blocker.unblock(), portals.database_of_its_own():
        yield


@pytest.fixture(scope="package")
def portal(database, tmp_path_factory) -> Iterator[str]:
    """The address of the portal."""
    with portals.served(tmp_path_factory.mktemp("static")) as address:
        yield address


@pytest.fixture(scope="package")
def browser(portal) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
        # Beside Playwright's event loop Django keeps connections apart; nobody else would close them.
        connections.close_all()


@pytest.fixture(params=["ky", "ru"])
def language(request) -> str:
    return request.param


@pytest.fixture
def visitor(browser, portal, language) -> Iterator[Visitor]:
    """A visitor with a phone, without JavaScript, in each language."""
    yield from visitors(browser.new_context(viewport=PHONE, java_script_enabled=False), portal, language)


@pytest.fixture(autouse=True)
def _nothing_left_in_public(database) -> Iterator[None]:
    """Each test sees on the home page only the seminars that it made."""
    yield
    Seminar.objects.update(published_at=None, cancelled_at=None)
