"""How does a designer edit the draft of an app, undo it and redo it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from weakref import WeakKeyDictionary

import msgspec

from designer.drafts.held import (
    Held,
    changed_texts,
    held_draft,
    keep,
    read_held,
    splices_of,
)
from designer.drafts.ordering import in_order
from engine.editing.apply import Applied, Refused, apply
from engine.editing.draft import Draft
from engine.editing.edits import (
    Add,
    AddFile,
    AnyEdit,
    Move,
    Remove,
    RemoveFile,
    Splice,
    Target,
)
from engine.editing.fallout import Fallout, fallout_of
from engine.editing.rebase import rebase
from engine.editing.targets import related
from engine.record import Actor
from runtime.services import Services
from runtime.store.drafts import DraftStep
from runtime.store.events import Event
from runtime.store.ids import new_id
from runtime.store.unit import Unit

EditKind = Literal["edit", "undo", "redo", "restore", "discard", "mend"]
"""Sample data is mended when a draft is published; that is nobody's edit to undo."""


@dataclass(frozen=True)
class Edited:
    """The draft after a step."""

    draft: Draft
    rev: int
    touched: tuple[Target, ...]


@dataclass(frozen=True)
class Overtaken:
    """Somebody else changed the same thing since."""

    by: str
    """The person's id."""
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class NothingThere:
    """There is nothing to undo or redo."""


def open_draft(services: Services, app: str) -> Draft:
    """Return the draft of an installed app, as all its designers see it."""
    return open_held(services, app).draft


def open_held(services: Services, app: str) -> Held:
    """Return the draft of an installed app, and how far it has come."""
    return read_held(services, app)


def edit_draft(
    services: Services, actor: Actor, app: str, rev: int, edits: Sequence[AnyEdit]
) -> Edited | Refused | Overtaken:
    """Make edits as one step, all or none. An older `rev` will do unless somebody else has touched
    the same targets since."""
    with services.store.unit() as unit:
        held = held_draft(services, unit, app)
        late = _overtaken(unit.drafts.since(app, rev), actor, targets_of(edits))
        if late is not None:
            return late
        made = apply(held.draft, in_order(held.draft, edits))
        if isinstance(made, Refused):
            return made
        if not made.splices:
            return Edited(held.draft, held.head.rev, made.touched)
        unit.drafts.clear_redo(app, actor.id)
        told = [msgspec.to_builtins(edit) for edit in edits]
        after = keep_step(services, unit, actor, held, Step("edit", made, told))
    return _edited(services, after, made)


def look_at_removal(services: Services, app: str, targets: Sequence[Target]) -> Fallout:
    """Return what would go along if some things were removed; nothing is changed."""
    return _fallout(open_held(services, app), targets)


def remove_along(
    services: Services, actor: Actor, app: str, rev: int, targets: Sequence[Target]
) -> Edited | Refused | Overtaken:
    """Remove things with all that refers to them, as one step. What goes along is worked out
    before anybody is kept from writing, and anew only if somebody wrote meanwhile."""
    _fallout(open_held(services, app), targets)
    with services.store.unit() as unit:
        held = held_draft(services, unit, app)
        late = _overtaken(unit.drafts.since(app, rev), actor, targets)
        if late is not None:
            return late
        found = _fallout(held, targets)
        if found.applied is None:
            return Refused(found.stuck)
        unit.drafts.clear_redo(app, actor.id)
        told = [msgspec.to_builtins(Remove(target=target)) for target in targets]
        after = keep_step(services, unit, actor, held, Step("edit", found.applied, told))
    return _edited(services, after, found.applied)


_LOOKED: WeakKeyDictionary[Draft, dict[tuple[Target, ...], Fallout]] = WeakKeyDictionary()
"""What was found for a draft as it is: who is asked first and then agrees asks for the same."""


def _fallout(held: Held, targets: Sequence[Target]) -> Fallout:
    known = _LOOKED.setdefault(held.draft, {})
    wanted = tuple(targets)
    if wanted not in known:
        known[wanted] = fallout_of(held.draft, wanted)
    return known[wanted]


def undo(services: Services, actor: Actor, app: str) -> Edited | Refused | Overtaken | NothingThere:
    """Take back what a person edited last, even if others went on elsewhere since."""
    return _turn_back(services, actor, app, "undo")


