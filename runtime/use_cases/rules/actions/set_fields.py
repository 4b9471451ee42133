"""How does a rule fill fields of its record?"""

from __future__ import annotations

from engine.rules.actions.set_fields import SetFields
from runtime.use_cases.rules.acting import Came, Doing
from runtime.use_cases.rules.changing import change


def perform(doing: Doing, action: SetFields) -> Came:
    """Work out the values, all from the record as it is, and save them."""
    given = {id_: doing.value(id_) for id_ in action.set}
    return change(doing.work, doing.record, given)
