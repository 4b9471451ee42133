"""A sheet goes through every step on desk and phone, in both languages: from file to undone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from runtime.jobs.workshop import Workshop
from runtime.sheets.opening import open_book
from tests.desk import PASSWORD, Desk
from tests.runtime.imports.importing import csv_of, xlsx_of
from tests.web.eyes import SEEN, WATCH, barriers
from tests.web.site import Album, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ROWS = csv_of(
    "标题*,站点,费用(元),截止日期,电话,来源",
    '打印机卡纸,北站,"1,280.50",2026/3/5,13800138000,旧系统',
    "扫描仪不亮,东站,12.345,2026年13月1日,123,旧系统",
    "显示器花屏,,￥300,46090,,旧系统",
)


def _arrive(page: Page, address: str, locale: str = "zh") -> None:
    page.add_init_script(WATCH)
    page.goto(f"{address}/sign-in")
    page.locator("#login").fill("chief_north")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{address}/")
    if locale != "zh":
        page.goto(f"{address}/me")
        with page.expect_navigation():
            page.locator(f"main button[name=locale][value={locale}]").click()
    page.goto(f"{address}/a/desk/ticket/")
    page.locator("a[href='/a/desk/ticket/import']").click()


def _faults(page: Page) -> list[str]:
    seen: dict[str, Any] = page.evaluate(SEEN)
    over = [f"{seen['over']} px over the edge"] if seen["over"] > 0 else []
    return [*barriers(page), *seen["breaches"], *seen["styled"], *over]


def _send(page: Page, content: bytes, name: str = "工单.csv") -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator("#import-file").set_input_files(file)  # type: ignore[arg-type]  # as Playwright says
    page.locator("[data-import-file] button").click()
    page.locator("#import-columns").wait_for()


def _column(page: Page, at: int) -> str:
    return str(page.locator(f"select[name=col-{at}]").input_value())


def _counts(page: Page) -> list[str]:
    return page.locator(".import-counts dd").all_inner_texts()


@pytest.mark.parametrize(("size", "locale"), [("page", "zh"), ("phone", "en")])
def test_a_sheet_is_checked_brought_in_and_taken_back(  # noqa: PLR0915 - one way, step by step
    request: pytest.FixtureRequest, address: str, small_desk: Desk, size: str, locale: str
) -> None:
    page: Page = request.getfixturevalue(size)
    small_desk.made("site", "ann", name="北站")
    trouble, album = listen_for_trouble(page), Album(page, f"import-{size}-{locale}")
    _arrive(page, address, locale)
    faults = {"begin": _faults(page)}
    album.take("begin")

    _send(page, ROWS)
    proposed = [_column(page, at) for at in range(6)]
    faults["columns"] = _faults(page)
    album.take("columns")
    page.locator("button[form=import-columns]:visible").click()
    page.locator(".import-rows").first.wait_for()
    tried = _counts(page)
    faults["checked"] = _faults(page)
    album.take("checked")
    with page.expect_download() as download:
        page.locator("a[href$='/errors']").click()
    page.locator("form[action$='/start'] button").click()
    page.locator("form[action$='/undo'] button").wait_for()
    brought = _counts(page)
    faults["done"] = _faults(page)
    album.take("done")
    page.locator("form[action$='/undo'] button").click()
    with page.expect_navigation():
        page.locator("dialog[open] .btn--danger-solid").click()
    page.locator("form[action$='/undo']").wait_for(state="detached")
    undone = _counts(page)
    faults["undone"] = _faults(page)
    album.take("undone")

    assert proposed == ["name", "site", "cost", "due", "phone", ""]
    assert (tried, brought, undone) == (["2", "0", "0", "1"], ["2", "0", "0", "1"], ["2", "0"])
    assert ({step: found for step, found in faults.items() if found}, trouble) == ({}, [])
    (sheet,) = open_book(Path(download.value.path())).sheets
    assert [row.cells[0] for row in sheet.rows()] == ["标题*", "扫描仪不亮"]


def test_what_was_chosen_for_a_heading_is_remembered(
    page: Page, address: str, small_desk: Desk
) -> None:
    _arrive(page, address)
    _send(page, csv_of("怎么叫,来源", "打印机,旧系统"))
    page.locator("select[name=col-1]").select_option("cause")
    page.locator("button[form=import-columns]:visible").click()
    page.get_by_text("“标题”没有对应的列").wait_for()
    page.get_by_role("link", name="修改对应").click()
    page.locator("select[name=col-0]").select_option("name")
    page.locator("button[form=import-columns]:visible").click()
    page.locator("form[action$='/start'] button").wait_for()
    assert not page.get_by_text("没有对应的列").count()

    page.goto(f"{address}/a/desk/ticket/import")
    _send(page, csv_of("来源,怎么叫", "旧系统,扫描仪"))

    assert [_column(page, at) for at in (0, 1)] == ["cause", "name"]


def test_records_are_found_by_a_key_that_is_asked_for_only_then(
    page: Page, address: str, small_desk: Desk
) -> None:
    ticket = small_desk.ticket("ann", cause="卡纸")
    _arrive(page, address)
    _send(page, csv_of("编号,原因", f"{ticket.values['number']},缺墨"))
    key = page.locator("[data-import-key]")
    hidden = key.is_hidden()

    page.locator("input[name=mode][value=update]").check(force=True)
    page.locator("#import-key").select_option("number")
    page.locator("select[name=col-0]").select_option("number")
    page.locator("button[form=import-columns]:visible").click()
    page.locator("form[action$='/start'] button").click()
    page.locator("form[action$='/undo'] button").wait_for()

    assert hidden
    assert _counts(page) == ["0", "1", "0", "0"]
    assert small_desk.stored(ticket.id).values["cause"] == "缺墨"


def test_rows_of_a_sub_table_come_from_a_sheet_of_their_own(
    page: Page, address: str, small_desk: Desk
) -> None:
    album = Album(page, "import-sheets")
    content = xlsx_of(
        工单=[["标题", "原因"], ["打印机", "卡纸"], ["扫描仪", "不亮"]],
        配件=[["标题", "配件", "数量"], ["打印机", "硒鼓", 2], ["打印机", "纸", 5]],
    )
    _arrive(page, address)

    _send(page, content, "工单.xlsx")
    album.take("columns")
    faults = _faults(page)
    page.locator("button[form=import-columns]:visible").click()
    page.locator("form[action$='/start'] button").click()
    page.locator(".import-rows a", has_text="打印机").click()
    page.locator("text=硒鼓").first.wait_for()

    assert faults == []


def test_a_larger_file_is_watched_while_it_is_worked_on(
    page: Page, address: str, small_desk: Desk
) -> None:
    trouble, album = listen_for_trouble(page), Album(page, "import-larger")
    page.emulate_media(color_scheme="dark")
    rows = [f"单{n},{'长' * 150}" for n in range(200)]
    _arrive(page, address)
    _send(page, csv_of("标题,很长", *rows))
    page.locator("button[form=import-columns]:visible").click()
    page.locator("progress").wait_for()
    faults = _faults(page)
    album.take("busy")

    Workshop(services=small_desk.services).run_due()
    page.locator("form[action$='/start'] button").click()
    page.locator("progress").wait_for()
    Workshop(services=small_desk.services).run_due()
    page.locator("form[action$='/undo'] button").wait_for()
    album.take("done")

    assert _counts(page) == ["200", "0", "0", "0"]
    assert [*faults, *_faults(page)] == []
    assert trouble == []


def test_a_file_that_is_no_sheet_is_refused_in_plain_words(page: Page, address: str) -> None:
    _arrive(page, address)
    file = {"name": "a.csv", "mimeType": "text/csv", "buffer": b"%PDF-1.7 nothing"}
    page.locator("#import-file").set_input_files(file)  # type: ignore[arg-type]  # as Playwright says
    page.locator("[data-import-file] button").click()

    said = page.locator("[role=alert]").inner_text()

    assert "请上传 .xlsx 或 .csv" in said
