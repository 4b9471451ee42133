"""May a record be changed while somebody is deciding about it?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.approvals import Run
from engine.definition.workflow import WorkflowDef
from engine.outcomes import Denied
from engine.wording import Label, Message
from runtime.store.approvals import Approval
from runtime.use_cases.reach import Work

ALL = True


def locks_of(definition: WorkflowDef, run: Run) -> Any:
    """Return what stays as it is now: all, some fields, or nothing (None). Whoever is asked to
    hand in again must be able to change the record."""
    waits_for_submitter = any(seat.kind == "todo" for seat in run.open_seats)
    if run.outcome is not None or waits_for_submitter or definition.lock == "none":
        return None
    return ALL if definition.lock == "all" else list(definition.lock)


def locked(work: Work, record: str, fields: Iterable[str] | None = None) -> Denied | None:
    """Say why a record can't be changed now, or these fields of it; None if nothing is in the
    way. Without fields it is about the whole record: a stage, or its deletion."""
    if not has_workflows(work):
        return None
    changed = None if fields is None else frozenset(fields)
    for approval in work.unit.approvals.locks(record):
        if approval.locks is ALL or changed is None or changed & set(approval.locks):
            return Denied(_words(work, approval, changed))
    return None


def has_workflows(work: Work) -> bool:
    """Tell whether records of the form can be in an approval at all."""
    return any(one.form == work.form.id for one in work.app.workflows.values())


def _words(work: Work, approval: Approval, changed: frozenset[str] | None) -> Message:
    name = label_of(work, approval.workflow)
    if approval.locks is ALL or changed is None:
        return Message("“{approval}”审批中，记录已锁定；需要修改请先撤回或退回", approval=name)
    held = [work.form.fields[id_].label for id_ in approval.locks if id_ in changed]
    return Message("“{approval}”审批中，不能修改：{fields}", approval=name, fields=held)


def label_of(work: Work, workflow: str) -> Label:
    """Return what a workflow is called, also one that the app has no more."""
    known = work.app.workflows.get(workflow)
    return known.definition.label if known else workflow
