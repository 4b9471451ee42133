"""Which types of fields does an app bring along, made of the shipped ones?"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from engine.catalog import AnyField
from engine.definition.stage import ConditionDef
from engine.field import Id
from engine.wording import Label


class OwnTypeDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field type of the app's own: a shipped one with its options set once for all forms."""

    type: Id
    """What fields call it, as `type: plate`."""
    label: Label
    about: Label | None = None
    """One sentence on what it is for, shown in the palette."""
    icon: str | None = None
    """Its sign in the palette; the one of the type that it is like, if it is not said."""
    group: (
        Literal["basic", "number", "time", "choice", "people", "link", "media", "computed", "other"]
        | None
    ) = None
    """Under which heading of the palette it stands; that of the type that it is like."""
    like: AnyField
    """The type that it is made of, shipped or of the app's own, with its options."""
    open: tuple[str, ...] = ()
    """Options that each field may still set, besides those that all types share."""
    checks: tuple[ConditionDef, ...] = ()
    """What must be true of every value; expressions call it `value`."""
    examples: Annotated[tuple[Any, ...], Meta(max_length=20)] = ()
    """Values that must be accepted; people are shown the first."""
    refused: Annotated[tuple[Any, ...], Meta(max_length=20)] = ()
    """Values that must not be accepted."""
    taken_from: Id | None = None
    """The required app that it was copied from."""
    note: str | None = None
