"""What happens when somebody has done what they had to do?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.outcomes import Invalid, Missing
from engine.wording import Message
from runtime.limits import MOST_AT_ONCE
from runtime.services import Services
from runtime.store import Event, Unit
from runtime.store.ids import new_id
from runtime.store.tasks import Task
from runtime.store.told import told
from runtime.use_cases.act import Act
from runtime.use_cases.handovers.asking import list_of
from runtime.use_cases.notify import end_task
from runtime.use_cases.rules.hearing import tell

LONGEST = 1_000
"""Characters of what is said about it."""


@dataclass(frozen=True)
class Finished:
    """Done, now or by the same person before."""

    task: Task


@dataclass(frozen=True)
class Ended:
    """Nobody has to do it any more."""

    task: Task


Outcome = Finished | Ended | Invalid | Missing


def finish_to_do(services: Services, act: Act, id_: str, said: str = "") -> Outcome:
    """End one of the actor's to-dos, with what they say about it; what was done before stays as
    it is."""
    said = said.strip()
    if len(said) > LONGEST:
        return Invalid({"note": (Message("说明最长 {longest} 字", longest=LONGEST),)})
    with services.store.unit() as unit:
        return _finish(services, unit, act, id_, said)


def finish_to_dos(
    services: Services, act: Act, ids: Iterable[str], said: str = ""
) -> tuple[tuple[str, Outcome], ...]:
    """End several of the actor's to-dos, each for itself."""
    unique = list(dict.fromkeys(ids))[:MOST_AT_ONCE]
    return tuple((id_, finish_to_do(services, act, id_, said)) for id_ in unique)


def _own(unit: Unit, act: Act, id_: str) -> Task | Missing:
    task = unit.tasks.one(id_)
    if task is None or task.person != act.actor.id or not finished_here(task):
        return Missing()
    return task


def finished_here(task: Task) -> bool:
    """Tell whether saying that it is done is all; what an approval or a hand-over wants is more
    than a word."""
    return task.kind == "todo" and task.approval is None and list_of(task) is None


def _finish(services: Services, unit: Unit, act: Act, id_: str, said: str) -> Outcome:
    task, now = _own(unit, act, id_), services.now()
    if isinstance(task, Missing):
        return task
    if unit.tasks.close(id_, "done", now, said or None):
        end_task(services, unit, id_)
        app = services.apps.get(task.app or "")
        if app is not None and task.record is not None:
            tell(unit, app, _event(act, task, said, now), None)
    after = unit.tasks.one(id_) or task
    return Finished(after) if after.state == "done" else Ended(after)


def _event(act: Act, task: Task, said: str, now: datetime) -> Event:
    return Event(
        id=new_id(now),
        at=now,
        app=task.app,
        form=task.form,
        record=task.record,
        kind="todo_done",
        actor=act.actor.id,
        door=act.door,
        text=said or None,
        data={"task": task.id, "title": told(task.title)},
    )
