"""A form in a real browser: live, by keyboard, with rows, and never losing what was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from runtime.web.arriving import SESSION
from runtime.web.assets import DIST
from tests.web.devices import made
from tests.web.live_eyes import differences
from tests.web.site import PASSWORD, Site, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Locator, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RECORD = re.compile(r"/a/sales_crm/\w+/[0-9a-f]{32}$")


def open_form(site: Site, page: Page, form: str) -> None:
    site.sign_in(page, "rep1")
    page.goto(f"{site.url}/a/sales_crm/{form}/new")
    page.locator("form[data-form]").wait_for()


def shown_in(rows: Locator, label: str) -> list[str]:
    return [each.input_value() for each in rows.get_by_label(label).all()]


def test_a_field_shows_and_is_asked_for_as_soon_as_another_says_so(
    shared_site: Site, page: Page
) -> None:
    open_form(shared_site, page, "lead")
    referrer = page.get_by_label("介绍人")
    assert not referrer.is_visible()

    page.get_by_label("客户来源").select_option(label="转介绍")
    referrer.wait_for(state="visible")
    assert page.locator("[data-field=referrer] .required-mark").is_visible()

    page.get_by_label("客户来源").select_option(label="官网表单")
    referrer.wait_for(state="hidden")


def test_rows_totals_and_taxes_add_up_without_a_question(shared_site: Site, page: Page) -> None:
    open_form(shared_site, page, "quotation")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    lines = page.locator(".lines")

    for number, (count, price, off) in enumerate((("3", "1280.50", "15"), ("2", "99.9", "0"))):
        lines.locator("[data-line=add]").click()
        row = lines.locator(".line-row").nth(number)
        assert row.get_by_label("数量").input_value() == "1"
        row.get_by_label("数量").fill(count)
        row.get_by_label("单价（含税）").fill(price)
        row.get_by_label("折扣").fill(off)
    page.locator("[name=service_fee]").fill("500")
    page.locator("[name=tax_rate]").fill("6")

    shown = {
        name: page.locator(f"[data-field={name}] > .field-shown").inner_text()
        for name in ("list_total", "goods_total", "subtotal", "tax_amount", "discount_rate")
    }
    assert asked == []
    assert shown == {
        "list_total": "¥4,041.30",
        "goods_total": "¥3,465.08",
        "subtotal": "¥3,965.08",
        "tax_amount": "¥224.44",
        "discount_rate": "14.26%",
    }
    assert lines.locator(".line-totals dd").inner_text() == "¥3,465.08"
    assert differences(page) == []

    page.get_by_text("单价不含税").click()
    lines.get_by_role("button", name="删除这一行").first.click()
    assert page.locator("[data-field=total_with_tax] > .field-shown").inner_text() == "¥741.79"
    assert differences(page) == []


def test_a_form_that_nobody_touched_is_left_without_a_question_and_keeps_no_draft(
    shared_site: Site, page: Page
) -> None:
    questions: list[str] = []

    def stay(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    open_form(shared_site, page, "contact")
    page.wait_for_load_state("networkidle")

    page.goto(f"{shared_site.url}/todo")
    page.goto(f"{shared_site.url}/a/sales_crm/contact/new")
    page.wait_for_load_state("networkidle")

    assert questions == []
    assert not page.locator("[data-draft-notice]").is_visible()


def test_a_draft_comes_back_with_its_rows_after_a_crash(shared_site: Site, page: Page) -> None:
    trouble = listen_for_trouble(page)
    open_form(shared_site, page, "customer")
    page.get_by_label("客户名称").fill("没有保存的客户")
    page.get_by_role("tab", name="采购与决策").click()
    lines = page.locator(".lines").first
    for name in ("老张", "老李"):
        lines.locator("[data-line=add]").click()
        lines.locator(".line-row").last.locator("input.input").first.fill(name)
    kept(page, "没有保存的客户")

    page.goto("about:blank")
    page.goto(f"{shared_site.url}/a/sales_crm/customer/new")

    page.locator("[data-draft-notice]").wait_for(state="visible")
    assert page.get_by_label("客户名称").input_value() == "没有保存的客户"
    texts = [each.input_value() for each in page.locator(".line-row input.input").all()]
    assert {"老张", "老李"} <= set(texts)
    assert trouble == []

    with page.expect_navigation():
        page.get_by_role("button", name="放弃草稿").click()
    assert page.get_by_label("客户名称").input_value() == ""


def kept(page: Page, text: str) -> None:
    """Wait until the draft in the browser's own database holds the text."""
    read = """() => new Promise((done) => {
        const open = indexedDB.open('keyval-store');
        open.onsuccess = () => {
            const store = open.result.transaction('keyval').objectStore('keyval');
            store.getAll().onsuccess = (event) => done(JSON.stringify(event.target.result));
        };
        open.onerror = () => done('');
    })"""
    for _ in range(100):
        if text in page.evaluate(read):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the draft was not kept")


