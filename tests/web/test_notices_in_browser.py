from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.wording import Message
from runtime.use_cases.notify import NoticeText, notify
from tests.desk import Desk
from tests.runtime.effects.posting import deliveries, do_all, reachable, set_up
from tests.services.chromium import DESKTOP, PHONE
from tests.web.eyes import SEEN, WATCH, barriers
from tests.web.site import Album, Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def tell(desk: Desk, key: str, record: str, kind: str = "todo", urgent: bool = False) -> None:
    text = NoticeText(
        text=Message("{who} 请您处理“{what}”，今天 18:00 前完成", who="本田", what="三号楼空调"),
        kind=kind,
        app="desk",
        form="ticket",
        record=record,
    )
    with desk.services.store.unit() as unit:
        notify(desk.services, unit, [desk.people["ann"].id], text, key=key, urgent=urgent)


def unread(desk: Desk) -> int:
    with desk.services.store.reading() as unit:
        return unit.notices.unread(desk.people["ann"].id)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_bell_rings_without_loading_the_page_anew(
    small_desk: Desk, address: str, page: Page, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]  # as in chromium.py
    Site(address, small_desk.services).sign_in(page, "ann")
    ticket = small_desk.ticket()
    bell = page.get_by_role("link", name="消息", exact=True)
    bell.wait_for()
    page.wait_for_load_state()
    for number, kind in enumerate(("todo", "approve", "urge", "cc")):
        tell(small_desk, str(number), ticket.id, kind, urgent=kind == "urge")
    # What the page does by itself when somebody comes back to it.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("link", name="消息，4 条未读").click()
    page.wait_for_url(f"{address}/notices")
    Album(page, f"notices-{size['width']}").take("list")
    # The answer comes when its page is left already: only the number tells of it.
    with page.expect_request(lambda asked: asked.url.endswith("/read")):
        page.locator(".notice__link").first.click()
    page.wait_for_url(f"{address}/a/desk/ticket/{ticket.id}")
    page.get_by_role("link", name="消息，3 条未读").wait_for()
    assert unread(small_desk) == 3
    page.goto(f"{address}/notices")
    page.get_by_role("button", name="全部已读").click()
    page.get_by_role("link", name="消息", exact=True).wait_for()
    assert unread(small_desk) == 0


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_of_channels_and_deliveries_are_in_order(
    small_desk: Desk, address: str, page: Page, size: dict[str, int]
) -> None:
    set_up(small_desk, "mail", {"host": "mail.invalid", "port": "465", "sender": "d@example.com"})
    set_up(small_desk, "wecom", {"corp": "ww1", "agent": "1000002"})
    reachable(small_desk, "ann", email="ann@example.com")
    for number in range(3):
        tell(small_desk, str(number), "r1", "cc")
    do_all(small_desk)
    (first, *_) = deliveries(small_desk, "ann")
    page.set_viewport_size(size)  # type: ignore[arg-type]  # as in chromium.py
    page.add_init_script(WATCH)
    Site(address, small_desk.services).sign_in(page, "admin")
    album = Album(page, f"channels-{size['width']}")
    for name, path in {
        "board": "/admin/channels",
        "mail": "/admin/channels/mail",
        "wecom": "/admin/channels/wecom",
        "log": "/admin/deliveries",
        "one": f"/admin/deliveries/{first.id}",
        "wishes": "/me/notices",
    }.items():
        page.goto(f"{address}{path}")
        album.take(name)
        seen = page.evaluate(SEEN)
        assert (barriers(page), seen["breaches"], max(0, seen["over"])) == ([], [], 0), path
