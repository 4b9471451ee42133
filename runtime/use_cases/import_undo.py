"""How is an import taken back: what it made, and what it changed?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from engine.app import Form
from engine.outcomes import Submission
from engine.record import Record
from engine.wording import Message
from runtime.limits import IMPORT_UNDO_DAYS
from runtime.services import Services
from runtime.store import Unit
from runtime.store.imports import ImportLine, ImportRun
from runtime.store.records import NotUnique
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.locks import locked
from runtime.use_cases.checking import not_writable, worked_out
from runtime.use_cases.import_walk import AT_ONCE, Tell
from runtime.use_cases.reach import Reached, Work, begin, reach
from runtime.use_cases.settling import settle_change

UNDO = "undo_import"
"""The kind of work that is left for later."""
LOOKED_AT = 20

GONE = Message("已被删除，或您看不到它")
TOUCHED = Message("导入之后又被修改过")
REFERRED = Message("已被其他记录引用")
NOT_YOURS = Message("您没有修改这条记录的权限")
OTHERWISE = Message("原来的内容现在不能恢复")


def may_undo(run: ImportRun, now: datetime) -> bool:
    """Tell whether an import can still be taken back."""
    done = run.state in ("done", "stopped", "failed") and run.ended_at is not None
    return done and now - (run.ended_at or now) < timedelta(days=IMPORT_UNDO_DAYS)


def take_back(services: Services, act: Act, id_: str, tell: Tell) -> Message | None:
    """Take an import back, the last record first; the words say why that is not possible. Safe to
    be called again after it was interrupted."""
    with services.store.reading() as unit:
        run = unit.imports.one(id_)
        form = services.form(run.app, run.form) if run else None
        counts = unit.imports.counts(id_, "run")
    if run is None or form is None:
        return Message("这次导入已不在")
    part = Act(actor=act.actor, door="import", part_of=id_)
    total, done = counts.get("created", 0) + counts.get("changed", 0), 0
    while count := _some(services, part, form, run):
        done += count
        tell(done, total)
    with services.store.unit() as unit:
        unit.imports.move(id_, ("undoing",), "undone", undone_at=services.now())
    return None


def _some(services: Services, act: Act, form: Form, run: ImportRun) -> int:
    with services.store.unit() as unit:
        lines = unit.imports.to_take_back(run.id, AT_ONCE)
        work = begin(services, unit, act, form)
        for line in lines:
            why = _one(work, line)
            unit.imports.took_back(line, "kept" if why else "done", why)
        return len(lines)


def _one(work: Work, line: ImportLine) -> Message | None:
    """Take one record back; the words say why it was kept."""
    if not work.sight.bring_in:
        return NOT_YOURS
    reached = reach(work, line.record or "")
    if not isinstance(reached, Reached):
        return GONE
    if _touched(work.unit, work.form, reached.record, line.run):
        return TOUCHED
    try:
        with work.unit.step() as step:
            made = line.kind == "created"
            why = _removed(work, reached.record) if made else _restored(work, reached, line)
            if why is not None:
                step.undo()
            return why
    except NotUnique:
        return OTHERWISE


def _touched(unit: Unit, form: Form, record: Record, run: str) -> bool:
    """Tell whether anything but totals worked out happened to a record since the import."""
    for event in unit.events.of_record(form, record.id, limit=LOOKED_AT):
        if event.kind != "worked_out":
            return event.data.get("import") != run
    return True


def _removed(work: Work, record: Record) -> Message | None:
    if work.unit.records.referring(work.form, record.id):
        return REFERRED
    held = locked(work, record.id)
    if held is not None:
        return held.message
    gone = settle_change(work, record, replace(record, deleted_at=work.now), "deleted")
    return None if gone else TOUCHED


def _restored(work: Work, reached: Reached, line: ImportLine) -> Message | None:
    before, fields = line.before or {}, work.form.fields
    old = {
        id_: fields[id_].read(_plain(data))
        for id_, data in before.get("values", {}).items()
        if id_ in fields
    }
    given = Submission(values=old, complaints={}, typed={})
    shut = not_writable(work, given, reached.row, reached.record.values)
    if shut or not work.within(work.sight.edit, reached.row):
        return NOT_YOURS
    after = _as_before(reached.record, before, old)
    derived = worked_out(work, reached.record, after, old)
    if derived.complaints:
        return next(iter(derived.complaints.values()))[0]
    held = locked(work, reached.record.id)
    if held is not None:
        return held.message
    saved = settle_change(work, reached.record, replace(after, values=derived.values))
    return None if saved else TOUCHED


def _as_before(record: Record, before: Mapping[str, Any], old: Mapping[str, Any]) -> Record:
    entered = before.get("stage_entered_at")
    moved = before.get("stage") != record.stage
    return replace(
        record,
        values={**record.values, **old},
        stage=before.get("stage"),
        stage_entered_at=(
            datetime.fromisoformat(entered) if moved and entered else record.stage_entered_at
        ),
        owner=before.get("owner"),
        department=before.get("department"),
    )


def _plain(data: Any) -> Any:
    """Return JSON with lists where the store gives tuples."""
    if isinstance(data, Mapping):
        return {name: _plain(item) for name, item in data.items()}
    return [_plain(item) for item in data] if isinstance(data, tuple | list) else data
