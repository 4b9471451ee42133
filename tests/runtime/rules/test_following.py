"""Do rules follow from what happens, once and explainably?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.outcomes import Saved
from runtime.jobs.workshop import Workshop
from runtime.use_cases.rules.firing import retry
from runtime.use_cases.rules.following import follow
from tests.runtime.rules.ruled import Ruled, open_ruled
from tests.workspaces import DATABASES

RULES = {
    "dear": """
label: {zh: 费用太高, en: Dear}
form: ticket
on: {type: changed, fields: [cost]}
if: cost > 1000 and site.name = "北站"
do:
  - {type: set_fields, set: {cause: '"费用 " + string(cost)'}}
  - type: notify
    to: {managers_of: [owner]}
    text: {zh: '{owner}的“{name}”费用 {cost}，毛利 {margin}', en: '{name} costs {cost}'}
  - {type: stop, if: 'cost < 2000'}
  - type: create_task
    to: {fields: [owner], roles: [chief]}
    text: {zh: '核对“{name}”', en: 'Check {name}'}
    within: {working: P2D}
""",
    "fresh": """
label: 新工单
form: ticket
on: {type: stage_entered, stages: [open]}
do:
  - {type: notify, to: {fields: [owner]}, text: '新工单 {name}，毛利 {margin}，{stage}'}
""",
    "asleep": """
label: 停用
form: ticket
paused: true
on: {type: created}
do: [{type: notify, to: {roles: [chief]}, text: 不会发}]
""",
    "kept_back": """
label: 编号
form: site
on: {type: changed, fields: [secret]}
do:
  - {type: notify, to: {roles: [chief]}, text: '一'}
  - {type: set_fields, set: {name: '"北站"'}}
  - {type: notify, to: {roles: [chief]}, text: '三'}
""",
}


@pytest.fixture(params=DATABASES)
def ruled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ruled]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_ruled(tmp_path, url, RULES) as opened:
        yield opened


def test_a_change_sets_off_what_the_rule_says_and_the_log_tells_why(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    ticket = ruled.desk.ticket("ann", site=site.id, cost="1.00")
    ruled.work()

    assert isinstance(ruled.edit("ann", ticket, cost="3000.00"), Saved)
    assert ruled.runs("dear") == []
    ruled.work()

    stored = ruled.desk.stored(ticket.id)
    assert stored.values["cause"] == "费用 3000"
    assert ruled.notices("chief_north")[-2:] == [
        "安静的“打印机”费用 ¥3,000.00，毛利 ",
        "核对“打印机”",
    ]
    [run] = ruled.runs("dear")
    assert (run.state, run.record, run.title, run.depth) == ("done", ticket.id, "打印机", 1)
    assert run.reason == {
        "event": "edited",
        "by": ruled.desk.people["ann"].id,
        "changed": ("cost",),
    }
    assert dict(run.facts) == {"cost": 3000, "site.name": "北站"}
    assert [(step["type"], step["state"]) for step in run.steps] == [
        ("set_fields", "done"),
        ("notify", "done"),
        ("stop", "left_out"),
        ("create_task", "done"),
    ]
    tasks = ruled.tasks(ticket)
    assert {task.person for task in tasks} == {
        ruled.desk.people["ann"].id,
        ruled.desk.people["chief_north"].id,
    }
    assert {task.source for task in tasks} == {"dear"}
    due = tasks[0].due
    assert due is not None
    assert (due - ruled.desk.clock.moment).days == 2


def test_what_a_rule_does_says_which_rule_and_from_what_it_follows(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    ticket = ruled.desk.ticket("ann", site=site.id)
    before = ruled.desk.stored(ticket.id).last_activity_at
    ruled.desk.clock.move(hours=1)
    ruled.edit("ann", ticket, cost="1500.00")
    active = ruled.desk.stored(ticket.id).last_activity_at
    ruled.desk.clock.move(hours=1)
    ruled.work()

    edited, by_rule = ruled.events(ticket)[-2:]
    assert by_rule.actor == "rule:desk.dear"
    assert by_rule.door == "automation"
    assert (by_rule.cause, by_rule.depth) == (edited.id, 1)
    assert ruled.desk.stored(ticket.id).last_activity_at == active > before
    assert ruled.tasks(ticket) == ()  # stopped below 2000


def test_a_condition_that_fails_or_a_paused_rule_does_nothing(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann")
    ruled.edit("ann", ticket, cost="5000.00")
    ruled.work()

    assert ruled.runs("dear") == []
    assert ruled.runs("asleep") == []


def test_a_new_record_enters_its_first_stage_and_nobody_reads_what_is_hidden(ruled: Ruled) -> None:
    ruled.desk.ticket("ann", margin="7.00")
    ruled.work()

    assert ruled.notices("ann") == ["新工单 打印机，毛利 ***，待处理"]


def test_an_event_is_followed_once_however_often_it_is_tried(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann")
    created = ruled.events(ticket)[0]
    services = ruled.desk.services

    assert follow(services, created.id, ["fresh"]) == 1
    assert follow(services, created.id, ["fresh"]) == 0
    assert Workshop(services=services).run_due() == 1
    assert len(ruled.runs("fresh")) == 1
    assert len(ruled.notices("ann")) == 1


def test_a_rolled_back_change_leaves_no_work_behind(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann")
    ruled.work()
    with ruled.desk.services.store.reading() as unit:
        before = unit.jobs.due(50)

    assert not isinstance(ruled.edit("sue", ticket, cost="3000.00"), Saved)

    with ruled.desk.services.store.reading() as unit:
        assert unit.jobs.due(50) == before


def test_a_failed_action_keeps_those_before_it_and_is_retried_from_there(ruled: Ruled) -> None:
    north = ruled.desk.made("site", "ann", name="北站")
    other = ruled.desk.made("site", "ann", name="南站")
    ruled.edit("chief_north", other, "site", secret="x")
    ruled.work()

    [run] = ruled.runs("kept_back")
    assert run.state == "failed"
    assert [step["state"] for step in run.steps] == ["done", "failed"]
    assert "北站" in str(run.problem) or "重复" in str(run.problem)
    assert ruled.notices("chief_north") == ["一"]

    ruled.edit("chief_north", north, "site", name="老北站")
    again = retry(ruled.desk.services, run.id)

    assert again is not None
    assert (again.state, again.tries, again.problem) == ("done", 2, None)
    assert ruled.notices("chief_north") == ["一", "三"]
    assert ruled.desk.stored(other.id, "site").values["name"] == "北站"
    assert retry(ruled.desk.services, run.id) is None
