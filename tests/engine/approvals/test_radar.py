"""Where would nobody be found, among the people there are today?"""

from __future__ import annotations

import pytest

from engine.approvals.commands import Submit
from engine.approvals.radar import radar, stalled_seats
from tests.engine.approvals.office import Case, Office, spend


def said(who: str, office: Office, **keys: str) -> list[str]:
    workflow = spend(f"  - {{kind: approve, id: s, label: 审批, who: {who}}}\n", **keys)
    return [str(stall.message) for stall in radar(workflow, office)]


@pytest.mark.parametrize(
    ("who", "office", "expected"),
    [
        ("[{person: eve}]", Office(), []),
        ("[{person: eve}]", Office(left={"eve"}), ["“审批”：Eve已停用或离职，请换人"]),
        ("[{person: eve}]", Office(left={"eve"}, took_over={"eve": "flo"}), []),
        ("[{person: nobody}]", Office(), ["“审批”：没有账号“nobody”，请换人"]),
        (
            "[{role: finance}]",
            Office(left={"fay", "flo"}),
            ["“审批”：角色“finance”里没有人，请给人加上这个角色"],
        ),
        (
            "[{manager: submitter}]",
            Office(managers={"ann": "bob", "bob": "cat", "fay": "cat", "cat": "dan"}),
            ["“审批”：Flo没有上级，请在人员里补上"],
        ),
        (
            "[{head: submitter}]",
            Office(),
            ["“审批”：Fay、Flo所在部门没有负责人，请在部门里补上"],
        ),
        (
            "[{person: eve}]",
            Office(managers={"bob": "cat", "cat": "bob"}),
            ["Bob、Cat互为上级，逐级审批会绕圈，请改正上级"],
        ),
    ],
)
def test_it_finds_who_is_missing(who: str, office: Office, expected: list[str]) -> None:
    assert said(who, office) == expected


def test_only_those_who_may_submit_need_a_manager() -> None:
    roles = "{roles: [agent]}"
    assert said("[{manager: submitter}]", Office(), start=roles) == []


def test_it_finds_amounts_that_nobody_may_decide_on() -> None:
    limits = "[{role: director, up_to: 5000}]"
    found = said(
        "[{chain: submitter, covers: cost}]", Office(), start="{roles: [agent]}", limits=limits
    )
    assert found == ["金额超过 5000 时没有人有权批，会交给流程负责人"]


def test_it_finds_the_tasks_of_those_who_left() -> None:
    case = Case(spend("  - {kind: approve, id: s, label: 审批, who: [{person: eve}]}\n"))
    case.do("ann", Submit(run="r1", record="t1"))
    assert case.run is not None
    assert stalled_seats(case.run, case.office) == ()
    case.office.left.add("eve")
    assert stalled_seats(case.run, case.office) == ("1.1",)
