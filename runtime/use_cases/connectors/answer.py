"""What becomes of a record when another system has answered?"""

from __future__ import annotations

from dataclasses import replace

from engine.app import App, Rule
from engine.record import Record
from engine.rules.actions.call_connector import CallConnector
from engine.typed.exchanged import value_in
from engine.wording import Message, words
from runtime.services import Services
from runtime.store import Unit
from runtime.store.connectors import Call
from runtime.store.records import NotUnique
from runtime.store.rule_runs import RuleRun
from runtime.use_cases.act import Act
from runtime.use_cases.connectors.going_on import connector_of, ended
from runtime.use_cases.reach import Work, begin
from runtime.use_cases.rules.acting import Doing, Failed, actor_of
from runtime.use_cases.rules.changing import change
from runtime.use_cases.rules.fitting import fitting
from runtime.use_cases.rules.telling import body_of


def put_in(services: Services, unit: Unit, id_: str) -> None:
    """Put an answer into its record, once, as a change of the rule that asked: the form's checks
    hold. Meant for the transaction that ends the work. Raises Outrun."""
    call = unit.connectors.call(id_, hold=True)
    if call is None or call.state != "answered":
        return
    problem = _refusal(services, unit, call)
    if problem is not None:
        ended(services, unit, call, replace(call, state="failed", problem=problem))
        return
    done = replace(call, state="done", problem=None, ended_at=services.now())
    unit.connectors.change(call, done)


def _refusal(services: Services, unit: Unit, call: Call) -> Message | None:
    """Put it in; return why not, if something is in the way."""
    app, run = services.app(call.app), unit.rule_runs.one(call.run)
    rule = app.rules.get(call.rule) if app else None
    action = _action(rule, call)
    if app is None or rule is None or run is None or action is None:
        return Message("规则已经改动，回答没有填入")
    if not action.set:
        return None
    work = _work(services, unit, app, rule, run)
    record = unit.records.one(work.form, call.record)
    if record is None:
        return Message("记录已不存在")
    return _changed(work, rule, run, call, record)


def _changed(work: Work, rule: Rule, run: RuleRun, call: Call, record: Record) -> Message | None:
    more = {**body_of(work.services, work.unit, rule, run.cause), "answer": _values(work, call)}
    doing = Doing(
        work=work, rule=rule, run=run, number=call.number, record=record, more=more
    )  # fmt: skip
    action = rule.definition.do[call.number]
    worked_out = {id_: doing.value(id_) for id_ in getattr(action, "set", {})}
    given = fitting(doing, work.form, worked_out)
    if isinstance(given, Failed):
        return given.message
    try:
        with work.unit.step() as step:
            came = change(work, record, given)
            if isinstance(came, Failed):
                step.undo()
    except NotUnique:
        return Message("有不可重复的内容已被其他记录占用")
    return came.message if isinstance(came, Failed) else None


def _action(rule: Rule | None, call: Call) -> CallConnector | None:
    """Return the action that asked, if it still asks the same."""
    if rule is None or call.number >= len(rule.definition.do):
        return None
    action = rule.definition.do[call.number]
    if not isinstance(action, CallConnector):
        return None
    same = (action.connector, action.operation) == (call.connector, call.operation)
    return action if same else None


def _work(services: Services, unit: Unit, app: App, rule: Rule, run: RuleRun) -> Work:
    label = words(rule.definition.label, "zh")
    act = Act(
        actor=actor_of(rule), door="automation", reason=label, cause=run.cause, depth=run.depth
    )
    return begin(services, unit, act, app.forms[rule.form])


def _values(work: Work, call: Call) -> dict[str, object]:
    connector = connector_of(work.services, call.app, call.connector)
    operation = connector.operation(call.operation) if connector else None
    zone, found = work.services.calendar.zone, call.answer or {}
    return {
        one.id: value_in(one.type, found.get(one.id), zone)
        for one in (operation.answers if operation else ())
    }
