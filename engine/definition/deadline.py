"""Until when must something be done?"""

from datetime import timedelta
from typing import Annotated

from msgspec import Meta, Struct

from engine.field import Id

Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""A time of the day, as `18:00`."""


class DeadlineDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long after its start something is due, or how far from a date of the record."""

    working: timedelta | None = None
    """Working days, as `P2D`; a working day counts as 24 hours, so `PT12H` is half of one."""
    working_hours: timedelta | None = None
    """Working hours, as `PT4H`: only the hours in which people work count."""
    calendar: timedelta | None = None
    """Time by the clock, as `PT24H`; days off count too."""
    until: Id | None = None
    """A field of the record with a date or a moment: what is due then moves with it. A date lasts
    until its midnight. Together with a span, so long after it."""
    before: Id | None = None
    """Such a field, when something is due a span before it."""
    at: Clock | None = None
    """The time of the day that was found, or of the date in the field; without it to the minute."""
    note: str | None = None