def test_a_row_can_be_added_as_soon_as_the_page_is_there(shared_site: Site, page: Page) -> None:
    later = [path.name for path in DIST.glob("*.js") if "as installLines" in path.read_text()]
    for name in later:
        page.route(f"**/{name}", lambda route: route.abort())
    open_form(shared_site, page, "customer")
    page.get_by_role("tab", name="采购与决策").click()

    lines = page.locator(".lines").first
    lines.locator("[data-line=add]").click()

    assert lines.locator(".line-row").count() == 1


def test_rows_are_copied_moved_and_removed_by_keyboard_too(shared_site: Site, page: Page) -> None:
    open_form(shared_site, page, "customer")
    page.get_by_role("tab", name="采购与决策").click()
    lines = page.locator(".lines").first
    first = lines.locator(".line-row input.input").first
    lines.locator("[data-line=add]").press("Enter")
    first.fill("甲")
    lines.get_by_role("button", name="复制这一行").first.click()
    lines.locator(".line-row").nth(1).locator("input.input").first.fill("乙")

    lines.locator(".line-row").nth(1).locator("input.input").first.press("Alt+ArrowUp")

    names = [row.locator("input.input").first for row in lines.locator(".line-row").all()]
    assert [each.input_value() for each in names] == ["乙", "甲"]
    assert re.search(r"-0-", names[0].get_attribute("name") or "")
    lines.get_by_role("button", name="删除这一行").first.click()
    assert lines.locator(".line-row").count() == 1


def test_a_record_is_picked_by_initials_and_keys_and_made_in_place(
    shared_site: Site, page: Page
) -> None:
    trouble = listen_for_trouble(page)
    open_form(shared_site, page, "contact")
    picker = page.get_by_role("combobox", name="客户")
    picker.fill("苏州新客")
    page.get_by_role("option", name="新建“苏州新客”").click()
    panel = page.locator("dialog[open]")
    assert panel.get_by_label("客户名称").input_value() == "苏州新客"
    panel.get_by_label("客户名称").fill("")
    panel.get_by_role("button", name="保存").click()
    panel.get_by_text("还不能保存").wait_for()
    panel.get_by_label("客户名称").fill("苏州新客")
    panel.get_by_role("button", name="保存").click()
    panel.wait_for(state="detached")
    assert picker.input_value() == "苏州新客"

    page.locator(".picker.is-filled .picker-clear").first.click()
    assert picker.input_value() == ""
    picker.press_sequentially("szxk")
    page.get_by_role("option", name="苏州新客").first.wait_for()
    picker.press("Enter")
    assert picker.input_value() == "苏州新客"
    pick_faster_than_the_answer(page, shared_site)
    assert trouble == []


def pick_faster_than_the_answer(page: Page, site: Site) -> None:
    """What is listed when Enter is pressed may belong to less than what was typed."""
    made(site, "customer", name="苏州老客", tier="c", source="website")
    picker = page.get_by_role("combobox", name="客户")
    picker.fill("苏州新")
    page.get_by_role("option", name="苏州新客").first.wait_for()
    held: list[Route] = []
    page.route("**/choices?*", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    picker.fill("苏州老")
    with page.expect_request("**/choices?*"):
        picker.press("Enter")
    page.unroute("**/choices?*")  # lets go what was held
    expect(picker).to_have_value("苏州老客")


def test_an_expired_session_costs_nothing_that_was_typed(shared_site: Site, page: Page) -> None:
    open_form(shared_site, page, "lead")
    page.get_by_label("企业名称").fill("会话过期公司")
    page.get_by_role("textbox", name="联系人").fill("钱多多")
    page.get_by_label("手机").fill("13777778888")
    page.get_by_label("客户来源").select_option(label="官网表单")
    cookies = [one for one in page.context.cookies() if SESSION not in str(one.get("name"))]
    page.context.clear_cookies()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what the browser gave

    page.keyboard.press("Control+s")
    again = page.locator("dialog[open]")
    again.locator("input[name=login]").fill("rep1")
    again.locator("input[name=password]").fill(PASSWORD)
    again.locator("input[name=password]").press("Enter")

    page.wait_for_url(RECORD)
    assert page.get_by_role("heading", name="会话过期公司").is_visible()


def test_nobody_types_into_a_form_that_the_server_is_about_to_draw_anew(
    shared_site: Site, page: Page
) -> None:
    open_form(shared_site, page, "lead")
    name = page.get_by_label("企业名称")
    held: list[Route] = []
    page.route("**/lead/new", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    name.fill("先写的")
    with page.expect_request("**/lead/new"):
        page.keyboard.press("Control+s")
    page.keyboard.type("后写的")
    expect(name).to_have_value("先写的")
    page.unroute("**/lead/new")  # lets go what was held

    page.get_by_text("还不能保存").wait_for()
    expect(name).to_have_value("先写的")
    page.locator("[aria-invalid=true]:focus").wait_for()


def test_no_network_costs_nothing_either(shared_site: Site, page: Page) -> None:
    open_form(shared_site, page, "lead")
    page.get_by_label("企业名称").fill("断网公司")

    page.context.set_offline(True)
    page.get_by_role("button", name="保存", exact=False).last.click()
    page.locator("[data-say]").wait_for(state="visible")
    page.context.set_offline(False)

    assert page.get_by_label("企业名称").input_value() == "断网公司"
    assert "已保留" in page.locator("[data-say]").inner_text()
