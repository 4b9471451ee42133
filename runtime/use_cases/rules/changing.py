"""How does a rule change a record, so that the form's own checks hold?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.record import Record
from runtime.use_cases.checking import worked_out
from runtime.use_cases.reach import Work
from runtime.use_cases.rules.acting import Came, Did, Outrun, first_of
from runtime.use_cases.settling import settle_change


def change(work: Work, record: Record, given: Mapping[str, Any]) -> Came:
    """Put values into a record. Fields that are read-only for people are open to rules; what the
    form works out is worked out, and its checks hold. Raises Outrun."""
    wanted = replace(record, values={**record.values, **given})
    derived = worked_out(work, record, wanted, given)
    if derived.complaints:
        return first_of(derived.complaints)
    after = replace(record, values=derived.values)
    if after.values == record.values:
        return Did(told={"record": record.id, "changed": []})
    saved = settle_change(work, record, after)
    if saved is None:
        raise Outrun
    changed = [id_ for id_ in saved.values if saved.values[id_] != record.values.get(id_)]
    return Did(told={"record": record.id, "changed": changed}, record=saved)
