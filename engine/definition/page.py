"""How are the records of a form listed, shown on a board, found and related?"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from engine.field import Id
from engine.filter import FilterDef as FilterDef
from engine.filter import Operator as Operator
from engine.filter import Where
from engine.wording import Label


class ViewDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named way to look at a list."""

    id: Id
    label: Label
    where: Where = ()
    sort: tuple[str, ...] = ()
    """Field ids; a leading minus sorts downwards."""
    columns: tuple[str, ...] = ()
    roles: tuple[Id, ...] = ()
    """Shown to these roles only; to all without any."""


class ListDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a list shows before anybody changes it."""

    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ("-updated_at",)
    views: tuple[ViewDef, ...] = ()
    filters: tuple[str, ...] = ()
    """Fields offered first when a filter is added."""


class BoardDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the board by stage shows."""

    card: tuple[str, ...] = ()
    """Fields on a card, below its title."""
    total: str | None = None
    """The number field that each column adds up."""


class RelatedDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Records of another form that point here, listed on the record page."""

    form: Id
    by: Id
    """The reference field over there."""
    label: Label | None = None
    columns: tuple[str, ...] = ()
    add: bool = True
    """Offer a button that makes a new one."""
    timeline: bool = False
    """Their arrival shows in this record's timeline and counts as its activity."""


class MenuDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of the side navigation."""

    id: Id | None = None
    """What translations call it; its first form without one."""
    label: Label | None = None
    forms: Annotated[tuple[Id, ...], Meta(min_length=1)]
    roles: tuple[Id, ...] = ()


class Card(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure or a short list on the home page."""

    id: Id
    label: Label
    form: Id
    where: Where = ()
    show: Literal["count", "sum", "list"] = "count"
    of: str | None = None
    sort: tuple[str, ...] = ()
    limit: Annotated[int, Meta(ge=1, le=20)] = 5
    roles: tuple[Id, ...] = ()
