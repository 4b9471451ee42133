"""How is the way shown that a record will go, to whom and why?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.app import Workflow
from engine.approvals.preview import Person, Stop
from engine.wording import Message, words
from runtime.use_cases.approvals.preview_approval import Way
from runtime.use_cases.approvals.read_approval import step_of
from runtime.web.approvals.words import mode_of
from runtime.web.language import translate
from runtime.web.showing import sayer
from runtime.web.visit import Visit

CONTAINERS = frozenset({"branch", "parallel"})


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """One step that is still to come."""

    label: str
    how: str
    names: str
    note: str
    trouble: bool
    """Nobody is found there."""


def ahead(visit: Visit, workflow: Workflow, way: Way) -> tuple[Ahead, ...]:
    """Return the steps at which something happens, with the names of those who are asked."""
    return tuple(_ahead(visit, workflow, stop) for stop in way if stop.kind not in CONTAINERS)


def _ahead(visit: Visit, workflow: Workflow, stop: Stop) -> Ahead:
    say = sayer(visit.locale)
    step = step_of(workflow, stop.step)
    asked = [one for one in stop.people if not one.spared]
    mode = mode_of(step, len(asked)) if step is not None else None
    how = [words(stop.path, visit.locale)] if stop.path else []
    how += [_say(visit, mode)] if mode else []
    nobody = not stop.people and stop.kind in ("approve", "handle") and not stop.passed
    trouble = nobody and stop.choose is None
    return Ahead(
        label=words(stop.label, visit.locale),
        how=" · ".join(how),
        names=say("没有人可以处理") if trouble else "、".join(_names(visit, asked)),
        note=" · ".join(_notes(visit, stop)),
        trouble=trouble,
    )


def _names(visit: Visit, people: list[Person]) -> Iterator[str]:
    say = sayer(visit.locale)
    for one in people:
        yield (
            say("{name}（代{other}）", name=one.name, other=one.instead_of)
            if (one.instead_of)
            else one.name
        )


def _notes(visit: Visit, stop: Stop) -> Iterator[str]:
    say = sayer(visit.locale)
    if stop.why is not None:
        yield _say(visit, stop.why)
    if stop.choose is not None and not stop.people:
        yield say("到时选择")
    for one in stop.people:
        if one.why is not None:
            yield f"{one.name}：{_say(visit, one.why)}" if one.spared else _say(visit, one.why)


def _say(visit: Visit, message: Message) -> str:
    return message.fill(translate(visit.locale), visit.locale)
