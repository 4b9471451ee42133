"""Which value fits into a blank of an address?"""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.routing import AnyConverter, IntegerConverter, Rule


def fitting(rule: Rule, known: Mapping[str, str], other: str) -> dict[str, str | int]:
    """Return a value for each blank: a known one, one of those that it allows, or another."""
    values: dict[str, str | int] = {}
    for name in rule.arguments:
        kind = rule._converters[name]
        if isinstance(kind, AnyConverter):
            values[name] = known[name] if known.get(name) in kind.items else min(kind.items)
        elif isinstance(kind, IntegerConverter):
            values[name] = 2026
        else:
            values[name] = known.get(name, other)
    return values
