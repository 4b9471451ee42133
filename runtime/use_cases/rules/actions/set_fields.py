"""How does a rule fill fields of its record?"""

from __future__ import annotations

from engine.rules.actions.set_fields import SetFields
from runtime.use_cases.rules.acting import Came, Doing, Failed
from runtime.use_cases.rules.changing import change
from runtime.use_cases.rules.fitting import fitting


def perform(doing: Doing, action: SetFields) -> Came:
    """Work out the values, all from the record as it is, and save them."""
    given = fitting(doing, doing.work.form, {id_: doing.value(id_) for id_ in action.set})
    return given if isinstance(given, Failed) else change(doing.work, doing.record, given)
