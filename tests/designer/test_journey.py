"""Somebody who can't program makes an app out of nothing, and a colleague uses it on a phone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from designer.app import build_app
from engine.app import App
from engine.definition.workflow import ApproveStep, BranchStep
from engine.fields.lines import Lines
from engine.rules.triggers.silent import Silent
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.settings import Settings
from runtime.workspace.open import open_workspace
from runtime.workspace.people_file import add_people, read_people
from tests.services.chromium import DESKTOP, PHONE, patient
from tests.shipped import serving
from tests.web.eyes import WATCH
from tests.web.site import PASSWORD, listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PEOPLE = """
departments:
  - {code: whole, name: 总部}
people:
  - {login: admin, name: 管理员, department: whole, admin: true}
  - {login: rep, name: 安静, department: whole}
"""
PICTURES = os.environ.get("PICTURES", "")
"""A folder for screenshots of the way, if somebody wants to look at it."""


@dataclass(frozen=True)
class Empty:
    """A served workspace without apps."""

    url: str
    services: Services

    @property
    def app(self) -> App:
        """The only app, once there is one."""
        (app,) = self.services.apps.values()
        return app

    def signed_in(self, browser: Browser, login: str, **device: Any) -> Page:
        """Open the workbench of a person."""
        options = {"viewport": DESKTOP, "reduced_motion": "reduce", "locale": "zh-CN", **device}
        context = browser.new_context(**options)
        patient(context)
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(f"{self.url}/sign-in")
        page.locator("#login").fill(login)
        page.locator("#password").fill(PASSWORD)
        page.locator("#password").press("Enter")
        page.wait_for_url(f"{self.url}/")
        return page


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Empty]:
    settings = Settings.from_environment({"HOME_DIR": str(tmp_path), "CHEAP_PASSWORDS": "1"})
    services = open_workspace(settings)
    hashed = Passwords(time_cost=1, memory_kib=1024).hash(PASSWORD)
    with services.store.unit() as unit:
        add_people(unit, read_people(PEOPLE, "people.yaml"), hashed, services.now())
    with serving(build_app(services)) as url:
        yield Empty(url, services)
    services.store.close()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(300)
def test_an_app_is_made_of_nothing_and_used(browser: Browser, empty: Empty) -> None:
    page = empty.signed_in(browser, "admin")
    heard = listen_for_trouble(page)
    _begin(page)
    _first_form(page)
    _second_form(page)
    _stages(page)
    _approval(page)
    _rule(page)
    _role(page)
    _publish(page)
    _give_the_role(page)
    page.context.close()

    _is_what_was_wished(empty.app)
    assert heard == []
    _used_on_a_phone(browser, empty)


def _saved(page: Page, changes: int) -> None:
    page.locator("#draft-mark .badge", has_text=f"{changes} 处未发布").wait_for()


_numbers = count(1)


def _picture(page: Page, name: str) -> None:
    if PICTURES:
        path = Path(PICTURES) / f"{next(_numbers):02d}_{name}.png"
        page.screenshot(path=path, caret="initial")


def _begin(page: Page) -> None:
    page.get_by_role("link", name="设计应用").click()
    page.get_by_role("link", name="新建应用").click()
    page.get_by_label("应用名称").fill("设备报修")
    _picture(page, "new_app")
    page.get_by_role("button", name="创建应用").click()


def _type(page: Page, title: str) -> None:
    """Put a field at the end of the form by a click in the palette."""
    page.locator("[data-palette]").get_by_role("button", name=title, exact=True).click()


def _rename(page: Page, was: str, name: str) -> None:
    """Give what is chosen another name in the panel, and see it on the form."""
    page.locator("#panel-title", has_text=was).wait_for()
    box = page.locator("#panel [data-zh]").first
    box.fill(name)
    page.locator("#paper", has_text=name).wait_for()
    box.press("Tab")
    page.locator("#panel-title", has_text=name).wait_for()


def _first_form(page: Page) -> None:
    page.get_by_label("表单名称").fill("设备")
    page.get_by_role("button", name="建表单").click()
    page.locator("#at-name").wait_for()
    _saved(page, 1)
    page.wait_for_load_state("networkidle")
    _type(page, "日期")
    _rename(page, "日期", "购入日期")
    _picture(page, "first_form")


def _second_form(page: Page) -> None:
    page.get_by_role("link", name="回到“设备报修”").click()
    page.get_by_role("link", name="新建表单").click()
    page.get_by_label("表单名称").fill("报修单")
    page.get_by_role("button", name="建表单").click()
    page.locator("#paper-head", has_text="报修单").wait_for()
    page.wait_for_load_state("networkidle")
    _type(page, "关联记录")
    page.locator("#first-choice select").select_option(label="设备")
    page.locator("#first-choice").get_by_role("button", name="加上").click()
    page.locator("#at-reference").wait_for()
    _type(page, "金额")
    _rename(page, "金额", "预计费用")
    _type(page, "多行文字")
    _rename(page, "多行文字", "费用说明")
    _condition(page)
    _type(page, "子表")
    _rename(page, "子表", "更换的配件")
    page.locator("#at-lines [data-add-column]").click()
    page.locator("#column-types").get_by_role("button", name="整数").click()
    page.locator("#at-lines [data-item=integer]").wait_for()
    _picture(page, "second_form")


def _condition(page: Page) -> None:
    """Let the reasons be asked for only where the costs are high."""
    page.locator("#panel").get_by_role("button", name="设置条件").first.click()
    sheet = page.locator("dialog[open]")
    row = sheet.locator(".filter-row").first
    row.locator(".field-search input").fill("预计费用")
    row.locator(".field-search input").press("Enter")
    row.locator("[data-op]").select_option(">")
    row.locator("[data-value] input").fill("1000")
    _picture(page, "condition")
    sheet.get_by_role("button", name="确定").click()
    page.locator("#at-long_text .design-field__marks", has_text="条件显示").wait_for()


def _stages(page: Page) -> None:
    page.get_by_role("link", name="阶段", exact=True).click()
    page.get_by_role("button", name="加上阶段").click()
    first = page.locator("#stage-new")
    first.locator("summary").first.click()
    first.get_by_label("预计费用", exact=True).check()
    page.locator("details[open] [data-pick-done]").click()
    first.locator("summary", has_text="预计费用").wait_for()
    first.get_by_role("button", name="凭证").click()
    first.locator("text=照片").first.wait_for()
    _picture(page, "stages")


def _approval(page: Page) -> None:
    page.get_by_role("link", name="审批", exact=True).click()
    page.get_by_role("button", name="新建审批").click()
    page.wait_for_url("**/workflows/**")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="在“发起人”之后加一步").click()
    page.get_by_role("menuitem", name="条件分支").click()
    page.locator("#step-branch").wait_for()
    page.get_by_role("button", name="在“条件 1”之后加一步").click()
    page.get_by_role("menuitem", name="办理").click()
    page.locator("#step-handle").wait_for()
    page.locator("#step-approve .flow-card__main").click()
    page.locator("#panel-title", has_text="直属上级审批").wait_for()
    page.locator("#panel .field", has_text="处理期限").get_by_role("button", name="设置").click()
    page.locator("#step-approve", has_text="1 个工作日内").wait_for()
    _picture(page, "approval")


def _rule(page: Page) -> None:
    page.get_by_role("link", name="规则", exact=True).click()
    page.get_by_role("button", name="新建规则").click()
    page.wait_for_url("**/rules/*")
    page.wait_for_load_state("networkidle")
    page.locator("[data-menu=trigger-menu]").click()
    page.get_by_role("menuitem", name="长时间无动静").click()
    page.locator("summary", has_text="7 天").click()
    page.locator("#flow").get_by_label("数量").fill("3")
    page.locator("details[open] [data-pick-done]").click()
    page.locator("summary", has_text="3 天").wait_for()
    _picture(page, "rule")


def _role(page: Page) -> None:
    """Make a role whose people see what is their own, and do everything with it."""
    page.get_by_role("link", name="权限", exact=True).click()
    page.get_by_role("link", name="管理角色").click()
    page.locator("#design-part").get_by_role("button", name="添加角色").click()
    page.locator("#panel-title", has_text="新的角色").wait_for()
    box = page.locator("#panel [data-zh]").first
    box.fill("维修员")
    box.press("Tab")
    page.locator("#panel-title", has_text="维修员").wait_for()
    _picture(page, "roles")
    page.get_by_role("link", name="回到“设备报修”").click()
    for form, rows in (("设备", "全部"), ("报修单", "本人负责的")):
        page.get_by_role("link", name=form).first.click()
        page.get_by_role("link", name="权限", exact=True).click()
        row = page.locator("#design-part tbody tr", has_text="维修员").first
        row.get_by_role("combobox", name="看到哪些记录").select_option(label=rows)
        if form == "报修单":
            row.get_by_role("checkbox", name="新建").check()
            row.get_by_role("combobox", name="编辑").select_option(label="看到的都可以")
        _picture(page, "access")
        page.get_by_role("link", name="回到“设备报修”").click()
    page.get_by_role("link", name="报修单").first.click()


def _give_the_role(page: Page) -> None:
    """Give a colleague the role, where people are looked after."""
    page.get_by_role("link", name="回到“设备报修”").click()
    page.get_by_role("link", name="修改 · 角色").click()
    page.get_by_role("link", name="把角色分给同事").click()
    page.get_by_role("link", name="安静").first.click()
    page.get_by_label("维修员").check()
    _picture(page, "person")
    page.get_by_role("button", name="保存").first.click()
    page.get_by_text("已保存").first.wait_for()


def _publish(page: Page) -> None:
    page.get_by_role("link", name="发布", exact=True).click()
    page.get_by_label("给同事的说明").fill("第一版")
    _picture(page, "publish")
    page.get_by_role("button", name="发布", exact=True).click()
    page.locator("#draft-mark .badge", has_text="与线上一致").wait_for()


def _is_what_was_wished(app: App) -> None:
    first, second = app.forms.values()
    assert (first.definition.label, second.definition.label) == ("设备", "报修单")
    assert isinstance(second.fields["lines"], Lines)
    assert second.logic.visible["long_text"].text == "money > 1000"
    gate = second.definition.stages[0].gate
    assert len(second.definition.stages) == 3
    assert (gate.fields, len(gate.evidence)) == (("money",), 1)
    (approval,) = app.workflows.values()
    branch, approve = approval.definition.steps
    assert isinstance(branch, BranchStep)
    assert isinstance(approve, ApproveStep)
    assert approve.within is not None
    (rule,) = app.rules.values()
    silent = rule.definition.on
    assert isinstance(silent, Silent)
    assert silent.after.length() == timedelta(days=3)
    role = next(one.id for one in app.definition.roles if one.label == "维修员")
    assert second.definition.access[role].rows == "own"
    assert first.definition.access[role].rows == "all"


def _used_on_a_phone(browser: Browser, empty: Empty) -> None:
    device = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    page = empty.signed_in(browser, "rep", **device)
    page.goto(f"{empty.url}/menu")
    page.get_by_role("link", name="报修单").tap()
    page.wait_for_url(f"{empty.url}/a/{empty.app.id}/form_2/")
    page.goto(f"{empty.url}/a/{empty.app.id}/form_2/new", wait_until="networkidle")
    page.get_by_label("名称").first.fill("打印机卡纸")
    assert page.locator("[data-field=long_text]").is_hidden()
    page.get_by_label("预计费用").fill("1200")
    page.locator("[data-field=long_text]").wait_for()
    _picture(page, "phone_form")
    page.get_by_role("button", name="保存").first.tap()
    page.locator("h1", has_text="打印机卡纸").first.wait_for()
    _picture(page, "phone_record")
    page.context.close()
