"""How does a browser test get the shipped apps, served?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runtime.app import build_app
from runtime.services import Services
from tests.desk import Desk
from tests.services.chromium import PHONE, patient
from tests.shipped import serving, shipped_workspace
from tests.web.devices import GATE
from tests.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The sales app in an empty workspace with its demo people, at an address of its own."""
    with _served(tmp_path) as site:
        yield site


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same for all tests of a file, where none minds the records of the others."""
    with _served(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def address(small_desk: Desk) -> Iterator[str]:
    """Where the neutral app is served, for a test that has its records at hand."""
    with served_at(small_desk.services) as url:
        yield url


@pytest.fixture
def pocket(browser: Browser) -> Iterator[Page]:
    """A phone that may tell where it is: at the gate of the customer."""
    context = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]  # as in chromium.py
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
        locale="zh-CN",
        geolocation=GATE,
        permissions=["geolocation"],
    )
    patient(context)
    yield context.new_page()
    context.close()


@contextmanager
def _served(home: Path) -> Iterator[Site]:
    with shipped_workspace(home, ["sales_crm"]) as services, served_at(services) as url:
        yield Site(url, services)


@contextmanager
def served_at(services: Services) -> Iterator[str]:
    """Serve a workspace's pages at an address of this machine until the block ends."""
    with serving(build_app(services)) as url:
        yield url
