"""Was this very act done before, so that it must not be done again?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from engine.outcomes import Denied, Missing, Saved
from engine.wording import Message
from runtime.use_cases.reach import Work

Result = TypeVar("Result")


def once(work: Work, do: Callable[[], Result]) -> Result | Saved | Denied | Missing:
    """Do it, unless the act's key says that it was done: then return what came of it, as it is
    now. The key is noted in the transaction of the act, and only if something was saved.

    The same key for another request is refused.
    """
    act = work.act
    if act.key is None:
        return do()
    earlier = work.unit.idempotency.asked(act.actor.id, act.key)
    if earlier is None:
        outcome = do()
        if isinstance(outcome, Saved):
            work.unit.idempotency.remember(
                act.actor.id, act.key, outcome.record.id, work.now, act.request
            )
        return outcome
    if earlier.request != act.request:
        return Denied(Message("这个 Idempotency-Key 已用于另一个请求"))
    record = work.unit.records.one(work.form, earlier.record or "", deleted=True)
    return Saved(record) if record else Missing()
