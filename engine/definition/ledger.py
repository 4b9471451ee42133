"""Which points do people of an app collect?"""

from msgspec import Struct

from engine.field import Id
from engine.wording import Label


class LedgerDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Points that rules book for people, as a sum for each."""

    id: Id
    label: Label
    help: Label | None = None
    """What they are given for."""
    ranking: tuple[Id, ...] = ()
    """The roles that see everybody's points, in order; others see their own."""
