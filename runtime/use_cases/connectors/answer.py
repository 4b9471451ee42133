"""What becomes of a record, and of the rule that asked, when another system has answered?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.app import Form, Rule
from engine.record import Record
from engine.rules.actions.call_connector import CallConnector
from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.connectors import Call
from runtime.store.records import NotUnique
from runtime.store.rule_runs import RuleRun
from runtime.use_cases.connectors.given import ANSWER, values_of
from runtime.use_cases.connectors.going_on import ended
from runtime.use_cases.connectors.waiting_run import answered, waits_at
from runtime.use_cases.reach import Work, begin
from runtime.use_cases.rules.acting import Did, Doing, Failed, act_of
from runtime.use_cases.rules.begun_with import keep_or_let_go
from runtime.use_cases.rules.changing import change
from runtime.use_cases.rules.firing import as_begun
from runtime.use_cases.rules.fitting import fitting
from runtime.use_cases.rules.performing import perform
from runtime.use_cases.rules.telling import body_of

Begun = tuple[Rule, Form] | Message | None
"""The rule that asked as it was then, or why it can't be had."""
GONE = Message("记录已不存在")
ANOTHER = Message("规则已经改动，回答没有填入")


def begun_of(services: Services, id_: str) -> Begun:
    """Return the rule that asked, if its answer is there to be put in."""
    with services.store.reading() as unit:
        call = unit.connectors.call(id_)
    return as_begun(services, call.run) if call and call.state == "answered" else None


def put_in(services: Services, unit: Unit, id_: str, begun: Begun) -> None:
    """Put an answer into its record, once, as a change of the rule that asked, and do what stands
    after the question: the form's checks hold. Meant for the transaction that ends the work.
    Raises Outrun."""
    call = unit.connectors.call(id_, hold=True)
    if call is None or call.state != "answered":
        return
    came = _came_of(services, unit, call, begun)
    if isinstance(came, Message):
        ended(services, unit, call, replace(call, state="failed", problem=came))


def _came_of(services: Services, unit: Unit, call: Call, begun: Begun) -> Message | None:
    """Put it in and go on; return why not, if something is in the way."""
    run = unit.rule_runs.one(call.run, hold=True)
    if not isinstance(begun, tuple) or run is None or not _asks(begun[0], call):
        return begun if isinstance(begun, Message) else ANOTHER
    rule, form = begun
    cause = unit.events.one(run.cause) if run.cause else None
    work = begin(services, unit, act_of(rule, cause), form)
    told = _put_in(work, rule, run, call)
    if isinstance(told, Message):
        return told
    unit.connectors.change(call, replace(call, state="done", problem=None, ended_at=services.now()))
    if waits_at(run, call.number):
        after = _gone_on(work, rule, answered(run, told))
        unit.rule_runs.end(after)
        keep_or_let_go(unit, after)
    return None


def _asks(rule: Rule, call: Call) -> bool:
    """Tell whether the rule still asks the same at that place."""
    if call.number >= len(rule.definition.do):
        return False
    action = rule.definition.do[call.number]
    return isinstance(action, CallConnector) and (action.connector, action.operation) == (
        call.connector,
        call.operation,
    )


def _put_in(work: Work, rule: Rule, run: RuleRun, call: Call) -> Mapping[str, Any] | Message:
    """Return what was changed by the answer, or what is in the way."""
    wanted = getattr(rule.definition.do[call.number], "set", {})
    if not wanted:
        return {}
    record = work.unit.records.one(work.form, call.record)
    if record is None:
        return GONE
    body = body_of(work.services, work.unit, rule, run.cause)
    more = {**body, ANSWER: values_of(work.services, call)}
    doing = Doing(work=work, rule=rule, run=run, number=call.number, record=record, more=more)
    given = fitting(doing, work.form, {id_: doing.value(id_) for id_ in wanted})
    if isinstance(given, Failed):
        return given.message
    return _changed(work, record, given)


def _changed(work: Work, record: Record, given: Mapping[str, Any]) -> Mapping[str, Any] | Message:
    try:
        with work.unit.step() as step:
            came = change(work, record, given)
            if isinstance(came, Failed):
                step.undo()
    except NotUnique:
        return Message("有不可重复的内容已被其他记录占用")
    if isinstance(came, Failed):
        return came.message
    return came.told if isinstance(came, Did) else {}


def _gone_on(work: Work, rule: Rule, run: RuleRun) -> RuleRun:
    record = work.unit.records.one(work.form, run.record or "")
    if record is not None:
        return perform(work, rule, run, record)
    left = len(rule.definition.do) > len(run.steps)
    return replace(run, state="failed" if left else "done", problem=GONE if left else None)
