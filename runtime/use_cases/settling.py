"""How is a change saved together with everything that follows from it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.app import Form
from engine.fields.rollup import Rollup
from engine.forms.derive import derive
from engine.record import Record, Values
from runtime.store import Event
from runtime.store.ids import new_id
from runtime.use_cases.approvals.locks import has_workflows
from runtime.use_cases.approvals.waking import wake_for_record
from runtime.use_cases.reach import Work, begin
from runtime.use_cases.rules.hearing import tell

DEEPEST = 5
"""How far totals of totals are followed."""


def settle_new(work: Work, record: Record, kind: str = "created", **more: Any) -> Record:
    """Save a new record with its event."""
    work.unit.records.add(work.form, record)
    if any(isinstance(field, Rollup) for field in work.form.fields.values()):
        # Totals begin as the store begins them: none of nothing, zero of a count.
        record = work.unit.records.one(work.form, record.id) or record
    changes = differences(work.form, {}, record.values)
    tell_of(work, record, kind, changes, more)
    _follow(work, None, record)
    return record


def settle_change(
    work: Work, before: Record, after: Record, kind: str = "edited", **more: Any
) -> Record | None:
    """Save a changed record with its event; None if somebody else was faster."""
    saved = replace(
        after,
        version=before.version + 1,
        updated_at=work.now,
        updated_by=work.act.actor.id,
        last_activity_at=before.last_activity_at if _by_rule(work) else work.now,
    )
    if not work.unit.records.save(work.form, before, saved):
        return None
    changes = differences(work.form, before.values, saved.values)
    for name in ("stage", "owner", "department"):
        if getattr(before, name) != getattr(saved, name):
            changes[name] = [getattr(before, name), getattr(saved, name)]
    tell_of(work, saved, kind, changes, more)
    _follow(work, before, saved)
    _wake(work, saved, (more.get("data") or {}).get("approval"))
    return saved


def _wake(work: Work, record: Record, approval: str | None) -> None:
    if has_workflows(work):
        wake_for_record(work.unit, record.id, record.version, work.now, but=approval)


def differences(form: Form, old: Values, new: Values) -> dict[str, list[Any]]:
    """Return what changed, by field id, as JSON values: [old, new]."""
    changes = {}
    for id_, field in form.fields.items():
        was, now = old.get(id_), new.get(id_)
        if was != now:
            changes[id_] = [field.data(was), field.data(now)]
    return changes


def tell_of(
    work: Work, record: Record, kind: str, changes: Mapping[str, Any], more: Mapping[str, Any]
) -> None:
    """Write down what happened to a record, for its timeline and for the rules that listen."""
    event = Event(
        id=new_id(work.now),
        at=work.now,
        app=work.form.app,
        form=work.form.id,
        record=record.id,
        version=record.version,
        kind=kind,
        actor=work.act.actor.id,
        door=work.act.door,
        reason=more.get("reason", work.act.reason),
        changes=changes,
        text=more.get("text"),
        data=_with_import(work, more.get("data") or {}),
        cause=work.act.cause,
        depth=work.act.depth,
    )
    if work.act.unheard:
        work.unit.events.add(event)
    else:
        tell(work.unit, work.app, event, record)


def _by_rule(work: Work) -> bool:
    """What a rule changes is nobody's activity: else one that waits for silence would end it."""
    return work.act.door == "automation"


def _with_import(work: Work, data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**data, "import": work.act.part_of} if work.act.part_of else data


def _follow(work: Work, before: Record | None, after: Record, depth: int = 0) -> None:
    work.unit.files.keep(work.form, before, after)
    for touched in work.unit.records.refresh_rollups(work.form, after, before):
        if depth < DEEPEST:
            _rework(work, touched.form, touched.id, depth + 1)
    if depth == 0 and not _by_rule(work):
        touch_parents(work, after)


def _rework(work: Work, form: Form, id_: str, depth: int) -> None:
    """Work out anew what a record makes of a total that changed. Nobody did this, so it counts
    as nobody's change and no activity."""
    record = work.unit.records.one(form, id_)
    if record is None:
        return
    there = begin(work.services, work.unit, work.act, form)
    derived = derive(form, record, {}, there.row(record), there.env)
    if derived.values == record.values:
        return
    after = replace(record, values=derived.values, version=record.version + 1)
    if work.unit.records.save(form, record, after):
        changes = differences(form, record.values, after.values)
        tell_of(there, after, "worked_out", changes, {"reason": None})
        _follow(there, record, after, depth)


def touch_parents(work: Work, record: Record) -> None:
    """Count the arrival of a record as activity of those that list it in their timeline."""
    for parent, field in work.unit.records.timeline_parents(work.form):
        target = record.values.get(field)
        if isinstance(target, str):
            work.unit.records.touch(parent, target, work.now)
