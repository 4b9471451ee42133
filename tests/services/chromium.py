"""How does a test get a real browser?"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.services.processes import found

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_log = logging.getLogger(__name__)

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 30_000
"""How many milliseconds something may take to appear on a busy machine."""
# The browser must not talk to anybody but us: it would wait for hosts that are not there.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    """The system's Chromium; Playwright's own download is not used."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        try:
            return found(name, package="chromium")
        except RuntimeError:
            continue
    raise RuntimeError("'chromium' is not installed: apt-get install chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium for the whole run (one per xdist worker)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield launched
        launched.close()


def patient(context: BrowserContext) -> BrowserContext:
    """Let things take their time on a busy machine, and log what a test that fails should tell:
    pytest shows it beside the test."""
    context.set_default_timeout(PATIENCE)
    context.on("console", lambda said: _log.info("console: %s %s", said.type, said.text))
    context.on("weberror", lambda caught: _log.warning("script error: %s", caught.error))
    context.on("requestfailed", lambda lost: _log.warning("lost: %s %s", lost.url, lost.failure))
    return context


def _fresh_page(browser: Browser, **options: object) -> Iterator[Page]:
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        **options,  # type: ignore[arg-type]  # the two callers below are all there is
    )
    yield patient(context).new_page()
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page at 1440 px with no cookies."""
    yield from _fresh_page(browser, viewport=DESKTOP)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page at 390 px with touch and no cookies."""
    yield from _fresh_page(
        browser, viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2
    )
