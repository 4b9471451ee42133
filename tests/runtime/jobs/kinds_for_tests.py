"""Kinds of work whose effects can be counted, and a process that does them until it is killed."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping

from engine.wording import Message
from runtime.jobs.alone import work_alone
from runtime.jobs.kind import Again, Ended, Finished, GaveUp, Kind, Task
from runtime.jobs.workshop import Workshop
from runtime.logs import log_plainly
from runtime.settings import Settings
from runtime.store import Event, Unit
from runtime.store.ids import new_id
from runtime.workspace.open import open_workspace


def note(task: Task) -> Ended:
    """Do it once, at the end, in the transaction of the end."""
    _say(f"began {task.job.id} in {threading.current_thread().name}")
    for step in range(int(task.arguments.get("steps", 1))):
        task.progress(step, 10)
        _say(f"step {step}")
        threading.Event().wait(float(task.arguments.get("seconds", 0)))
    return Finished({"steps": 10}, also=lambda unit: _happened(unit, task))


def _happened(unit: Unit, task: Task) -> None:
    now = task.services.now()
    event = Event(id=new_id(now), at=now, kind="noted", record=task.job.id, door="system")
    unit.events.add(event)


def break_down(task: Task) -> Ended:
    raise RuntimeError("this kind never works")


def give_up(task: Task) -> Ended:
    return GaveUp(Message("没有找到，或您没有查看的权限"))


def go_round(task: Task) -> Ended:
    return Again(60)


def take_down(task: Task) -> Ended:
    os._exit(9)


KINDS: Mapping[str, Kind] = {
    "note": Kind(work=note, seconds=3.0),
    "carry": Kind(work=note),
    "break_down": Kind(work=break_down, tries=2),
    "give_up": Kind(work=give_up),
    "go_round": Kind(work=go_round),
    "take_down": Kind(work=take_down, seconds=0.1),
}


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main() -> None:
    log_plainly()
    services = open_workspace(Settings.from_environment())
    workshop = Workshop(services=services, kinds=KINDS)
    _say("ready")
    work_alone(workshop, 2)


if __name__ == "__main__":
    main()
