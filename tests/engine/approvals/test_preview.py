"""Before anybody submits: which way will it go, and by whom?"""

from __future__ import annotations

from decimal import Decimal

from engine.approvals.commands import Agree
from engine.approvals.preview import preview, still_to_choose
from tests.engine.approvals.office import Case, Office, spend

FLOW = """
  - {kind: approve, id: boss, label: 上级, who: [{manager: submitter}]}
  - kind: branch
    id: dear
    label: 金额
    paths:
      - id: high
        label: 大额
        when: cost > 1000
        steps:
          - {kind: approve, id: money, label: 财务, mode: any, who: [{role: finance}]}
      - {id: low, label: 小额}
  - {kind: approve, id: urgent, label: 加急, when: urgent = true, who: [{person: eve}]}
  - {kind: wait, id: pause, label: 等一天, within: {calendar: P1D}}
  - {kind: approval, id: child, label: 另一个, workflow: small}
  - {kind: cc, id: copy, label: 抄送, who: [{field: keeper}]}
"""
SMALL = """
workflow: small
label: 小额
form: ticket
steps:
  - {kind: approve, id: only, label: 一人, who: [{person: dan}]}
"""


def case(office: Office | None = None, cost: str = "2000") -> Case:
    from tests.engine.approvals.office import app_with

    text = f"workflow: spend\nlabel: 费用审批\nform: ticket\nsteps:\n{FLOW}"
    made = Case(app_with(text, SMALL).workflows["spend"], office or Office())
    made.row["cost"] = Decimal(cost)
    return made


def told(made: Case) -> list[tuple[str, list[str], bool]]:
    stops = preview(made.workflow, made.facts("ann"), made.run)
    return [(stop.step, [one.name for one in stop.people], stop.passed) for stop in stops]


def test_the_whole_way_with_names() -> None:
    assert told(case()) == [
        ("boss", ["Bob"], False),
        ("dear", [], False),
        ("money", ["Fay", "Flo"], False),
        ("urgent", [], True),
        ("pause", [], False),
        ("child", [], False),
        ("copy", ["Eve"], False),
    ]


def test_another_amount_goes_another_way() -> None:
    assert "money" not in [step for step, _, _ in told(case(cost="10"))]


def test_it_says_where_branches_lie_and_why_a_step_is_passed() -> None:
    stops = {stop.step: stop for stop in preview(case().workflow, case().facts("ann"))}
    assert (stops["money"].depth, stops["money"].path) == (1, "大额")
    assert str(stops["urgent"].why) == "条件不符合，跳过"
    assert stops["child"].kind == "approval"


def test_of_one_under_way_it_shows_what_is_still_ahead() -> None:
    made = case()
    made.submit()
    made.do("bob", Agree(seat=made.seat("bob")))
    stops = preview(made.workflow, made.facts("ann"), made.run)
    assert [stop.step for stop in stops if not stop.ahead] == ["boss", "dear", "money"]
    assert [stop.step for stop in stops if stop.ahead] == ["urgent", "pause", "child", "copy"]
    assert made.asked() == ["fay", "flo"], "looking ahead changes nothing"


def test_it_says_who_stands_in_and_who_steps_in() -> None:
    made = case(Office(entrusted={"bob": "eve"}))
    [boss] = preview(made.workflow, made.facts("ann"))[0].people
    assert (boss.name, boss.instead_of) == ("Eve", "Bob")
    made = case(Office(managers={}))
    [root] = preview(made.workflow, made.facts("ann"))[0].people
    assert (root.name, str(root.why)) == ("Root", "没有找到处理人，由流程负责人处理")


def test_it_says_for_which_steps_people_must_be_chosen() -> None:
    steps = "  - {kind: approve, id: one, label: 一, who: [{chosen: finance}]}\n"
    made = Case(spend(steps))
    assert still_to_choose(preview(made.workflow, made.facts("ann"))) == {"one": "finance"}
