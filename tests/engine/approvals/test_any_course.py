"""Whatever people do, in whatever order: an approval is never stuck, never ends twice, and can
always say what it waits for."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engine.approvals import Decided, decide
from engine.approvals.commands import (
    Acknowledge,
    AddSigner,
    Agree,
    AskOpinion,
    ChildEnded,
    Handle,
    Opine,
    Refuse,
    Resubmit,
    Return,
    Submit,
    TakeBack,
    Transfer,
    Urge,
    Wake,
    Withdraw,
)
from engine.approvals.course import Course
from engine.approvals.effects import CloseTask, Ended, OpenTask, WakeAt
from engine.approvals.run import Run, Seat, Visit
from engine.approvals.sending_back import back_targets
from engine.approvals.telling import ended_how, waits_for
from engine.loading.workflow_logic import pinned
from engine.outcomes import Denied, Refusal
from tests.engine.approvals.office import Case, Office, app_with, app_without
from tests.engine.approvals.random_flows import flows

EVERYBODY = Office().everybody
STAFF = st.sampled_from([one for one in EVERYBODY if one != "root"])
BINDING = ("approve", "handle", "todo")
"""What the run waits for; copies and opinions hold nothing up."""
MODES = st.sampled_from([None, "all", "straight", "changed"])
CHILD = """
workflow: small
label: 小额
form: ticket
steps:
  - {kind: approve, id: only, label: 一人, who: [{person: dan}]}
