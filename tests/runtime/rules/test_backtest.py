"""Does a back-test find what the rule itself would have done, without doing it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.app import Rule
from runtime.use_cases.rules.backtest import Hit, backtest
from tests.runtime.rules.ruled import Ruled, open_ruled

RULES = {
    "dear": """
label: 贵
form: ticket
on: {type: changed, fields: [cost]}
if: cost > 100
do: [{type: notify, to: {fields: [owner]}, text: '{name}'}]
""",
    "silence": """
label: 静
form: ticket
on: {type: silent, after: {calendar: P3D}}
if: cause != "done"
do: [{type: notify, to: {fields: [owner]}, text: '{name}'}]
""",
    "list": """
label: 静列表
form: site
on: {type: silent, after: {calendar: P10D}, of: ticket, by: site}
do: [{type: notify, to: {fields: [owner]}, text: '{name}'}]
""",
    "slow": """
label: 慢
form: ticket
on: {type: overdue, stages: [open], after: {calendar: P5D}}
do: [{type: notify, to: {fields: [owner]}, text: '{name}'}]
""",
    "near": """
label: 近
form: ticket
on: {type: date, field: due, days: [-1]}
do: [{type: notify, to: {fields: [owner]}, text: '{name}'}]
""",
    "weekly": """
label: 周
form: site
on: {type: schedule, every: week, on: [monday], at: '10:00'}
do: [{type: notify, to: {fields: [owner]}, text: '{name}'}]
""",
}


@pytest.fixture
def ruled(tmp_path: Path) -> Iterator[Ruled]:
    with open_ruled(tmp_path, None, RULES) as opened:
        yield opened


def test_it_finds_just_the_firings_of_the_rule_itself(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    ticket = ruled.desk.ticket("ann", site=site.id, due="2026-03-12", cause="x")
    on_days: dict[int, Callable[[], object]] = {
        4: lambda: ruled.edit("ann", ticket, cost="200.00"),
        6: lambda: ruled.edit("ann", ticket, cost="50.00", due="2026-03-20"),
        12: lambda: ruled.desk.ticket("ann", site=site.id, cause="done"),
        15: lambda: ruled.edit("ann", ticket, cause="done"),
    }
    for day in range(29):
        on_days.get(day, lambda: None)()
        for _ in range(6):
            ruled.tick()
            ruled.desk.clock.move(hours=4)

    for rule in ruled.desk.services.apps["desk"].rules.values():
        done = [(run.record, run.at) for run in ruled.runs(rule.id)]
        found = [(hit.record, hit.at) for hit in reversed(_tested(ruled, rule))]
        assert done, rule.id
        assert len(found) == len(done), rule.id
        for (record, at), (other, when) in zip(sorted(found), sorted(done), strict=True):
            assert record == other
            assert timedelta(0) <= when - at <= timedelta(hours=4)


def test_it_changes_nothing_and_tells_nobody(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann")
    ruled.edit("ann", ticket, cost="200.00")
    rule = ruled.desk.services.apps["desk"].rules["dear"]

    found = backtest(ruled.desk.services, rule)

    assert (len(found.hits), found.records, found.looked_at, found.whole) == (1, 1, 1, True)
    assert found.hits[0].title == "打印机"
    assert ruled.runs() == []
    assert ruled.notices("ann") == []


def test_it_looks_at_the_record_as_it_was(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann", cost="1.00")
    ruled.edit("ann", ticket, cost="200.00")
    ruled.desk.clock.move(hours=1)
    ruled.edit("ann", ticket, cost="2.00")
    rule = ruled.desk.services.apps["desk"].rules["dear"]

    assert len(backtest(ruled.desk.services, rule).hits) == 1
    paused = replace(rule, condition=None)
    assert len(backtest(ruled.desk.services, paused).hits) == 2


def _tested(ruled: Ruled, rule: Rule) -> tuple[Hit, ...]:
    return backtest(ruled.desk.services, rule).hits
