"""To whom is a new record given by itself, and why to them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.decisions import Policy, decide
from engine.definition.pool import RoutingDef
from engine.record import Record, Value
from engine.routing import Candidate, Choice, choose
from engine.wording import Message
from runtime.store.people import Person
from runtime.use_cases.pools.claim_record import note_turn
from runtime.use_cases.pools.telling import name_of, tell
from runtime.use_cases.reach import Work
from runtime.use_cases.rules.frozen import frozen_people
from runtime.use_cases.settling import settle_change


@dataclass(frozen=True, kw_only=True)
class Routed:
    """Who comes out, and all that decided it."""

    choice: Choice
    decision: str | None = None
    rules: tuple[int, ...] = ()
    """The rules of the decision table that fit, counted from 0."""
    complaint: str | None = None

    def data(self) -> Mapping[str, Any]:
        """Return it as the log keeps it."""
        weighed = [
            {"person": one.candidate.person, "load": one.candidate.load, "out": one.out}
            for one in self.choice.weighed
        ]
        told = {"decision": self.decision, "rules": list(self.rules), "weighed": weighed}
        return {"routing": {**told, "to": self.choice.person, "complaint": self.complaint}}


def route_new(work: Work, record: Record) -> Record:
    """Give a record that was just made to somebody, if its form says so and it is meant."""
    routing = work.form.definition.routing
    if routing is None:
        return record
    when = work.form.logic.routing
    if when is not None and not when.holds(work.row(record), work.env):
        return record
    return route_in(work, record, routing)


def route_in(work: Work, record: Record, routing: RoutingDef, without: str | None = None) -> Record:
    """Give a record to whoever is first in line but for one, or to nobody; rules do this too."""
    work.unit.pools.alone()
    routed = weigh(work, record, routing, without)
    after = _given(work, record, routing, routed.choice.person)
    saved = settle_change(work, record, after, "routed", data=routed.data())
    if saved is None:
        return record
    if routed.choice.person is not None:
        note_turn(work, record.id, routed.choice.person, "routed")
        said = Message("“{title}”自动分配给您", title=name_of(work, saved))
        tell(work, saved, routed.choice.person, said)
    return saved


def weigh(work: Work, record: Record, routing: RoutingDef, without: str | None = None) -> Routed:
    """Return who would be given a record, and why; nothing changes."""
    decision = work.app.decisions.get(routing.decision or "")
    named: Mapping[str, Any] = {}
    rules: tuple[int, ...] = ()
    complaint = None
    if decision is not None:
        row = work.unit.records.row(work.form, record, decision.reads)
        decided = decide(decision.table, row, work.env)
        outputs = decision.table.outputs
        value = decided.value
        named = value if isinstance(value, Mapping) else {outputs[0].name: value}
        alone = decision.table.policy is Policy.FIRST
        rules, complaint = decided.rules[:1] if alone else decided.rules, decided.complaint
    people = _meant(work, named) or _playing(work, routing.role)
    return Routed(
        choice=choose(_candidates(work, people, without), routing.at_most),
        decision=routing.decision,
        rules=rules,
        complaint=None if complaint is None else str(complaint),
    )


def _given(work: Work, record: Record, routing: RoutingDef, person: str | None) -> Record:
    if person is None:
        nobodys = replace(record, owner=None, department=None)
        return record if routing.otherwise == "maker" else nobodys
    found = work.unit.people.one(person)
    after = replace(record, owner=person, department=found.department if found else None)
    stages = [stage.id for stage in _path(work, record)]
    if routing.stage in stages and routing.stage != record.stage:
        return replace(after, stage=routing.stage, stage_entered_at=work.now)
    return after


def _path(work: Work, record: Record) -> tuple[Any, ...]:
    return next((one.stages for one in work.form.pipelines if one.id == record.pipeline), ())


def _candidates(
    work: Work, people: Mapping[str, Person], without: str | None
) -> Iterator[Candidate]:
    ids = tuple(id_ for id_ in people if id_ != without)
    loads = work.unit.pools.loads(work.form, ids) if ids else {}
    last = work.unit.pools.last_given(work.form, ids) if ids else {}
    frozen = frozen_people(work, ids)
    for id_ in ids:
        yield Candidate(
            person=id_,
            load=loads[id_],
            last=last.get(id_),
            away=_away(work, id_),
            frozen=id_ in frozen,
        )


def _away(work: Work, person: str) -> bool:
    """Whoever has somebody stand in for everything is not there."""
    handed = work.unit.delegations.at(person, work.now)
    return any(one.workflow is None and one.app in (None, work.form.app) for one in handed)


def _meant(work: Work, named: Mapping[str, Any]) -> Mapping[str, Person]:
    """Return the active people whom a decision names: by login, or by role and department."""
    logins = set(_texts(named.get("person")))
    if logins:
        found = (work.unit.people.by_login(login) for login in sorted(logins))
        return {one.id: one for one in found if one is not None and one.active}
    people: Mapping[str, Person] | None = None
    for role in _texts(named.get("role")):
        people = {**(people or {}), **_playing(work, role)}
    codes = set(_texts(named.get("department")))
    if not codes:
        return people or {}
    inside = _inside(work, codes)
    everybody = people if people is not None else _everybody(work)
    return {id_: one for id_, one in everybody.items() if one.department in inside}


def _playing(work: Work, role: str | None) -> Mapping[str, Person]:
    if role is None:
        return {}
    return {one.id: one for one in work.unit.people.with_role(work.form.app, role)}


def _everybody(work: Work) -> Mapping[str, Person]:
    return {one.id: one for one in work.unit.people.list()}


def _inside(work: Work, codes: set[str]) -> frozenset[str]:
    departments = work.unit.people.departments
    named = (one for one in departments.tree() if one.code in codes or one.id in codes)
    return frozenset(id_ for one in named for id_ in departments.with_below(one.id))


def _texts(value: Value) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    many = value if isinstance(value, tuple | list) else ()
    return tuple(one for one in many if isinstance(one, str))
