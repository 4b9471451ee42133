"""Which record is meant, and may the actor know of it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.access.sight import RowScope, Sight, covers, sight_of
from engine.app import App, Form
from engine.expressions import Env
from engine.outcomes import Missing
from engine.record import Facts, Record
from runtime.services import Services
from runtime.store import Unit
from runtime.use_cases.act import Act, env_of


@dataclass(frozen=True, kw_only=True)
class Work:
    """One act on the records of one form, inside one transaction."""

    services: Services
    unit: Unit
    act: Act
    app: App
    form: Form
    sight: Sight
    env: Env
    now: datetime

    def row(self, record: Record) -> Mapping[str, Any]:
        """Return the record as expressions see it, with the references that they follow."""
        return self.unit.records.row(self.form, record)

    def within(self, scope: RowScope, row: Mapping[str, Any]) -> bool:
        """Tell whether a record belongs to what the actor may do this with."""
        return covers(scope, row, self.act.actor, self.env)

    def facts(self, record: Record) -> Facts:
        """Return all that gates look at."""
        return Facts(
            record=record,
            row=self.row(record),
            actor=self.act.actor,
            now=self.env.now,
            today=self.env.today,
            evidence=self.unit.evidence.of(self.form, record.id),
            agreed=self._agreed(record),
        )

    def _agreed(self, record: Record) -> frozenset[str]:
        stages = self.form.stages.values()
        if not any(stage.gate.approval or stage.entry.approval for stage in stages):
            return frozenset()
        return self.unit.approvals.agreed(record.id, record.stage_entered_at)


def begin(services: Services, unit: Unit, act: Act, form: Form) -> Work:
    """Put together what an act needs; the moment is read once."""
    now = services.now()
    return Work(
        services=services,
        unit=unit,
        act=act,
        app=services.apps[form.app],
        form=form,
        sight=sight_of(form, act.actor),
        env=env_of(services, act, form.app, now),
        now=now,
    )


@dataclass(frozen=True, kw_only=True)
class Reached:
    """A record that the actor may see."""

    record: Record
    row: Mapping[str, Any]


def reach(work: Work, id_: str) -> Reached | Missing:
    """Return the record if it exists and the actor may see it; both kinds of no look alike."""
    if work.sight.rows.none:
        return Missing()
    record = work.unit.records.one(work.form, id_)
    if record is None:
        return Missing()
    row = work.row(record)
    if not work.within(work.sight.rows, row):
        return Missing()
    return Reached(record=record, row=row)
