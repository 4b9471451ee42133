"""What does a designer do in a sandbox, and what comes of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from msgspec.structs import replace

from designer.trying.beginning import back_to_start
from designer.trying.late import newly_late, time_marks
from designer.trying.scratch import PLAYED, Scratch
from designer.trying.story import Told
from engine.definition.scenario import RecordStep, StepDef, ThenApproval, ThenDef
from engine.wording import LOCALES, Message
from runtime.scenarios.compare import expected_of
from runtime.scenarios.done import Done
from runtime.scenarios.passing import pass_until
from runtime.scenarios.run import play_step
from runtime.scenarios.values import Unplayable
from runtime.store.copying import copy_workspace
from runtime.web.records.outcome_words import reasons_of

MOST_STEPS = 200
FARTHEST = timedelta(days=30)
"""So far ahead the next thing that happens by itself is looked for."""
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class NotPlayed:
    """Nothing was done; the words say why."""

    message: Message


def act_out(scratch: Scratch, step: StepDef) -> Told | NotPlayed:
    """Play a step. What came of it is part of the story, and what its scenario expects."""
    if len(scratch.story.told) >= MOST_STEPS:
        return NotPlayed(Message("这段试跑已经很长了，请重新开始"))
    told = played(scratch, step)
    if isinstance(told, Told):
        keep(scratch, (*scratch.story.told, told))
    return told


def expect(scratch: Scratch, who: str, record: str, then: ThenDef) -> Told | NotPlayed:
    """Note what should be seen of a record now; what is said one after the other of the same
    record is one step."""
    told = scratch.story.told
    last = told[-1].step if told else None
    if last and last.read and (last.who, last.read.record) == (who, record) and not told[-1].came:
        keep(scratch, told[:-1])
        then = _both(last.then, then)
    return act_out(scratch, StepDef(who=who, read=RecordStep(record=record), then=then))


def expect_told(scratch: Scratch, number: int, login: str, texts: tuple[str, ...]) -> None:
    """Note what a person should have been told by a step of the story."""
    told = list(scratch.story.told)
    step = told[number].step
    then = replace(step.then, told={**step.then.told, login: texts})
    told[number] = replace(told[number], step=replace(step, then=then))
    keep(scratch, tuple(told))


def to_next_event(scratch: Scratch) -> timedelta | None:
    """Return how long it is until something happens by itself; None if that is too far off.
    Nothing has changed afterwards."""
    world, aside = scratch.world, scratch.folder / "aside.db"
    began = world.clock.now
    copy_workspace(scratch.folder / PLAYED, aside)
    before = _happenings(scratch)
    try:
        found = pass_until(world, began + FARTHEST, lambda: _happenings(scratch) != before)
        span = world.clock.now - began
    except Unplayable:
        return None
    finally:
        world.clock.now = began
        copy_workspace(aside, scratch.folder / PLAYED)
        aside.unlink()
    return timedelta(seconds=span // SECOND + 1) if found else None


def take_back(scratch: Scratch) -> None:
    """Make the sandbox what it was before the last step: all others are played again."""
    steps = [told.step for told in scratch.story.told[:-1]]
    start_anew(scratch)
    for step in steps:
        told = played(scratch, step)
        if isinstance(told, Told):
            keep(scratch, (*scratch.story.told, told))


def start_anew(scratch: Scratch) -> None:
    """Make the sandbox what it was in the beginning."""
    scratch.story = back_to_start(scratch.folder, scratch.story)
    scratch.world.clock.now = scratch.story.now
    scratch.world.names.clear()
    scratch.world.names.update(scratch.named())


def look_as(scratch: Scratch, login: str) -> None:
    """Look with somebody else's eyes from now on."""
    if login in scratch.world.people:
        scratch.story = replace(scratch.story, who=login)


def played(scratch: Scratch, step: StepDef) -> Told | NotPlayed:
    """Play a step, and return what came of it, without telling it yet."""
    world = scratch.world
    began, before = world.clock.now, time_marks(world) if step.elapse else {}
    came_of_it = play_step(world, step)
    if came_of_it.done is None:
        world.clock.now = began
        return NotPlayed(came_of_it.differences[0])
    came, differs = _said(scratch, came_of_it.done), tuple(map(str, came_of_it.differences))
    if step.read is None:
        # What somebody does need not succeed: that it is refused is what the story tells.
        step, differs = replace(step, then=expected_of(step.then, came_of_it.done.outcome)), ()
    return Told(step, began, world.clock.now, came, differs, newly_late(world, before))


def _said(scratch: Scratch, done: Done) -> tuple[str, ...]:
    form = done.record.form if done.record else next(iter(scratch.app.forms.values()))
    return reasons_of(form, done.outcome, LOCALES[0])  # type: ignore[arg-type]  # of any use case


def keep(scratch: Scratch, told: tuple[Told, ...]) -> None:
    """Let the story be this, with the names and the time of now."""
    world = scratch.world
    known = {name: (one.form.id, one.id) for name, one in world.names.items()}
    scratch.story = replace(scratch.story, told=told, now=world.clock.now, known=known)


def _happenings(scratch: Scratch) -> tuple[int, ...]:
    store, app = scratch.world.services.store, scratch.app.id
    since = scratch.story.start
    with store.reading() as unit:
        return (
            sum(unit.rule_runs.counts(app).values()),
            len(unit.notices.since(since)),
            len(unit.events.after(app, since)),
        )


def _both(one: ThenDef, other: ThenDef) -> ThenDef:
    approval = other.approval or one.approval
    if one.approval and other.approval:
        approval = ThenApproval(
            workflow=other.approval.workflow,
            state=other.approval.state or one.approval.state,
            waiting=other.approval.waiting or one.approval.waiting,
        )
    return replace(
        one,
        stage=other.stage or one.stage,
        owner=other.owner or one.owner,
        values={**one.values, **other.values},
        hidden=tuple(dict.fromkeys((*one.hidden, *other.hidden))),
        approval=approval,
    )