def redo(services: Services, actor: Actor, app: str) -> Edited | Refused | Overtaken | NothingThere:
    """Make again what a person took back last, as long as nothing else was edited by them."""
    return _turn_back(services, actor, app, "redo")


@dataclass(frozen=True)
class Step:
    """What is kept as one step."""

    kind: EditKind
    made: Applied
    edits: Sequence[object] = ()
    of: int | None = None


def keep_step(services: Services, unit: Unit, actor: Actor, held: Held, step: Step) -> Held:
    """Write down one step of a draft, for the others, for undoing it and for the audit log."""
    now, made, seq = services.now(), step.made, held.head.rev + 1
    app = held.head.app
    touched = [list(target) for target in made.touched]
    row = DraftStep(
        app=app, seq=seq, kind=step.kind, of=step.of, person=actor.id, at=now,
        edits=[dict(edit) for edit in step.edits],  # type: ignore[call-overload]  # builtins
        splices=[msgspec.to_builtins(splice) for splice in made.splices],
        touched=touched, state="gone" if step.kind == "mend" else "done", last=seq,
    )  # fmt: skip
    unit.drafts.add(row, changed_texts(made.draft, made.splices))
    data = {"kind": step.kind, "step": seq, "targets": touched}
    unit.events.add(
        Event(id=new_id(now), at=now, kind="designed", app=app, actor=actor.id, data=data)
    )
    return Held(replace(held.head, rev=seq), made.draft)


def targets_of(edits: Iterable[AnyEdit]) -> tuple[Target, ...]:
    """Return what edits are about."""
    return tuple(target for edit in edits for target in _targets(edit))


def _targets(edit: AnyEdit) -> tuple[Target, ...]:
    match edit:
        case AddFile(path=path) | RemoveFile(path=path):
            return ((path,),)
        case Move(target=target):
            return (target,)
        case Add(target=target, key=key):
            # Two may put things into one list at a time; what they put there has its own name.
            return () if key is None else ((*target, key),)
        case _:
            return (edit.target,)


def _overtaken(
    steps: Iterable[DraftStep], actor: Actor, targets: Sequence[Target]
) -> Overtaken | None:
    for step in steps:
        if step.person == actor.id:
            continue
        theirs = [tuple(target) for target in step.touched]
        met = tuple(one for one in targets if any(related(one, other) for other in theirs))
        if met:
            return Overtaken(step.person, met)
    return None


def _turn_back(
    services: Services, actor: Actor, app: str, kind: Literal["undo", "redo"]
) -> Edited | Refused | Overtaken | NothingThere:
    with services.store.unit() as unit:
        held = held_draft(services, unit, app)
        step = unit.drafts.latest(app, actor.id, "done" if kind == "undo" else "undone")
        last = unit.drafts.step(app, step.last) if step else None
        if step is None or last is None:
            return NothingThere()
        found = _inverse(unit, app, last)
        if isinstance(found, Overtaken):
            return found
        made = apply(held.draft, found)
        if isinstance(made, Refused):
            return made
        targets: tuple[Target, ...] = tuple(tuple(target) for target in step.touched)
        made = replace(made, touched=targets)
        after = keep_step(services, unit, actor, held, Step(kind, made, of=step.seq))
        unit.drafts.mark(step, "undone" if kind == "undo" else "done", after.head.rev)
    return _edited(services, after, made)


def _inverse(unit: Unit, app: str, last: DraftStep) -> tuple[Splice, ...] | Overtaken:
    """Return what takes a step back now, after all that came behind it."""
    inverse = tuple(one.inverse for one in reversed(splices_of(last)))
    for later in _still_felt(unit.drafts.since(app, last.seq)):
        moved = rebase(inverse, splices_of(later))
        if moved is None:
            return Overtaken(later.person, tuple(tuple(one) for one in later.touched))
        inverse = moved
    return inverse


def _still_felt(steps: Iterable[DraftStep]) -> list[DraftStep]:
    """Return the steps without those that were taken back before anything else came: the text is
    as if they had never been, so nobody has to be moved past them."""
    felt: list[DraftStep] = []
    for step in steps:
        before = felt[-1] if felt else None
        if before and step.of is not None and step.of == (before.of or before.seq):
            felt.pop()
        else:
            felt.append(step)
    return felt


def _edited(services: Services, after: Held, made: Applied) -> Edited:
    keep(services, after)
    return Edited(made.draft, after.head.rev, made.touched)
