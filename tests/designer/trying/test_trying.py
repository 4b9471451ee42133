"""A draft is tried: its scenarios run, a day passes in a copy, and what was done is a scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from designer import jobs
from designer.app import build_app
from designer.drafts.editing import edit_draft, open_held, undo
from designer.trying.beginning import DAY
from designer.trying.runs import tried
from designer.trying.scratch import folder_of, story_of
from designer.trying.story import Story
from engine.editing.edits import Remove, Set
from runtime.jobs.kinds import kinds
from runtime.jobs.workshop import Workshop
from tests.desk import FILES, Desk, open_desk
from tests.runtime.approvals.office import WITH_APPROVALS
from tests.web.visitor import Visitor

RULE = """
rule: quiet
label: {zh: 三天没动静提醒, en: Quiet for three days}
form: ticket
on: {type: silent, after: {calendar: P3D}}
do:
  - {type: notify, to: {fields: [owner]}, text: {zh: "{name} 三天没动静了", en: "{name} is quiet"}}
  - {type: webhook, url: "https://elsewhere.example/quiet", send: {what: name}}
"""
STORY = """
scenario: 坐席可以开工单
steps:
  - {as: agent, create: {form: ticket, name: t, values: {name: 打印机}}, then: {stage: open}}
---
scenario: 没有原因走不动
given:
  records: [{form: ticket, id: t1, owner: agent, name: 打印机}]
steps:
  - {as: agent, edit: {record: t1, values: {cause: 卡纸}}, then: {values: {cause: 卡纸}}}
"""
WITH_RULE = {
    **FILES,
    "rules/quiet.yaml": RULE.encode(),
    "scenarios/tickets.yaml": STORY.encode(),
    "data/sites.yaml": "form: site\nrows:\n  - {id: hall, name: 大厅}\n".encode(),
}
HERE = "/design/desk/try"
INSIDE = f"{HERE}/in"
TICKETS = "/a/desk/ticket"
TICKET = "ticket_1"
"""What the first ticket made in a sandbox is called."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, files=WITH_RULE) as made:
        yield made


@pytest.fixture
def visitor(desk: Desk) -> Visitor:
    made = Visitor(build_app(desk.services).test_client())
    made.sign_in("admin")
    return made


def _work(desk: Desk) -> None:
    services = desk.services
    workshop = Workshop(services=services, kinds=kinds(jobs))
    while workshop.run_next(services.now()):
        pass


def _begun(desk: Desk, visitor: Visitor, kind: str) -> Story:
    visitor.get(f"{HERE}/day")
    assert visitor.post(f"{HERE}/day/begin", kind=kind).status_code == 303
    assert "data-waiting" in visitor.get(f"{HERE}/day").text
    _work(desk)
    story = story_of(desk.services, desk.people["admin"].id, "desk")
    assert story is not None
    assert story.ready, story.problem
    return story


def _do(visitor: Visitor, deed: str = "do", **fields: Any) -> str:
    answer = visitor.post(f"{HERE}/day/{deed}", **fields)
    assert answer.status_code == 303, answer.text
    return visitor.get(answer.headers["Location"]).text


def _inside(visitor: Visitor, path: str, **fields: Any) -> tuple[TestResponse, str]:
    """Send a form of a page of the sandbox, and return the answer and what the story tells."""
    answer = visitor.post(f"{INSIDE}{path}", **fields)
    assert answer.status_code < 500, answer.text
    return answer, visitor.get(f"{HERE}/day").text


def test_scenarios_run_against_the_draft_and_say_where_it_broke(
    desk: Desk, visitor: Visitor
) -> None:
    page = visitor.get(HERE).text
    assert "坐席可以开工单" in page
    visitor.post(f"{HERE}/run")
    _work(desk)
    page = visitor.get(HERE).text
    assert "场景 2/2 通过" in page
    change = Set(target=("forms/ticket.yaml", "access", "agent", "create"), value=False)
    edit_draft(desk.services, desk.people["admin"], "desk", 1, (change,))
    assert "还没有跑过全部场景" in visitor.get("/design/desk/publish").text
    found = tried(desk.services, "desk")
    assert found is not None
    assert not found.fresh
    visitor.post(f"{HERE}/run", which="touched")
    _work(desk)
    page = visitor.get(HERE).text
    assert "场景 1/2 通过" in page
    assert "第 1 步" in page
    assert "agent新建工单：标题 打印机" in page
    assert "应能做成，实际：您没有新建“工单”的权限" in page
    visitor.post(f"{HERE}/run")
    _work(desk)
    assert "发布前请看看没通过的" in visitor.get("/design/desk/publish").text


