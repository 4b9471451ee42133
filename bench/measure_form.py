"""How long does a large form take from a key to the page that follows from it?"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.serving import make_server

from bench.device_app import temporary_folder
from bench.form_app import CONDITIONS, FIELDS, files
from bench.ratio import Ratio
from runtime.app import build_app
from runtime.services import Services
from runtime.settings import Settings
from runtime.workspace.accounts import add_account
from runtime.workspace.open import install_app, open_workspace
from tests.services.chromium import ARGUMENTS, chromium_path

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

SLOWER = 4
"""The processor is slowed down so many times, as a phone's is."""

KEYS = 60
ALLOWED_MS, ALLOWED_KB = 8.0, 40.0
PASSWORD = "a long password"  # noqa: S105 - of an account that lives as long as a run

TYPE = """(text) => {
  const input = document.querySelector('[name=t1]');
  input.value = text;
  const begin = performance.now();
  input.dispatchEvent(new Event('input', {bubbles: true}));
  return performance.now() - begin;
}"""


def measure() -> Iterator[Ratio]:
    """Yield script time for a key, and what the page loads, against what is promised."""
    with _page() as (page, loaded, asked):
        slow = page.context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        asked.clear()
        times = [page.evaluate(TYPE, str(number * 7 % 130)) for number in range(KEYS)]
        taken = median(times)
        worst = sorted(times)[int(KEYS * 0.95)]
        requests = f"{len(asked)} requests"
        detail = f"{FIELDS} fields, {CONDITIONS} rules; 95 %: {worst:.1f} ms; {requests}"
        yield Ratio("form, ms of script per key", taken, ALLOWED_MS, detail)
        size = sum(loaded.values()) / 1024
        yield Ratio("form, KB of script (gzip)", size, ALLOWED_KB, f"{len(loaded)} files")


@contextmanager
def _page() -> Iterator[tuple[Page, dict[str, int], list[str]]]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only tests need it

    with _served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        loaded: dict[str, int] = {}
        asked: list[str] = []
        page.on("response", lambda answer: _weigh(answer, loaded))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{url}/sign-in")
        page.locator("input[name=login]").fill("clerk")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{url}/")
        loaded.clear()
        page.goto(f"{url}/a/survey/sheet/new")
        page.wait_for_load_state("networkidle")
        yield page, loaded, asked
        browser.close()


def _weigh(answer: Response, loaded: dict[str, int]) -> None:
    path = urlsplit(answer.url).path
    if path.endswith(".js") and answer.ok:
        loaded[path] = len(gzip.compress(answer.body(), 9))


@contextmanager
def _served() -> Iterator[str]:
    services = _workspace()
    with closing(services.store):
        server = make_server("127.0.0.1", 0, build_app(services), threaded=True)
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            serving.join()
            server.server_close()


def _workspace() -> Services:
    settings = Settings.from_environment({"HOME_DIR": str(temporary_folder())})
    services = open_workspace(settings)
    install_app(services, files())
    wrong = add_account(services, "clerk", "文员", PASSWORD, False, ("survey:clerk",))
    if wrong:
        raise RuntimeError(wrong)
    return services
