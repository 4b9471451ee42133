"""A process in which people decide on everything that waits for them, until it is killed."""

from __future__ import annotations

import os
import random
import sys

from runtime.jobs.workshop import Workshop
from runtime.services import Services
from runtime.settings import Settings
from runtime.store.tasks import Asked, Task
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.decide_approval import Choice, decide_approval
from runtime.workspace.open import open_workspace

VERBS = {"approve": "agree", "cc": "acknowledge"}


def _open(services: Services) -> list[Task]:
    with services.store.reading() as unit:
        asked = Asked(kinds=("approve", "cc"))
        people = unit.people.list()
        return [task for one in people for task in unit.tasks.of_person(one.id, asked)]


def _decide(services: Services, task: Task) -> None:
    with services.store.reading() as unit:
        actor = unit.people.actor(task.person)
    if actor is not None:
        act = Act(actor=actor, door="api", key=f"once {task.id}")
        decide_approval(services, act, task.id, Choice(verb=VERBS[task.kind]))  # type: ignore[arg-type]  # one of both


def main() -> None:
    """Decide in any order, and do what is due in between."""
    services = open_workspace(Settings.from_environment())
    workshop = Workshop(services=services)
    os.write(1, b"ready\n")
    chance = random.Random()
    while True:
        tasks = _open(services)
        chance.shuffle(tasks)
        for task in tasks[:3]:
            _decide(services, task)
        workshop.run_next()
        if not tasks and workshop.run_due() == 0:
            sys.exit(0)


if __name__ == "__main__":
    main()
