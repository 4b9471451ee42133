"""Somebody who writes no code designs stages, an approval and a rule, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from engine.definition.workflow import BranchStep
from engine.rules.actions.notify import Notify
from engine.rules.span import Span
from engine.rules.triggers.silent import Silent
from tests.designer.bench import Bench, open_bench, settled
from tests.services.chromium import PHONE
from tests.web.eyes import SEEN, barriers
from tests.web.site import listen_for_trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser


@pytest.fixture
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with open_bench(tmp_path_factory.mktemp("bench")) as made:
        yield made


def in_order(page: Page) -> None:
    assert barriers(page) == []
    seen = page.evaluate(SEEN)
    assert (seen["breaches"], seen["styled"]) == ([], [])
    assert seen["over"] <= 0


def add(page: Page, after: str, kind: str) -> None:
    """Put a step into an approval, by keys alone."""
    page.get_by_role("button", name=f"在“{after}”之后加一步").press("Enter")
    menu = page.locator("#step-menu")
    while menu.locator(":focus").inner_text().split("\n")[0] != kind:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def small(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # as in chromium.py
    in_order(page)


def test_an_approval_is_built_as_a_tree(browser: Browser, bench: Bench) -> None:
    page = bench.designer(browser, "ticket/approvals")
    heard = listen_for_trouble(page)
    page.get_by_role("button", name="新建审批").click()
    page.wait_for_url("**/workflows/ticket_approval")
    page.get_by_role("button", name="在“发起人”之后加一步").click()
    page.get_by_role("menuitem", name="条件分支").click()
    settled(page, 2)
    add(page, "条件 1", "办理")
    settled(page, 3)
    assert page.locator("#panel-title").inner_text() == "办理"
    in_order(page)
    branch, approve = bench.app.workflows["ticket_approval"].definition.steps
    assert isinstance(branch, BranchStep)
    assert [step.id for step in branch.paths[0].steps] == ["handle"]
    assert (branch.paths[1].when, approve.id) == (None, "approve")
    _change(page, bench)
    _copy(page, bench)
    small(page)
    assert heard == []


def _change(page: Page, bench: Bench) -> None:
    """Add a path, move a step, delete one and take that back."""
    page.get_by_role("button", name="添加条件").click()
    settled(page, 4)
    page.locator("#step-branch").hover()
    page.get_by_role("button", name="下移“条件分支”").click()
    settled(page, 5)
    steps = bench.app.workflows["ticket_approval"].definition.steps
    assert [one.id for one in steps] == ["approve", "branch"]
    page.locator("#step-handle .flow-card__main").click()
    page.get_by_role("button", name="删除“办理”").click()
    settled(page, 6)
    page.keyboard.press("Control+z")
    settled(page, 5)
    assert page.locator("#step-handle").is_visible()


def _copy(page: Page, bench: Bench) -> None:
    """Copy a step by keys to behind another, and a whole branch by its button."""
    page.locator("#step-handle .flow-card__main").click()
    page.keyboard.press("Control+c")
    page.locator("#step-approve .flow-card__main").click()
    page.locator("#step-approve.is-chosen").wait_for()
    page.keyboard.press("Control+v")
    settled(page, 6)
    page.locator("#step-handle_2 .flow-card__main:focus").wait_for()
    page.locator("#step-branch").hover()
    page.get_by_role("button", name="复制“条件分支”").first.click()
    settled(page, 7)
    steps = bench.app.workflows["ticket_approval"].definition.steps
    assert [one.id for one in steps] == ["approve", "handle_2", "branch", "branch_2"]
    copy = steps[-1]
    assert isinstance(copy, BranchStep)
    assert [one.id for one in copy.paths[0].steps] == ["handle_3"]
    for changes in (6, 5):
        page.keyboard.press("Control+z")
        settled(page, changes)


def test_a_rule_is_a_sentence_whose_parts_are_chosen(  # noqa: PLR0915 - one way, step by step
    browser: Browser, bench: Bench
) -> None:
    page = bench.designer(browser, "ticket/rules")
    heard = listen_for_trouble(page)
    page.get_by_role("button", name="新建规则").click()
    page.wait_for_url("**/rules/ticket_rule")
    page.locator("[data-menu=trigger-menu]").click()
    page.get_by_role("menuitem", name="长时间无动静").click()
    settled(page, 2)
    page.locator("summary", has_text="7 天").click()
    page.locator("#flow").get_by_label("数量").fill("3")
    page.locator("#flow").get_by_label("单位").select_option("working_days")
    held: list[Route] = []
    page.route("**/edits", lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    with page.expect_request("**/edits"):
        done(page)
    _say_to_whom(page)
    rule = bench.app.rules["ticket_rule"].definition
    silent, notify = rule.on, rule.do[0]
    assert isinstance(silent, Silent)
    assert silent.after == Span(working=timedelta(days=3))
    assert isinstance(notify, Notify)
    assert (notify.to.fields, notify.to.roles) == (("owner",), ("chief",))
    assert notify.text == "三天没动静了：{name}"
    in_order(page)
    _try(page, bench)
    assert bench.app.rules["ticket_rule"].definition.paused
    small(page)
    assert heard == []


def _do_it_twice(page: Page, bench: Bench) -> None:
    page.get_by_role("button", name="复制“发消息”").click()
    page.locator(".rule__deed").nth(1).wait_for()
    first, second = bench.app.rules["ticket_rule"].definition.do
    assert first == second
    page.keyboard.press("Control+z")
    page.locator(".rule__deed").nth(1).wait_for(state="detached")


def done(page: Page) -> None:
    page.locator("details[open] [data-pick-done]").click()


def _say_to_whom(page: Page) -> None:
    page.locator(".rule__deed summary", has_text="负责人").click()
    page.locator("#flow").get_by_label("主管", exact=True).check()
    # What was set before is answered only now: what is being chosen stays open and chosen.
    page.unroute("**/edits")  # lets go what was held
    settled(page, 3)
    done(page)
    settled(page, 4)
    page.locator("summary.pick--text").click()
    page.locator("#flow textarea").fill("三天没动静了：")
    page.locator("#flow").get_by_label("插入字段").select_option(label="标题")
    done(page)
    settled(page, 5)


def _try(page: Page, bench: Bench) -> None:
    """Look what it would have done, and switch it off."""
    _do_it_twice(page, bench)
    page.get_by_role("button", name="看看过去 30 天会怎样").click()
    page.locator("#backtest").get_by_text("过去 30 天会触发 0 次").wait_for()
    page.locator("#flow").get_by_role("switch").click()
    settled(page, 6)


def test_stages_get_their_gates(browser: Browser, bench: Bench) -> None:
    page = bench.designer(browser, "site/stages")
    heard = listen_for_trouble(page)
    page.get_by_role("button", name="加上阶段").click()
    settled(page, 1)
    page.get_by_role("button", name="在“新建”之后加一个阶段").click()
    settled(page, 2)
    page.get_by_role("button", name="下移“新阶段”").click()
    settled(page, 3)
    new = page.locator("#stage-new")
    new.locator("summary").first.click()
    new.get_by_label("内部代号").check()
    done(page)
    settled(page, 4)
    new.get_by_role("button", name="凭证").click()
    settled(page, 5)
    new.get_by_role("button", name="条件", exact=True).click()
    settled(page, 6)
    stages = bench.app.forms["site"].definition.stages
    assert [stage.id for stage in stages] == ["new", "doing", "stage", "done"]
    gate = stages[0].gate
    assert (gate.fields, len(gate.that)) == (("secret",), 1)
    assert [proof.kind for proof in gate.evidence] == ["photo"]
    in_order(page)
    small(page)
    assert heard == []
