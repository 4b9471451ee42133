"""How far has a draft come, what can be undone in it, and who else is at it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.record import Actor
from runtime.services import Services
from runtime.store.drafts import Look
from runtime.store.unit import Unit

PRESENT = timedelta(minutes=1)
"""Who edited or looked within this time counts as being there."""


@dataclass(frozen=True)
class Other:
    """Somebody else who is designing the same app."""

    person: str
    name: str
    view: str


@dataclass(frozen=True)
class DraftState:
    """What the head of the designer shows."""

    rev: int
    changes: int
    """So many edits were not published yet."""
    can_undo: bool
    can_redo: bool
    others: tuple[Other, ...]
    planned: datetime | None = None
    """When it is to be published by itself."""
    upgrade: str | None = None
    """The new version of the app that waits until its conflicts are decided."""


def state_of(services: Services, actor: Actor, app: str) -> DraftState:
    """Return how far a draft has come, as one of its designers sees it."""
    with services.store.reading() as unit:
        head = unit.drafts.head(app)
        changes = unit.drafts.pending(app)
        can_undo = unit.drafts.latest(app, actor.id, "done") is not None
        can_redo = unit.drafts.latest(app, actor.id, "undone") is not None
        plan = unit.publish_plans.waiting(app)
        upgrade = unit.upgrades.version(app)
        others = _others(unit, actor, app, services.now() - PRESENT)
    planned = plan.due if plan else None
    return DraftState(
        head.rev if head else 0, changes, can_undo, can_redo, others, planned, upgrade
    )


def mark_values(state: DraftState) -> dict[str, Any]:
    """Return what the mark of the draft in the head of every page says."""
    return {
        "changes": state.changes,
        "can_undo": state.can_undo,
        "can_redo": state.can_redo,
        "others": tuple(other.name for other in state.others),
        "planned": state.planned,
        "upgrade": state.upgrade,
    }


def who_else(services: Services, actor: Actor, app: str) -> tuple[Other, ...]:
    """Return who else edited or looked at a draft in the last minute."""
    with services.store.reading() as unit:
        return _others(unit, actor, app, services.now() - PRESENT)


def _others(unit: Unit, actor: Actor, app: str, since: datetime) -> tuple[Other, ...]:
    looks = unit.drafts.looks(app, since)
    people = unit.people.names(look.person for look in looks)
    return tuple(
        Other(look.person, people.get(look.person, look.person), look.view)
        for look in looks
        if look.person != actor.id
    )


def note_look(services: Services, actor: Actor, app: str, view: str) -> None:
    """Note that somebody looks at a view of a draft now."""
    with services.store.unit() as unit:
        unit.drafts.look(app, Look(actor.id, view, services.now()))
