"""The small app, served with its designer, and somebody who may design it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from designer.app import build_app
from designer.drafts.editing import open_draft
from engine.app import App
from tests.desk import PASSWORD, Desk, open_desk
from tests.runtime.pools.spring import FILES
from tests.services.chromium import DESKTOP, patient
from tests.shipped import serving
from tests.web.eyes import WATCH

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@dataclass(frozen=True)
class Bench:
    """A served workspace."""

    url: str
    desk: Desk

    @property
    def app(self) -> App:
        """The app as it is being designed."""
        return open_draft(self.desk.services, "desk").app

    def designer(self, browser: Browser, path: str, **device: Any) -> Page:
        """Sign in who may design the app, and open one of its pages."""
        context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **device})
        patient(context)
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(f"{self.url}/sign-in")
        page.locator("#login").fill("admin")
        page.locator("#password").fill(PASSWORD)
        page.locator("#password").press("Enter")
        page.wait_for_url(f"{self.url}/")
        page.goto(f"{self.url}/design/desk/{path}", wait_until="networkidle")
        return page


@contextmanager
def open_bench(folder: Path, files: Mapping[str, bytes] = FILES) -> Iterator[Bench]:
    """Make the workspace and serve it until the block ends."""
    with open_desk(folder, files=files) as desk, serving(build_app(desk.services)) as at:
        yield Bench(at, desk)


def settled(page: Page, changes: int) -> None:
    """Wait until so many edits are counted in the head of the page."""
    page.locator("#draft-mark .badge", has_text=f"{changes} 处未发布").wait_for()
