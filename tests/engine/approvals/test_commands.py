"""What else can people do with an approval, and why not?"""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from engine.approvals import Decided
from engine.approvals.commands import (
    Acknowledge,
    Agree,
    AskOpinion,
    Cancel,
    ChildEnded,
    Handle,
    Opine,
    Refuse,
    Submit,
    TakeBack,
    Transfer,
    Urge,
    Withdraw,
)
from engine.approvals.effects import CancelChild, Ended, Notify, SetFields, StartChild
from engine.loading.workflow_logic import pinned
from tests.engine.approvals.office import Case, app_with, outcome, spend, words

TWO = """
  - {kind: approve, id: one, label: 一, who: [{person: bob}]}
  - {kind: approve, id: two, label: 二, who: [{person: cat}]}
"""


def case(steps: str = TWO, **keys: str) -> Case:
    made = Case(spend(steps, **keys))
    made.submit()
    return made


def test_it_can_be_passed_on_and_only_the_other_decides_then() -> None:
    made = case()
    old = made.seat("bob")
    made.do("bob", Transfer(seat=old, to="eve", opinion="请帮忙"))
    assert made.asked() == ["eve"]
    assert str(made.opened()[0].note) == "请帮忙"
    assert words(made.do("bob", Agree(seat=old))) == ["您已经处理过这项任务"]
    made.do("eve", Agree(seat=made.seat("eve")))
    assert made.asked() == ["cat"]


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("ann", "Ann是提交人，不能审批自己的申请"),
        ("bob", "不能选择自己"),
        ("fay", "Fay已停用或离职，请选择其他人"),
        ("", "请选择人员"),
    ],
)
def test_not_to_everybody(to: str, expected: str) -> None:
    made = case()
    made.office.left.add("fay")
    assert words(made.do("bob", Transfer(seat=made.seat("bob"), to=to))) == [expected]


def test_others_can_be_asked_what_they_think_and_it_binds_nobody() -> None:
    made = case()
    made.do("bob", AskOpinion(seat=made.seat("bob"), people=("eve",), question="如何?"))
    assert made.asked() == ["bob", "eve"]
    assert words(made.do("eve", Opine(seat=made.seat("eve"), opinion=" "))) == ["请填写意见"]
    made.do("eve", Opine(seat=made.seat("eve"), opinion="不好"))
    made.do("bob", Agree(seat=made.seat("bob")))
    assert made.asked() == ["cat"]


def test_a_question_is_void_when_it_is_decided_without_the_answer() -> None:
    made = case()
    made.do("bob", AskOpinion(seat=made.seat("bob"), people=("eve",)))
    late = made.seat("eve")
    made.do("bob", Agree(seat=made.seat("bob")))
    assert words(made.do("eve", Opine(seat=late, opinion="好"))) == [
        "Bob已经先处理了，不用您再处理"
    ]


def test_only_who_submitted_can_withdraw() -> None:
    made = case()
    assert words(made.do("bob", Withdraw())) == ["只有提交人Ann能撤回"]
    made.do("ann", Withdraw(reason="写错了"))
    assert outcome(made) == "withdrawn"
    [notice] = made.of(Notify)
    assert notice.people == ("bob",)
    assert words(made.do("bob", Agree(seat="1.1"))) == ["这个审批已撤回，不能再处理"]


def test_not_any_more_once_somebody_has_decided() -> None:
    made = case(withdraw="untouched")
    made.do("bob", Agree(seat=made.seat("bob")))
    assert words(made.do("ann", Withdraw())) == ["已经有人处理过，不能撤回了，可以请审批人退回"]


def test_or_never() -> None:
    expected = "“费用审批”提交后不能撤回，可以请审批人退回"
    assert words(case(withdraw="never").do("ann", Withdraw())) == [expected]


def test_a_decision_can_be_taken_back_until_somebody_builds_on_it() -> None:
    made = case()
    seat = made.seat("bob")
    made.do("bob", Agree(seat=seat))
    assert words(made.do("cat", TakeBack(seat=seat))) == ["只能撤回自己的处理"]
    made.do("bob", TakeBack(seat=seat))
    assert made.asked() == ["bob"]
    made.do("bob", Agree(seat=made.seat("bob")))
    assert made.asked() == ["cat"]
    first = made.seats("one")[1].id
    made.do("cat", Agree(seat=made.seat("cat")))
    assert words(made.do("bob", TakeBack(seat=first))) == ["这个审批已通过，不能再处理"]


