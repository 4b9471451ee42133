"""What happens when a rule goes off, once and no more?"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.app import Form, Rule
from engine.record import Record
from engine.wording import Message
from runtime.services import Services
from runtime.store import Event, Unit
from runtime.store.ids import new_id
from runtime.store.rule_runs import Mark, RuleRun
from runtime.use_cases.reach import Work, begin
from runtime.use_cases.rules.acting import Outrun, act_of
from runtime.use_cases.rules.begun_with import keep_or_let_go, not_as_begun, rule_of_run
from runtime.use_cases.rules.figure import figure_of, no_record
from runtime.use_cases.rules.performing import perform
from runtime.use_cases.rules.reading import facts_of, title_of
from runtime.use_cases.rules.telling import body_of

DEEPEST = 8
"""How far rules may follow from rules."""
TRIES = 5
"""How often it is tried anew when others change the record meanwhile."""


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One occasion on which a rule goes off."""

    rule: Rule
    record: str
    key: str
    """The same key is the same occasion."""
    reason: Mapping[str, Any]
    cause: Event | None = None
    mark: Mark | None = None
    """How the clock noticed it."""
    about: Callable[[Unit], Record] | None = None
    """What stands for the record where there is none, as for a figure of many."""


def fire(services: Services, occurrence: Occurrence) -> RuleRun | None:
    """Do what the rule says, in one transaction with the note that it was done; None if it was
    done before, or there is nothing to do."""
    for attempt in range(TRIES):
        try:
            with services.store.unit() as unit:
                return _fired(services, unit, occurrence)
        except Outrun:
            if attempt == TRIES - 1:
                raise
    return None


def _fired(services: Services, unit: Unit, occurrence: Occurrence) -> RuleRun | None:
    began = time.perf_counter()
    rule = occurrence.rule
    if unit.rule_runs.known(occurrence.key):
        return None
    form = services.apps[rule.app].forms[rule.form]
    work = begin(services, unit, act_of(rule, occurrence.cause), form)
    record = _meant(unit, form, occurrence)
    if record is None or not _holds(work, occurrence, record):
        if occurrence.mark is not None:
            unit.rule_runs.unmark(rule.app, rule.id, occurrence.mark)
        return None
    run = _begun(work, occurrence, record)
    if not unit.rule_runs.begin(run):
        return None
    if run.state != "stopped":
        run = perform(work, rule, run, record)
    ended = replace(run, milliseconds=_milliseconds(began))
    unit.rule_runs.end(ended)
    if ended.state in ("failed", "waiting"):
        keep_or_let_go(unit, ended)
    return ended


def _meant(unit: Unit, form: Form, occurrence: Occurrence) -> Record | None:
    if occurrence.about is not None:
        return occurrence.about(unit)
    gone = occurrence.rule.definition.on.type == "deleted"
    return unit.records.one(form, occurrence.record, deleted=gone)


def _holds(work: Work, occurrence: Occurrence, record: Record) -> bool:
    rule, cause = occurrence.rule, occurrence.cause
    # Of a button it was asked when it was pressed, before the answers were filled in; of a figure
    # it is part of the question.
    asked_before = rule.definition.on.type == "button" or _is_figure(occurrence)
    if rule.condition is None or asked_before:
        return True
    more = body_of(work.services, work.unit, rule, cause.id if cause else None)
    return rule.condition.holds({**work.row(record), **more}, work.env)


def _begun(work: Work, occurrence: Occurrence, record: Record) -> RuleRun:
    rule, cause = occurrence.rule, occurrence.cause
    run = RuleRun(
        id=new_id(work.now),
        key=occurrence.key,
        app=rule.app,
        rule=rule.id,
        form=rule.form,
        record=record.id or None,
        title=title_of(work, record) if record.id else _whose(work, record),
        cause=cause.id if cause else None,
        depth=work.act.depth,
        reason=occurrence.reason,
        facts=_facts(work, occurrence, record),
        at=work.now,
    )
    why = _stopped(work.unit, rule, cause)
    return replace(run, state="stopped", problem=why) if why else run


def _is_figure(occurrence: Occurrence) -> bool:
    return occurrence.about is not None and occurrence.rule.definition.on.by_clock


def _facts(work: Work, occurrence: Occurrence, record: Record) -> Mapping[str, Any]:
    if _is_figure(occurrence):
        return {"value": record.values["value"]}
    cause = occurrence.cause
    more = body_of(work.services, work.unit, occurrence.rule, cause.id if cause else None)
    return facts_of(work, occurrence.rule, record, more)


def _whose(work: Work, record: Record) -> str | None:
    return work.unit.people.names((record.owner,)).get(record.owner) if record.owner else None


def _stopped(unit: Unit, rule: Rule, cause: Event | None) -> Message | None:
    """Say why a rule may not follow from this: it went round in a circle, or too far."""
    if cause is None:
        return None
    if cause.depth >= DEEPEST:
        return Message("规则一条引出一条，已超过 {limit} 层，停在这里", limit=DEEPEST)
    times = _times_before(unit, rule, cause)
    if times > rule.definition.again:
        return Message("这条规则又由自己引起（第 {n} 次），停在这里", n=times)
    return None


def _times_before(unit: Unit, rule: Rule, cause: Event) -> int:
    times, at = 0, cause
    while True:
        times += at.actor == rule.actor
        before = unit.events.one(at.cause) if at.cause else None
        if before is None:
            return times
        at = before


def _again_of(unit: Unit, form: Form, run: RuleRun, now: datetime) -> Record | None:
    if run.record is None and "person" in run.reason:
        return figure_of(unit, form, run.reason, now)
    if run.record is None:
        return no_record(form, now)
    return unit.records.one(form, run.record or "")


def _milliseconds(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)


def retry(services: Services, run_id: str) -> RuleRun | None:
    """Go on with a rule from the action that failed, as it was when it began, whatever the app
    says of it now; None if it is not waiting for that."""
    for attempt in range(TRIES):
        try:
            found = as_begun(services, run_id)
            with services.store.unit() as unit:
                return _retried(services, unit, run_id, found) if found else None
        except Outrun:
            if attempt == TRIES - 1:
                raise
    return None


def as_begun(services: Services, run_id: str) -> tuple[Rule, Form] | Message | None:
    """Return the rule and the form as they were when a run began, or why they can't be had.
    Meant for apart from the transaction that writes: reading an app takes a while."""
    with services.store.reading() as unit:
        run = unit.rule_runs.one(run_id)
        app = services.app(run.app) if run else None
        return rule_of_run(unit, app, run) if run and app else None


def _retried(
    services: Services, unit: Unit, run_id: str, found: tuple[Rule, Form] | Message
) -> RuleRun | None:
    began = time.perf_counter()
    run = unit.rule_runs.one(run_id, hold=True)
    if run is None or run.state != "failed":
        return None
    if isinstance(found, Message):
        again = not_as_begun(run, found)
    else:
        gone_on = _gone_on(services, unit, run, *found)
        if gone_on is None:
            return None
        again = gone_on
    ended = replace(again, milliseconds=_milliseconds(began))
    unit.rule_runs.end(ended)
    keep_or_let_go(unit, ended)
    return ended


def _gone_on(
    services: Services, unit: Unit, run: RuleRun, rule: Rule, form: Form
) -> RuleRun | None:
    cause = unit.events.one(run.cause) if run.cause else None
    work = begin(services, unit, act_of(rule, cause), form)
    record = _again_of(unit, form, run, work.now)
    return perform(work, rule, replace(run, tries=run.tries + 1), record) if record else None
