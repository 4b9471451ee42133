"""What does an app say about itself?"""

from typing import Annotated

from msgspec import Meta, Struct

from engine.definition.access import RoleDef
from engine.definition.colour import Colour
from engine.definition.ledger import LedgerDef
from engine.definition.page import Card, MenuDef
from engine.definition.setup import SetupStepDef
from engine.field import Id
from engine.wording import Label


class AppDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The manifest of an app package, `app.yaml`."""

    app: Id
    version: Annotated[
        str, Meta(pattern=r"^\d+\.\d+\.\d+$", extra_json_schema={"format": "version"})
    ]
    label: Label
    description: Label | None = None
    icon: str = "apps"
    colour: Colour | None = None
    publisher: str | None = None
    requires: dict[str, str] = {}
    """The platform's version (`dougong`) and other apps', as `>=1.0`."""
    roles: Annotated[tuple[RoleDef, ...], Meta(min_length=1)]
    menu: tuple[MenuDef, ...] = ()
    home: tuple[Card, ...] = ()
    setup: tuple[SetupStepDef, ...] = ()
    """What is to be done once before the app is used."""
    ledgers: tuple[LedgerDef, ...] = ()
    """Points that rules book for people."""
    note: str | None = None