def test_not_after_somebody_else_has_decided() -> None:
    made = case(TWO + "  - {kind: approve, id: three, label: 三, who: [{person: eve}]}\n")
    seat = made.seat("bob")
    made.do("bob", Agree(seat=seat))
    made.do("cat", Agree(seat=made.seat("cat")))
    assert words(made.do("bob", TakeBack(seat=seat))) == [
        "在您之后已有人处理，不能撤回了，可以请他退回"
    ]


def test_taking_back_asks_those_again_whom_it_dismissed() -> None:
    both = (
        "  - {kind: approve, id: s, label: 审批, mode: any, who: [{person: bob}, {person: eve}]}\n"
    )
    made = case(both + "  - {kind: approve, id: two, label: 二, who: [{person: cat}]}\n")
    seat = made.seat("bob")
    made.do("bob", Agree(seat=seat))
    assert made.asked() == ["cat"]
    made.do("bob", TakeBack(seat=seat))
    assert sorted(made.asked()) == ["bob", "eve"]


def test_one_after_the_other_waits_again_when_the_first_takes_it_back() -> None:
    row = "  - {kind: approve, id: s, label: 审批, mode: sequential, who: [{person: bob}, {person: eve}]}\n"  # noqa: E501  # one step a line
    made = case(row)
    seat = made.seat("bob")
    made.do("bob", Agree(seat=seat))
    made.do("bob", TakeBack(seat=seat))
    assert made.asked() == ["bob"]
    made.do("bob", Agree(seat=made.seat("bob")))
    made.do("eve", Agree(seat=made.seat("eve")))
    assert outcome(made) == "agreed"


def test_a_workflow_can_forbid_it() -> None:
    made = case(take_back="false")
    seat = made.seat("bob")
    made.do("bob", Agree(seat=seat))
    assert words(made.do("bob", TakeBack(seat=seat))) == ["“费用审批”的处理不能撤回"]


def test_urging_is_limited() -> None:
    made = case(urge="PT2H")
    made.do("ann", Urge())
    assert made.of(Notify)[0].people == ("bob",)
    [said] = words(made.do("ann", Urge()))
    assert said.startswith("刚刚催过，请在 2026-03-02 11:00")
    made.now += timedelta(hours=2)
    assert isinstance(made.do("ann", Urge()), Decided)
    assert words(made.do("bob", Urge())) == ["只有提交人Ann能催办"]


def test_or_forbidden() -> None:
    assert words(case(urge="null").do("ann", Urge())) == ["“费用审批”不支持催办"]


def test_a_task_is_for_one_person() -> None:
    made = case()
    assert words(made.do("eve", Agree(seat=made.seat("bob")))) == ["这项任务是交给Bob的"]
    assert words(made.do("bob", Agree(seat="9.9"))) == ["没有这项任务，请刷新页面"]


STRICT = """
  - kind: approve
    id: one
    label: 一
    who: [{person: bob}]
    edit: [cause]
    need: [cause, wanted]
    opinion: [agree, refuse]
    signature: true
    password: true
"""


def test_what_is_missing_for_agreeing_is_said_at_once() -> None:
    made = case(STRICT)
    answer = made.do("bob", Agree(seat=made.seat("bob"), values={"cost": 1}))
    assert words(answer) == [
        "请填写审批意见",
        "请输入登录密码确认",
        "请手写签名",
        "这一步不能修改“费用”",
        "请先填写“期望日期”",
    ]
    assert words(made.do("bob", Refuse(seat=made.seat("bob"), confirmed=True))) == [
        "请写明不同意的原因"
    ]


HANDLE = """
  - {kind: handle, id: fill, label: 补充, who: [{person: bob}], edit: [cause], need: [cause]}
  - {kind: approve, id: two, label: 二, when: 'cause = "换新"', who: [{person: cat}]}
  - {kind: cc, id: copy, label: 抄送, who: [{role: finance}]}
"""


