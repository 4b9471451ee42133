"""How are people asked for their part in a hand-over?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.handovers import Handover
from runtime.store.tasks import Task
from runtime.use_cases.notify import NoticeText, end_task, notify

Part = Literal["prepare", "receive"]
KEY = "handover"
PREPARE = Message("填写交接清单：{n} 条记录将交给{name}")
RECEIVE = Message("确认接收{name}交接的 {n} 条记录")


def list_of(task: Task) -> str | None:
    """Return the list for which a task asks, if it does."""
    kind, _, rest = task.key.partition(":")
    return rest.partition(":")[0] if kind == KEY else None


def ask(services: Services, unit: Unit, found: Handover, part: Part, person: str) -> None:
    """Ask somebody for their part; asked twice is asked once."""
    now, count = services.now(), unit.handovers.counts(found.id)["all"]
    other = found.successor if part == "prepare" else found.person
    name = unit.people.names((other,)).get(other, "")
    said = PREPARE if part == "prepare" else RECEIVE
    title = Message(said.text, n=count, name=name)
    key = f"{KEY}:{found.id}:{part}:{person}"
    new = Task(key=key, kind="todo", person=person, title=title, opened_at=now)
    id_ = unit.tasks.open(new)
    notify(services, unit, (person,), NoticeText(text=title, kind="todo", task=id_), key=key)


def no_more(services: Services, unit: Unit, found: Handover, parts: Iterable[Part]) -> None:
    """End what was asked for: it is done."""
    for part in parts:
        for task in unit.tasks.open_with(f"{KEY}:{found.id}:{part}:"):
            unit.tasks.close(task.id, "done", services.now())
            end_task(services, unit, task.id)
