"""What does a browser test say about the site that it visits?"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from runtime.services import Services

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "a password for tests"
PICTURES = Path(os.environ.get("PICTURES_DIR") or "var/pictures")


@dataclass(frozen=True)
class Site:
    """A served workspace."""

    url: str
    services: Services

    def sign_in(self, page: Page, login: str) -> None:
        page.goto(f"{self.url}/sign-in")
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{self.url}/")


@dataclass
class Album:
    """Screenshots of one journey, numbered as they are taken."""

    page: Page
    name: str
    taken: int = 0

    def take(self, title: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.taken += 1
        path = PICTURES / f"{self.name}-{self.taken:02}-{title}.png"
        # Without `caret` Playwright writes a style into the page, which the CSP reports.
        self.page.screenshot(path=path, caret="initial")


def listen_for_trouble(page: Page) -> list[str]:
    """Return a list that grows with every script error and every breach of the CSP."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "console",
        lambda message: (
            heard.append(message.text)
            if message.type == "error" and "status of" not in message.text
            else None
        ),
    )
    return heard
