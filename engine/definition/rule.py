"""What follows when something happens to a record, or has not happened for too long?"""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from engine.field import Feel, Id
from engine.rules.catalog import AnyAction, AnyTrigger
from engine.wording import Label


class RuleDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule of an app, a file of `rules/`."""

    rule: Id
    label: Label
    form: Id
    """The form whose records it is about."""
    on: AnyTrigger
    """What sets it off."""
    only_if: Feel | None = msgspec.field(default=None, name="if")
    """It does nothing unless this holds for the record at that moment."""
    do: Annotated[tuple[AnyAction, ...], Meta(min_length=1, max_length=20)]
    """What it does, in this order."""
    again: Annotated[int, Meta(ge=0, le=5)] = 0
    """How often it may follow from itself; without it, a circle of rules is a mistake."""
    paused: bool = False
    """It does nothing for now."""
    note: str | None = None
