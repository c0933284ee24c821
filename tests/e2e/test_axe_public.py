"""WCAG 2.2 AA: axe finds nothing on any public page in any state, in both languages, light and dark."""

import pytest

from tests.e2e.pages import PAGES
from tests.e2e.reading import violations, violations_in_the_dark
from tests.e2e.visitor import PHONE, visitors


@pytest.fixture
def reader(browser, portal, language, settings):
    """A visitor whose page axe may read: with JavaScript, on a phone."""
    settings.ROOT_URLCONF = "tests.e2e.urls"
    yield from visitors(browser.new_context(viewport=PHONE), portal, language)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(reader, name):
    PAGES[name](reader)
    assert reader.page.locator("main").count() == 1
    found = violations(reader)
    # Colours are the same in both languages.
    if reader.language == "ky":
        found += violations_in_the_dark(reader)
    assert not found, "\n".join(found)


def test_axe_is_asked(reader):
    """The guard guards: a picture without words is found."""
    reader.open("privacy/")
    reader.page.evaluate("document.querySelector('main').append(new Image())")
    assert any("image-alt" in line for line in violations(reader))
