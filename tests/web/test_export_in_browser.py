"""A list becomes a file without anybody waiting for a page, on the desk and on the phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runtime.jobs.threads import Workers
from runtime.jobs.workshop import Workshop
from tests.desk import PASSWORD, Desk
from tests.runtime.jobs.exports import csv_rows, sheets
from tests.web.eyes import barriers
from tests.web.site import Album, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def workers(small_desk: Desk) -> Iterator[Workers]:
    """Threads that do jobs, as in the process that serves the pages."""
    there = Workers(Workshop(services=small_desk.services), 1)
    there.start()
    yield there
    there.stop(60)


def _sign_in(page: Page, address: str, login: str = "chief_north") -> None:
    page.goto(f"{address}/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{address}/")


def test_a_list_is_exported_on_the_desk(
    page: Page, address: str, small_desk: Desk, tmp_path: Path
) -> None:
    for cost in ("1", "20", "300"):
        small_desk.ticket(cost=cost)
    trouble, album = listen_for_trouble(page), Album(page, "export-desktop")
    _sign_in(page, address)
    page.goto(f"{address}/a/desk/ticket/?sort=-cost&cols=name,cost")
    page.get_by_role("link", name="导出").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_text("将导出 3 条").wait_for()
    album.take("sheet")
    assert barriers(page) == []

    with page.expect_download() as download:
        sheet.get_by_role("button", name="导出").click()
    download.value.save_as(tmp_path / "it.xlsx")

    sheet.get_by_text("共 3 条").wait_for()
    album.take("done")
    assert barriers(page) == []
    (rows,) = sheets(tmp_path / "it.xlsx").values()
    assert [row[1][1] for row in rows] == ["费用", "300", "20", "1"]
    assert download.value.suggested_filename.startswith("工单_")
    assert page.url.endswith("cols=name,cost")
    sheet.get_by_role("link", name="后台任务").click()
    page.get_by_role("heading", name="后台任务").wait_for()
    album.take("tasks")
    assert barriers(page) == []
    assert trouble == []


def test_what_was_picked_is_exported_on_the_phone(
    phone: Page, address: str, small_desk: Desk, tmp_path: Path
) -> None:
    small_desk.ticket(cost="1")
    small_desk.ticket(cost="2")
    trouble, album = listen_for_trouble(phone), Album(phone, "export-phone")
    _sign_in(phone, address)
    phone.goto(f"{address}/a/desk/ticket/?sort=cost&cols=cost")
    album.take("list")
    phone.get_by_role("button", name="选择").click()
    phone.locator("[data-pick]:visible").first.check()
    phone.get_by_role("button", name="导出").click()
    sheet = phone.get_by_role("dialog")
    sheet.get_by_text("UTF-8").click()
    sheet.get_by_text("全部字段").click()
    album.take("sheet")

    with phone.expect_download() as download:
        sheet.get_by_role("button", name="导出").click()
    download.value.save_as(tmp_path / "it.csv")

    sheet.get_by_text("共 1 条").wait_for()
    album.take("done")
    assert len(csv_rows(tmp_path / "it.csv")) == 2
    phone.goto(f"{address}/jobs")
    album.take("tasks")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert barriers(phone) == []
    assert trouble == []


def test_the_export_follows_the_filter_that_is_set_without_a_new_page(
    page: Page, address: str, small_desk: Desk
) -> None:
    small_desk.ticket(cost="1")
    _sign_in(page, address)
    page.goto(f"{address}/a/desk/ticket/")
    page.locator("#list-q").fill("没有这样的")
    page.wait_for_url("**q=*")

    page.get_by_role("link", name="导出").click()

    page.get_by_role("dialog").get_by_text("将导出 0 条").wait_for()


def test_progress_is_seen_while_it_is_done(
    page: Page, address: str, small_desk: Desk, workers: Workers
) -> None:
    workers.stop(60)
    small_desk.ticket(cost="1")
    album = Album(page, "export-progress")
    _sign_in(page, address)
    page.goto(f"{address}/a/desk/ticket/export")
    with small_desk.services.store.unit() as unit:
        chief = small_desk.people["chief_north"].id
        wish = '{"app":"desk","form":"ticket","wanted":{}}'
        arguments = {"app": "desk", "form": "ticket", "export": wish}
        id_ = unit.jobs.save("export_records", arguments, small_desk.clock(), person=chief)
    page.goto(f"{address}/jobs")
    page.get_by_text("正在排队…").wait_for()

    with small_desk.services.store.unit() as unit:
        job = unit.jobs.claim(60, id_)
        assert job is not None
        assert unit.jobs.beat(job, 60, 40_000, 100_000)
    page.get_by_text("已完成 40,000 / 100,000").wait_for()
    assert page.get_by_role("progressbar").get_attribute("value") == "40"
    album.take("running")
    assert barriers(page) == []

    with small_desk.services.store.unit() as unit:
        assert unit.jobs.end(job, {"count": 5, "size": 2048})
    page.get_by_text("共 5 条").wait_for()
    assert page.get_by_role("progressbar").count() == 0
