"""By which definition does an approval run to its end?"""

from __future__ import annotations

from datetime import datetime

import msgspec

from engine.app import App, Workflow
from engine.loading.workflow_logic import pinned
from runtime.store import Unit
from runtime.store.approvals import Approval


def keep_version(unit: Unit, workflow: Workflow, now: datetime) -> None:
    """Keep the definition that an approval is about to begin with."""
    definition = msgspec.to_builtins(workflow.definition, str_keys=True)
    unit.approvals.keep_version(workflow.version, workflow.app, workflow.id, definition, now)


def running_version(unit: Unit, app: App, approval: Approval) -> Workflow | None:
    """Return the workflow as it was when the approval began: whatever the app says now holds for
    those that begin now."""
    now = app.workflows.get(approval.workflow)
    if now is not None and now.version == approval.version:
        return now
    kept = unit.approvals.version(approval.version)
    return pinned(app, kept) if kept is not None else None
