"""A rep takes a lead to an opportunity and is stopped at the gate, on the phone and the desktop."""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from tests.web.site import Album, Site, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

COMPANY = "苏州明泽精密机械有限公司"
NEXT_GATE = [
    "请填写“预计金额”",
    "请选择“意向产品”",
    "请填写“预计签约日期”",
    "请先录入竞品信息,否则无法生成对比分析报告",
    "请上传“会议纪要”，至少 1 份（pdf、docx）",
]
RECORD = re.compile(r"/a/sales_crm/(\w+)/([0-9a-f]{32})$")


def picture(shade: int) -> bytes:
    """A small PNG; each shade is another file to the store."""
    row = b"\0" + bytes([shade, 80, 160]) * 8
    body = zlib.compress(row * 8)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)),
        (b"IDAT", body),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def file_of(name: str, shade: int) -> list[dict[str, object]]:
    return [{"name": name, "mimeType": "image/png", "buffer": picture(shade)}]


def sheet_of(page: Page) -> Locator:
    page.get_by_role("link", name="推进阶段").tap()
    sheet = page.locator("dialog[open]")
    sheet.wait_for()
    return sheet


def moved_to(page: Page, stage: str) -> None:
    page.locator(".path [aria-current=step]", has_text=stage).wait_for()


def choose(place: Locator, label: str, text: str, option: str | None = None) -> None:
    box = place.get_by_role("combobox", name=label)
    box.fill(text)
    place.get_by_role("option", name=option or text).first.click()


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_rep_takes_a_lead_to_an_opportunity_and_through_its_gate(
    site: Site, phone: Page, browser: Browser
) -> None:
    trouble = listen_for_trouble(phone)
    album = Album(phone, "rep-phone")
    site.sign_in(phone, "rep1")

    make_a_lead(site, phone, album)
    take_it_to_qualified(phone, album)
    convert_it(phone, album)
    be_refused_then_hand_in_evidence(phone, album)
    opportunity = phone.url

    assert trouble == []
    advance_by_drag(site, browser, opportunity)


def make_a_lead(site: Site, page: Page, album: Album) -> None:
    page.goto(f"{site.url}/a/sales_crm/lead/new")
    page.get_by_role("button", name="保存").last.tap()
    page.get_by_text("还不能保存，请检查 4 处").wait_for()
    album.take("lead-refused")

    page.get_by_label("企业名称").fill(COMPANY)
    page.get_by_role("textbox", name="联系人").fill("周启明")
    page.get_by_label("手机").fill("13862015577")
    page.get_by_label("客户来源").select_option(label="转介绍")
    page.get_by_label("介绍人").fill("王工")
    album.take("lead-filled")
    page.get_by_role("button", name="保存").last.tap()
    page.wait_for_url(RECORD)
    album.take("lead")


def take_it_to_qualified(page: Page, album: Album) -> None:
    sheet_of(page).get_by_role("button", name="推进到").tap()
    moved_to(page, "待触达")

    sheet = sheet_of(page)
    sheet.get_by_text("决策人", exact=True).tap()
    sheet.get_by_label("首次触达时间").fill("2036-03-02T10:00")
    sheet.get_by_label("触达方式").select_option(label="面访")
    album.take("contacted-sheet")
    sheet.get_by_role("button", name="补齐并推进").tap()
    moved_to(page, "已触达")

    sheet = sheet_of(page)
    sheet.get_by_label("所属行业").select_option(label="机械装备")
    sheet.get_by_text("20 万以上").tap()
    sheet.get_by_label("客户需求").fill("总装线设备停机靠人工登记，想实时采集并报警")
    sheet.get_by_label("痛点关键词").fill("设备停机多，质量追溯难，")
    sheet.get_by_label("下一步动作").fill("周四现场勘测")
    sheet.get_by_label("截止日期").fill("2036-03-05")
    sheet.get_by_role("button", name="补齐并推进").tap()
    moved_to(page, "有效待转化")


