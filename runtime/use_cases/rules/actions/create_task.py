"""How does a rule give people something to do?"""

from __future__ import annotations

from engine.rules.actions.create_task import CreateTask
from runtime.store.task_terms import keep_term
from runtime.store.tasks import Task
from runtime.use_cases.notify import NoticeText, notify
from runtime.use_cases.rules.acting import Came, Did, Doing
from runtime.use_cases.rules.people import people_of
from runtime.use_cases.rules.texts import said_to


def perform(doing: Doing, action: CreateTask) -> Came:
    """Open one task for each person, and tell them."""
    work = doing.work
    due = action.within.after(work.now, work.services.calendar) if action.within else None
    people = people_of(doing, action.to)
    tasks = []
    for person in people:
        title = said_to(doing, action.text, person)
        task = Task(
            key=f"{doing.key}:{person}",
            kind="todo",
            person=person,
            app=work.form.app,
            form=work.form.id,
            record=doing.record.id or None,
            title=title,
            due=due,
            opened_at=work.now,
            source=doing.rule.id,
        )
        tasks.append(work.unit.tasks.open(task))
        if action.within is not None:
            keep_term(work.unit, tasks[-1], action.within)
        notice = NoticeText(
            text=title,
            kind="todo",
            app=work.form.app,
            form=work.form.id,
            record=doing.record.id or None,
            task=tasks[-1],
        )
        notify(work.services, work.unit, (person,), notice, key=doing.key)
    return Did(told={"people": list(people), "tasks": tasks})
