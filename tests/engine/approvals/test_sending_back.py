"""Back to whom, and who decides again when it comes once more?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.approvals.commands import Agree, Resubmit, Return, Withdraw
from engine.approvals.course import Course
from engine.approvals.effects import Notify
from engine.approvals.sending_back import back_targets
from tests.engine.approvals.office import Case, Office, outcome, spend, words

FLOW = """
  - {kind: approve, id: boss, label: 上级, who: [{person: bob}], sees: [name]}
  - {kind: approve, id: money, label: 财务, who: [{person: fay}, {person: flo}], sees: [cost]}
  - {kind: approve, id: top, label: 总监, who: [{person: cat}], sees: [cost], back: {to: [any]}}
"""


def at_the_top() -> Case:
    case = Case(spend(FLOW))
    case.submit()
    for person in ("bob", "fay", "flo"):
        case.do(person, Agree(seat=case.seat(person)))
    assert case.asked() == ["cat"]
    return case


def send_back(case: Case, who: str, to: str, resubmit: str | None = None) -> None:
    case.do(who, Return(seat=case.seat(who), to=to, resubmit=resubmit, opinion="补充"))  # type: ignore[arg-type]  # the test names them


def test_the_submitter_is_asked_to_hand_in_again_and_told_why() -> None:
    case = at_the_top()
    send_back(case, "cat", "submitter")
    assert case.asked() == ["ann"]
    [task] = case.opened()
    assert (task.kind, str(task.note)) == ("todo", "补充")


def test_all_decide_again() -> None:
    case = at_the_top()
    send_back(case, "cat", "submitter", "all")
    case.do("ann", Resubmit())
    assert case.asked() == ["bob"]
    for person in ("bob", "fay", "flo", "cat"):
        case.do(person, Agree(seat=case.seat(person)))
    assert outcome(case) == "agreed"


def test_straight_back_to_who_sent_it() -> None:
    case = at_the_top()
    send_back(case, "cat", "submitter", "straight")
    case.do("ann", Resubmit())
    assert case.asked() == ["cat"]
    case.do("cat", Agree(seat=case.seat("cat")))
    assert outcome(case) == "agreed"


def test_only_those_decide_again_who_saw_what_has_changed() -> None:
    case = at_the_top()
    send_back(case, "cat", "submitter", "changed")
    case.row["cost"] = Decimal("900.00")
    case.do("ann", Resubmit())
    assert case.asked() == ["fay", "flo"], "bob saw the name only"
    assert [seat.outcome for seat in case.seats("boss")] == ["agree", "kept"]
    assert case.opened()[0].changed == ("cost",)
    [notice] = case.of(Notify)
    assert notice.people == ("bob",)
    assert str(notice.text) == "“上级”：您看过的内容没有变化，沿用您上次的意见，不用再处理"


def test_a_number_written_otherwise_is_no_change() -> None:
    case = at_the_top()
    send_back(case, "cat", "submitter", "changed")
    case.row["cost"] = Decimal("800")
    case.do("ann", Resubmit())
    assert case.asked() == ["cat"], "who sent it back decides again in any case"


def test_what_was_sent_back_is_not_kept_even_if_nothing_changes() -> None:
    case = at_the_top()
    send_back(case, "cat", "submitter", "changed")
    case.do("ann", Resubmit())
    assert [seat.outcome for seat in case.seats("money")[-2:]] == ["kept", "kept"]
    assert outcome(case) is None


def test_to_the_step_before_and_straight_back() -> None:
    case = at_the_top()
    send_back(case, "cat", "previous", "straight")
    assert case.asked() == ["fay", "flo"]
    case.do("fay", Agree(seat=case.seat("fay")))
    case.do("flo", Agree(seat=case.seat("flo")))
    assert case.asked() == ["cat"]


def test_to_an_earlier_step_and_through_all_again() -> None:
    case = at_the_top()
    send_back(case, "cat", "boss", "all")
    case.do("bob", Agree(seat=case.seat("bob")))
    assert case.asked() == ["fay", "flo"]


def test_whoever_is_sent_back_to_can_send_it_further_back() -> None:
    case = at_the_top()
    send_back(case, "cat", "money", "straight")
    send_back(case, "fay", "submitter", "straight")
    assert case.asked() == ["ann"]
    case.do("ann", Resubmit())
    assert case.asked() == ["fay", "flo"]
    case.do("fay", Agree(seat=case.seat("fay")))
    case.do("flo", Agree(seat=case.seat("flo")))
    assert case.asked() == ["cat"]


def test_a_way_that_is_not_open_is_refused_with_those_that_are() -> None:
    case = Case(spend(FLOW))
    case.submit()
    answer = case.do("bob", Return(seat=case.seat("bob"), to="top", opinion="补充"))
    assert words(answer) == ["不能退回到那里，可以退回到：提交人"]
    assert case.run is not None
    course = Course(case.workflow, case.run, case.facts("bob"))
    assert back_targets(course, case.run.open_seats[0]) == ("submitter",)


def test_every_reason_is_said_at_once() -> None:
    flow = """
  - kind: approve
    id: boss
    label: 上级
    who: [{person: bob}]
    password: true
    back: {to: [], resubmit: [all]}
