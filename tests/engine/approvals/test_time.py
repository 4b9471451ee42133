"""What happens when nobody decides in time?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.approvals.commands import Agree, Resubmit, Return, Wake
from engine.approvals.effects import MoveDue, Notify, OpenTask
from tests.engine.approvals.office import NOW, Case, outcome, spend


def case(within: str, ladder: str, more: str = "") -> Case:
    step = f"""
  - kind: approve
    id: s
    label: 审批
    who: [{{person: bob}}]
    within: {within}
    ladder: {ladder}
"""
    made = Case(spend(step + more))
    made.submit()
    return made


def told(made: Case) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.kind, one.people) for one in made.of(Notify)]


def test_a_task_is_due_in_working_time() -> None:
    made = case("{working: P5D}", "[]")
    assert made.opened()[0].due == NOW + timedelta(days=7), "a weekend does not count"


def test_reminders_come_before_at_and_after_it_again_and_again() -> None:
    ladder = "[{before: PT4H}, {}, {after: PT2H, every: PT1H, times: 3}]"
    made = case("{calendar: PT24H}", ladder)
    made.later(hours=19)
    assert told(made) == []
    made.later(hours=1)
    assert told(made) == [("reminder", ("bob",))]
    assert str(made.of(Notify)[0].text) == "“审批”快到期了，请处理"
    made.later(hours=4)
    assert str(made.of(Notify)[0].text) == "“审批”已到期，请尽快处理"
    made.later(hours=30)
    assert len(told(made)) == 3
    keys = [effect.key for effect in made.effects if isinstance(effect, Notify)]
    assert len(set(keys)) == len(keys) == 5


def test_after_a_day_down_a_repeated_reminder_comes_once() -> None:
    made = case("{calendar: PT1H}", "[{every: PT1H, times: 20}]")
    made.now += timedelta(hours=12)
    made.do(None, Wake())
    assert len(told(made)) == 1
    made.later(hours=2)
    assert len(told(made)) == 2


def test_the_manager_of_who_is_late_is_told() -> None:
    ladder = "[{after: PT1H, act: tell, to: [{manager: approver}]}]"
    made = case("{calendar: PT1H}", ladder)
    made.later(hours=2)
    assert told(made) == [("escalation", ("cat",))]
    assert str(made.of(Notify)[0].text) == "“审批”等Bob处理，已到期：费用审批"


def test_the_task_goes_to_others() -> None:
    made = case("{calendar: PT1H}", "[{act: hand, to: [{role: director}]}]")
    late = made.seat("bob")
    made.later(hours=1)
    assert made.asked() == ["cat"]
    assert made.run is not None
    assert made.run.seat(late) is not None
    made.do("cat", Agree(seat=made.seat("cat")))
    assert outcome(made) == "agreed"


@pytest.mark.parametrize(("act", "expected"), [("agree", "agreed"), ("refuse", "refused")])
def test_it_is_decided_by_itself(act: str, expected: str) -> None:
    made = case("{calendar: PT1H}", f"[{{after: PT1H, act: {act}}}]")
    made.later(hours=1)
    assert outcome(made) is None
    made.later(hours=1)
    assert outcome(made) == expected


def test_it_does_not_agree_by_itself_while_a_field_is_missing() -> None:
    made = case("{calendar: PT1H}", "[{act: agree}]", "    need: [wanted]\n")
    made.later(hours=1)
    assert outcome(made) is None
    assert told(made) == [("reminder", ("bob",))]


def test_the_deadline_rests_while_the_submitter_has_the_record() -> None:
    made = case("{calendar: PT10H}", "[{}]")
    made.later(hours=4)
    made.do("bob", Return(seat=made.seat("bob"), resubmit="straight", opinion="补充"))
    made.later(hours=100)
    assert told(made) == []
    made.do("ann", Resubmit())
    assert made.opened()[0].due == made.now + timedelta(hours=6)


def test_the_deadline_moves_with_its_date() -> None:
    made = case("{until: wanted}", "[{}]")
    assert made.opened()[0].due is None
    made.row["wanted"] = date(2026, 3, 5)
    made.do(None, Wake())
    [moved] = made.of(MoveDue)
    assert moved.due == datetime(2026, 3, 6, 0, 0, tzinfo=UTC)
    made.row["wanted"] = date(2026, 3, 9)
    made.do(None, Wake())
    made.later(days=6)
    assert told(made) == []
    made.later(days=2)
    assert told(made) == [("reminder", ("bob",))]


WAIT = """
  - {kind: wait, id: pause, label: 等, within: {calendar: P1D}, that: urgent = true}
  - {kind: approve, id: s, label: 审批, who: [{person: bob}]}
"""


def test_it_waits_for_a_while() -> None:
    made = Case(spend(WAIT))
    made.submit()
    made.later(hours=23)
    assert made.asked() == []
    made.later(hours=1)
    assert made.asked() == ["bob"]


def test_or_until_something_holds() -> None:
    made = Case(spend(WAIT))
    made.submit()
    made.row["urgent"] = True
    made.do(None, Wake())
    assert made.asked() == ["bob"]
    assert made.of(OpenTask)
