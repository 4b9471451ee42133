"""What happens to approvals by themselves, when their time has come?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.app import Form
from engine.approvals import Command
from engine.approvals.commands import Cancel, ChildEnded, Wake
from engine.outcomes import Missing
from engine.record import Record
from runtime.services import Services
from runtime.store import Unit
from runtime.store.approvals import Approval
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.course import Answer, Course, Settled, course_of, take
from runtime.use_cases.approvals.submit_approval import submit_in
from runtime.use_cases.approvals.waking import END_CHILD, START_CHILD, by_itself, waiting_for
from runtime.use_cases.reach import Work, begin


class NotTaken(RuntimeError):
    """An approval did not take what happens by itself: it is tried again, and then shown."""


def wake_approval(services: Services, unit: Unit, arguments: Mapping[str, Any]) -> None:
    """Look at an approval anew. Doing it twice is doing it once: what was due is done, and
    nothing else. Raises NotTaken."""
    at = arguments.get("at")
    moment = datetime.fromisoformat(at) if at else None
    _take(services, unit, str(arguments["approval"]), Wake(), moment)


def wake_approvals_of(services: Services, person: str) -> None:
    """Look anew at all approvals that wait for a person, each in a transaction of its own."""
    with services.store.reading() as unit:
        ids = waiting_for(unit, person)
    for id_ in ids:
        _take_alone(services, id_, Wake())


def link_approvals(services: Services, arguments: Mapping[str, Any]) -> None:
    """Start or end the approval that another one waits for, or tell how it ended."""
    parent, visit, what = str(arguments["approval"]), int(arguments["visit"]), arguments["what"]
    if what == END_CHILD:
        with services.store.reading() as unit:
            child = unit.approvals.child(f"{parent}:{visit}")
        if child is not None:
            _take_alone(services, child.id, Cancel(reason="parent"))
    elif what == START_CHILD:
        if not _started(services, parent, visit, arguments):
            _take_alone(services, parent, ChildEnded(visit=visit, outcome="failed"))
    else:
        _take_alone(services, parent, ChildEnded(visit=visit, outcome=what))


def _take_alone(services: Services, id_: str, command: Command) -> None:
    with services.store.unit() as unit:
        _take(services, unit, id_, command, None)


def _take(services: Services, unit: Unit, id_: str, command: Command, at: datetime | None) -> None:
    held = unit.approvals.held(id_)
    if held is None or held.state != "running":
        return
    course = course_of(services, unit, by_itself(), held)
    if isinstance(course, Missing):
        raise NotTaken(id_)
    answer = take(_not_before(course, at), command, None)
    if not isinstance(answer, Settled):
        raise NotTaken(f"{id_}: {answer}")


def _not_before(course: Course, at: datetime | None) -> Course:
    """The clock of the database says when a job is due; this machine's may be a little behind."""
    work = course.work
    if at is None or at <= work.now:
        return course
    env = replace(work.env, now=work.services.local(at), today=work.services.today(at))
    return replace(course, work=replace(work, now=at, env=env))


def _started(services: Services, id_: str, visit: int, arguments: Mapping[str, Any]) -> bool:
    with services.store.unit() as unit:
        parent = unit.approvals.one(id_)
        key = f"{id_}:{visit}"
        if parent is None or parent.state != "running" or unit.approvals.child(key) is not None:
            return True
        answer = _start(services, unit, parent, key, arguments)
        if not isinstance(answer, Settled):
            unit.rollback()
        return isinstance(answer, Settled)


def _start(
    services: Services, unit: Unit, parent: Approval, key: str, arguments: Mapping[str, Any]
) -> Answer:
    submitter = unit.people.actor(parent.submitter)
    found = _child_record(services, unit, parent, arguments)
    app = services.apps.get(parent.app)
    workflow = app.workflows.get(str(arguments["workflow"])) if app else None
    if submitter is None or found is None or workflow is None:
        return Missing()
    form, record = found
    act = Act(actor=submitter, door="automation")
    work: Work = begin(services, unit, act, form)
    return submit_in(work, record, workflow, automatic=True, parent=key)


def _child_record(
    services: Services, unit: Unit, parent: Approval, arguments: Mapping[str, Any]
) -> tuple[Form, Record] | None:
    form = services.form(parent.app, parent.form)
    by = arguments.get("of")
    if form is not None and by is not None:
        to = str(getattr(form.fields[by], "to", ""))
        app, _, name = to.rpartition(".")
        form = services.form(app or parent.app, name)
    record = unit.records.one(form, str(arguments["record"])) if form else None
    return (form, record) if form and record else None
