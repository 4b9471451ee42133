"""Every form of both apps is shown, on phone and desk, in both languages and lights, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from runtime.web.assets import icon_names
from runtime.web.language import catalogue
from tests.designer.studio import Studio, studio
from tests.services.chromium import DESKTOP, PHONE, patient
from tests.web.eyes import SEEN, WATCH, barriers, open_settled
from tests.web.site import PASSWORD, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WAYS = (("zh", "light", "desktop"), ("en", "dark", "phone"))
RICHEST = ("opportunity", "contract")
"""The forms that have something of everything: all their pages are looked at, in both ways."""


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("studio")) as made:
        yield made


def _visitor(
    browser: Browser, there: Studio, locale: str, light: str, size: str, login: str = "ops"
) -> Page:
    small: dict[str, Any] = {"is_mobile": True, "has_touch": True} if size == "phone" else {}
    context = browser.new_context(
        viewport=PHONE if size == "phone" else DESKTOP,  # type: ignore[arg-type]  # as in chromium.py
        color_scheme=light,  # type: ignore[arg-type]  # light or dark
        reduced_motion="reduce",
        **small,
    )
    patient(context)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{there.url}/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{there.url}/")
    page.goto(f"{there.url}/me")
    with page.expect_navigation():
        page.locator(f"main button[name=locale][value={locale}]").click()
    return page


def _faults(page: Page, there: Studio, path: str, chinese: set[str]) -> list[str]:
    answer = open_settled(page, f"{there.url}{path}")
    seen = page.evaluate(SEEN)
    icons = icon_names()
    faults = [] if answer and answer.status == 200 else [f"answers {answer and answer.status}"]
    faults += [f"axe {each}" for each in barriers(page)]
    faults += [f"policy {each}" for each in seen["breaches"]]
    faults += [f"style {each}" for each in seen["styled"]]
    faults += [f"icon {href}" for href in seen["icons"] if href.split("#")[-1] not in icons]
    faults += [f"runs {seen['over']} px over the edge"] if seen["over"] > 0 else []
    return faults + [f"untranslated {text}" for text in seen["said"] if text in chinese]


def _foreign(there: Studio) -> set[str]:
    """Return every text of ours that should not be read in English; what the authors of the apps
    wrote is shown as it is."""
    with there.services.store.reading() as unit:
        files = [unit.packages.files(app) for app in there.services.apps]
    written = "\n".join(content.decode() for each in files for content in each.values())
    return {text for text in catalogue("en") if "{" not in text and text not in written}


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_every_form_is_shown_and_in_order(
    browser: Browser, there: Studio, way: tuple[str, str, str]
) -> None:
    page = _visitor(browser, there, *way)
    heard = listen_for_trouble(page)
    chinese = _foreign(there) if way[0] == "en" else set()
    paths = [f"/design/{app}/" for app in there.services.apps]
    for form in there.forms:
        if form.id in RICHEST:
            paths += there.pages_of(form)
        if form.id in RICHEST or way == WAYS[0]:
            paths.append(f"/design/{form.app}/{form.id}?field={list(form.fields)[-1]}")

    faults = {path: _faults(page, there, path, chinese) for path in paths}
    page.context.close()

    assert {path: found for path, found in faults.items() if found} == {}
    assert heard == []
