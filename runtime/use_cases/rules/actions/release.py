"""How does a rule put its record into the pool?"""

from __future__ import annotations

from engine.outcomes import Saved
from engine.rules.actions.release import Release
from engine.wording import Message
from runtime.use_cases.pools.release_record import is_held, to_pool
from runtime.use_cases.rules.acting import Came, Did, Doing, Failed, Outrun


def perform(doing: Doing, action: Release) -> Came:
    """Take it from whoever holds it; one that waits already is left alone."""
    if doing.record.owner is None:
        return Did(told={"record": doing.record.id, "changed": []})
    if not is_held(doing.work.form, doing.record):
        return Failed(Message("已结束的记录不能收回公海"))
    outcome = to_pool(doing.work, doing.record, "recycled")
    if isinstance(outcome, Saved):
        told = {"people": [doing.record.owner], "record": doing.record.id}
        return Did(told=told, record=outcome.record)
    raise Outrun