def convert_it(page: Page, album: Album) -> None:
    page.get_by_role("link", name="转为客户和商机").last.tap()
    page.get_by_role("heading", name="商机", exact=True).wait_for()
    page.get_by_label("职务").fill("设备部部长")
    album.take("convert")
    page.get_by_role("button", name="转为客户和商机").last.tap()
    page.wait_for_url(re.compile(r"/a/sales_crm/opportunity/[0-9a-f]{32}$"))
    album.take("opportunity")

    details = page.locator("#panel-details")
    assert details.get_by_text(f"{COMPANY} · 设备停机多").is_visible()
    # Fields that both forms have came over without being named, people's own among them.
    for kept in ("质量追溯难", "转介绍", "20 万以上", "总装线设备停机靠人工登记"):
        assert details.get_by_text(kept).first.is_visible(), kept
    assert details.locator("a[href*='/customer/']", has_text=COMPANY).is_visible()


def be_refused_then_hand_in_evidence(page: Page, album: Album) -> None:
    sheet = sheet_of(page)
    sheet.get_by_role("button", name="补齐并推进").tap()
    sheet.get_by_text("还不能到“需求初筛”").wait_for()
    album.take("gate-refused")
    said = sheet.locator("[role=alert] li").all_inner_texts()
    assert said == ["请上传“微信沟通截图”，至少 1 份（png、jpg、jpeg、webp）"]

    sheet.locator("input[type=file]").first.set_input_files(file_of("沟通截图.png", 10))  # type: ignore[arg-type]  # playwright's own dict
    sheet.locator(".file-item img").wait_for()
    album.take("gate-with-evidence")
    sheet.get_by_role("button", name="补齐并推进").tap()
    moved_to(page, "需求初筛")
    album.take("advanced")

    sheet = sheet_of(page)
    sheet.get_by_role("button", name="补齐并推进").tap()
    sheet.get_by_text("还不能到“价值共识”").wait_for()
    album.take("next-gate-refused")
    assert sheet.locator("[role=alert] li").all_inner_texts() == NEXT_GATE
    sheet.get_by_role("button", name="关闭").tap()


def advance_by_drag(site: Site, browser: Browser, opportunity: str) -> None:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    trouble = listen_for_trouble(page)
    album = Album(page, "rep-desktop")
    site.sign_in(page, "rep1")
    page.goto(f"{site.url}/a/sales_crm/opportunity/board")
    album.take("board")

    drag(page, COMPANY, "need_screened", "value_agreed")
    sheet = page.locator("dialog[open]")
    sheet.wait_for()
    album.take("drag-refused")
    assert sheet.locator("[role=alert] li").all_inner_texts() == NEXT_GATE
    assert card(page, "need_screened", COMPANY).count() == 1
    sheet.get_by_role("button", name="关闭").click()

    move_back_on_page(page, opportunity)
    page.goto(f"{site.url}/a/sales_crm/opportunity/board")
    drag(page, COMPANY, "lead_captured", "need_screened")
    card(page, "need_screened", COMPANY).wait_for()
    # It lies there at once; that it may is said by the server.
    page.locator(".toast", has_text="已推进到").wait_for()
    album.take("dragged")
    page.reload()
    assert card(page, "need_screened", COMPANY).count() == 1
    assert trouble == []
    context.close()


def move_back_on_page(page: Page, opportunity: str) -> None:
    page.goto(opportunity)
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("link", name="退回到“线索获取”").click()
    sheet = page.locator("dialog[open]")
    sheet.get_by_label("原因").fill("客户重新描述了需求")
    sheet.get_by_role("button", name="退回到“线索获取”").click()
    moved_to(page, "线索获取")


def column(page: Page, stage: str) -> Locator:
    return page.locator(f"#lane-box-{stage}")


def card(page: Page, stage: str, title: str) -> Locator:
    return column(page, stage).locator(".board-card", has_text=title)


def drag(page: Page, title: str, start: str, end: str) -> None:
    source = card(page, start, title)
    source.wait_for()
    box, target = source.bounding_box(), column(page, end).bounding_box()
    assert box
    assert target
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 12, box["y"] + 30, steps=4)
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + 90, steps=12)
    # What is carried is put into a lane some moments after the mouse got there.
    column(page, end).locator(".sortable-ghost").wait_for()
    page.mouse.up()
