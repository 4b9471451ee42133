"""Somebody who goes explains their records, an administrator gives them, a colleague confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from runtime.jobs.workshop import Workshop
from tests.desk import Desk
from tests.services.chromium import DESKTOP, PHONE
from tests.web.eyes import SEEN, WATCH, barriers
from tests.web.site import Album, Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def _in_order(page: Page, album: Album, name: str) -> None:
    album.take(name)
    seen = page.evaluate(SEEN)
    assert (barriers(page), seen["breaches"], seen["over"]) == ([], [], 0)


def _do_all(desk: Desk) -> None:
    while True:
        with desk.services.store.reading() as unit:
            due = unit.jobs.due(1)
        if not due:
            return
        Workshop(services=desk.services).run(due[0])


def _as(site: Site, page: Page, login: str, size: dict[str, int]) -> None:
    page.context.clear_cookies()
    page.set_viewport_size(size)  # type: ignore[arg-type]  # as in chromium.py
    site.sign_in(page, login)


def _listed(site: Site, page: Page, going: str, coming: str) -> str:
    page.goto(f"{site.url}/admin/people/{going}/work")
    page.get_by_label("接手人").select_option(coming)
    page.get_by_role("button", name="列出交接清单").click()
    page.get_by_role("heading", name="安静 交给 本田").wait_for()
    return page.url


def _explained(site: Site, page: Page, record: str) -> None:
    page.goto(f"{site.url}/todo")
    page.get_by_text("填写交接清单：2 条记录将交给本田").first.click()
    item = page.locator(f"#item-{record}")
    item.get_by_role("textbox").fill("备件已经订了")
    item.get_by_role("button", name="保存说明").click()
    page.get_by_text("交接说明已保存").wait_for()


def test_a_hand_over_from_the_list_to_the_confirmation(
    small_desk: Desk, address: str, page: Page
) -> None:
    desk, site = small_desk, Site(address, small_desk.services)
    first, ben = desk.ticket("ann"), desk.people["ben"].id
    desk.made("site", "ann", name="北站")
    page.add_init_script(WATCH)
    album = Album(page, "handover")
    _as(site, page, "admin", DESKTOP)
    place = _listed(site, page, desk.people["ann"].id, ben)
    _as(site, page, "ann", PHONE)
    _explained(site, page, first.id)
    _in_order(page, album, "noted")

    _as(site, page, "admin", PHONE)
    page.goto(place)
    page.get_by_role("button", name="移交 2 条记录").click()
    page.locator(".job").wait_for()
    _do_all(desk)

    _as(site, page, "ben", DESKTOP)
    page.goto(place)
    _in_order(page, album, "given")
    page.get_by_role("link", name="打印机").click()
    page.get_by_text("备件已经订了").first.wait_for()
    page.goto(place)
    page.get_by_role("button", name="全部确认接收").click()
    page.get_by_text("已全部接收").wait_for()
    assert desk.stored(first.id).owner == ben
