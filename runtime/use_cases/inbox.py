"""What waits for a person, what did they do, and what were they only told?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from engine.app import Form
from engine.outcomes import Missing
from engine.record import Record
from runtime.services import Services
from runtime.store import Unit
from runtime.store.tasks import Asked, Kind, State, Task
from runtime.use_cases.act import Act
from runtime.use_cases.called import called_so
from runtime.use_cases.reach import begin, reach

Box = Literal["todo", "approve", "cc", "done"]
KINDS: Mapping[Box, tuple[Kind, ...]] = {
    "todo": ("todo",),
    "approve": ("approve", "handle", "opinion"),
    "cc": ("cc",),
    "done": ("todo", "approve", "handle", "opinion"),
}
STATES: Mapping[Box, tuple[State, ...]] = {
    "todo": ("open",),
    "approve": ("open",),
    "cc": ("open", "done"),
    "done": ("done",),
}
WAITING: tuple[Kind, ...] = (*KINDS["todo"], *KINDS["approve"])
"""What somebody else waits for."""

PAGE = 50
Seen = Mapping[str, Record]


@dataclass(frozen=True, kw_only=True)
class Looking:
    """What of a box somebody wants to see."""

    box: Box
    app: str | None = None
    form: str | None = None
    text: str = ""
    late: bool = False
    """Only what should have been done by now."""
    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class Line:
    """One task, with what it is about as the person may see it."""

    task: Task
    form: Form | None
    about: str | None
    """What the record is called; None if there is none or the person may not see it."""
    submitter: str | None = None
    """The name of who submitted it, if somebody else did."""


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """One page of a box."""

    lines: tuple[Line, ...]
    total: int
    places: tuple[Form, ...]
    """The forms that the whole box is about."""


def inbox(services: Services, act: Act, looking: Looking) -> Inbox:
    """Return a page of what the actor has in a box."""
    whole = Asked(kinds=KINDS[looking.box], states=STATES[looking.box])
    person = act.actor.id
    with services.store.reading() as unit:
        found = (services.form(*place) for place in unit.tasks.places(person, whole))
        places = tuple(form for form in found if form is not None)
        called = called_so(services, unit, act, places, looking.text) if looking.text else ()
        asked = replace(
            whole,
            app=looking.app,
            form=looking.form,
            text=looking.text,
            called=tuple(called),
            due_before=services.now() if looking.late else None,
            limit=PAGE,
            skip=looking.skip,
        )
        return Inbox(
            lines=lines_of(services, unit, act, unit.tasks.of_person(person, asked)),
            total=unit.tasks.count(person, asked),
            places=places,
        )


def records_about(services: Services, act: Act, form: Form, ids: Iterable[str]) -> Seen:
    """Return the records of a form that tasks are about, as the actor sees them."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        return unit.query.some(form, work.sight, act.actor, work.env, ids)


def own_line(services: Services, act: Act, id_: str) -> Line | Missing:
    """Return one task of the actor, open or not."""
    with services.store.reading() as unit:
        task = unit.tasks.one(id_)
        if task is None or task.person != act.actor.id:
            return Missing()
        return lines_of(services, unit, act, (task,))[0]


def to_dos_about(services: Services, act: Act, form: Form, record: str) -> tuple[Line, ...]:
    """Return what the actor was asked to do about a record, beside what approvals want."""
    with services.store.reading() as unit:
        found = unit.tasks.of_record(record, state="open")
        own = [one for one in found if one.person == act.actor.id and one.approval is None]
        return tuple(Line(task=task, form=form, about=None) for task in own)


def still_seen(services: Services, act: Act, form: Form, record: str) -> bool:
    """Tell whether the actor may see a record now: what a task showed goes with the task."""
    with services.store.reading() as unit:
        actor = unit.people.actor(act.actor.id)
        if actor is None:
            return False
        work = begin(services, unit, replace(act, actor=actor), form)
        return not isinstance(reach(work, record), Missing)


def see_tasks(services: Services, act: Act, tasks: Iterable[Task]) -> None:
    """Remember that the actor has opened these tasks; looking again writes nothing."""
    unseen = [task.id for task in tasks if task.seen_at is None and task.person == act.actor.id]
    if not unseen:
        return
    with services.store.unit() as unit:
        for id_ in unseen:
            unit.tasks.see(id_, act.actor.id, services.now())


def waiting_lines(services: Services, act: Act, app: str | None = None) -> tuple[Line, ...]:
    """Return what the actor has to do or to decide, what is due first first."""
    with services.store.reading() as unit:
        asked = Asked(kinds=WAITING, app=app, limit=PAGE)
        return lines_of(services, unit, act, unit.tasks.of_person(act.actor.id, asked))


def box_counts(services: Services, act: Act) -> Mapping[Box, int]:
    """Return how much waits in each box; of what one was only told, what one hasn't looked at."""
    with services.store.reading() as unit:
        counts = unit.tasks.counts(act.actor.id)
        told = unit.tasks.count(act.actor.id, Asked(kinds=KINDS["cc"], unseen=True))
    of_box = {box: sum(counts.get(kind, 0) for kind in KINDS[box]) for box in KINDS}
    return {**of_box, "cc": told, "done": 0}


def waiting_count(services: Services, person: str) -> int:
    """Return how many tasks others wait for that a person does."""
    with services.store.reading() as unit:
        counts = unit.tasks.counts(person)
    return sum(counts.get(kind, 0) for kind in WAITING)


def lines_of(services: Services, unit: Unit, act: Act, tasks: Iterable[Task]) -> tuple[Line, ...]:
    """Return tasks with what they are about."""
    found = tuple(tasks)
    titles = _titles(services, unit, act, found)
    submitters = _submitters(unit, act, found)
    return tuple(
        Line(
            task=task,
            form=services.form(task.app or "", task.form or ""),
            about=titles.get(task.record or ""),
            submitter=submitters.get(task.approval or ""),
        )
        for task in found
    )


def _submitters(unit: Unit, act: Act, tasks: tuple[Task, ...]) -> Mapping[str, str]:
    """Return who submitted each approval, by its id."""
    approvals = unit.approvals.by_ids(task.approval for task in tasks if task.approval)
    people = {id_: one.submitter for id_, one in approvals.items()}
    names = unit.people.names(people.values())
    return {
        id_: names[person]
        for id_, person in people.items()
        if person in names and person != act.actor.id
    }


def _titles(services: Services, unit: Unit, act: Act, tasks: tuple[Task, ...]) -> Mapping[str, str]:
    titles: dict[str, str] = {}
    for app, form_id in {(task.app, task.form) for task in tasks if task.record}:
        form = services.form(app or "", form_id or "")
        if form is None:
            continue
        work = begin(services, unit, act, form)
        wanted = [task.record for task in tasks if task.record and task.form == form_id]
        titles |= unit.query.titles(form, work.sight, act.actor, work.env, wanted)
    return titles