"""
    case = Case(spend(flow))
    case.submit()
    answer = case.do("bob", Return(seat=case.seat("bob"), resubmit="straight"))
    assert words(answer) == [
        "“上级”不允许退回，可以同意、不同意或转交",
        "这一步不允许这样重新提交，请换一种方式",
        "请写明退回的原因",
        "请输入登录密码确认",
    ]


def test_only_who_was_asked_can_hand_in_again() -> None:
    case = at_the_top()
    assert words(case.do("ann", Resubmit())) == ["申请没有被退回，不需要重新提交"]
    send_back(case, "cat", "submitter")
    assert words(case.do("bob", Resubmit())) == ["只有Ann能重新提交"]


def test_if_the_submitter_has_left_somebody_else_can() -> None:
    case = at_the_top()
    case.office = Office(left={"ann"})
    send_back(case, "cat", "submitter")
    assert case.asked() == ["bob"]
    assert case.run is not None
    assert case.run.open_seats[0].instead_of == "ann"


def test_what_was_sent_back_can_be_withdrawn() -> None:
    case = at_the_top()
    send_back(case, "cat", "submitter")
    case.do("ann", Withdraw())
    assert outcome(case) == "withdrawn"
    assert case.asked() == []


PARALLEL = """
  - kind: parallel
    id: both
    label: 同时
    paths:
      - id: left
        label: 左
        steps:
          - {kind: approve, id: one, label: 一, who: [{person: bob}]}
          - {kind: approve, id: two, label: 二, who: [{person: cat}]}
      - id: right
        label: 右
        steps:
          - {kind: approve, id: three, label: 三, who: [{person: eve}]}
"""


def test_on_one_of_two_paths_the_other_goes_on() -> None:
    case = Case(spend(PARALLEL))
    case.submit()
    case.do("bob", Agree(seat=case.seat("bob")))
    send_back(case, "cat", "previous", "straight")
    assert sorted(case.asked()) == ["bob", "eve"]


@pytest.mark.parametrize("resubmit", ["all", "straight", "changed"])
def test_the_submitter_holds_both_paths_up(resubmit: str) -> None:
    case = Case(spend(PARALLEL))
    case.submit()
    send_back(case, "bob", "submitter", resubmit)
    assert case.asked() == ["ann"]
    case.do("ann", Resubmit())
    assert sorted(case.asked()) == ["bob", "eve"]


BRANCHED = """
  - {kind: approve, id: boss, label: 上级, who: [{person: bob}]}
  - kind: branch
    id: dear
    label: 金额
    paths:
      - id: high
        label: 大额
        when: cost > 100
        steps:
          - {kind: approve, id: money, label: 财务, who: [{person: fay}]}
          - {kind: approve, id: more, label: 复核, who: [{person: flo}]}
  - {kind: approve, id: top, label: 总监, who: [{person: cat}], back: {to: [any]}}
"""


def behind_the_branch() -> Case:
    case = Case(spend(BRANCHED, repeated="pass"))
    case.submit()
    for person in ("bob", "fay", "flo"):
        case.do(person, Agree(seat=case.seat(person)))
    return case


def test_into_a_branch_and_through_it_again() -> None:
    case = behind_the_branch()
    send_back(case, "cat", "money", "all")
    assert case.asked() == ["fay"]
    case.do("fay", Agree(seat=case.seat("fay")))
    assert case.asked() == ["flo"], "what was decided behind it counts no longer"
    case.do("flo", Agree(seat=case.seat("flo")))
    case.do("cat", Agree(seat=case.seat("cat")))
    assert outcome(case) == "agreed"


def test_into_a_branch_and_straight_back() -> None:
    case = behind_the_branch()
    send_back(case, "cat", "money", "straight")
    case.do("fay", Agree(seat=case.seat("fay")))
    assert case.asked() == ["cat"]
    case.do("cat", Agree(seat=case.seat("cat")))
    assert outcome(case) == "agreed"
