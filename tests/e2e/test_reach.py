"""Reach: 320 px wide, letters twice as big, keyboard only."""

import pytest

from tests.e2e.pages import ERRORS, GROUP, PAGES
from tests.e2e.visitor import visitors
from tests.factories.seminars import SeminarFactory

# What differs in layout; the other states are the same page with other words.
LAYOUTS = [
    "home",
    "list",
    "seminar open",
    "seminar of_three_days",
    "seminar with_a_long_title",
    "groups",
    "form",
    "form of a hybrid seminar",
    "form with errors",
    "form of a registered office",
    "form not_open",
    "registered already",
    "registration confirmed",
    "registration waiting",
    "cancel",
    "contacts with errors",
    "find with errors",
    "find done",
    "invitation",
    "invitation of a vacant office with errors",
    "deputy sent",
    "empty list",
    "list being checked",
    "list with people",
    "press centre",
    "release with a long headline",
    "release with files",
    "release under embargo",
    "privacy",
    "accessibility",
    f"error {ERRORS[0]}",
]
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(element => !element.closest('.visually-hidden, .skip-link'))
    .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(element => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 40)}`)"""
SCROLLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
TWICE_AS_BIG = """() => {
    const root = document.documentElement;
    root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
}"""
# An outline or a shadow that the element does not have without the focus.
FOCUS_IS_SEEN = """element => {
    const style = getComputedStyle(element);
    const look = () => [style.outlineWidth, style.outlineStyle, style.boxShadow].join();
    const focused = look();
    element.blur();
    const plain = look();
    element.focus({focusVisible: true});
    return focused != plain;
}"""


@pytest.fixture
def narrow(browser, portal, language, settings):
    settings.ROOT_URLCONF = "tests.e2e.urls"
    yield from visitors(browser.new_context(viewport={"width": 320, "height": 640}), portal, language)


@pytest.mark.parametrize("name", LAYOUTS)
def test_nothing_runs_out_of_a_narrow_screen_nor_of_big_letters(narrow, name):
    PAGES[name](narrow)
    assert not narrow.page.evaluate(SCROLLS), narrow.page.evaluate(TOO_WIDE)

    # WCAG asks for it on a usual window: 1280 px at 200 % are as wide as 640.
    narrow.page.set_viewport_size({"width": 640, "height": 800})
    narrow.page.evaluate(TWICE_AS_BIG)
    assert not narrow.page.evaluate(SCROLLS), narrow.page.evaluate(TOO_WIDE)


def tab_to(visitor, selector):
    """Press Tab until the element has the focus; each stop on the way is seen."""
    for _press in range(60):
        visitor.page.keyboard.press("Tab")
        focused = visitor.focused()
        assert focused.evaluate(FOCUS_IS_SEEN), focused.evaluate("element => element.outerHTML")
        if focused.evaluate("(element, selector) => element.matches(selector)", selector):
            return focused
    pytest.fail(f"Tab never reaches {selector}")


def test_one_registers_with_the_keyboard_alone(narrow):
    seminar = SeminarFactory()
    press = narrow.page.keyboard.press
    narrow.open(f"seminars/{seminar.slug}/")

    narrow.page.keyboard.press("Tab")
    assert narrow.focused().get_attribute("href") == "#main"
    assert narrow.focused().bounding_box()["y"] >= 0, "the link to skip is seen when it has the focus"
    tab_to(narrow, "header a[hreflang=ru]")
    tab_to(narrow, f"#register a[href$='?group={GROUP}']")
    press("Enter")
    narrow.page.wait_for_url("**/register/?group=*")

    tab_to(narrow, "select[name=municipality]")
    press("ArrowDown")
    tab_to(narrow, "[name=post]")
    press("Space")
    tab_to(narrow, "[name=full_name]")
    narrow.page.keyboard.type("Асан кызы Айгүл")
    tab_to(narrow, "[name=phone]")
    narrow.page.keyboard.type("0777 12-34-56")
    tab_to(narrow, "[name=consent]")
    press("Space")
    tab_to(narrow, "main button[type=submit]")
    press("Enter")
    narrow.page.wait_for_url("**/registrations/*/")

    assert narrow.state == "confirmed"
    assert seminar.registrations.get().full_name == "Асан кызы Айгүл"


def test_one_answers_an_invitation_with_the_keyboard_alone(narrow):
    PAGES["invitation"](narrow)
    tab_to(narrow, "button[name=answer][value=yes]")
    narrow.page.keyboard.press("Enter")
    narrow.page.wait_for_url("**/registrations/*/")
    assert narrow.state == "confirmed"


def test_the_link_to_skip_leads_into_the_content(narrow):
    narrow.open("seminars/")
    narrow.page.keyboard.press("Tab")
    narrow.page.keyboard.press("Enter")
    assert narrow.focused().get_attribute("id") == "main"
