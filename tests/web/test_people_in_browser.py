"""An administrator and everybody for themselves, on the pages where people are looked after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyotp
import pytest

from tests.desk import PASSWORD, Desk
from tests.services.chromium import PHONE
from tests.web.site import Album, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def enter(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{address}/")


def both_sizes(page: Page, name: str, title: str) -> None:
    """Take a picture at each size, and see that nothing runs over the edge."""
    for size, kind in ((PHONE, "phone"), (page.viewport_size, "desk")):
        assert size is not None
        page.set_viewport_size(size)  # type: ignore[arg-type]  # as in chromium.py
        over = "() => document.documentElement.scrollWidth - window.innerWidth"
        assert page.evaluate(over) <= 0, kind
        Album(page, f"{name}-{kind}").take(title)


def test_whoever_is_switched_off_hands_over_what_is_not_finished(
    small_desk: Desk, address: str, page: Page
) -> None:
    trouble = listen_for_trouble(page)
    tickets = [small_desk.ticket("ann").id for _ in range(2)]
    ann, ben = (small_desk.people[login] for login in ("ann", "ben"))
    enter(page, address, "admin")
    page.goto(f"{address}/admin/people/{ann.id}")
    both_sizes(page, "people", "person")

    page.get_by_label("账号在用").uncheck()
    page.get_by_role("button", name="保存").click()
    page.get_by_role("heading", name="安静 的工作交接").wait_for()
    both_sizes(page, "people", "work")
    page.get_by_label("移交给").select_option(ben.id)
    page.get_by_role("button", name="移交").click()

    page.get_by_text("2 条记录已移交").wait_for()
    page.get_by_text("没有需要交接的工作").wait_for()
    both_sizes(page, "people", "nothing-left")
    assert {small_desk.stored(id_).owner for id_ in tickets} == {ben.id}
    assert trouble == []


def test_a_department_is_moved_below_another(small_desk: Desk, address: str, page: Page) -> None:
    trouble = listen_for_trouble(page)
    enter(page, address, "admin")
    page.goto(f"{address}/admin/departments")
    both_sizes(page, "departments", "tree")

    page.locator(".tree__node", has_text="南区").click()
    box = page.locator(".tree__box[open]")
    both_sizes(page, "departments", "open")
    box.get_by_label("上级部门").select_option(small_desk.people["ann"].department)
    box.get_by_role("button", name="保存").click()
    page.get_by_text("部门已保存").wait_for()

    south = page.locator("li", has=page.locator(".tree__node", has_text="南区")).last
    north = page.locator("li", has=south).last
    assert "北区" in north.locator(".tree__node").first.inner_text()
    page.locator(".tree__node", has_text="北区").first.click()
    box.get_by_label("上级部门").select_option(small_desk.people["sue"].department)
    box.get_by_role("button", name="保存").click()
    page.get_by_text("部门不能移到自己的下级部门里").wait_for()
    both_sizes(page, "departments", "refused")
    assert [each for each in trouble if "422" not in each] == []


def set_up(page: Page, desk: Desk) -> str:
    """Switch one-time codes on, with a wrong number first; return the secret."""
    page.get_by_text("开启后，登录时还要输入手机验证器上的动态码").click()
    page.locator(".qr svg").wait_for()
    both_sizes(page, "codes", "set-up")
    secret = page.locator(".codes .code").inner_text().replace(" ", "")
    number = page.get_by_label("2. 输入验证器显示的 6 位数字")
    number.fill("000000")
    page.get_by_role("button", name="开启").click()
    page.locator(".field__error").wait_for()
    both_sizes(page, "codes", "wrong")
    assert page.locator(".codes .code").inner_text().replace(" ", "") == secret
    number.fill(pyotp.TOTP(secret).at(desk.clock()))
    page.get_by_role("button", name="开启").click()
    page.locator("#toasts").get_by_text("两步验证已开启").wait_for()
    return secret


def test_one_time_codes_are_set_up_and_asked_for_at_the_next_sign_in(
    small_desk: Desk, address: str, page: Page
) -> None:
    trouble = listen_for_trouble(page)
    enter(page, address, "ann")
    page.goto(f"{address}/me")
    secret = set_up(page, small_desk)
    both_sizes(page, "codes", "on")

    page.context.clear_cookies()
    small_desk.clock.move(minutes=2)
    page.goto(f"{address}/sign-in")
    page.locator("#login").fill("ann")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    code = page.get_by_label("动态码")
    code.wait_for()
    both_sizes(page, "codes", "asked")
    code.fill(pyotp.TOTP(secret).at(small_desk.clock()))
    code.press("Enter")
    page.wait_for_url(f"{address}/")
    assert [each for each in trouble if "422" not in each] == []
