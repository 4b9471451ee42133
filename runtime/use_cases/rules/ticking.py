"""For which records has time brought about what a rule waits for?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from engine.app import Form, Rule
from engine.rules.looking import Looking
from engine.rules.triggers.threshold import Threshold
from runtime.services import Services
from runtime.store import Unit
from runtime.store.due import Watch, due
from runtime.store.rule_lives import there_since
from runtime.store.rule_runs import Mark
from runtime.use_cases.act import env_of
from runtime.use_cases.rules.acting import act_of
from runtime.use_cases.rules.firing import Occurrence, fire
from runtime.use_cases.rules.measuring import watch_figures

FIRE = "fire_rule"
AT_ONCE = 1_000
"""Occurrences noticed in one transaction."""
IN_A_JOB = 50
"""Occurrences that one job deals with, each in a transaction of its own."""


def tick(services: Services) -> int:
    """Notice every occurrence whose moment has come, and leave the work for each; return how
    many there were. One question to the database per rule, and what is noticed stays noticed.

    Raises an ExceptionGroup, when all others have looked, for the rules that could not look.
    """
    count, failed = 0, []
    for rule in [rule for app in list(services.apps.values()) for rule in app.watchers]:
        try:
            count += _watch(services, rule)
        except Exception as error:
            error.add_note(f"rule {rule.app}.{rule.id}")
            failed.append(error)
    if failed:
        raise ExceptionGroup("rules that could not look", failed)
    return count


def _watch(services: Services, rule: Rule) -> int:
    now = services.now()
    if isinstance(rule.definition.on, Threshold):
        return watch_figures(services, rule, rule.definition.on, now)
    remembers = rule.definition.on.remembers
    with services.store.reading() as unit:
        since = unit.rule_runs.looked(rule.app, rule.id) if remembers else None
        watch = watch_of(services, rule, now, since, life_of(unit, rule))
        seen = due(unit, watch, AT_ONCE)
    count = _noticed(services, rule, watch, seen)
    if remembers:
        with services.store.unit() as unit:
            unit.rule_runs.look(rule.app, rule.id, now)
    return count


def _noticed(services: Services, rule: Rule, watch: Watch, seen: Sequence[Mark]) -> int:
    """Mark what was seen and what else is there. Only the records seen are looked at again: a
    search through all of them would hold up whoever writes."""
    count = 0
    while seen:
        with services.store.unit() as unit:
            marks = due(unit, watch, AT_ONCE, among=[mark.record for mark in seen])
            unit.rule_runs.mark(rule.app, rule.id, marks)
            _leave(unit, rule, marks, watch.env.now)
        count += len(marks)
        if len(seen) < AT_ONCE:
            break
        with services.store.reading() as unit:
            seen = due(unit, watch, AT_ONCE)
    return count


def life_of(unit: Unit, rule: Rule) -> datetime | None:
    """Return since when what came due counts for a rule; None if all of it does."""
    backlog = getattr(rule.definition.on, "backlog", False)
    return None if backlog else there_since(unit, rule.app, rule.id)


def watch_of(
    services: Services,
    rule: Rule,
    now: datetime,
    since: datetime | None = None,
    there_since: datetime | None = None,
) -> Watch:
    """Return what a rule looks for at a moment."""
    form = services.apps[rule.app].forms[rule.form]
    looking = Looking(
        now=now,
        calendar=services.calendar,
        since=since,
        there_since=there_since,
        expected=expected_times(form),
        evidence=_validities(form),
    )
    return Watch(
        app=rule.app,
        rule=rule.id,
        form=form,
        windows=rule.definition.on.windows(looking),
        condition=rule.condition,
        env=env_of(services, act_of(rule, None), rule.app, now),
        zone=services.calendar.zone,
    )


def expected_times(form: Form) -> dict[str, Any]:
    """Return the working time that records should need in each stage that says so."""
    stages = form.stages.values()
    return {stage.id: stage.expect for stage in stages if stage.expect and not stage.outcome}


def _validities(form: Form) -> dict[str, timedelta | None]:
    gates = (gate for stage in form.stages.values() for gate in (stage.gate, stage.entry))
    return {item.id: item.expires for gate in gates for item in gate.evidence}


def _leave(unit: Unit, rule: Rule, marks: Sequence[Mark], now: datetime) -> None:
    for first in range(0, len(marks), IN_A_JOB):
        listed = [
            {"record": one.record, "base": one.base.isoformat(), "number": one.number}
            for one in marks[first : first + IN_A_JOB]
        ]
        unit.jobs.save(FIRE, {"app": rule.app, "rule": rule.id, "marks": listed}, now)


def fire_marked(services: Services, app: str, rule_id: str, marks: Sequence[Any]) -> int:
    """Do what a rule says for occurrences that were noticed, and return how many went off."""
    found = services.app(app)
    rule = found.rules.get(rule_id) if found else None
    if rule is None or rule.definition.paused:
        return 0
    return sum(fire(services, _occurrence(rule, given)) is not None for given in marks)


def _occurrence(rule: Rule, given: Any) -> Occurrence:
    mark = Mark(record=given["record"], base=_base(given["base"]), number=given["number"])
    return Occurrence(
        rule=rule,
        record=mark.record,
        key=f"{rule.actor}:{mark.record}:{mark.occurrence}",
        reason={"since": given["base"], "number": mark.number},
        mark=mark,
    )


def _base(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
