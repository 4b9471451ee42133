"""Has something held for the newest records of a list, so many one after the other?"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from engine.app import Form, Rule
from engine.record import Record
from engine.rules.triggers.in_a_row import InARow
from runtime.services import Services
from runtime.store import Event
from runtime.store.query import Query
from runtime.use_cases.reach import Work, begin
from runtime.use_cases.rules.acting import act_of
from runtime.use_cases.rules.firing import Occurrence


def reason_of(event: Event) -> Mapping[str, Any]:
    """Return what the log says of the event that a rule followed."""
    return {"event": event.kind, "by": event.actor, "changed": sorted(event.changes)}


def streak_of(services: Services, rule: Rule, event: Event) -> Occurrence | None:
    """Return the occasion that a record of the list completes: so many in a row, and the one
    before them not. The same run of records is the same occasion."""
    trigger = rule.definition.on
    assert isinstance(trigger, InARow)
    app = services.apps[rule.app]
    form = app.forms[trigger.of]
    with services.store.reading() as unit:
        work = begin(services, unit, act_of(rule, event), form)
        changed = unit.records.one(form, event.record or "")
        parent = changed.values.get(trigger.by) if changed else None
        if not isinstance(parent, str):
            return None
        row = tuple(takewhile(_holding(work, rule), _newest(work, form, trigger, parent)))
    if len(row) != trigger.times:
        return None
    return Occurrence(
        rule=rule,
        record=parent,
        key=f"{rule.actor}:{parent}:{row[-1].id}",
        reason={**reason_of(event), "row": [record.id for record in row]},
        cause=event,
    )


def _newest(work: Work, form: Form, trigger: InARow, parent: str) -> tuple[Record, ...]:
    query = Query(
        form=form,
        sight=work.sight,
        actor=work.act.actor,
        env=work.env,
        only={trigger.by: parent},
        sort=("-created_at",),
        limit=trigger.times + 1,
    )
    return work.unit.query.page(query).records


def _holding(work: Work, rule: Rule) -> Any:
    that = rule.logic["on/that"]
    return lambda record: that.holds(work.row(record), work.env)
