"""What are rules called where the log tells what they did?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.wording import words
from runtime.services import Services


def rule_names(services: Services, locale: str) -> Mapping[str, str]:
    """Return what each rule is called, by the id under which the log tells of what it did."""
    return {
        rule.actor: words(rule.definition.label, locale)
        for app in list(services.apps.values())
        for rule in app.rules.values()
    }
