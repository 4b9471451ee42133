"""How does a call go on: is it asked, did it fail, does a person have to look?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from engine.app import Connector
from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.connectors import Call, State
from runtime.store.tasks import Task
from runtime.use_cases.connectors.waiting_run import fails
from runtime.use_cases.notify import NoticeText, notify

ASK = "call_connector"
"""The kind of work that asks."""


def ask_later(unit: Unit, call: Call, now: datetime) -> None:
    """Leave it as work to ask, or to put the answer into the record if there is one."""
    key = f"{ASK}:{call.id}:{call.tries}:{call.state}"
    unit.jobs.save(ASK, {"call": call.id}, now, key=key)


def ask_once_more(unit: Unit, call: Call, now: datetime) -> None:
    """Let a call go on that ended: an answer that is there is put in, anything else is asked
    again under the same key."""
    state: State = "answered" if call.answer is not None else "waiting"
    again = replace(call, state=state, tries=call.tries + 1, problem=None, ended_at=None)
    unit.connectors.change(call, again)
    ask_later(unit, again, now)


def connector_of(services: Services, app: str, connector: str) -> Connector | None:
    """Return a connector of an installed app."""
    found = services.app(app)
    return found.connectors.get(connector) if found else None


def ended(services: Services, unit: Unit, before: Call, after: Call) -> bool:
    """Write down that a call failed, and with it the run that waits for it, or that nobody knows
    what became of it; give whoever sees to the connector something to do. False if somebody else
    went on with it meanwhile."""
    now = services.now()
    if not unit.connectors.change(before, replace(after, ended_at=now)):
        return False
    if after.state == "failed":
        fails(unit, after)
    title = _title(services, after)
    for person in watchers(unit, after):
        key = f"{ASK}:{after.id}:{after.tries}:{person}"
        task = unit.tasks.open(
            Task(
                key=key,
                kind="todo",
                person=person,
                app=after.app,
                form=after.form,
                record=after.record,
                title=title,
                opened_at=now,
            )
        )
        text = NoticeText(
            text=title,
            kind="system",
            app=after.app,
            form=after.form,
            record=after.record,
            task=task,
        )
        notify(services, unit, (person,), text, key=key, urgent=True)
    return True


def watchers(unit: Unit, call: Call) -> tuple[str, ...]:
    """Return who sees to a connector: who set it up, or every administrator if they left."""
    kept = unit.connectors.setup(call.app, call.connector)
    person = unit.people.one(kept.changed_by) if kept and kept.changed_by else None
    if person and person.active and person.admin:
        return (person.id,)
    return tuple(each.id for each in unit.people.list() if each.admin and each.active)


def _title(services: Services, call: Call) -> Message:
    found = connector_of(services, call.app, call.connector)
    operation = found.operation(call.operation) if found else None
    names = {
        "connector": found.definition.label if found else call.connector,
        "operation": operation.label if operation else call.operation,
    }
    why = call.problem or Message("没有成功")
    if call.state == "unknown":
        return Message(
            "“{connector}”的“{operation}”结果不明，请核对后到连接器页处理：{why}", why=why, **names
        )
    return Message("“{connector}”的“{operation}”没有办成：{why}", why=why, **names)
