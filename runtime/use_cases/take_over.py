"""How does somebody take over what waits for a person who goes: to-dos, approvals, duties?"""

from __future__ import annotations

from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.people import Person
from runtime.store.roles import RoleGrant
from runtime.store.tasks import Task
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.wake_approval import NotTaken, wake_approval
from runtime.use_cases.approvals.waking import WAKE
from runtime.use_cases.notify import NoticeText, end_task, notify
from runtime.use_cases.waiting_for_leaver import MOST, approvals_of, to_dos_of

AT_ONCE = 50
"""Approvals that have changed hands before the answer comes; the others follow by their jobs."""
SAID = Message("{leaver}的待办“{title}”交接给您")


def take_over_tasks(services: Services, act: Act, person: str, to: str) -> tuple[int, int]:
    """Give somebody the open to-dos of a person, and name them for the approvals: those that wait
    and those to come ask them as soon as the person is switched off. Return how many to-dos and
    how many approvals that are."""
    now = services.now()
    with services.store.unit() as unit:
        unit.successions.name(person, to, now, act.actor.id)
        leaver = unit.people.names((person,)).get(person, "")
        to_dos = to_dos_of(unit, person)
        for task in to_dos:
            _pass_on(services, unit, task, to, leaver)
        approvals = approvals_of(services, unit, person)
        for waiting in approvals:
            id_ = waiting.approval.id
            key = f"{WAKE}:{id_}:succession:{now.isoformat()}"
            unit.jobs.save(WAKE, {"approval": id_}, now, key=key)
    for waiting in approvals[:AT_ONCE]:
        _wake(services, waiting.approval.id)
    return len(to_dos), len(approvals)


def _wake(services: Services, approval: str) -> None:
    try:
        with services.store.unit() as unit:
            wake_approval(services, unit, {"approval": approval})
    except NotTaken:
        return  # its job tries again, and shows why it can not


def _pass_on(services: Services, unit: Unit, task: Task, to: str, leaver: str) -> None:
    if not unit.tasks.pass_on(task.id, to):
        return
    end_task(services, unit, task.id)
    notice = NoticeText(
        text=Message(SAID.text, leaver=leaver, title=task.title),
        kind="todo",
        app=task.app,
        form=task.form,
        record=task.record,
        task=task.id,
    )
    notify(services, unit, (to,), notice, key=f"{task.key}:to:{to}")


def take_over_duties(services: Services, person: str, to: str) -> int:
    """Make somebody head of the departments and superior of the people of a person who goes, and
    give them the roles that nobody else plays. Return how many duties those are."""
    with services.store.unit() as unit:
        heads = [one for one in unit.people.departments.tree() if one.head == person]
        for department in heads:
            unit.people.departments.edit(department.id, head=to)
        reports = [one for one in unit.people.list(limit=MOST) if one.manager == person]
        above = unit.people.one(person)
        for one in reports:
            # Nobody is their own superior: for the successor it is who was above the one who goes.
            manager = to if one.id != to else (above.manager if above else None)
            unit.people.edit(one.id, manager=manager)
        lonely = lonely_roles(services, unit, person)
        for app, role in lonely:
            unit.people.roles.give(RoleGrant("person", to, app, role))
    return len(heads) + len(reports) + len(lonely)


def lonely_roles(services: Services, unit: Unit, person: str) -> tuple[tuple[str, str], ...]:
    """Return the roles, as (app, role), that nobody active plays but this person."""
    found = []
    for app in list(services.apps.values()):
        for role in app.definition.roles:
            given = ("person", person) in unit.people.roles.subjects(app.id, role.id)
            if given and not _others(unit.people.with_role(app.id, role.id), person):
                found.append((app.id, role.id))
    return tuple(found)


def _others(people: tuple[Person, ...], person: str) -> bool:
    return any(one.id != person for one in people)
