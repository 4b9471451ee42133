"""How does a browser test get the shipped apps, served?"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from runtime.app import build_app
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.settings import Settings
from runtime.workspace.open import install_app, open_workspace
from runtime.workspace.packages import demo_people, files_of, shipped
from runtime.workspace.people_file import add_people, read_people
from tests.desk import Desk
from tests.services.chromium import PHONE, patient
from tests.web.devices import GATE
from tests.web.site import PASSWORD, Site

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
    settings = Settings.from_environment({"HOME_DIR": str(home), "CHEAP_PASSWORDS": "1"})
    services = open_workspace(settings)
    path = demo_people()
    people = read_people(path.read_text(encoding="utf-8"), path.name)
    with services.store.unit() as unit:
        hashed = Passwords(time_cost=1, memory_kib=1024).hash(PASSWORD)
        add_people(unit, people, hashed, services.now())
    install_app(services, files_of(shipped()["sales_crm"]))
    try:
        with served_at(services) as url:
            yield Site(url, services)
    finally:
        services.store.close()


@contextmanager
def served_at(services: Services) -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, build_app(services), threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
