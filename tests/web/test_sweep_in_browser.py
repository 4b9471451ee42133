"""All that a list finds is picked and dealt with; what was refused is found again in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from runtime.jobs.workshop import Workshop
from runtime.limits import MOST_AT_ONCE
from runtime.use_cases.bulk import bulk_advance
from tests.desk import Desk
from tests.services.chromium import PHONE
from tests.web.eyes import barriers
from tests.web.site import listen_for_trouble
from tests.web.test_people_in_browser import both_sizes, enter

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
MANY = MOST_AT_ONCE + 3
GONE = 2


def seen(page: Page, title: str) -> None:
    assert barriers(page) == []
    both_sizes(page, "sweep", title)


def pick_everything(page: Page) -> None:
    page.locator("[data-pick-all]").check()
    button = page.get_by_role("button", name=f"选择全部符合条件的 {MANY} 条")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-bulk-count]")).to_have_text(f"已选 {MANY} 条")


def test_all_that_is_found_is_dealt_with_in_the_background(
    small_desk: Desk, address: str, page: Page
) -> None:
    desk, trouble = small_desk, listen_for_trouble(page)
    tickets = [desk.ticket("ann").id for _ in range(MANY)]
    bulk_advance(
        desk.services, desk.act("chief_north", "旧"), desk.form(), tickets[:GONE], "dropped"
    )
    enter(page, address, "chief_north")
    page.goto(f"{address}/a/desk/ticket/")

    pick_everything(page)
    seen(page, "picked")
    page.locator("[data-bulk-url$=advance]").click()
    sheet = page.locator("dialog[open]")
    expect(sheet.get_by_text(f"将处理全部符合条件的 {MANY} 条记录")).to_be_visible()
    sheet.get_by_label("推进到").select_option("dropped")
    sheet.get_by_label("说明").fill("都不修了")
    seen(page, "sheet")
    sheet.get_by_role("button", name=f"推进 {MANY} 条").click()
    expect(page.get_by_role("heading", name="正在排队…")).to_be_visible()

    Workshop(services=desk.services).run_due()
    expect(page.get_by_role("heading", name="处理完成")).to_be_visible()
    assert page.locator(".import-counts dd").all_inner_texts() == [str(MANY - GONE), str(GONE)]
    seen(page, "done")
    page.get_by_role("link", name="已经在“已取消”阶段").click()
    expect(page.get_by_text(f"批量操作未成功的 {GONE} 条")).to_be_visible()
    expect(page.locator("tr [data-pick]")).to_have_count(GONE)
    both_sizes(page, "sweep", "left")
    assert trouble == []


def test_it_is_stopped_by_thumb(small_desk: Desk, address: str, phone: Page) -> None:
    desk = small_desk
    for _ in range(MANY):
        desk.ticket("ann")
    enter(phone, address, "chief_north")
    phone.goto(f"{address}/a/desk/ticket/")
    phone.locator("[data-picking]").tap()
    phone.locator(".row-card [data-pick]").first.tap()
    phone.get_by_role("button", name=f"选择全部符合条件的 {MANY} 条").tap()
    phone.locator("[data-bulk-url$=delete]").tap()
    phone.get_by_role("button", name=f"删除 {MANY} 条").tap()
    phone.get_by_role("button", name="停止").tap()
    expect(phone.get_by_role("heading", name="正在停止…")).to_be_visible()

    Workshop(services=desk.services).run_due()

    expect(phone.get_by_role("heading", name="已停止")).to_be_visible()
    assert phone.locator(".import-counts").inner_text().split() == [
        "处理成功", "0", "未成功", "0", "没有处理", str(MANY),
    ]  # fmt: skip
    assert phone.viewport_size == PHONE
