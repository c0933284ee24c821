"""A visitor with a browser: what they do on a page, and what must never happen on any."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

PHONE = {"width": 360, "height": 740}
PATIENCE = 30_000  # milliseconds
# A browser says this of every answer above 399; whether one was in order is judged by the answer itself.
ANSWER_WAS_AN_ERROR = "Failed to load resource: the server responded with"


@dataclass
class Visitor:
    """One tab; `faults` collects errors of the console, broken files and requests to anywhere else."""

    page: Page
    address: str
    language: str = "ky"
    faults: list[str] = field(default_factory=list)
    visited: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def open(self, path: str) -> Response | None:
        """Go to a path under the visitor's language (`seminars/`), or to an absolute one (`/admin/`)."""
        path = path if path.startswith("/") else f"/{self.language}/{path}"
        return self.page.goto(f"{self.address}{path}")

    def go_back(self) -> None:
        """Press Back once the page is all there; while Chromium swaps pages it cannot tell where Back leads."""
        self.page.wait_for_load_state("networkidle")
        self.page.go_back()

    @property
    def state(self) -> str | None:
        """What the main element says of the registration."""
        return self.page.locator("main").get_attribute("data-state")

    @property
    def path(self) -> str:
        """Where the visitor is, with the query."""
        return self.page.url.removeprefix(self.address)

    def fill(self, **fields: Any) -> None:
        """Fill the form of the page: texts as typed, a municipality and a post by key, a box with True."""
        for name, value in fields.items():
            control = self.page.locator(f"main form [name={name}]")
            if value is True:
                control.check()
            elif control.first.get_attribute("type") == "radio":
                self.page.locator(f"main form [name={name}][value='{value}']").check()
            elif control.evaluate("control => control.tagName") == "SELECT":
                control.select_option(str(value))
            else:
                control.fill(value)

    def submit(self) -> None:
        """Press the button of the page's form."""
        self.page.locator("main form button[type=submit]").first.click()

    def visible_fields(self) -> set[str]:
        """Names of the fields that ask something of the visitor."""
        controls = self.page.locator("main form :is(input, select, textarea):visible").all()
        return {name for control in controls if (name := control.get_attribute("name"))}

    def values(self) -> dict[str, str]:
        """What stands in the fields of the form; of radio buttons and boxes, what is chosen."""
        return self.page.locator("main form").first.evaluate(
            "form => Object.fromEntries([...new FormData(form)].filter(([name]) => name != 'csrfmiddlewaretoken'))"
        )

    def focused(self) -> Locator:
        return self.page.locator(":focus")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(ANSWER_WAS_AN_ERROR):
            self.faults.append(f"console on {self.path}: {message.text}")

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request():
            self.visited.append(request.url.removeprefix(self.address))
        if not request.url.startswith((self.address, "data:", "about:")):
            self.faults.append(f"a request to elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        is_broken_file = response.status >= 400 and not response.request.is_navigation_request()
        is_failure = response.status >= 500 and not response.url.startswith(f"{self.address}/errors/")
        if is_broken_file or is_failure:
            self.faults.append(f"{response.status} for {response.url}")


def visitors(context: BrowserContext, address: str, language: str) -> Iterator[Visitor]:
    """One visitor in the context; fails at the end when anything was at fault."""
    context.set_default_timeout(PATIENCE)
    visitor = Visitor(page=context.new_page(), address=address, language=language)
    yield visitor
    context.close()
    assert not visitor.faults, "\n".join(visitor.faults)
