"""A long form on tabs: by keyboard, with something wrong on another, on paper, without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.site import Site, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEW = "/a/sales_crm/customer/new"
RECORD = re.compile(r"/a/sales_crm/customer/[0-9a-f]{32}$")
NAMES = ["概况", "采购与决策", "开票与账户"]


def test_a_long_form_is_filled_in_tab_by_tab(shared_site: Site, page: Page) -> None:
    trouble = listen_for_trouble(page)
    shared_site.sign_in(page, "rep1")
    page.goto(f"{shared_site.url}{NEW}")

    walk_by_keyboard(page)
    be_told_what_is_wrong(page)
    page.get_by_label("预算申报月份").fill("6")
    page.get_by_role("tab", name=NAMES[0]).click()
    fill_what_is_needed(page)
    page.keyboard.press("Control+s")
    page.wait_for_url(RECORD)
    read_the_record(page)

    assert trouble == []


def walk_by_keyboard(page: Page) -> None:
    assert page.get_by_label("客户名称").is_visible()
    assert not page.get_by_label("预算申报月份").is_visible()
    page.get_by_role("tab", name=NAMES[0]).focus()
    page.keyboard.press("ArrowLeft")
    last = page.get_by_role("tab", name=NAMES[2])
    assert last.get_attribute("aria-selected") == "true"
    page.keyboard.press("Home")
    assert page.get_by_label("客户名称").is_visible()


def be_told_what_is_wrong(page: Page) -> None:
    month = page.get_by_label("预算申报月份")
    page.get_by_role("button", name="下一页 · 采购与决策").click()
    month.fill("13")
    page.keyboard.press("Control+s")

    # Both are wrong: the first tab opens, and each says how much is to check.
    page.locator(".error-summary").wait_for()
    assert page.get_by_label("客户名称").is_visible()
    assert re.search(r"[1-9]", page.get_by_role("tab", name=NAMES[0]).inner_text())
    assert "1" in page.get_by_role("tab", name=NAMES[1]).inner_text()
    page.locator(".error-summary a", has_text="预算申报月份").click()
    assert month.is_visible()
    assert page.evaluate("document.activeElement.name") == "budget_month"


def read_the_record(page: Page) -> None:
    page.get_by_role("tab", name=NAMES[1]).click()
    parts = page.locator(".panel--part")
    assert [part.is_visible() for part in parts.all()].count(True) == 1
    assert page.locator("#panel-part-buying").get_by_text("6", exact=True).is_visible()
    page.emulate_media(media="print")
    assert parts.count() > 1
    assert all(part.is_visible() for part in parts.all())


def fill_what_is_needed(page: Page) -> None:
    page.get_by_label("客户名称").fill("分页机械有限公司")
    page.locator("[data-field=tier] input[type=radio]").last.check(force=True)
    page.locator("select[name=industry]").select_option(index=1)
    page.locator("input[name=phone]").fill("13800138000")


def test_without_scripts_everything_stands_below_each_other(
    shared_site: Site, browser: Browser, page: Page
) -> None:
    shared_site.sign_in(page, "rep1")
    bare = browser.new_context(
        java_script_enabled=False,
        viewport={"width": 390, "height": 844},
        storage_state=page.context.storage_state(),
    )
    still = bare.new_page()
    still.goto(f"{shared_site.url}{NEW}")

    assert all(part.is_visible() for part in still.locator(".form-tab").all())
    assert not still.get_by_role("tablist").is_visible()
    bare.close()
