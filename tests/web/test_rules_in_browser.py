"""A designer finds out why a rule failed, sets it right and lets it go on, at both sizes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.runtime.rules.ruled import Ruled, open_ruled
from tests.services.chromium import DESKTOP, PHONE
from tests.web.conftest import served_at
from tests.web.eyes import SEEN, WATCH, barriers
from tests.web.site import Album, Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RULES = {
    "renamed": """
label: {zh: 站点代号变化后改名并派人核对, en: Rename and check after a new code name}
form: site
on: {type: changed, fields: [secret]}
if: secret != null and owner.name = "安静"
do:
  - {type: notify, to: {roles: [chief]}, text: '{name}'}
  - {type: set_fields, set: {name: '"北站"'}}
  - {type: create_task, to: {fields: [owner]}, text: '核对 {name}'}
""",
    "quiet": """
label: {zh: 三天没动静, en: Silent for three days}
form: ticket
on: {type: silent, after: {calendar: P3D}}
do: [{type: notify, to: {fields: [owner]}, text: '{name}'}]
""",
}


@pytest.fixture
def ruled(tmp_path: Path) -> Iterator[Ruled]:
    with open_ruled(tmp_path, None, RULES) as opened:
        yield opened


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_failed_rule_is_understood_and_goes_on(
    ruled: Ruled, page: Page, size: dict[str, int]
) -> None:
    ruled.desk.ticket("ann")
    ruled.desk.clock.move(days=4)
    north = ruled.desk.made("site", "ann", name="北站")
    other = ruled.desk.made("site", "ann", name="南站")
    ruled.edit("chief_north", other, "site", secret="x")
    ruled.tick()
    page.set_viewport_size(size)  # type: ignore[arg-type]  # as in chromium.py
    page.add_init_script(WATCH)
    with served_at(ruled.desk.services) as url:
        Site(url, ruled.desk.services).sign_in(page, "admin")
        album = Album(page, f"rules-{size['width']}")
        _understand(page, album, f"{url}/rules/desk?tab=runs")
        ruled.edit("admin", north, "site", name="老北站")
        page.get_by_role("button", name="从失败的动作继续").click()
        page.get_by_text("全部完成").wait_for()
        _in_order(page, album, "done")
        page.goto(f"{url}/rules/desk/quiet/test")
        page.get_by_text("会触发 1 次，涉及 1 条记录").wait_for()
        _in_order(page, album, "tried")


def _understand(page: Page, album: Album, address: str) -> None:
    page.goto(address)
    page.get_by_text("长时间无动静，自 2026-03-02 09:00 起").wait_for()
    _in_order(page, album, "log")
    page.get_by_role("link", name="失败", exact=True).click()
    page.get_by_text("长时间无动静，自").wait_for(state="detached")
    page.locator("a[href*='/runs/']").click()
    page.get_by_role("button", name="从失败的动作继续").wait_for()
    _in_order(page, album, "failed")


def _in_order(page: Page, album: Album, title: str) -> None:
    album.take(title)
    assert barriers(page) == []
    seen = page.evaluate(SEEN)
    assert seen["over"] <= 0
    assert seen["breaches"] == []
