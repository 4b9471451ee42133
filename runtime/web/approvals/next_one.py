"""Where does somebody go after they have decided, and what waits for them next?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.app import Form
from runtime.services import Services
from runtime.use_cases.inbox import Line, still_seen, waiting_lines
from runtime.web.inbox.doing import href_of
from runtime.web.visit import Visit

QUEUE = "queue"
BOXES = frozenset({"approve", "cc", "mine", "todo"})
BOX = "/todo?box=approve"


@dataclass(frozen=True)
class Next:
    """What waits besides the record that somebody looks at."""

    href: str
    waiting: int


def next_of(services: Services, visit: Visit, record: str) -> Next | None:
    """Return the next decision that waits for the visitor, about another record."""
    lines = _waiting(services, visit, record)
    return Next(href_of(lines[0]), len(lines)) if lines else None


def after_deciding(services: Services, visit: Visit, form: Form, record: str, after: str) -> str:
    """Return where to go: to the list, to the next task, or back to the record while it may still
    be seen."""
    if after in BOXES:
        return f"/todo?box={after}"
    if after == QUEUE:
        following = next_of(services, visit, record)
        return following.href if following else BOX
    here = f"/a/{form.app}/{form.id}/{record}#panel-approval"
    return here if still_seen(services, visit.act("form"), form, record) else BOX


def _waiting(services: Services, visit: Visit, record: str) -> tuple[Line, ...]:
    lines = waiting_lines(services, visit.act("form"))
    return tuple(line for line in lines if line.task.kind != "todo" and line.task.record != record)
