"""Could a rule follow from what just happened, so that somebody has to look?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.app import App, Rule
from engine.record import Record
from engine.rules.happened import Happened
from runtime.store import Event, Unit

FOLLOW = "follow_event"


def tell(unit: Unit, app: App, event: Event, record: Record | None) -> None:
    """Write down what happened; if a rule reacts to it, leave that as work in the same
    transaction, so that neither is there without the other."""
    unit.events.add(event)
    hearing = [rule.id for rule in rules_hearing(app, event, record.stage if record else None)]
    if hearing:
        arguments = {"event": event.id, "rules": hearing}
        unit.jobs.save(FOLLOW, arguments, event.at, key=f"{FOLLOW}:{event.id}")


def rules_hearing(app: App, event: Event, stage: str | None) -> Iterator[Rule]:
    """Yield the rules that something sets off; whether their conditions hold is seen later."""
    rules = app.listeners.get(event.form or "", ())
    if not rules:
        return
    happened = happened_in(event, stage)
    yield from (rule for rule in rules if hears(rule, happened))


def hears(rule: Rule, happened: Happened) -> bool:
    """Tell whether something sets a rule off; what is meant for one rule is nothing to others."""
    meant_for = happened.data.get("rule", rule.id)
    return meant_for == rule.id and rule.definition.on.hears(happened)


def happened_in(event: Event, stage: str | None) -> Happened:
    """Return an event as triggers look at it."""
    data = {**event.data, "text": event.text} if event.text else event.data
    return Happened(kind=event.kind, changes=event.changes, stage=stage, data=data)
