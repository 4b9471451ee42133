"""Which values do the fields of something new begin with?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.expressions import Env
from engine.field import Field, NotAcceptable, Storage
from engine.forms.plan import Part
from engine.record import Value
from engine.typed.anything import data_of
from engine.typed.numbers import rounded
from engine.wording import Message


def fill_defaults(
    part: Part, given: Mapping[str, Any], row: dict[str, Any], env: Env
) -> dict[str, Message]:
    """Fill into a row what was not given; what was emptied on purpose stays empty.

    Return what is wrong with values that were worked out.
    """
    for id_, value in part.fixed.items():
        if id_ not in given:
            row[id_] = value
    refused: dict[str, Message] = {}
    for field, compiled in part.defaults:
        if field.id in given:
            continue
        try:
            row[field.id] = fitting(field, compiled.value(row, env))
        except NotAcceptable as wrong:
            refused[field.id] = wrong.message
    return refused


def fitting(field: Field, value: Any) -> Value:
    """Return the result of an expression as a value of a field. Raises NotAcceptable."""
    if value is None:
        return None
    if isinstance(value, Decimal) and field.storage is Storage.DECIMAL:
        value = rounded(value, field.scale())
    if isinstance(value, datetime):
        value = value.replace(microsecond=0)
    return field.read(data_of(value))
