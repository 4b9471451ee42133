"""Which parts of an app did what happened in a workspace go through?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from sqlalchemy import select

from engine.approvals.run import Run
from runtime.store.approval_tables import approval
from runtime.store.platform_tables import event
from runtime.store.rule_tables import rule_run

if TYPE_CHECKING:
    from runtime.store.unit import Unit

Mark: TypeAlias = tuple[str, tuple[str, ...]]
"""What went through something, which is never the same twice, and through what."""


def marks(unit: Unit, app: str) -> frozenset[Mark]:
    """Return every mark that rules, moves between stages, approvals and decision tables left."""
    return frozenset([*_rules(unit, app), *_events(unit, app), *_visits(unit, app)])


def _rules(unit: Unit, app: str) -> Iterator[Mark]:
    asked = select(rule_run.c.id, rule_run.c.rule).where(rule_run.c.app == app)
    for id_, rule in unit.connection.execute(asked):
        yield id_, ("rule", rule)


def _events(unit: Unit, app: str) -> Iterator[Mark]:
    asked = select(event.c.id, event.c.form, event.c.changes, event.c.data)
    for id_, form, changes, data in unit.connection.execute(asked.where(event.c.app == app)):
        stages = (changes or {}).get("stage")
        if stages and stages[0]:
            yield id_, ("left", form, str(stages[0]))
        routing = (data or {}).get("routing") or {}
        for row in routing.get("rules", ()):
            yield f"{id_}/{row}", ("row", str(routing["decision"]), str(row))


def _visits(unit: Unit, app: str) -> Iterator[Mark]:
    asked = select(approval.c.id, approval.c.workflow, approval.c.run)
    for id_, workflow, written in unit.connection.execute(asked.where(approval.c.app == app)):
        for visit in msgspec.convert(written, Run).visits:
            yield f"{id_}/{visit.n}", ("step", workflow, visit.step)
            for path in visit.paths:
                yield f"{id_}/{visit.n}", ("path", workflow, visit.step, path)
