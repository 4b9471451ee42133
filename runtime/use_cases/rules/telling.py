"""What did another program tell that set a rule off?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.app import Rule
from engine.field import NotAcceptable
from engine.rules.triggers.webhook import CalledIn
from engine.typed.exchanged import value_in
from runtime.services import Services
from runtime.store import Unit


def body_of(services: Services, unit: Unit, rule: Rule, cause: str | None) -> dict[str, Any]:
    """Return what expressions of the rule see besides the record: `body`, where it is told from
    outside; otherwise nothing."""
    trigger = rule.definition.on
    if not isinstance(trigger, CalledIn):
        return {}
    event = unit.events.one(cause) if cause else None
    told = event.data.get("body", {}) if event else {}
    return {"body": typed_body(services, trigger, told)}


def typed_body(services: Services, trigger: CalledIn, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was told as values of the rule as it is now; what does not fit it, as null."""
    zone = services.calendar.zone
    found: dict[str, Any] = {}
    for name, kind in trigger.takes.items():
        try:
            found[name] = value_in(kind, told.get(name), zone)
        except NotAcceptable:
            found[name] = None
    return found
