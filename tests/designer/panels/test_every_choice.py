"""Whatever kind of thing is chosen in a panel, the app with it loads: of unions, every kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from designer.flows.beginnings import new_rule, new_workflow
from designer.panels.controls import Control
from designer.panels.panel import panel_of
from designer.panels.places import Place, place_at, step_into
from designer.panels.places import steps_of as names_of
from engine.editing.apply import Refused, apply
from engine.editing.draft import Draft, open_draft
from engine.editing.edits import Add, AnyEdit, Set, Target
from tests.designer.flows.test_offers import done, edits, speech
from tests.designer.panels.looking import Look
from tests.runtime.pools.spring import FILES

OTHERS = {
    "feel.argument", "feel.branches", "feel.compare", "feel.result", "feel.type",
    "feel.unknown_name", "field.unique", "filter.value", "link.filter", "link.search", "link.sort",
    "link.decision", "link.number", "link.step", "link.title", "rule.action",
}  # fmt: skip
"""What other things say that read what was turned into another kind: a true refusal."""
FIRST_STAGE = "StageDef.back"
"""The first stage has none before it, which is said."""


@pytest.fixture(scope="module")
def draft() -> Draft:
    fresh = open_draft(FILES)
    for make in (new_rule, new_workflow):
        fresh = done(fresh, edits(make(speech(fresh, "ticket"))[1]))
    return fresh


def places(draft: Draft) -> Iterator[Place]:
    """Yield one place of each kind of thing, with what is around it."""
    seen: set[Any] = set()
    for path in draft.files:
        root = place_at(draft, (path,))
        if root is not None and path.partition("/")[0] not in ("data", "locales", "scenarios"):
            yield from _inside(root, seen)


def _inside(place: Place, seen: set[Any]) -> Iterator[Place]:
    if place.struct is not None and isinstance(place.value, dict):
        kind = (place.owner, place.key, place.struct)
        if kind not in seen:
            seen.add(kind)
            yield place
    value = place.value
    steps = list(value) if isinstance(value, dict) else []
    for step in names_of(value) if isinstance(value, list) else steps:
        inner = step_into(place, step)
        if inner is not None:
            yield from _inside(inner, seen)


def offered(draft: Draft) -> Iterator[tuple[str, AnyEdit]]:
    """Yield each thing that can be added, begun or turned into another kind, once."""
    seen: set[str] = set()
    look: Any = Look(draft)
    for place in places(draft):
        panel = panel_of(look, place.target)
        for group in panel.groups if panel else ():
            for control in (one for each in group.controls for one in each.all()):
                for name, edit in _edits(draft, place, control):
                    if name not in seen:
                        seen.add(name)
                        yield name, edit


def _edits(draft: Draft, place: Place, control: Control) -> Iterator[tuple[str, AnyEdit]]:
    struct = place.struct.__name__
    for new in control.new:
        value = json.loads(new.value)
        yield (
            f"{struct}.{control.key} + {new.label}",
            _add(draft, control, new.key, value, new.before),
        )
    if control.kind == "way":
        for choice in control.choices:
            yield f"{struct} → {choice.label}", Set(target=control.target, value=choice.value)
    if control.kind in ("thing", "inside") and control.target:
        seeds = [one.value for one in control.choices] or [control.more.get("seed")]
        for at, seed in enumerate(seeds):
            yield f"{struct}.{control.key} = {at}", _put(control, seed)


def _add(draft: Draft, control: Control, key: str, value: Any, before: str) -> AnyEdit:
    if control.there < len(control.target):
        return _put(control, {key: value} if key else [value])
    return Add(target=control.target, value=value, key=key or None, before=before or None)


def _put(control: Control, value: Any) -> AnyEdit:
    """As the page does it: what is not there on the way is made along with it."""
    target: Target = control.target
    there = min(control.there, len(target) - 1)
    for step in reversed(target[there + 1 :]):
        value = {step: value}
    return Set(target=target[: there + 1], value=value)


def test_whatever_is_chosen_loads(draft: Draft) -> None:
    told, seen = [], set()
    for name, edit in offered(draft):
        seen.add(name)
        made = apply(draft, [edit])
        codes = {one.code for one in made.problems} if isinstance(made, Refused) else set()
        if codes - (OTHERS if "→" in name else set()) and not name.startswith(FIRST_STAGE):
            told.append((name, edit, sorted(codes)))

    assert told == []
    # Every kind of every union: fields, actions, triggers, steps.
    for start, least in (("SectionDef.fields +", 30), ("RuleDef.do +", 12), ("RuleDef.on =", 14)):
        assert sum(name.startswith(start) for name in seen) >= least, start
    assert sum(name.startswith("WorkflowDef.steps +") for name in seen) >= 5
