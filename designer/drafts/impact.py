"""Whom and what would publishing a draft meet, judged by the records that there are?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.access.sight import SEES_ALL, Sight, sight_of
from engine.app import App, Form, Rule
from engine.record import SYSTEM_FIELDS, Actor, Record
from engine.stages.advance import what_is_missing
from engine.stages.moves import next_stage
from engine.wording import Message
from runtime.services import Services
from runtime.store.query import Query
from runtime.store.unit import Unit
from runtime.use_cases.act import Act
from runtime.use_cases.reach import Work, begin
from runtime.use_cases.rules.backtest import backtest

MOST_RECORDS, BATCH = 2_000, 500
"""So many records of a form are looked at; that is enough to be warned."""

MOST_PEOPLE = 200


@dataclass(frozen=True)
class Met:
    """One thing that publishing would meet."""

    kind: str
    """`records`, `people`, `alerts` or `approvals`."""
    message: Message


def impact_of(services: Services, actor: Actor, new: App) -> tuple[Met, ...]:
    """Return what publishing would meet: records that are now asked for more or held up, people
    who gain or lose sight, alerts that would have gone off, approvals under way."""
    old = services.apps[new.id]
    with services.store.reading() as unit:
        found = [
            met
            for id_, form in new.forms.items()
            if id_ in old.forms and form.definition != old.forms[id_].definition
            for met in _of_form(services, unit, actor, (old.forms[id_], form), new)
        ]
        found += _approvals(unit, old, new)
    return (*found, *_alerts(services, old, new))


def _of_form(
    services: Services, unit: Unit, actor: Actor, forms: tuple[Form, Form], new: App
) -> Iterator[Met]:
    old, form = forms
    work = begin(services, unit, Act(actor=actor, door="system"), old)
    yield from _records(work, form, new)
    if form.definition.access != old.definition.access:
        yield from _people(unit, work, form)


def _records(work: Work, form: Form, new: App) -> Iterator[Met]:
    counted: Counter[str] = Counter()
    held_up = 0
    wanted = _newly_required(work.form, form)
    gates = form.pipelines != work.form.pipelines
    for record in _some(work):
        counted.update(id_ for id_ in wanted if record.values.get(id_) in (None, "", ()))
        held_up += gates and _held_up(work, form, new, record)
    for id_, n in counted.items():
        message = Message(
            "“{form}”有 {n} 条记录还没填“{field}”，下次保存时要补上",
            form=form.definition.label, n=n, field=form.fields[id_].label,
        )  # fmt: skip
        yield Met("records", message)
    if held_up:
        message = Message(
            "“{form}”有 {n} 条记录原本可以进入下一阶段，发布后会被新的要求拦住",
            form=form.definition.label, n=held_up,
        )  # fmt: skip
        yield Met("records", message)


def _some(work: Work) -> Iterator[Record]:
    query = Query(form=work.form, sight=SEES_ALL, actor=work.act.actor, env=work.env)
    left = MOST_RECORDS
    for batch in work.unit.query.batches(query, BATCH):
        yield from batch[:left]
        left -= len(batch)
        if left <= 0:
            return


def _newly_required(old: Form, new: Form) -> tuple[str, ...]:
    return tuple(
        id_
        for id_, field in new.fields.items()
        if field.required is True
        and field.settable
        and (id_ not in old.fields or old.fields[id_].required is not True)
    )


def _held_up(work: Work, form: Form, new: App, record: Record) -> bool:
    """Tell if a record could go on as things are, and could not by the draft."""
    before, after = next_stage(work.form, record), next_stage(form, record)
    if before is None or after is None:
        return False
    facts = work.facts(record)
    if what_is_missing(work.app, work.form, facts, before):
        return False
    row = {**dict.fromkeys(form.fields), **facts.row}
    return bool(what_is_missing(new, form, replace(facts, row=row), after))


def _people(unit: Unit, work: Work, form: Form) -> Iterator[Met]:
    gain: list[str] = []
    lose: list[str] = []
    both = frozenset(form.fields) & frozenset(work.form.fields)
    for person in unit.people.list(limit=MOST_PEOPLE):
        actor = unit.people.actor(person.id)
        if actor is None:
            continue
        before, after = sight_of(work.form, actor), sight_of(form, actor)
        if (_seen(both, after) - _seen(both, before)) or _wider(after, before):
            gain.append(person.name)
        if (_seen(both, before) - _seen(both, after)) or _wider(before, after):
            lose.append(person.name)
    label = form.definition.label
    if gain:
        message = Message(
            "{n} 人会在“{form}”看到更多：{names}", n=len(gain), form=label, names=gain[:8]
        )
        yield Met("people", message)
    if lose:
        message = Message(
            "{n} 人会在“{form}”看到更少：{names}", n=len(lose), form=label, names=lose[:8]
        )
        yield Met("people", message)


def _seen(fields: frozenset[str], sight: Sight) -> frozenset[str]:
    """Return those of some fields that somebody reads in full."""
    hidden = sight.hidden | sight.masked
    return frozenset() if sight.rows.none else fields - hidden


def _wider(one: Sight, other: Sight) -> bool:
    """Tell if somebody sees records by one right that the other does not reach."""
    return not other.rows.all and bool(_reach(one) - _reach(other))


def _reach(sight: Sight) -> set[str]:
    rows = sight.rows
    steps = [("all", rows.all), ("tree", rows.tree), ("department", rows.department)]
    names = [*(name for name, _ in steps), "own"]
    widest = next((at for at, (_, given) in enumerate(steps) if given), 3 if rows.own else 4)
    return {*names[widest:], *(one.text for one in rows.expressions)}


def _approvals(unit: Unit, old: App, new: App) -> Iterator[Met]:
    running = Counter(one.workflow for one in unit.approvals.running(old.id))
    for id_, workflow in old.workflows.items():
        later = new.workflows.get(id_)
        changed = later is None or later.definition != workflow.definition
        if running[id_] and changed:
            message = Message(
                "“{workflow}”有 {n} 件正在审批，仍按发起时的流程走完",
                workflow=workflow.definition.label, n=running[id_],
            )  # fmt: skip
            yield Met("approvals", message)


def _alerts(services: Services, old: App, new: App) -> Iterator[Met]:
    for id_, rule in new.rules.items():
        known = old.rules.get(id_)
        if (known and known.definition == rule.definition) or not _can_be_tried(old, rule):
            continue
        tried = backtest(services, rule)
        message = Message(
            "规则“{rule}”在过去 30 天里会触发 {n} 次，涉及 {records} 条记录",
            rule=rule.definition.label, n=len(tried.hits), records=tried.records,
        )  # fmt: skip
        yield Met("alerts", message)


def _can_be_tried(old: App, rule: Rule) -> bool:
    """What reads fields that nobody has filled in yet can't have gone off."""
    form = old.forms.get(rule.form)
    known = {*form.fields, *SYSTEM_FIELDS, "record"} if form else set()
    return form is not None and all(path[0] in known for path in rule.reads)
