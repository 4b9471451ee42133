"""What comes of a rule's actions, one after the other?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.app import Rule
from engine.record import Record
from engine.rules.action import Action
from engine.wording import Message
from runtime.store.records import NotUnique
from runtime.store.rule_runs import RuleRun
from runtime.use_cases.connectors.given import latest_answer
from runtime.use_cases.reach import Work
from runtime.use_cases.rules.acting import Came, Did, Doing, Enough, Failed, Waits
from runtime.use_cases.rules.actions import actions
from runtime.use_cases.rules.telling import body_of

Step = dict[str, Any]


def perform(work: Work, rule: Rule, run: RuleRun, record: Record) -> RuleRun:
    """Do the actions that are still to be done, up to the first that can't be: what was done
    before it stays done, and a later attempt begins with it. After a question to another system
    the rest waits for the answer. Raises Outrun."""
    steps: list[Step] = [dict(step) for step in run.steps if step["state"] != "failed"]
    more = {
        **body_of(work.services, work.unit, rule, run.cause),
        **latest_answer(work.services, work.unit, rule, run),
    }
    for number in range(len(steps), len(rule.definition.do)):
        action = rule.definition.do[number]
        doing = Doing(work=work, rule=rule, run=run, number=number, record=record, more=more)
        came = _came_of(doing, action)
        match came:
            case Failed(message=message):
                failed: Step = {"type": action.type, "state": "failed"}
                return replace(run, state="failed", steps=(*steps, failed), problem=message)
            case Waits(told=told):
                waits: Step = {"type": action.type, "state": "waiting", "told": dict(told)}
                return replace(run, state="waiting", steps=(*steps, waits), problem=None)
            case Enough():
                steps.append({"type": action.type, "state": "done"})
                break
            case Did(told=told, record=changed):
                left_out = told is LEFT_OUT
                state = "left_out" if left_out else "done"
                steps.append({"type": action.type, "state": state, "told": dict(told)})
                record = changed or record
    return replace(run, state="done", steps=tuple(steps), problem=None)


LEFT_OUT: dict[str, Any] = {}


def _came_of(doing: Doing, action: Action) -> Came:
    only_if = doing.rule.logic.get(f"{doing.number}/if")
    if only_if is not None and not only_if.holds(doing.row, doing.work.env):
        return Did(told=LEFT_OUT)
    try:
        with doing.work.unit.step() as step:
            came = actions()[action.type](doing, action)
            if isinstance(came, Failed):
                step.undo()
    except NotUnique:
        return Failed(Message("有不可重复的内容已被其他记录占用"))
    return came
