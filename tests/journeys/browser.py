"""A real browser, and what is held on every page it opens: no barrier, no error, no broken rule of the page's own."""

import os
import shutil
from contextlib import contextmanager
from copy import copy
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect, sync_playwright

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
SWITCHES = ["--disable-gpu", "--disable-background-networking", "--no-first-run"]
# The components that base.html starts: a page is ready when each says that it has begun.
COMPONENTS = (
    "button", "character-count", "checkboxes", "error-summary", "exit-this-page", "notification-banner",
    "password-input", "radios", "service-navigation", "skip-link",
)  # fmt: skip
NOT_STARTED = ", ".join(f'[data-module="govuk-{name}"]:not([data-govuk-{name}-init])' for name in COMPONENTS)
SAY_WHAT_THE_POLICY_STOPPED = """
  document.addEventListener("securitypolicyviolation",
    (event) => console.error(`stopped by the page's policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
FIND_BARRIERS = """async (only) => {
  const asked = { resultTypes: ["violations"] };
  if (only) asked.runOnly = { type: "rule", values: only };
  const found = await axe.run(asked);
  return found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html).join(" | ")}`);
}"""
TOO_WIDE = """() => {
  const wide = document.documentElement;
  if (wide.scrollWidth <= wide.clientWidth) return [];
  return [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > wide.clientWidth)
    .map((one) => one.outerHTML.slice(0, 120));
}"""
LONG = 30_000  # milliseconds: a busy machine is not a broken page


@contextmanager
def chromium():
    """The machine's own Chromium, without a window; its guard is left off for root alone, who cannot raise it."""
    switches = SWITCHES + (["--no-sandbox"] if os.geteuid() == 0 else [])
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=switches)
        yield browser
        browser.close()


class Screen:
    """One screen with one browser of its own: its cookies are nobody else's.

    address: of the server. size: in CSS pixels. scripts: whether the browser runs any. barriers: whether they are
    looked for on every page, which takes longer than the page itself.
    """

    def __init__(self, browser: Browser, address: str, *, size: dict, scripts: bool = True, barriers: bool = True):
        self.browser, self.address, self.size, self.scripts = browser, address, size, scripts
        self.looks_for_barriers = barriers
        self.context = browser.new_context(
            base_url=address, viewport=size, java_script_enabled=scripts, locale="en-GB", timezone_id="Europe/London"
        )
        self.context.set_default_timeout(LONG)
        self.context.add_init_script(SAY_WHAT_THE_POLICY_STOPPED)
        self._takes(self.context.new_page())

    def _takes(self, page: Page) -> None:
        self.page, self.complaints, self.status = page, [], 0
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def second(self) -> "Screen":
        """A second window of the same browser, with the same cookies."""
        window = copy(self)
        window._takes(self.context.new_page())
        return window

    def _said(self, message) -> None:
        # A page that answers "not now" is called a failure by the browser's console; its status is asserted apart.
        own = message.location.get("url") == self.page.url and message.text.startswith("Failed to load resource")
        if message.type == "error" and not own:
            self.complaints.append(message.text)

    def _failed(self, request) -> None:
        if not request.is_navigation_request():
            self.complaints.append(f"{request.url} did not arrive: {request.failure}")

    def _answered(self, response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status

    def opens(self, path: str) -> int:
        """Open an address as if typed; the status of the answer."""
        self.page.goto(path)
        self.holds()
        return self.status

    def holds(self) -> None:
        """What every page that is opened has to hold."""
        self.settles()
        assert self.status < 500, self.page.url
        assert self.complaints == [], self.page.url
        if self.looks_for_barriers:
            assert barriers(self.page if self.scripts else self._scripted()) == [], self.page.url
        assert too_wide(self.page if self.scripts else self._mirror) == [], self.page.url

    def settles(self) -> None:
        """Wait until the page has come whole and every component on it has begun."""
        self.page.wait_for_load_state("load")
        if self.scripts:
            expect(self.page.locator(NOT_STARTED)).to_have_count(0)

    def _scripted(self) -> Page:
        """The page exactly as it stands, shown by a browser that can run the rules but none of the page's scripts."""
        if not hasattr(self, "_mirror"):
            self._mirror = self.browser.new_page(base_url=self.address, viewport=self.size)
            self._mirror.route("**/*.js", lambda route: route.abort())
        as_it_stands = self.page.content()
        self._mirror.route("**/mirror/", lambda route: route.fulfill(body=as_it_stands, content_type="text/html"))
        self._mirror.goto("/mirror/")
        self._mirror.unroute("**/mirror/")
        return self._mirror

    def forgets(self) -> None:
        """The session ends: its cookie is gone, as after a long lesson or a closed browser."""
        self.context.clear_cookies()

    def closes(self) -> None:
        self.context.close()
        if hasattr(self, "_mirror"):
            self._mirror.context.close()


def visit(page: Page, path: str) -> None:
    """Open an address as if typed; what stands behind a # is typed into the search there."""
    page.goto(path)
    if typed := urlsplit(path).fragment:
        page.get_by_label("Words to look for").fill(typed)
        page.get_by_role("button", name="Search").click()
        page.wait_for_url("**/?words=*")


def barriers(page: Page, *, only: list[str] | None = None) -> list[str]:
    """What the accessibility rules find on a page; all of them, or `only` those named."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(FIND_BARRIERS, only)


def too_wide(page: Page) -> list[str]:
    """What makes a page scroll sideways."""
    return page.evaluate(TOO_WIDE)