def test_what_is_filled_in_is_set_and_decides_on_the_way() -> None:
    made = case(HANDLE, after="{agreed: {cause: 'cause + \"!\"'}}")
    made.do("bob", Handle(seat=made.seat("bob"), values={"cause": "换新"}))
    [values] = made.of(SetFields)
    assert (values.values, values.by) == ({"cause": "换新"}, "bob")
    assert made.asked() == ["cat"]
    made.do("cat", Agree(seat=made.seat("cat")))
    assert made.row["cause"] == "换新!"
    assert made.of(Ended)[0].outcome == "agreed"


def test_copies_hold_nothing_up_and_can_be_seen_afterwards() -> None:
    made = case(HANDLE)
    made.do("bob", Handle(seat=made.seat("bob"), values={"cause": "修理"}))
    assert outcome(made) == "agreed"
    assert made.asked() == ["fay", "flo"]
    made.do("fay", Acknowledge(seat=made.seat("fay")))
    assert made.asked() == ["flo"]


def test_a_refusal_can_ask_the_submitter_again_instead() -> None:
    made = case("  - {kind: approve, id: s, label: 审批, refused: return, who: [{person: bob}]}\n")
    made.do("bob", Refuse(seat=made.seat("bob"), opinion="不行"))
    assert outcome(made) is None
    assert made.asked() == ["ann"]


SMALL = "workflow: small\nlabel: 小额\nform: ticket\nsteps:\n" + TWO
SUB = """workflow: spend
label: 费用审批
form: ticket
steps:
  - {kind: approval, id: child, label: 先办小额, workflow: small}
  - {kind: approve, id: two, label: 二, who: [{person: cat}]}
"""


@pytest.mark.parametrize(
    ("ended", "expected"), [("agreed", None), ("refused", "refused"), ("failed", "refused")]
)
def test_another_approval_must_end_well_first(ended: str, expected: str | None) -> None:
    made = Case(app_with(SUB, SMALL).workflows["spend"])
    made.submit()
    [child] = made.of(StartChild)
    assert (child.workflow, child.visit) == ("small", 1)
    made.do(None, ChildEnded(visit=1, outcome=ended))  # type: ignore[arg-type]  # the test names it
    assert outcome(made) == expected
    before = made.run
    made.do(None, ChildEnded(visit=1, outcome="refused"))
    assert made.run == before, "an answer that comes twice changes nothing"


def test_what_is_waited_for_is_given_up_with_it() -> None:
    made = Case(app_with(SUB, SMALL).workflows["spend"])
    made.submit()
    made.do("ann", Withdraw())
    assert made.of(CancelChild) == [CancelChild(visit=1)]


def test_a_deleted_record_ends_it() -> None:
    made = case()
    made.do(None, Cancel(reason="deleted"))
    assert outcome(made) == "cancelled"
    assert made.asked() == []


def test_who_may_submit_what_is_said_with_all_reasons() -> None:
    start = "{roles: [finance], when: cost > 1000, message: 一千元以下不用审批}"
    made = Case(spend(TWO, start=start))
    answer = made.do("ann", Submit(run="r1", record="t1"))
    assert words(answer) == [
        "您的角色不能提交“费用审批”，请让有权限的同事提交",
        "一千元以下不用审批",
    ]


def test_an_approval_runs_to_its_end_by_the_version_it_began_with() -> None:
    made = case()
    kept = msgspec.to_builtins(made.workflow.definition)
    newer = spend("  - {kind: approve, id: other, label: 另, who: [{person: eve}]}\n")
    app = app_with("workflow: spend\nlabel: 费用审批\nform: ticket\nsteps:\n" + TWO)
    old = pinned(app, kept)
    assert made.run is not None
    assert old.version == made.run.version != newer.version
    made.workflow = old
    made.do("bob", Agree(seat=made.seat("bob")))
    assert made.asked() == ["cat"]


def test_an_expression_that_the_app_no_longer_understands_asks_the_keepers() -> None:
    steps = "  - {kind: approve, id: s, label: 审批, who: [{feel: keeper}]}\n"
    made = Case(spend(steps))
    kept = msgspec.to_builtins(made.workflow.definition)
    kept["steps"][0]["who"][0]["feel"] = "gone_field"
    made.workflow = pinned(
        app_with("workflow: spend\nlabel: 费用审批\nform: ticket\nsteps:\n" + TWO), kept
    )
    made.submit()
    assert made.asked() == ["root"]
