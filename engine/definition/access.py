"""Who may see and do what with the records of a form?"""

from typing import Literal, TypeAlias

from msgspec import Struct, field

from engine.field import Feel, Id
from engine.wording import Label

Rows: TypeAlias = Literal["none", "own", "department", "tree", "all"] | Feel
"""Which records: own, of the own department, of it and all below it, all, or an expression."""


class RoleDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part that people play in an app."""

    id: Id
    label: Label
    help: Label | None = None
    design: bool = False
    """These people may open the designer of the app and see what it is made of."""
    note: str | None = None


class GrantDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one role may do with a form. What is not said is not allowed."""

    rows: Rows = "none"
    """Which records the role sees."""
    create: bool = False
    edit: bool | Rows = False
    """True: every record that it sees."""
    delete: bool | Rows = False
    advance: bool | Rows = False
    transfer: bool | Rows = False
    export: bool = False
    bring_in: bool = field(name="import", default=False)
    """`import`: bring in records from sheets, and take back what one brought in."""
    comment: bool = True
    links: bool = False
    """Make, print and turn off links by which people outside fill the form in."""
    hide: tuple[Id, ...] = ()
    readonly: tuple[Id, ...] = ()
    mask: tuple[Id, ...] = ()
    note: str | None = None
