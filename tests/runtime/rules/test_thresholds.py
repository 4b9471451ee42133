"""Does a rule notice that a figure was too low or too high for some periods, once for each?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from engine.loading.load import load_app
from engine.problems import BrokenApp
from runtime.workspace.open import install_app
from tests.runtime.rules.ruled import Ruled, open_ruled, with_rules
from tests.runtime.rules.test_ticking import at
from tests.workspaces import DATABASES

RULES = {
    "idle": """
label: 三个工作日没有新工单
form: ticket
on: {type: threshold, per: day, periods: 3, working: true, below: 1, each: owner, roles: [agent]}
do: [{type: notify, to: {managers_of: [owner], fields: [owner]}, text: '{owner}：{value}'}]
""",
    "cheap": """
label: 一周合计过高
form: ticket
on: {type: threshold, measure: sum, of: cost, above: 100, each: owner}
if: cause = null
do:
  - {type: freeze, form: ticket, people: {fields: [owner]}, text: '上周费用 {value}'}
""",
    "share": """
label: 两周原因填写率低
form: ticket
on: {type: threshold, measure: ratio, that: cause != null, periods: 2, below: 0.65}
do: [{type: notify, to: {roles: [chief]}, text: '填写率 {value}'}]
""",
    "mean": """
label: 月均费用
form: ticket
on: {type: threshold, measure: avg, of: cost, when: due, per: month, above: 50, at: '08:00'}
do: [{type: notify, to: {roles: [chief]}, text: '均价 {value}'}]
""",
}


@pytest.fixture(params=DATABASES)
def ruled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ruled]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_ruled(tmp_path, url, RULES) as opened:
        at(opened, 2)  # a Monday
        opened.tick()
        yield opened


def _told(ruled: Ruled, rule: str) -> list[str]:
    return [str(run.facts["value"]) for run in ruled.runs(rule)]


def test_people_without_any_are_noticed_after_so_many_working_days(ruled: Ruled) -> None:
    at(ruled, 3)
    ruled.desk.ticket("ben")
    for day in (4, 5):
        at(ruled, day, 9, 30)
        ruled.tick()
        ruled.tick()

    names = [run.title for run in ruled.runs("idle")]
    assert names == ["安静", "苏南"]  # Monday to Wednesday
    assert ruled.notices("ann") == ["安静：0"]
    assert ruled.notices("chief_north") == ["安静：0"]
    at(ruled, 8, 9, 30)  # a Sunday: Friday has ended, the weekend is no period
    ruled.tick()
    later = [str(run.title) for run in ruled.runs("idle")][2:]
    assert later == ["本田"]  # the others' Wednesday has counted already
    ruled.tick()
    at(ruled, 9, 9, 30)
    ruled.tick()
    assert len(ruled.runs("idle")) == 3


def test_sums_of_a_week_freeze_once(ruled: Ruled) -> None:
    for login, cost in (("ann", "60"), ("ann", "60"), ("ben", "60")):
        ruled.desk.ticket(login, cost=cost)
    ruled.desk.ticket("ben", cost="900", cause="不算")
    for hour in (8, 9, 10):
        at(ruled, 9, hour)
        ruled.tick()

    assert [(run.title, run.record) for run in ruled.runs("cheap")] == [("安静", None)]
    assert _told(ruled, "cheap") == ["120"]
    with ruled.desk.services.store.reading() as unit:
        [one] = unit.freezes.of_subject(ruled.desk.people["ann"].id)
    assert str(one.reason) == "上周费用 120"


def test_a_share_must_be_low_in_each_of_the_weeks(ruled: Ruled) -> None:
    def week(first: int, with_cause: int, without: int) -> None:
        at(ruled, first, 10)
        for number in range(with_cause + without):
            ruled.desk.ticket("ann", **({"cause": "x"} if number < with_cause else {}))
        at(ruled, first + 7, 9, 30)
        ruled.tick()

    week(2, 1, 1)
    week(9, 2, 1)
    week(16, 3, 5)
    assert _told(ruled, "share") == []
    week(23, 5, 3)

    assert _told(ruled, "share") == ["62.5%"]
    assert ruled.notices("chief_north")[-1] == "填写率 62.5%"
    at(ruled, 6, 9, 30, month=4)  # nothing at all in a week is no share
    ruled.tick()
    assert len(ruled.runs("share")) == 1


def test_a_mean_goes_by_the_date_that_is_named_and_empty_numbers_do_not_count(ruled: Ruled) -> None:
    for cost, due in (("80", "2026-03-05"), ("40", "2026-03-31"), (None, "2026-03-10")):
        ruled.desk.ticket("ann", due=due, **({"cost": cost} if cost else {}))
    ruled.desk.ticket("ann", cost="900", due="2026-04-01")
    at(ruled, 1, 7, 59, month=4)
    ruled.tick()
    assert _told(ruled, "mean") == []
    at(ruled, 1, 8, month=4)
    ruled.tick()

    assert _told(ruled, "mean") == ["60"]


def test_each_rule_asks_the_database_once_and_a_new_one_begins_with_the_next_period(
    ruled: Ruled,
) -> None:
    ruled.desk.ticket("ann", cost="900")
    newer = RULES["share"].replace("2", "1")
    at(ruled, 9, 9, 30)
    install_app(ruled.desk.services, with_rules({**RULES, "newer": newer}))
    asked: list[str] = []

    def hear(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        ruled.tick()
    finally:
        event.remove(Engine, "before_cursor_execute", hear)

    assert len([one for one in asked if "holding" in one]) == 2
    assert ruled.runs("newer") == []


def test_what_needs_a_record_can_not_be_done_for_a_figure() -> None:
    wrong = {
        "bad": """
label: 不行
form: ticket
on: {type: threshold, below: 1, of: cost, working: true}
do: [{type: advance, stage: fixing}, {type: freeze, form: ticket, by: site, text: 不行}]
"""
    }
    with pytest.raises(BrokenApp) as raised:
        load_app(with_rules(wrong))

    said = [str(one.message) for one in raised.value.problems]
    assert "这样触发的规则没有对应的记录，不能做“推进阶段”" in said
    assert "这样触发的规则没有对应的记录，不能做“冻结新建”" in said
    assert "合计（sum）和平均（avg）要写 of，其他不写" in said
    assert "working 只用于 per: day" in said