def test_a_scenario_about_what_is_gone_is_a_failure_not_a_silence(
    desk: Desk, visitor: Visitor
) -> None:
    gone = Remove(target=("forms/ticket.yaml", "sections", "basics", "fields", "cause"))
    gate = Remove(target=("forms/ticket.yaml", "stages", "open", "gate", "fields"))
    done = edit_draft(desk.services, desk.people["admin"], "desk", 1, (gate, gone))
    assert getattr(done, "rev", 0) == 2, done
    visitor.get(HERE)
    visitor.post(f"{HERE}/run")
    _work(desk)
    page = visitor.get(HERE).text
    assert "场景 1/2 通过" in page
    assert "cause" in page


def _quiet_ticket(visitor: Visitor) -> str:
    """Make a ticket, try to move it, fill it in, let time pass until somebody is reminded, and
    return where it is."""
    page = visitor.get(f"{INSIDE}{TICKETS}/new").text
    assert f'action="{INSIDE}{TICKETS}/new"' in page
    site = re.search(r'data-id="([^"]+)"', visitor.get(f"{INSIDE}{TICKETS}/choices/site").text)
    made, page = _inside(
        visitor, f"{TICKETS}/new", name="打印机", site=site[1] if site else "", _fields="name site"
    )
    assert "新建工单" in page
    assert made.headers["Location"].startswith(f"{INSIDE}{TICKETS}/")
    here = made.headers["Location"].removeprefix(INSIDE)
    _, page = _inside(visitor, f"{here}/advance", _to="fixing")
    assert "应被拦下" in page
    _, page = _inside(visitor, f"{here}/edit", cause="卡纸", _fields="cause")
    assert "原因 卡纸" in page
    _do(visitor, "clock", by="next", at=here)
    return here


def test_time_passes_and_what_it_brings_is_told_with_its_reasons(
    desk: Desk, visitor: Visitor
) -> None:
    assert _begun(desk, visitor, "demo").who == "agent"
    here = _quiet_ticket(visitor)
    page = visitor.get(f"{HERE}/day?at={here}").text
    assert "规则“三天没动静提醒”触发" in page
    assert f'src="{INSIDE}{here}"' in page
    assert "打印机 三天没动静了" in page
    assert "/design/desk/rules/quiet" in page
    assert "会调用外部接口 https://elsewhere.example/quiet" in page
    assert "“打印机”在“待处理”严重超时" in page
    page = _do(visitor, "undo")
    assert "规则“三天没动静提醒”触发" not in page
    assert "原因 卡纸" in page
    assert "原因 卡纸" not in _do(visitor, "reset")


def test_what_was_done_becomes_a_scenario_of_the_draft_that_passes(
    desk: Desk, visitor: Visitor
) -> None:
    _begun(desk, visitor, "demo")
    _quiet_ticket(visitor)
    wrong = {"form": "ticket", "record": TICKET, "what": "cause", "value": "断电"}
    assert "现在还不是这样" in _do(visitor, "expect", **wrong)
    assert "断电" not in _do(visitor, "undo")
    page = _do(visitor, "expect", **{**wrong, "what": "stage", "value": "open"})
    assert "阶段应为“待处理”" in page
    _do(visitor, "expect", **{**wrong, "value": "卡纸"})
    _do(visitor, "expect", what="told", step="3", who="agent", text="打印机 三天没动静了")
    assert "场景已存进草稿" in _do(visitor, "save", sentence="没动静会提醒")
    path = "scenarios/recorded.yaml"
    assert "没动静会提醒" in open_held(desk.services, "desk").draft.files[path]
    visitor.post(f"{HERE}/run", only=f"{path}#0")
    _work(desk)
    assert "场景 1/1 通过" in visitor.get(HERE).text
    undo(desk.services, desk.people["admin"], "desk")
    assert path not in open_held(desk.services, "desk").draft.files


def test_nothing_of_a_day_reaches_the_workspace_and_it_is_thrown_away(
    desk: Desk, visitor: Visitor
) -> None:
    ticket = desk.ticket(phone="13800000000")
    with desk.services.store.unit() as unit:
        unit.people.roles.set_for("person", desk.people["admin"].id, "desk", ["chief"])
    _begun(desk, visitor, "real")
    folder = folder_of(desk.services, desk.people["admin"].id, "desk")
    visitor.get(f"{HERE}/day")
    assert "打印机" in visitor.get(f"{INSIDE}{TICKETS}/").text
    here = f"{TICKETS}/{ticket.id}"
    page = _do(visitor, "look", at=here, who="ann")
    assert "138****0000" in page
    assert "不能录成场景" in page
    page = visitor.get(f"{INSIDE}{here}").text
    assert "138****0000" in page
    assert "13800000000" not in page
    _, page = _inside(visitor, f"{here}/comments", text="看看")
    assert "看看" in page
    assert "规则“三天没动静提醒”触发" in _do(visitor, "clock", by="week")
    assert "请用样例数据" in _do(visitor, "save", sentence="真的")
    with desk.services.store.reading() as unit:
        assert unit.notices.of_person(desk.people["ann"].id) == ()
        assert not unit.rule_runs.of_app("desk")
    desk.clock.move(days=DAY.days, minutes=1)
    _work(desk)
    assert not folder.exists()


