"""Somebody who can't program runs a scenario, lives through a day, and records what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from designer import jobs
from designer.app import build_app
from designer.drafts.editing import open_held
from runtime.clock import now
from runtime.jobs.kinds import kinds
from runtime.jobs.threads import Workers
from runtime.jobs.workshop import Workshop
from runtime.services import Services
from tests.designer.trying.test_trying import WITH_RULE
from tests.desk import PASSWORD, open_desk
from tests.services.chromium import DESKTOP, patient
from tests.shipped import serving
from tests.web.eyes import WATCH
from tests.web.site import listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@dataclass(frozen=True)
class Trial:
    """A served workspace in which jobs are done."""

    url: str
    services: Services


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    with open_desk(tmp_path, files=WITH_RULE) as desk:
        desk.clock.moment = now()
        workers = Workers(Workshop(services=desk.services, kinds=kinds(jobs)), 1)
        workers.start()
        with serving(build_app(desk.services)) as url:
            yield Trial(url, desk.services)
        workers.stop(60)


def test_a_draft_is_tried_and_what_was_done_runs_green(trial: Trial, browser: Browser) -> None:
    page = _designer(trial, browser)
    troubles = listen_for_trouble(page)
    page.goto(f"{trial.url}/design/desk/")
    page.get_by_role("link", name="试运行").click()
    page.get_by_role("button", name="运行 · 坐席可以开工单").click()
    page.get_by_text("场景 1/1 通过").wait_for()

    _live_through_a_day(page)
    _record(page)

    page.get_by_role("link", name="全部场景").click()
    page.get_by_role("button", name="运行 · 没有人管的工单会提醒").click()
    page.get_by_text("场景 1/1 通过").wait_for()
    assert "scenarios/recorded.yaml" in open_held(trial.services, "desk").draft.files
    assert troubles == []
    page.context.close()


def _live_through_a_day(page: Page) -> None:
    """Make a ticket that can't move on, and let time pass until somebody is reminded of it."""
    page.get_by_role("link", name="试跑一天").click()
    page.get_by_role("button", name="开始试跑", exact=True).click()
    inside = page.frame_locator("#try-frame")
    inside.get_by_role("link", name="新建工单").first.click()
    inside.get_by_role("textbox", name="标题").fill("打印机不能用")
    inside.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("“打印机不能用”应该是").wait_for()
    inside.get_by_role("link", name="推进阶段").click()
    inside.locator("dialog").get_by_role("button", name="补齐并推进").click()
    page.get_by_text("应被拦下：").wait_for()
    page.get_by_role("button", name="到下一个提醒").click()
    page.get_by_role("link", name="规则“三天没动静提醒”触发：打印机不能用").wait_for()


def _record(page: Page) -> None:
    """Say what should be so, and save all that was done as a scenario."""
    page.get_by_label("期望 · 阶段").click()
    page.locator("#expect-stage").select_option("open")
    page.get_by_role("button", name="记下期望").locator("visible=true").click()
    page.get_by_text("阶段应为“待处理”").wait_for()
    page.get_by_label("这个场景证明什么").fill("没有人管的工单会提醒，停在原处")
    page.get_by_role("button", name="存成场景").click()
    page.get_by_text("场景已存进草稿").first.wait_for()


def _designer(trial: Trial, browser: Browser) -> Page:
    context = browser.new_context(
        viewport=DESKTOP,  # type: ignore[arg-type]  # as in chromium.py
        locale="zh-CN",
        reduced_motion="reduce",
    )
    patient(context)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{trial.url}/sign-in")
    page.locator("#login").fill("admin")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{trial.url}/")
    return page
