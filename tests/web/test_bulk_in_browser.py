"""Many records of a list are moved and handed on at once, and each of the others says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.desk import Desk
from tests.services.chromium import PHONE
from tests.web.site import Album, listen_for_trouble
from tests.web.test_people_in_browser import both_sizes, enter

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


def advance_to_dropped(page: Page, reason: str) -> Locator:
    page.locator("[data-bulk-url$=advance]").click()
    sheet = page.locator("dialog[open]")
    sheet.get_by_label("推进到").select_option("dropped")
    sheet.get_by_label("说明").fill(reason)
    both_sizes(page, "bulk", "advance")
    sheet.get_by_role("button", name="推进").click()
    return sheet


def test_of_many_some_move_and_each_of_the_others_says_why_not(
    small_desk: Desk, address: str, page: Page
) -> None:
    trouble = listen_for_trouble(page)
    small_desk.made("ticket", "ann", name="新屏幕")
    small_desk.made("ticket", "ann", name="旧键盘", cost="5")
    enter(page, address, "chief_north")
    page.goto(f"{address}/a/desk/ticket/")
    page.get_by_role("checkbox", name="选择 旧键盘").first.check()
    sheet = advance_to_dropped(page, "不修了")
    sheet.get_by_text("1 条已推进").wait_for()
    sheet.get_by_role("link", name="完成").click()
    page.locator("tr", has_text="旧键盘").get_by_text("已取消").wait_for()

    page.locator("[data-pick-all]").check()
    advance_to_dropped(page, "都不修了")
    sheet.get_by_text("1 条已推进，1 条未推进：").wait_for()
    both_sizes(page, "bulk", "mixed")

    (refused,) = sheet.locator(".outcomes > li").all()
    assert refused.get_by_role("link").inner_text() == "旧键盘"
    assert refused.locator("li").all_inner_texts() == ["已经在“已取消”阶段"]
    sheet.get_by_role("link", name="完成").click()
    page.locator("tr", has_text="新屏幕").get_by_text("已取消").wait_for()
    assert trouble == []


def test_each_reason_of_a_shut_gate_stands_with_its_record(
    small_desk: Desk, address: str, phone: Page
) -> None:
    small_desk.made("ticket", "ann", name="新屏幕")
    small_desk.made("ticket", "ann", name="旧键盘", cost="5")
    enter(phone, address, "ann")
    phone.goto(f"{address}/a/desk/ticket/")
    phone.locator("[data-picking]").click()
    for name in ("新屏幕", "旧键盘"):
        phone.locator(".row-card", has_text=name).locator("[data-pick]").check()
    Album(phone, "bulk-phone").take("picked")
    phone.locator("[data-bulk-url$=advance]").click()
    sheet = phone.locator("dialog[open]")
    sheet.get_by_role("button", name="推进").click()
    sheet.get_by_text("0 条已推进，2 条未推进：").wait_for()
    Album(phone, "bulk-phone-results").take("refused")

    told = {
        each.get_by_role("link").inner_text(): each.locator("li").all_inner_texts()
        for each in sheet.locator(".outcomes > li").all()
    }
    minutes = "请上传“会议纪要”，至少 1 份（pdf）"
    assert told == {
        "新屏幕": ["请填写“原因”", "请先估算费用", minutes],
        "旧键盘": ["请填写“原因”", minutes],
    }
    assert phone.viewport_size == PHONE


def test_what_was_picked_is_given_to_a_colleague(
    small_desk: Desk, address: str, page: Page
) -> None:
    trouble = listen_for_trouble(page)
    tickets = [small_desk.ticket("ann").id for _ in range(22)]
    ben = small_desk.people["ben"].id
    enter(page, address, "chief_north")
    page.goto(f"{address}/a/desk/ticket/")
    page.locator("[data-pick]").nth(1).check()
    page.get_by_role("button", name="选择全部符合条件的 22 条").click()
    expect(page.locator("[data-bulk-count]")).to_have_text("已选 22 条")
    expect(page.locator("tr [data-pick]:checked")).to_have_count(20)
    both_sizes(page, "bulk", "everything")
    page.locator("tr [data-pick]").first.uncheck()
    expect(page.locator("[data-bulk-count]")).to_have_text("已选 19 条")
    page.get_by_role("button", name="选择全部符合条件的 22 条").click()
    page.locator("[data-bulk-url$=transfer]").click()
    sheet = page.locator("dialog[open]")
    sheet.get_by_label("新的负责人").select_option(ben)
    both_sizes(page, "bulk", "transfer")
    sheet.get_by_role("button", name="转移").click()
    sheet.get_by_text("22 条成功").wait_for()
    both_sizes(page, "bulk", "transferred")
    sheet.get_by_role("link", name="完成").click()

    page.locator("tr", has_text="本田").nth(2).wait_for()
    assert {small_desk.stored(id_).owner for id_ in tickets} == {ben}
    assert trouble == []
