"""Which rules may other programs tell something, and which have a secret for it?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.app import Rule
from engine.rules.triggers.webhook import CalledIn
from runtime.services import Services
from runtime.store.hooks import Hook


def hooks_known(services: Services) -> Mapping[tuple[str, str], tuple[Rule, Hook | None]]:
    """Return every rule that hears other programs, with its secrets if it has any."""
    with services.store.reading() as unit:
        kept = unit.hooks.all()
    return {
        (rule.app, rule.id): (rule, kept.get((rule.app, rule.id)))
        for app in list(services.apps.values())
        for rule in app.rules.values()
        if isinstance(rule.definition.on, CalledIn)
    }