def test_an_approval_is_gone_through_with_the_eyes_of_everybody_in_it(tmp_path: Path) -> None:
    with open_desk(tmp_path, files=WITH_APPROVALS) as desk:
        with desk.services.store.unit() as unit:
            unit.people.roles.set_for("person", desk.people["admin"].id, "desk", ["chief"])
        ticket = desk.ticket(cost=2000)
        here = f"{TICKETS}/{ticket.id}"
        visitor = Visitor(build_app(desk.services).test_client())
        visitor.sign_in("admin")
        _begun(desk, visitor, "real")
        _do(visitor, "look", who="ann", at=here)
        _, page = _inside(visitor, f"{here}/submit/review")
        assert "提交工单“打印机”的审批“费用审批”" in page
        assert "换成孙主管看" in visitor.get(f"{HERE}/day?at={here}").text
        page = _do(visitor, "clock", by="day", at=here)
        assert "会发消息给孙主管：“主管”快到期了，请处理" in page
        _do(visitor, "look", who="chief_north", at=here)
        task = re.search(r"approvals/([^/\"]+)/agree", visitor.get(f"{INSIDE}{here}").text)
        assert task is not None
        _, page = _inside(visitor, f"{here}/approvals/{task[1]}/agree")
        assert "孙主管同意工单“打印机”的审批" in page
        assert "换成审计员看" in visitor.get(f"{HERE}/day?at={here}").text
        with desk.services.store.reading() as unit:
            assert unit.approvals.of_record(ticket.id) == ()


def test_what_no_story_can_tell_is_not_done_in_a_sandbox(desk: Desk, visitor: Visitor) -> None:
    _begun(desk, visitor, "demo")
    made, _ = _inside(visitor, f"{TICKETS}/new", name="打印机", _fields="name")
    id_ = made.headers["Location"].rpartition("/")[2]
    refused, _ = _inside(visitor, f"{TICKETS}/bulk/delete", id=id_)
    assert refused.status_code == 409
    assert "录不成场景" in refused.text
    assert visitor.get(f"{INSIDE}{TICKETS}/{id_}").status_code == 200
    for shut in ("/admin/people", "/me", "/api/v1/apps", "/sign-out"):
        assert visitor.get(f"{INSIDE}{shut}").status_code == 404
    assert visitor.get("/").status_code == 200


def test_a_second_sandbox_is_a_copy_of_the_first_beginning(desk: Desk, visitor: Visitor) -> None:
    first = _begun(desk, visitor, "demo")
    _inside(visitor, f"{TICKETS}/new", name="打印机", _fields="name")
    [prepared] = (desk.services.settings.home / "trying" / "prepared").iterdir()
    (prepared / "names.json").write_text('{"copied": ["site", "x"]}')
    again = _begun(desk, visitor, "demo")
    assert again.token != first.token
    assert again.known == {"copied": ("site", "x")}
    assert "打印机" not in visitor.get(f"{INSIDE}{TICKETS}/").text


def test_conversions_comments_and_links_are_told_by_name(desk: Desk, visitor: Visitor) -> None:
    _begun(desk, visitor, "demo")
    _do(visitor, "look", who="chief")
    made, _ = _inside(visitor, f"{TICKETS}/new", name="打印机", _fields="name")
    here = made.headers["Location"].removeprefix(INSIDE)
    page = visitor.get(f"{INSIDE}{here}/convert/to_site").text
    assert f'action="{INSIDE}{here}/convert/to_site"' in page
    fields = {"site.name": "新站点", "_fields": "site.name"}
    answer, told = _inside(visitor, f"{here}/convert/to_site", **fields)
    assert answer.status_code == 303, answer.text
    assert "建站点" in told
    story = story_of(desk.services, desk.people["admin"].id, "desk")
    assert story is not None
    step = story.told[-1].step
    assert step.convert is not None
    assert step.convert.values == {"site": {"name": "新站点"}}
    assert story.known[step.convert.names["site"]][0] == "site"
