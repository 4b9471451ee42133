"""What does an approval look like as a tree: its steps, its branches, and where it would stall?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from designer.flows.edits import Target, add, move, together, written
from designer.flows.kinds import KINDS, new_path
from designer.flows.people_words import People
from designer.flows.start_words import start_lines
from designer.flows.step_words import Line, step_lines
from designer.speech import Rule, Speech
from engine.app import Workflow
from engine.definition.workflow import AnyStep, BranchStep, ParallelStep, PathDef


@dataclass(frozen=True, kw_only=True)
class Tools:
    """The ready-made edits of one thing, and what is removed; empty where it makes no sense."""

    up: str = ""
    down: str = ""
    copy: str = ""
    remove: str = ""


@dataclass(frozen=True, kw_only=True)
class Card:
    """One step, as a card of the tree."""

    id: str
    target: str
    kind: str
    icon: str
    tone: str
    label: str
    lines: tuple[Line, ...]
    when: Rule | None
    troubles: tuple[str, ...]
    """Why it would stand still here, today."""
    chosen: bool
    tools: Tools


@dataclass(frozen=True, kw_only=True)
class Way:
    """One path of a branch or of a parallel step."""

    id: str
    target: str
    label: str
    when: Rule | None
    always: bool
    """Taken when nothing before it is."""
    chosen: bool
    row: Row
    tools: Tools


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One step with the paths that begin at it."""

    card: Card
    ways: tuple[Way, ...]
    passes: bool
    """It goes on past all paths if no condition holds."""
    more: str
    """The edit that adds a path."""
    join: str


@dataclass(frozen=True)
class Row:
    """Steps one after the other."""

    into: str
    """The list that they stand in."""
    stops: tuple[Stop, ...]


@dataclass(frozen=True, kw_only=True)
class Tree:
    """All of an approval."""

    start: Card
    row: Row
    troubles: tuple[str, ...]
    """What concerns it as a whole."""


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What is needed to draw a workflow."""

    speech: Speech
    workflow: Workflow
    names: Mapping[str, str]
    """What people are called, by login."""
    troubles: Mapping[str, Sequence[str]]
    """By step, what the radar found; those of the whole under the empty name."""
    chosen: str = ""
    """The target of what is chosen."""

    @property
    def file(self) -> str:
        """The file of the workflow."""
        return f"workflows/{self.workflow.id}.yaml"

    def tree(self) -> Tree:
        """Return all of the approval."""
        steps: Target = (self.file, "steps")
        return Tree(
            start=self._start(),
            row=Row(written(steps), tuple(self._stops(self.workflow.definition.steps, steps))),
            troubles=tuple(self.troubles.get("", ())),
        )

    def _start(self) -> Card:
        target = written((self.file, "start"))
        when = self.workflow.logic.get("start/when")
        return Card(
            id="start",
            target=target,
            kind=self.speech.say("发起人"),
            icon="user",
            tone="grey",
            label="",
            lines=tuple(start_lines(self.speech, self.workflow)),
            when=self.speech.condition(when) if when else None,
            troubles=(),
            chosen=target == self.chosen,
            tools=Tools(),
        )

    def _stops(self, steps: Sequence[AnyStep], into: Target) -> Iterator[Stop]:
        ids = [step.id for step in steps]
        for at, step in enumerate(steps):
            target = (*into, step.id)
            inner = isinstance(step, BranchStep | ParallelStep)
            # A path may be empty, an approval not.
            fewest = 1 if into == (self.file, "steps") else 0
            yield Stop(
                card=self._card(step, target, _moves(target, into, ids, at, fewest)),
                ways=tuple(self._ways(step, target)) if inner else (),
                passes=isinstance(step, BranchStep)
                and all(path.when is not None for path in step.paths),
                more=self._more(step, target),
                join=self._join(step),
            )

    def _card(self, step: AnyStep, target: Target, tools: Tools) -> Card:
        kind = KINDS[step.__struct_config__.tag]  # type: ignore[index]  # every step has a text
        when = self.workflow.logic.get(f"{step.id}/when")
        people = People(self.speech, self.workflow, self.names)
        return Card(
            id=step.id,
            target=written(target),
            kind=self.speech.fill(kind.title),
            icon=kind.icon,
            tone=kind.tone,
            label=self.speech.words(step.label),
            lines=tuple(step_lines(people, step)),
            when=self.speech.condition(when) if when else None,
            troubles=tuple(self.troubles.get(step.id, ())),
            chosen=written(target) == self.chosen,
            tools=tools,
        )

    def _ways(self, step: AnyStep, target: Target) -> Iterator[Way]:
        assert isinstance(step, BranchStep | ParallelStep)
        into = (*target, "paths")
        ids = [path.id for path in step.paths]
        fewest = 1 if isinstance(step, BranchStep) else 2
        for at, path in enumerate(step.paths):
            tools = _moves((*into, path.id), into, ids, at, fewest)
            yield self._way(step, path, (*into, path.id), tools)

    def _way(
        self, step: BranchStep | ParallelStep, path: PathDef, target: Target, tools: Tools
    ) -> Way:
        when = self.workflow.logic.get(f"{step.id}/paths/{path.id}")
        steps = (*target, "steps")
        return Way(
            id=path.id,
            target=written(target),
            label=self.speech.words(path.label),
            when=self.speech.condition(when) if when else None,
            always=when is None and isinstance(step, BranchStep),
            chosen=written(target) == self.chosen,
            row=Row(written(steps), tuple(self._stops(path.steps, steps))),
            tools=tools,
        )

    def _more(self, step: AnyStep, target: Target) -> str:
        if not isinstance(step, BranchStep | ParallelStep):
            return ""
        value = new_path(self.speech, self.workflow, step)
        if value is None:
            return ""
        last = step.paths[-1]
        before = last.id if isinstance(step, BranchStep) and last.when is None else None
        return together(add((*target, "paths"), value, before))

    def _join(self, step: AnyStep) -> str:
        if not isinstance(step, ParallelStep):
            return ""
        say = self.speech.say
        return say("全部走完再继续") if step.join == "all" else say("有一路走完就继续")


def _moves(target: Target, into: Target, ids: list[str], at: int, fewest: int = 1) -> Tools:
    """Return the edits of one of several things in a list."""
    after = ids[at + 2] if at + 2 < len(ids) else None
    return Tools(
        up=together(move(target, into, ids[at - 1])) if at else "",
        down=together(move(target, into, after)) if at + 1 < len(ids) else "",
        remove=written(target) if len(ids) > fewest else "",
    )
