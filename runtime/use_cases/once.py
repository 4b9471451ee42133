"""Was this very act done before, so that it must not be done again?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Generic, TypeVar

from engine.outcomes import Denied, Missing, Saved
from engine.wording import Message
from runtime.store import Unit
from runtime.use_cases.act import Act
from runtime.use_cases.reach import Work

Result = TypeVar("Result")
Found = TypeVar("Found")

USED = Message("这个 Idempotency-Key 已用于另一个请求")


@dataclass(frozen=True)
class Trace(Generic[Result, Found]):
    """What stays of an act beside its key, so that the same answer can be given once more."""

    left: Callable[[Result], str | None]
    """The id of what came of it, None if nothing was done."""
    found: Callable[[str], Found | Missing]
    """What came of it, as it is now."""


def once(work: Work, do: Callable[[], Result]) -> Result | Saved | Denied | Missing:
    """Do it, unless the act's key says that it was done: then return the record that came of it,
    as it is now. The key is noted in the transaction of the act, and only if something was saved.

    The same key for another request is refused.
    """
    trace: Trace[Result, Saved] = Trace(
        left=lambda outcome: outcome.record.id if isinstance(outcome, Saved) else None,
        found=lambda id_: _record(work, id_),
    )
    return once_for_key(work.unit, work.act, work.now, trace, do)


def once_for_key(
    unit: Unit, act: Act, now: datetime, trace: Trace[Result, Found], do: Callable[[], Result]
) -> Result | Found | Denied | Missing:
    """Do the same for an act that leaves something else than one record."""
    if act.key is None:
        return do()
    person, key = act.actor.id, act.key
    earlier = unit.idempotency.claim(person, key, now, act.request)
    if earlier is not None:
        other = earlier.request != act.request
        return Denied(USED) if other else trace.found(earlier.record or "")
    outcome = do()
    left = trace.left(outcome)
    if left is None:
        unit.idempotency.forget(person, key)
    else:
        unit.idempotency.remember(person, key, left)
    return outcome


def part_of(act: Act, id_: str) -> Act:
    """Return the part of an act on many records that concerns one, with a key of its own."""
    if act.key is None:
        return act
    return replace(act, key=sha256(f"{act.key}\0{id_}".encode()).hexdigest())


def _record(work: Work, id_: str) -> Saved | Missing:
    record = work.unit.records.one(work.form, id_, deleted=True)
    return Saved(record) if record else Missing()
