"""Which rules of an app can set each other off in a circle?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.rules.action import Action
from engine.rules.trigger import Trigger

Outlined = tuple[str, Trigger, Sequence[Action]]
"""A rule's form, what sets it off, and what it does."""


def circles(rules: Mapping[str, Outlined]) -> Iterator[tuple[str, ...]]:
    """Yield each circle once, as the rules in it in the order in which one follows from another,
    beginning with the one that is named first."""
    next_of = {id_: tuple(_following(rules, id_)) for id_ in rules}
    seen: set[frozenset[str]] = set()
    for start in rules:
        found = _back_to(start, next_of)
        if found and frozenset(found) not in seen:
            seen.add(frozenset(found))
            yield found


def _following(rules: Mapping[str, Outlined], id_: str) -> Iterator[str]:
    form, _, actions = rules[id_]
    brought = [one for action in actions for one in action.brings_about(form)]
    for other, (its_form, trigger, _) in rules.items():
        heard_at = trigger.heard_at or its_form
        if any(one.form == heard_at and trigger.follows_from(one) for one in brought):
            yield other


def _back_to(start: str, next_of: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the shortest way from a rule back to itself; nothing if there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    visited: set[str] = set()
    while ways:
        way = ways.pop(0)
        for other in next_of[way[-1]]:
            if other == start:
                return way
            if other not in visited:
                visited.add(other)
                ways.append((*way, other))
    return ()
