"""The guards of the browser tests, shown to guard."""

import pytest

from tests.e2e.visitor import PHONE, Visitor


@pytest.fixture
def stranger(browser, portal):
    """A visitor whose faults nobody asserts at the end."""
    context = browser.new_context(viewport=PHONE)
    yield Visitor(page=context.new_page(), address=portal)
    context.close()


def test_an_inline_style_is_a_fault(stranger):
    stranger.open("")
    stranger.page.evaluate("document.head.append(Object.assign(document.createElement('style'), {textContent: 'b{}'}))")
    assert any("Content Security Policy" in fault for fault in stranger.faults), stranger.faults


def test_a_file_from_elsewhere_is_a_fault(stranger):
    stranger.open("")
    with stranger.page.expect_response("**/pixel.png"):
        stranger.page.evaluate("document.body.append(Object.assign(new Image(), {src: '/static/pixel.png'}))")
    with stranger.page.expect_event("console", lambda message: "example.org" in message.text):
        stranger.page.evaluate("fetch('https://example.org/').catch(() => 0)")
    assert any("404" in fault for fault in stranger.faults)
    assert any("example.org" in fault for fault in stranger.faults)


def test_no_other_host_can_be_reached(stranger):
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        stranger.page.goto("https://example.org/")
