"""Every key of a workflow does something: said differently, something comes out differently."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.approvals import Decided
from engine.approvals.commands import (
    AddSigner,
    Agree,
    ChildEnded,
    Handle,
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
from engine.approvals.preview import preview
from engine.approvals.run import Seat
from engine.definition import workflow as definition
from engine.outcomes import Denied, Refusal
from tests.engine.approvals.office import Case, app_with, words
from tests.engine.approvals.whole_flow import GONE, KEYS, SMALL, SPEC, Vary

ROOT = Path(__file__).parents[3]


def keys() -> set[str]:
    return {
        f"{name}.{one.encode_name}"
        for name, struct in vars(definition).items()
        if isinstance(struct, type) and struct.__module__ == definition.__name__
        for one in (msgspec.structs.fields(struct) if issubclass(struct, msgspec.Struct) else ())
        if one.encode_name != "note" and name != "PeopleStep"
    }


def test_no_key_is_without_a_proof() -> None:
    assert keys() == set(KEYS)
    named = [one for one in KEYS.values() if isinstance(one, str)]
    assert [one for one in named if not (ROOT / one).exists()] == []


def varied(vary: Vary) -> dict[str, Any]:
    spec = deepcopy(SPEC)
    if not vary.path:
        return spec
    here: Any = spec
    *above, last = vary.path.split("/")
    for step in above:
        here = here[int(step) if isinstance(here, list) else step]
    at: Any = int(last) if isinstance(here, list) else last
    if vary.value is GONE:
        del here[at]
    else:
        here[at] = vary.value
    return spec


def written(spec: Mapping[str, Any]) -> str:
    rest = {key: value for key, value in spec.items() if key != "workflow"}
    return "workflow: spend\n" + "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in rest.items()
    )


class Story:
    """Everything that people notice of approvals by a workflow."""

    def __init__(self, spec: Mapping[str, Any]) -> None:
        app = app_with(written(spec), SMALL % "small", SMALL % "tiny")
        self.workflow = app.workflows["spend"]
        self.told: list[str] = []

    def case(self, cost: str = "4000") -> Case:
        case = Case(self.workflow)
        case.row["cost"] = Decimal(cost)
        case.row["wanted"] = None
        case.row["owner"] = "fay"
        self.do(case, "ann", Submit(run="r1", record="t1"))
        return case

    def do(self, case: Case, who: str | None, command: Any) -> None:
        self.told.append(f"{who} {type(command).__name__}")
        answer = case.do(who, command)
        if isinstance(answer, Refusal | Denied):
            self.told.append(f"{who} {words(answer)}")
        else:
            assert isinstance(answer, Decided)
            self.told += [repr(effect) for effect in answer.effects]

    def first(self, case: Case) -> Seat | None:
        open_ = case.run.open_seats if case.run else ()
        return next((one for one in open_ if one.kind in ("approve", "handle")), None)

    def agree_on(self, case: Case, most: int = 40) -> None:
        for _ in range(most):
            seat = self.first(case)
            if seat is None:
                return
            if seat.kind == "handle":
                self.do(case, seat.person, Handle(seat=seat.id, values={"cause": "新"}))
            else:
                self.do(case, seat.person, Agree(seat=seat.id, values={"cause": "改"}))
                self.do(case, seat.person, Agree(seat=seat.id))

    def whole(self) -> list[str]:
        """Tell all of it."""
        self.ahead()
        self.to_the_end()
        self.the_first_seat()
        self.the_clock()
        self.the_handling()
        return self.told

    def ahead(self) -> None:
        self.case("0.50")
        case = Case(self.workflow)
        case.row["cost"] = Decimal(4000)
        self.told += [repr(stop) for stop in preview(self.workflow, case.facts("ann"))]

    def to_the_end(self) -> None:
        case = self.case()
        if case.run is None:
            return
        self.agree_on(case)
        case.row["wanted"] = date(2026, 3, 1)
        self.do(case, None, Wake())
        case.row["urgent"] = True
        self.do(case, None, Wake())
        case.office.left.add("cat")
        waiting = [one.n for one in case.run.visits if one.state == "open"]
        for n in waiting:
            self.do(case, None, ChildEnded(visit=n, outcome="agreed"))
        self.agree_on(case)

    def the_first_seat(self) -> None:
        for command in (
            lambda seat: Refuse(seat=seat, opinion="不行"),
            lambda seat: Refuse(seat=seat),
            lambda seat: Return(seat=seat, opinion="补充"),
            lambda seat: Return(seat=seat, opinion="补充", resubmit="straight"),
            lambda seat: Transfer(seat=seat, to="dan"),
            lambda seat: AddSigner(seat=seat, people=("dan",)),
        ):
            case = self.case()
            seat = self.first(case)
            if seat is not None:
                self.do(case, seat.person, command(seat.id))
                self.do(case, "ann", Urge())
                self.do(case, "ann", Resubmit())
                self.do(case, "ann", Withdraw())
        case = self.case()
        seat = self.first(case)
        if seat is not None:
            self.do(case, seat.person, Agree(seat=seat.id))
            self.do(case, seat.person, TakeBack(seat=seat.id))
            self.do(case, "ann", Withdraw())

    def the_clock(self) -> None:
        case = self.case()
        if case.run is None:
            return
        for _ in range(30):
            case.later(hours=1)
            self.told += [f"{case.now} {effect!r}" for effect in case.last]

    def the_handling(self) -> None:
        """Come to the step where fields are filled in, refuse on the way, and try it all there."""
        case = self.case()
        for _ in range(40):
            seat = self.first(case)
            if seat is None:
                return
            if seat.kind == "handle":
                break
            refuses = seat.person == "dan"
            chosen: Any = Refuse(seat=seat.id, opinion="不行") if refuses else Agree(seat=seat.id)
            self.do(case, seat.person, chosen)
        if seat is None or seat.kind != "handle":
            return
        self.do(case, seat.person, Handle(seat=seat.id, values={"name": "别"}))
        self.do(case, seat.person, Transfer(seat=seat.id, to="dan"))
        case.later(hours=10)
        self.told += [f"{case.now} {effect!r}" for effect in case.last]
        again = self.first(case)
        if again is not None:
            self.do(case, again.person, Return(seat=again.id, opinion="补充"))
        case.now += timedelta(hours=1)


@cache
def usual() -> list[str]:
    return Story(SPEC).whole()


@pytest.mark.parametrize("key", [key for key, one in KEYS.items() if isinstance(one, Vary)])
def test_a_key_changes_what_somebody_notices(key: str) -> None:
    vary = KEYS[key]
    assert isinstance(vary, Vary)
    assert Story(varied(vary)).whole() != usual()


def test_the_same_workflow_tells_the_same_story() -> None:
    assert Story(SPEC).whole() == Story(deepcopy(SPEC)).whole()
