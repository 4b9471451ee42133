"""Which records did an action on many leave as they were, when a list is asked for just those?"""

from __future__ import annotations

from dataclasses import replace

from engine.app import Form
from engine.outcomes import Missing
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.sweeps.report import refused_by
from runtime.web.lists.state import ListState
from runtime.web.visit import Visit


def left_query(job: str, number: int | None = None) -> str:
    """Return what asks a list for what was left, for one reason or for any."""
    return f"?feel=&left={job}" + (f".{number}" if number is not None else "")


def with_left(services: Services, visit: Visit, form: Form, state: ListState) -> ListState:
    """Return the list with only those records, if its address asks for them."""
    if not state.left:
        return state
    job, _, number = state.left.partition(".")
    asked = int(number) if number.isdecimal() else None
    found = refused_by(services, visit.act(), form, job, asked)
    return replace(state, among=() if isinstance(found, Missing) else found)


def left_words(state: ListState) -> Message | None:
    """Return what the list then says it shows."""
    if not state.left:
        return None
    return Message("批量操作未成功的 {n} 条", n=f"{len(state.among or ()):,}")
