"""Does each action do what a person could do, within the same rules?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.use_cases.comment_record import Remark, comment_record
from runtime.use_cases.delete_record import delete_record
from runtime.use_cases.rules.firing import DEEPEST, retry
from tests.runtime.rules.ruled import Ruled, open_ruled
from tests.workspaces import DATABASES

RULES = {
    "follow_up": """
label: 建跟进工单
form: site
on: {type: changed, fields: [secret]}
if: secret = "new"
do:
  - {type: create_record, form: ticket, by: site, set: {name: '"检查 " + name', cost: '12.5'}}
  - {type: update_related, form: ticket, by: site, set: {cause: secret}}
""",
    "nobody": """
label: 建不成
form: site
on: {type: changed, fields: [secret]}
if: secret = "bad"
do:
  - {type: create_record, form: ticket, by: site, owner: {heads_of: [department]}, set: {cost: '1'}}
""",
    "share": """
label: 分配
form: ticket
on: {type: created}
if: cause = "share"
do: [{type: assign, to: {roles: [agent]}, pick: least_loaded, most: 2}]
""",
    "onward": """
label: 自动推进
form: ticket
on: {type: changed, fields: [begun]}
do: [{type: advance, stage: fixing}]
""",
    "ping": """
label: 来回
form: ticket
again: 2
on: {type: changed, fields: [phone]}
do:
  - type: set_fields
    set: {phone: 'if phone = "13800000001" then "13800000002" else "13800000001"'}
""",
    "thrice": """
label: 连续三次
form: site
on: {type: in_a_row, of: ticket, by: site, that: 'cost > 100', times: 3}
do: [{type: notify, to: {roles: [chief]}, text: '{name} 连续三次'}]
""",
    "judged": """
label: 评论里提到
form: ticket
on: {type: commented, words: [加急, URGENT]}
do: [{type: notify, to: {roles: [chief]}, text: '{name} 加急', urgent: true}]
""",
    "upward": """
label: 往上写
form: ticket
on: {type: changed, fields: [margin]}
do:
  - {type: update_referred, through: site, set: {secret: '"来自 " + name'}}
  - {type: notify, to: {heads_of: [department]}, text: '{site}：{name}', urgent: true}
""",
    "few": """
label: 最多一条
form: site
on: {type: changed, fields: [secret]}
if: secret = "few"
do: [{type: update_related, form: ticket, by: site, set: {cause: secret}, most: 1}]
""",
    "gone": """
