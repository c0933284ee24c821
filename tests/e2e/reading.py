"""What axe finds on a page: WCAG 2.2 AA and axe's own good practice."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.e2e.visitor import Visitor

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": TAGS, "resultTypes": ["violations"], "preload": False}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}


SETTLED = "() => Promise.all(document.getAnimations().map(animation => animation.finished))"


def violations(visitor: Visitor) -> list[str]:
    """All that axe finds on the page."""
    return _run(visitor, EVERYTHING)


def violations_in_the_dark(visitor: Visitor) -> list[str]:
    """What colours axe finds at fault when the page is dark; nothing else depends on that."""
    visitor.page.emulate_media(color_scheme="dark")
    # No colour is caught on its way to another.
    visitor.page.evaluate(SETTLED)
    found = _run(visitor, COLOURS)
    visitor.page.emulate_media(color_scheme="light")
    return found


def _run(visitor: Visitor, options: dict[str, Any]) -> list[str]:
    before = len(visitor.faults)
    if not visitor.page.evaluate("'axe' in window"):
        visitor.page.evaluate(AXE_SCRIPT)
    results = visitor.page.evaluate("options => axe.run(document, options)", options)
    # What axe's own script says on the console is not the page's fault.
    del visitor.faults[before:]
    return [
        f"{violation['id']}: {', '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]
