"""Somebody presses an app's own buttons: on a record, on a phone, and for picked rows."""

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
    "hurry": """
label: 加急
form: ticket
on: {type: button, icon: bolt, places: [record, list]}
if: begun = null
do: [{type: set_fields, set: {begun: 'today()'}}]
""",
    "blame": """
label: {zh: 写明原因, en: Say why}
form: ticket
on: {type: button, icon: message, ask: [cause], confirm: 写明后会通知负责人。}
do: [{type: notify, to: {fields: [owner]}, text: '原因：{cause}'}]
""",
}


@pytest.fixture
def ruled(tmp_path: Path) -> Iterator[Ruled]:
    with open_ruled(tmp_path, None, RULES) as opened:
        yield opened


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_buttons_of_an_app_do_their_work(ruled: Ruled, page: Page, size: dict[str, int]) -> None:
    record, other = ruled.desk.ticket("ann"), ruled.desk.ticket("ann", cause="卡纸")
    page.set_viewport_size(size)  # type: ignore[arg-type]  # as in chromium.py
    page.add_init_script(WATCH)
    on_phone = size == PHONE
    with served_at(ruled.desk.services) as url:
        Site(url, ruled.desk.services).sign_in(page, "ann")
        album = Album(page, f"buttons-{size['width']}")
        page.goto(f"{url}/a/desk/ticket/{record.id}")
        _offer(page, on_phone)
        page.get_by_role("link", name="写明原因").click()
        page.get_by_text("写明后会通知负责人。").wait_for()
        page.locator("dialog[open]").get_by_role("button", name="写明原因").click()
        page.locator("dialog[open]").get_by_text("请填写“原因”").wait_for()
        _in_order(page, album, "asked")
        page.locator("dialog[open]").get_by_label("原因").fill("断电")
        page.locator("dialog[open]").get_by_role("button", name="写明原因").click()
        page.get_by_text("已完成：写明原因").wait_for()
        assert ruled.notices("ann") == ["原因：断电"]
        _offer(page, on_phone)
        page.get_by_role("button", name="加急").click()
        page.get_by_text("已完成：加急").wait_for()
        _in_order(page, album, "pressed")
        if not on_phone:
            _pick(page, album, f"{url}/a/desk/ticket/")
            assert ruled.desk.stored(other.id).values["begun"] is not None


def _offer(page: Page, on_phone: bool) -> None:
    if on_phone:
        page.get_by_role("button", name="更多操作").click()


def _pick(page: Page, album: Album, address: str) -> None:
    page.goto(address)
    for box in page.locator("tbody input[type=checkbox]").all():
        box.check()
    page.locator("[data-bulk]").get_by_role("button", name="加急").click()
    page.locator("dialog[open]").get_by_role("button", name="加急").click()
    page.get_by_text("1 条成功，1 条未成功：").wait_for()
    _in_order(page, album, "many")


def _in_order(page: Page, album: Album, title: str) -> None:
    album.take(title)
    assert barriers(page) == []
    seen = page.evaluate(SEEN)
    assert seen["over"] <= 0
    assert seen["breaches"] == []