label: 删除
form: ticket
on: {type: deleted}
do: [{type: notify, to: {fields: [owner]}, text: '{name} 已删'}]
""",
}


@pytest.fixture(params=DATABASES)
def ruled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ruled]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_ruled(tmp_path, url, RULES) as opened:
        yield opened


def test_a_rule_makes_a_record_and_changes_those_that_refer_to_its_own(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    old = ruled.desk.ticket("ann", site=site.id)
    ruled.edit("chief_north", site, "site", secret="new")
    ruled.work()

    [run] = ruled.runs("follow_up")
    assert run.state == "done"
    made = ruled.desk.stored(run.steps[0]["told"]["record"])
    assert made.values["name"] == "检查 北站"
    assert made.owner == ruled.desk.people["ann"].id
    assert made.created_by == "rule:desk.follow_up"
    assert made.values["number"] is not None
    assert made.values["cause"] == ruled.desk.stored(old.id).values["cause"] == "new"
    assert set(run.steps[1]["told"]["records"]) == {old.id, made.id}


def test_a_record_that_breaks_a_check_is_not_made(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    ruled.edit("chief_north", site, "site", secret="bad")
    ruled.work()

    [run] = ruled.runs("nobody")
    assert run.state == "failed"
    assert str(run.problem) == "请填写“标题”"


def test_records_go_to_whoever_has_the_fewest_and_stop_when_all_are_full(ruled: Ruled) -> None:
    owners = []
    for _ in range(7):
        ticket = ruled.desk.ticket("admin", cause="share")
        ruled.work()
        owners.append(ruled.desk.stored(ticket.id).owner)
    agents = [ruled.desk.people[login].id for login in ("ann", "ben", "sue")]

    assert sorted(map(str, owners[:3])) == sorted(agents)
    assert sorted(map(str, owners[3:6])) == sorted(agents)
    assert owners[6] == ruled.desk.people["admin"].id
    assert ruled.runs("share")[-1].state == "failed"
    assert str(ruled.runs("share")[-1].problem) == "人人手上都已满 2 条"


def test_gates_hold_for_rules_too_and_every_reason_is_told(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann")
    ruled.edit("ann", ticket, begun="2026-03-02")
    ruled.work()

    [run] = ruled.runs("onward")
    assert run.state == "failed"
    assert "请先估算费用" in str(run.problem)
    assert "会议纪要" in str(run.problem)
    assert ruled.desk.stored(ticket.id).stage == "open"
    again = retry(ruled.desk.services, run.id)
    assert again is not None
    assert (again.state, again.tries) == ("failed", 2)


def test_a_rule_follows_from_itself_as_often_as_it_says_and_then_stops(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann")
    ruled.edit("admin", ticket, phone="13800000001")
    ruled.work()

    runs = ruled.runs("ping")
    assert [run.state for run in runs] == ["done", "done", "done", "stopped"]
    assert [run.depth for run in runs] == [1, 2, 3, 4]
    assert DEEPEST > 3
    assert "又由自己引起" in str(runs[-1].problem)


def test_three_in_a_row_are_noticed_once_for_each_run_of_them(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    for cost in ("200.00", "50.00", "200.00", "200.00", "200.00", "200.00"):
        ruled.desk.ticket("ann", site=site.id, cost=cost)
        ruled.desk.clock.move(minutes=1)
        ruled.work()
    assert len(ruled.runs("thrice")) == 1
    for cost in ("50.00", "200.00", "200.00", "200.00"):
        ruled.desk.ticket("ann", site=site.id, cost=cost)
        ruled.desk.clock.move(minutes=1)
        ruled.work()

    assert len(ruled.runs("thrice")) == 2
    assert len(ruled.runs("thrice")[0].reason["row"]) == 3
    assert ruled.notices("chief_north") == ["北站 连续三次"] * 2


def test_a_comment_with_one_of_the_words_is_heard(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann")
    for text in ("普通的话", "这个 urgent 一点"):
        services, form = ruled.desk.services, ruled.desk.form()
        comment_record(services, ruled.desk.act("admin"), form, ticket.id, Remark(text=text))
    ruled.work()

    assert ruled.notices("chief_north") == ["打印机 加急"]


def test_a_rule_can_tell_of_what_was_deleted(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann")
    delete_record(ruled.desk.services, ruled.desk.act("admin"), ruled.desk.form(), ticket.id)
    ruled.work()

    assert ruled.notices("ann") == ["打印机 已删"]


def test_a_rule_changes_what_its_record_refers_to_and_tells_the_head_at_once(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    with_site = ruled.desk.ticket("ann", site=site.id)
    without = ruled.desk.ticket("ben")
    for ticket in (with_site, without):
        ruled.edit("admin", ticket, margin="5.00")
    ruled.work()

    assert ruled.desk.stored(site.id, "site").values["secret"] == "来自 打印机"
    assert [run.steps[0]["told"]["records"] for run in ruled.runs("upward")] == [(site.id,), ()]
    assert ruled.notices("chief_north") == ["北站：打印机", "：打印机"]
    with ruled.desk.services.store.reading() as unit:
        notices = unit.notices.of_person(ruled.desk.people["chief_north"].id)
    assert all(notice.urgent for notice in notices)


def test_more_related_records_than_meant_are_left_alone(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    tickets = [ruled.desk.ticket("ann", site=site.id, cause="x") for _ in range(2)]
    ruled.edit("chief_north", site, "site", secret="few")
    ruled.work()

    [run] = ruled.runs("few")
    assert run.state == "failed"
    assert {ruled.desk.stored(ticket.id).values["cause"] for ticket in tickets} == {"x"}