"""


def open_(visit: Visit) -> bool:
    return visit.state == "open"


class AnyCourse(RuleBasedStateMachine):
    """One approval by a random workflow."""

    case: Case
    broken = False
    """Something was wrong already: what comes of it says nothing more."""

    @initialize(flow=flows(), cost=st.integers(0, 3000))
    def begin(self, flow: str, cost: int) -> None:
        app = app_with.__wrapped__(flow, CHILD)
        self.case = Case(app.workflows["spend"])
        self.case.row["cost"] = cost
        self.tasks: dict[str, str] = {}
        self.ends = 0
        self.wake: Any = None
        chosen = {"picked": ("eve",)} if "chosen" in flow else {}
        self.take("ann", Submit(run="r1", record="t1", chosen=chosen))

    def take(self, who: str | None, command: Any) -> bool:
        before = self.case.run
        answer = self.case.do(who, command)
        if not isinstance(answer, Decided):
            self.check_refusal(answer)
            assert self.case.run is before
            return False
        for effect in answer.effects:
            self.follow(effect)
        return True

    def check_refusal(self, answer: Refusal | Denied) -> None:
        messages = (
            [answer.message]
            if isinstance(answer, Denied)
            else [reason.message for reason in answer.reasons]
        )
        assert messages
        assert all(str(message).strip() for message in messages)

    def follow(self, effect: Any) -> None:
        self.broken = True
        self.follow_it(effect)
        self.broken = False

    def follow_it(self, effect: Any) -> None:
        match effect:
            case OpenTask(seat=seat):
                assert seat not in self.tasks, "a task is opened once"
                assert self.case.office.active(effect.person) or effect.kind == "todo"
                self.tasks[seat] = "open"
            case CloseTask(seat=seat):
                assert self.tasks[seat] == "open", "a task is closed once, and only if it is open"
                self.tasks[seat] = "closed"
            case WakeAt(when=when):
                self.wake = when
            case Ended():
                self.ends += 1
                assert self.ends == 1

    @property
    def run(self) -> Run | None:
        return self.case.run

    def open_(self, *kinds: str) -> list[str]:
        assert self.run is not None
        return [seat.id for seat in self.run.open_seats if not kinds or seat.kind in kinds]

    def actor(self, seat: str) -> str:
        assert self.run is not None
        found = self.run.seat(seat)
        assert found is not None
        return found.person

    def has(self, *kinds: str) -> bool:
        return self.run is not None and bool(self.open_(*kinds))

    def waits_at(self, step: str) -> bool:
        return self.run is not None and any(
            visit.step == step and open_(visit) for visit in self.run.visits
        )

    def pick(self, data: st.DataObject, *kinds: str) -> str | None:
        seats = self.open_(*kinds)
        return data.draw(st.sampled_from(seats)) if seats else None

    @precondition(lambda self: self.has("approve"))
    @rule(data=st.data(), text=st.sampled_from([None, "好"]))
    def agrees(self, data: st.DataObject, text: str | None) -> None:
        seat = self.pick(data, "approve")
        if seat:
            command = Agree(seat=seat, opinion=text, chosen=self.choice(data))
            self.take(self.actor(seat), command)

    def choice(self, data: st.DataObject) -> dict[str, tuple[str, ...]]:
        return data.draw(st.sampled_from([{}, {"picked": ("eve",)}]))

    @precondition(lambda self: self.has("approve"))
    @rule(data=st.data())
    def refuses(self, data: st.DataObject) -> None:
        seat = self.pick(data, "approve")
        if seat and data.draw(st.integers(0, 3)) == 0:
            self.take(self.actor(seat), Refuse(seat=seat, opinion="不行"))

    @precondition(lambda self: self.has("approve", "handle"))
    @rule(data=st.data(), mode=MODES)
    def sends_back(self, data: st.DataObject, mode: Any) -> None:
        seat = self.pick(data, "approve", "handle")
        if seat:
            assert self.run is not None
            course = Course(self.case.workflow, self.run, self.case.facts(None))
            sitting = self.run.seat(seat)
            assert sitting is not None
            targets = [*back_targets(course, sitting)] * 3
            to = data.draw(st.sampled_from([*targets, *(one.step for one in self.run.visits)]))
            command = Return(seat=seat, to=to, resubmit=mode, opinion="补充")
            self.take(self.actor(seat), command)

    @precondition(lambda self: self.has("todo"))
    @rule(data=st.data(), change=st.booleans())
    def hands_in_again(self, data: st.DataObject, change: bool) -> None:
        seat = self.pick(data, "todo")
        if change:
            self.case.row["cause"] = f"{self.case.row['cause']}+"
        if seat:
            self.take(self.actor(seat), Resubmit(chosen=self.choice(data)))

    @precondition(lambda self: self.has("handle"))
    @rule(data=st.data())
    def fills_in(self, data: st.DataObject) -> None:
        seat = self.pick(data, "handle")
        if seat:
            command = Handle(seat=seat, values={"cause": "修好"}, chosen=self.choice(data))
            self.take(self.actor(seat), command)

    @precondition(lambda self: self.has("approve", "handle"))
    @rule(data=st.data(), to=STAFF)
    def passes_on(self, data: st.DataObject, to: str) -> None:
        seat = self.pick(data, "approve", "handle")
        if seat:
            self.take(self.actor(seat), Transfer(seat=seat, to=to))

    @precondition(lambda self: self.has("approve"))
    @rule(
        data=st.data(),
        people=st.lists(STAFF, min_size=1, max_size=2),
        place=st.sampled_from(["before", "after"]),
    )
    def lets_sign(self, data: st.DataObject, people: list[str], place: Any) -> None:
        seat = self.pick(data, "approve")
        if seat:
            command = AddSigner(seat=seat, people=tuple(people), place=place, opinion="请看")
            self.take(self.actor(seat), command)

    @precondition(lambda self: self.has("approve", "handle"))
    @rule(data=st.data(), to=STAFF)
    def asks(self, data: st.DataObject, to: str) -> None:
        seat = self.pick(data, "approve", "handle")
        if seat:
            self.take(self.actor(seat), AskOpinion(seat=seat, people=(to,)))

    @precondition(lambda self: self.has("opinion", "cc"))
    @rule(data=st.data())
    def says_or_sees(self, data: st.DataObject) -> None:
        seat = self.pick(data, "opinion", "cc")
        if seat:
            copy = seat in self.open_("cc")
            said = Acknowledge(seat=seat) if copy else Opine(seat=seat, opinion="可")
            assert self.take(self.actor(seat), said)

    @precondition(lambda self: self.run is not None)
    @rule(data=st.data())
    def undoes(self, data: st.DataObject) -> None:
        assert self.run is not None
        decided = [seat for visit in self.run.visits for seat in visit.seats if seat.by]
        if decided:
            seat = data.draw(st.sampled_from(decided))
            self.take(seat.by, TakeBack(seat=seat.id))

    @precondition(lambda self: self.has(*BINDING))
    @rule(really=st.integers(0, 3))
    def urges(self, really: int) -> None:
        if really == 0:
            self.take("ann", Urge())

    @precondition(lambda self: self.run is not None)
    @rule(really=st.integers(0, 9))
    def withdraws(self, really: int) -> None:
        if really == 0:
            self.take("ann", Withdraw())

    @precondition(lambda self: self.waits_at("child"))
    @rule(data=st.data(), outcome=st.sampled_from(["agreed", "agreed", "refused", "failed"]))
    def a_child_ends(self, data: st.DataObject, outcome: Any) -> None:
        assert self.run is not None
        n = data.draw(st.integers(1, len(self.run.visits)))
        self.take(None, ChildEnded(visit=n, outcome=outcome))

    @precondition(lambda self: self.run is not None)
    @rule(hours=st.sampled_from([1, 9, 30, 200]))
    def time_passes(self, hours: int) -> None:
        end = self.case.now + timedelta(hours=hours)
        while self.wake is not None and self.wake <= end:
            self.case.now = max(self.case.now, self.wake)
            self.take(None, Wake())
            assert self.wake is None or self.wake > self.case.now, "it does not turn on the spot"
        self.case.now = end

    @precondition(lambda self: self.run is not None)
    @rule(who=STAFF)
    def somebody_leaves(self, who: str) -> None:
        self.case.office.left.add(who)
        self.take(None, Wake())

    @precondition(lambda self: self.run is not None)
    @rule(who=STAFF)
    def somebody_comes_back(self, who: str) -> None:
        self.case.office.left.discard(who)
        self.take(None, Wake())

    @precondition(lambda self: self.run is not None)
    @rule(who=STAFF, other=STAFF)
    def somebody_is_entrusted(self, who: str, other: str) -> None:
        self.case.office.entrusted[who] = other
        self.take(None, Wake())

    @precondition(lambda self: self.run is not None)
    @rule(field=st.sampled_from(["keeper", "cost", "urgent"]))
    def the_app_changes(self, field: str) -> None:
        """A field goes; what is under way runs on by the version that it began with."""
        version = self.case.workflow.version
        kept = msgspec.to_builtins(self.case.workflow.definition)
        self.case.workflow = pinned(app_without(field), kept)
        assert self.case.workflow.version == version
        self.take(None, Wake())

    @invariant()
    def never_stuck(self) -> None:
        """While it runs somebody can do something that leads on, or something is waited for."""
        if self.run is None or self.run.outcome is not None:
            return
        visits = [visit for visit in self.run.visits if visit.state == "open" and not visit.paths]
        assert visits
        for visit in visits:
            asked = [seat for seat in visit.seats if seat.state == "open"]
            binding = [seat for seat in asked if seat.kind in BINDING]
            step = visit.step
            if step not in ("pause", "child"):
                assert binding, f"nobody is asked at {step}: {visit}"

    @invariant()
    def tasks_are_the_open_seats(self) -> None:
        if self.run is not None:
            open_ = {seat for seat, state in self.tasks.items() if state == "open"}
            assert open_ == {seat.id for seat in self.run.open_seats}

    @invariant()
    def nobody_decides_on_what_is_their_own(self) -> None:
        if self.run is None:
            return
        for seat in self.run.open_seats:
            alone = set(self.case.office.people()) <= {"ann"}
            assert seat.kind != "approve" or seat.person != "ann" or alone

    @invariant()
    def it_can_say_how_it_stands(self) -> None:
        if self.run is None:
            return
        told = waits_for(self.case.workflow, self.run, self.case.office)
        assert bool(told) == (self.run.outcome is None)
        assert (ended_how(self.run) is None) == (self.run.outcome is None)
        assert (self.ends == 1) == (self.run.outcome is not None)
        assert (self.wake is None) or self.run.outcome is None

    @invariant()
    def looking_anew_at_once_changes_nothing(self) -> None:
        if self.run is None:
            return
        again = decide(self.case.workflow, self.run, Wake(), self.case.facts(None))
        assert isinstance(again, Decided)
        twice = decide(self.case.workflow, again.run, Wake(), self.case.facts(None))
        assert isinstance(twice, Decided)
        assert twice.run == again.run
        assert twice.effects == ()

    def teardown(self) -> None:
        """From wherever it stands it can be brought to its end by agreeing."""
        if getattr(self, "case", None) is None or self.run is None or self.broken:
            return
        self.case.office.left.discard("eve")  # the only one who can be chosen
        for _ in range(300):
            if self.run.outcome is not None:
                return
            self.one_more_step()
        raise AssertionError(f"it never ends: {self.run.visits[-1]}")

    def one_more_step(self) -> None:
        """Whoever is asked agrees; only if nobody is, time passes."""
        assert self.run is not None
        seat = next((one for one in self.run.open_seats if one.kind in BINDING), None)
        child = next((one for one in self.run.visits if one.step == "child" and open_(one)), None)
        if seat is not None:
            self.do_ones_part(seat)
        elif child is not None:
            self.take(None, ChildEnded(visit=child.n, outcome="agreed"))
        else:
            assert self.wake is not None
            self.case.now = max(self.case.now, self.wake)
            self.take(None, Wake())

    def do_ones_part(self, seat: Seat) -> None:
        for chosen in ({}, {"picked": ("eve",)}):
            parts = {
                "approve": Agree(seat=seat.id, opinion="好", chosen=chosen),
                "handle": Handle(seat=seat.id, values={"cause": "修好"}, chosen=chosen),
                "todo": Resubmit(chosen=chosen),
            }
            if self.take(seat.person, parts[seat.kind]):
                return
        raise AssertionError(f"{seat.person} can't go on at {seat.id}")


TestAnyCourse = AnyCourse.TestCase
TestAnyCourse.settings = settings(
    max_examples=int(os.environ.get("COURSES", "30")),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
