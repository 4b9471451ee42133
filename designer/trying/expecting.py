"""What does a designer expect of a record in a sandbox?"""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from designer.trying.scratch import Scratch
from designer.trying.values import spoken
from engine.definition.scenario import ThenApproval, ThenDef
from engine.field import Field, NotAcceptable
from runtime.scenarios.values import LINKS
from runtime.scenarios.world import Named, World

Typed = MultiDict[str, str]


def asked_expectation(scratch: Scratch, typed: Typed) -> ThenDef | None:
    """Return what is expected of a record, None if there is no such thing."""
    what, value = typed.get("what", ""), typed.get("value", "").strip()
    named = scratch.world.names.get(typed.get("record", ""))
    if named is None:
        return None
    match what:
        case "stage" if named.form.stage(value):
            return ThenDef(stage=value)
        case "owner" if value in scratch.world.people:
            return ThenDef(owner=value)
        case "approval":
            return ThenDef(approval=_approval(scratch, typed, value))
        case _ if what in named.form.fields:
            field = named.form.fields[what]
            return ThenDef(values={what: _meant(scratch.world, field, value)})
    return None


def call_by_id(scratch: Scratch, form: str, name: str, beginning: str) -> None:
    """Let a record that has no name in the story be called by its id."""
    known, world = scratch.app.forms.get(form), scratch.world
    if known is None or name in world.names or not name.startswith(beginning):
        return
    id_ = name.removeprefix(beginning)
    with world.services.store.reading() as unit:
        if unit.records.one(known, id_) is not None:
            world.names[name] = Named(known, id_)


def _approval(scratch: Scratch, typed: Typed, value: str) -> ThenApproval:
    people = tuple(one for one in typed.getlist("waiting") if one in scratch.world.people)
    state: Any = value or None
    waiting = people if state == "running" else None
    return ThenApproval(workflow=typed.get("workflow") or None, state=state, waiting=waiting)


def _meant(world: World, of: Field, text: str) -> Any:
    if not text:
        return None
    if of.type in LINKS or of.type == "person":
        return text
    try:
        return spoken(world, of, of.parse_all((text,)))
    except NotAcceptable:
        return text
