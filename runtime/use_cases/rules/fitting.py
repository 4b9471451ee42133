"""Does a field take what came from outside, as it would from anybody else?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.app import Form
from engine.field import Field, NotAcceptable
from engine.typed.exchanged import plain
from engine.typed.numbers import rounded
from engine.wording import Message
from runtime.use_cases.rules.acting import Doing, Failed, first_of

READ = (str, int, Decimal, date, datetime)
"""Values that fields read from JSON; what has parts was made by the rule itself."""


def fitting(doing: Doing, form: Form, given: Mapping[str, Any]) -> dict[str, Any] | Failed:
    """Return values as the fields keep them, or why a field takes none of the kind. What a rule
    makes only of its own records is not looked at."""
    if not doing.more:
        return dict(given)
    found: dict[str, Any] = {}
    complaints: dict[str, tuple[Message, ...]] = {}
    for id_, value in given.items():
        field = form.fields[id_]
        try:
            found[id_] = _read(field, value) if isinstance(value, READ) else value
        except NotAcceptable as no:
            said = Message("“{field}”{reason}", field=field.label, reason=no.message)
            complaints[id_] = (said,)
    return first_of(complaints) if complaints else found


def _read(field: Field, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        return field.read(plain(value))
    exact = Decimal(value)
    return field.read(rounded(exact, field.scale()) if abs(exact) < LARGE else exact)


LARGE = Decimal(10) ** 20
"""Larger ones no field takes, whatever their fractions."""
