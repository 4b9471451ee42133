"""Which rules follow from an event, and what do they do?"""

from __future__ import annotations

from collections.abc import Iterable

from engine.app import Rule
from runtime.services import Services
from runtime.store import Event
from runtime.use_cases.rules.figure import no_record
from runtime.use_cases.rules.firing import Occurrence, fire
from runtime.use_cases.rules.streaks import reason_of, streak_of


def follow(services: Services, event_id: str, rules: Iterable[str]) -> int:
    """Let each of the rules that an event set off do its work, and return how many did. Safe to
    be called again: what was done is not done twice."""
    with services.store.reading() as unit:
        event = unit.events.one(event_id)
    app = services.app(event.app or "") if event else None
    if event is None or app is None:
        return 0
    known = (app.rules.get(id_) for id_ in rules)
    return sum(_follows(services, rule, event) for rule in known if rule and _awake(rule))


def _awake(rule: Rule) -> bool:
    return not rule.definition.paused


def _follows(services: Services, rule: Rule, event: Event) -> bool:
    if rule.definition.on.heard_at is not None:
        streak = streak_of(services, rule, event)
        return streak is not None and fire(services, streak) is not None
    form = services.apps[rule.app].forms[rule.form]
    about_none = not rule.definition.on.of_a_record
    occurrence = Occurrence(
        rule=rule,
        about=(lambda _: no_record(form, event.at)) if about_none else None,
        record=event.record or "",
        key=f"{rule.actor}:{event.id}",
        reason=reason_of(event),
        cause=event,
    )
    return fire(services, occurrence) is not None
