"""What becomes of records that belong to nobody: who may take them, and who is given them?"""

from datetime import timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from engine.field import Feel, Id
from engine.wording import Label

Count = Annotated[int, Meta(ge=1, le=100_000)]


class PoolDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The records that belong to nobody and have not ended; each waits until somebody takes it."""

    label: Label
    roles: Annotated[tuple[Id, ...], Meta(min_length=1)]
    """Who sees what waits, and may take it."""
    hide: tuple[Id, ...] = ()
    """Fields that nobody sees of a record while it waits."""
    claims_per_day: Count | None = None
    """So many records a person may take in a day."""
    hold_at_most: Count | None = None
    """Whoever holds so many records that have not ended takes no more."""
    cool_down: timedelta | None = None
    """Whoever gave a record up, or lost it, may not take the same one again for so long."""
    release: bool = True
    """Whoever holds a record may put it back, with a reason."""
    note: str | None = None


class RoutingDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To whom new records are given by themselves, when their maker did not choose somebody."""

    when: Feel | None = None
    """Only new records for which this holds; others belong to their maker."""
    decision: Id | None = None
    """A decision table of this form with outputs `person` (logins), `role` or `department`
    (codes): the people who come into question."""
    role: Id | None = None
    """Who comes into question where the table names nobody."""
    at_most: Count | None = None
    """Whoever holds so many records that have not ended is passed over."""
    stage: Id | None = None
    """The stage that a record enters when it is given to somebody."""
    otherwise: Literal["pool", "maker"] = "pool"
    """Where a record goes if nobody is left."""
    note: str | None = None
