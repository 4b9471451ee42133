"""A card moves by mouse, finger and keyboard; where a gate is shut it goes back and says why."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from runtime.use_cases.advance_record import Step, advance_record
from runtime.web.assets import DIST
from tests.desk import PASSWORD, Desk
from tests.web.site import listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

pytestmark = pytest.mark.browser


def _open_board(page: Page, address: str, login: str = "chief_north") -> None:
    page.goto(f"{address}/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/a/desk/ticket/board")


def _card(page: Page, id_: str, lane: str) -> Locator:
    return page.locator(f'[data-lane="{lane}"] [data-card="{id_}"]')


def _middle(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + min(box["height"], 160) / 2


def _drag(page: Page, card: Locator, lane: Locator) -> None:
    start, end = _middle(card), _middle(lane)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 12, start[1] + 12, steps=4)
    page.mouse.move(*end, steps=12)
    # What is carried is put into a lane some moments after the mouse got there.
    lane.locator(".sortable-ghost").wait_for()
    page.mouse.up()


def test_a_card_dragged_to_an_open_stage_arrives_there(
    page: Page, address: str, small_desk: Desk
) -> None:
    ticket = _free(small_desk)
    trouble = listen_for_trouble(page)
    _open_board(page, address)

    _drag(page, _card(page, ticket, "fixing"), page.locator('[data-lane="done"]'))

    page.locator(".toast").filter(has_text="已推进到已完成").wait_for()
    page.locator('#lane-box-done .count:text-is("1")').wait_for()
    assert small_desk.stored(ticket).stage == "done"
    assert _card(page, ticket, "done").get_attribute("style") is None
    assert trouble == []


def test_a_card_that_may_not_move_goes_back_and_says_every_reason(
    page: Page, address: str, small_desk: Desk
) -> None:
    ticket = small_desk.ticket("ann").id
    _open_board(page, address)

    _drag(page, _card(page, ticket, "open"), page.locator('[data-lane="fixing"]'))

    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    said = dialog.inner_text()
    assert "原因" in said
    assert "请先估算费用" in said
    assert "会议纪要" in said
    assert _card(page, ticket, "open").count() == 1
    assert small_desk.stored(ticket).stage == "open"


def test_the_refused_card_can_be_filled_in_and_moved_from_the_same_place(
    page: Page, address: str, small_desk: Desk, tmp_path: Path
) -> None:
    ticket = small_desk.ticket("ann", cause="纸", cost="5").id
    _open_board(page, address)
    _drag(page, _card(page, ticket, "open"), page.locator('[data-lane="fixing"]'))
    dialog = page.locator("dialog[open]")
    dialog.wait_for()

    assert "请先估算费用" not in dialog.inner_text()
    assert dialog.locator("input[type=file]").count() >= 1


def test_the_keyboard_lifts_carries_and_puts_down(
    page: Page, address: str, small_desk: Desk
) -> None:
    ticket = _free(small_desk)
    _open_board(page, address)

    _card(page, ticket, "fixing").focus()
    page.keyboard.press("Space")
    page.locator("#announcer").filter(has_text="已拿起").wait_for()
    page.keyboard.press("ArrowRight")
    page.locator("#announcer").filter(has_text="在已完成上方").wait_for()
    page.keyboard.press("Space")

    page.locator("#announcer").filter(has_text="已推进到已完成").wait_for()
    assert small_desk.stored(ticket).stage == "done"


def test_a_card_that_is_carried_when_the_lanes_come_anew_stays_in_hand(
    page: Page, address: str, small_desk: Desk
) -> None:
    first, second = _free(small_desk), _free(small_desk)
    _open_board(page, address)
    held: list[Route] = []
    page.route("**/board", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    with page.expect_request("**/board"):
        _card(page, first, "fixing").focus()
        for key in ("Space", "ArrowRight", "Space"):
            page.keyboard.press(key)
    _card(page, second, "fixing").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    with page.expect_response("**/board"):
        page.unroute("**/board")  # lets go what was held
    _card(page, second, "done").and_(page.locator(".is-lifted:focus")).wait_for()
    page.keyboard.press("Space")

    page.locator('#lane-box-done .count:text-is("2")').wait_for()
    assert small_desk.stored(second).stage == "done"


def test_escape_puts_a_lifted_card_back_and_nothing_is_sent(
    page: Page, address: str, small_desk: Desk
) -> None:
    ticket = _free(small_desk)
    _open_board(page, address)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))

    _card(page, ticket, "fixing").focus()
    for key in ("Space", "ArrowRight", "Escape"):
        page.keyboard.press(key)
    page.locator("#announcer").filter(has_text="已放回原处").wait_for()

    assert _card(page, ticket, "fixing").count() == 1
    assert "POST" not in sent


def test_a_swipe_over_a_card_scrolls_and_does_not_move_it(
    phone: Page, address: str, small_desk: Desk
) -> None:
    ticket = small_desk.ticket("ann").id
    _open_board(phone, address)
    finger = phone.context.new_cdp_session(phone)
    x, y = _middle(_card(phone, ticket, "open"))

    _touch(finger, "touchStart", x, y)
    for step in range(1, 12):
        _touch(finger, "touchMove", x - step * 14, y)
    _touch(finger, "touchEnd")

    assert _card(phone, ticket, "open").count() == 1
    assert phone.locator(".sortable-fallback, dialog[open]").count() == 0
    assert small_desk.stored(ticket).stage == "open"


def test_a_long_press_picks_a_card_up_and_carries_it(
    phone: Page, address: str, small_desk: Desk
) -> None:
    ticket = small_desk.ticket("ann").id
    _open_board(phone, address)
    finger = phone.context.new_cdp_session(phone)
    x, y = _middle(_card(phone, ticket, "open"))

    _touch(finger, "touchStart", x, y)
    phone.locator(".sortable-chosen").wait_for()
    for step in range(1, 18):
        _touch(finger, "touchMove", x + step * 10, y)
    phone.locator('[data-lane]:not([data-lane="open"]) .sortable-ghost').wait_for()
    _touch(finger, "touchEnd")

    phone.locator("dialog[open]").filter(has_text="请先估算费用").wait_for()
    assert _card(phone, ticket, "open").count() == 1


def _touch(finger: Any, kind: str, x: float = 0, y: float = 0) -> None:
    points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
    finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_lanes_count_and_add_up_what_is_in_them(page: Page, address: str, small_desk: Desk) -> None:
    for _ in range(17):
        small_desk.ticket("ann")
    (module,) = [one.name for one in DIST.glob("*.js") if "hx-push-url" in one.read_text()]
    held: list[Route] = []
    page.route(f"**/{module}", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    _open_board(page, address)

    lane = page.locator("#lane-box-open")
    assert lane.locator(".count").inner_text() == "17"
    assert lane.locator("[data-card]").count() == 15

    # Pressed before the parts of a page can come, it waits until they can.
    lane.locator(".lane__more a").click()
    page.unroute(f"**/{module}")  # lets go what was held

    page.locator("#cards-open [data-card]").nth(16).wait_for()
    assert lane.locator(".lane__more").count() == 0


def test_who_may_not_advance_can_not_lift_a_card(
    page: Page, address: str, small_desk: Desk
) -> None:
    ticket = small_desk.ticket("ann").id
    _open_board(page, address, "audit")

    _card(page, ticket, "open").focus()
    page.keyboard.press("Space")

    assert re.search("is-lifted", page.content()) is None


def _free(desk: Desk) -> str:
    """Return a ticket that stands before an open gate."""
    ticket = desk.ticket("ann", cause="纸", cost="5")
    act = desk.act("chief_north", reason="试一试")
    advance_record(desk.services, act, desk.form(), ticket.id, Step(target="fixing", override=True))
    assert desk.stored(ticket.id).stage == "fixing"
    return ticket.id
