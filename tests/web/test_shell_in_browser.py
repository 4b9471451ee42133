"""What every page does: menus and search by keyboard, light and dark, and signing in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from runtime.web.assets import DIST
from tests.desk import PASSWORD, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Route

pytestmark = pytest.mark.browser


def _sign_in(page: Page, address: str, login: str = "chief_north") -> None:
    page.goto(f"{address}/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{address}/")


def test_picked_records_are_transferred_and_the_results_are_told(
    page: Page, address: str, small_desk: Desk
) -> None:
    tickets = [small_desk.ticket("ann").id for _ in range(3)]
    ben = small_desk.people["ben"].id
    _sign_in(page, address)
    page.goto(f"{address}/a/desk/ticket/")

    page.locator("[data-pick-all]").check()
    assert page.locator("[data-bulk-count]").inner_text() == "已选 3 条"
    page.locator("[data-bulk-url$=transfer]").click()
    page.locator("#f-owner").select_option(ben)
    page.locator("dialog .btn--primary").click()

    page.locator("dialog").filter(has_text="3 条成功").wait_for()
    assert {small_desk.stored(id_).owner for id_ in tickets} == {ben}


def test_what_is_used_before_the_last_picture_has_come_still_works(
    page: Page, address: str, small_desk: Desk
) -> None:
    small_desk.made("ticket", "ann", name="投影仪无画面")
    _sign_in(page, address)
    held: list[Route] = []
    page.route("**/icons-*.svg", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    with page.expect_request("**/icons-*.svg"):
        page.goto(f"{address}/", wait_until="domcontentloaded")

    page.locator("#find").focus()
    assert page.evaluate("document.readyState") == "interactive"
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")
    page.keyboard.type("tyy")

    page.locator("#find-results [role=option]").filter(has_text="投影仪").wait_for()


def test_the_search_box_finds_by_initials_and_opens_with_the_keyboard(
    page: Page, address: str, small_desk: Desk
) -> None:
    ticket = small_desk.made("ticket", "ann", name="投影仪无画面").id
    _sign_in(page, address)

    page.keyboard.press("/")
    page.keyboard.type("tyy")
    page.locator("#find-results [role=option]").filter(has_text="投影仪").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url(f"{address}/a/desk/ticket/{ticket}")


def test_what_was_picked_stays_picked_when_more_is_typed(
    page: Page, address: str, small_desk: Desk
) -> None:
    ticket = small_desk.made("ticket", "ann", name="投影仪无画面").id
    _sign_in(page, address)
    found = page.locator("#find-results [role=option]").filter(has_text="投影仪")
    with page.expect_response("**/search/suggest?q=t"):
        page.locator("#find").press_sequentially("t")
    found.wait_for()
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/search/suggest?q=ty"):
        page.keyboard.type("y")
    found.and_(page.locator(".is-picked")).wait_for()
    page.keyboard.press("Enter")

    page.wait_for_url(f"{address}/a/desk/ticket/{ticket}")


def test_what_is_pressed_before_the_page_is_ready_is_done_once_it_is(
    phone: Page, address: str, small_desk: Desk
) -> None:
    small_desk.made("ticket", "ann", name="投影仪无画面")
    _sign_in(phone, address)
    held: list[Route] = []
    phone.route("**/list-*.js", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    phone.goto(f"{address}/a/desk/ticket/", wait_until="commit")
    phone.locator("[data-picking]").tap()
    expect(phone.locator(".is-picking")).to_have_count(0)
    phone.unroute("**/list-*.js")  # lets go what was held

    phone.locator(".row-card").filter(has_text="投影仪").locator("[data-pick]").check()
    phone.locator("[data-bulk-count]", has_text="已选 1 条").wait_for()
    assert held


def test_what_is_typed_or_pressed_before_parts_can_come_is_done_once_they_can(
    page: Page, address: str, small_desk: Desk
) -> None:
    small_desk.made("ticket", "ann", name="投影仪无画面")
    small_desk.made("ticket", "ann", name="旧键盘")
    _sign_in(page, address)
    (module,) = [one.name for one in DIST.glob("*.js") if "hx-push-url" in one.read_text()]
    held: list[Route] = []
    page.route(f"**/{module}", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    page.goto(f"{address}/a/desk/ticket/")
    page.locator("#list-q").fill("投影")
    page.unroute(f"**/{module}")  # lets go what was held

    page.locator(".chip--on").filter(has_text="投影").wait_for()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert held


def test_who_presses_twice_gets_one_sheet(page: Page, address: str, small_desk: Desk) -> None:
    small_desk.made("ticket", "ann", name="投影仪无画面")
    _sign_in(page, address)
    page.goto(f"{address}/a/desk/ticket/")
    held: list[Route] = []
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - it is inspected
    page.route("**/export*", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    with page.expect_request("**/export*"):
        page.get_by_role("link", name="导出").dblclick()
    page.unroute("**/export*")  # lets go what was held

    page.locator("dialog[open]").wait_for()
    expect(page.locator("dialog")).to_have_count(1)
    assert len([one for one in asked if "/export" in one.url]) == 1


def test_a_menu_opens_closes_and_is_walked_by_keyboard(page: Page, address: str) -> None:
    _sign_in(page, address)
    button = page.get_by_role("button", name="孙主管 的菜单")

    button.press("Enter")
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("document.activeElement.textContent.trim()")
    page.keyboard.press("Escape")

    assert focused in ("English", "我的设置", "后台任务")
    assert button.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false"


def test_the_light_that_was_chosen_stays(page: Page, address: str) -> None:
    _sign_in(page, address)
    with page.expect_response("**/theme"):
        page.locator("[data-theme-switch]").click()
    chosen = page.locator("html").get_attribute("data-theme")

    page.reload()

    assert chosen == "dark"
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_after_the_session_ended_one_signs_in_over_the_page_and_it_goes_on(
    page: Page, address: str, small_desk: Desk
) -> None:
    small_desk.made("ticket", "ann", name="投影仪无画面")
    _sign_in(page, address)
    with page.expect_response("**/counts"):
        page.goto(f"{address}/a/desk/ticket/")
    small_desk.clock.move(hours=9)

    page.locator("#list-q").fill("投影")
    dialog = page.locator("dialog[open]")
    dialog.locator("#login").fill("chief_north")
    dialog.locator("#password").fill(PASSWORD)
    dialog.locator("#password").press("Enter")

    page.locator(".chip--on").filter(has_text="投影").wait_for()
    assert page.locator("tbody tr").count() == 1
    assert page.locator("dialog").count() == 0


def test_the_phone_shows_cards_tabs_and_no_side_navigation(
    phone: Page, address: str, small_desk: Desk
) -> None:
    ticket = small_desk.made("ticket", "ann", name="投影仪无画面").id
    _sign_in(phone, address)

    phone.goto(f"{address}/a/desk/ticket/")

    assert phone.locator(".bottom-tabs").is_visible()
    assert phone.locator(".row-card").filter(has_text="投影仪").is_visible()
    assert not phone.locator(".side").is_visible()
    assert not phone.locator("table").is_visible()
    phone.locator(".row-card__title").tap()
    phone.wait_for_url(f"{address}/a/desk/ticket/{ticket}")
