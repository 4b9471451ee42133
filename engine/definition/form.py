"""What does a form ask for, and everything else that is said about its records?"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from engine.catalog import AnyField
from engine.definition.access import GrantDef
from engine.definition.colour import Colour
from engine.definition.page import BoardDef, ListDef, RelatedDef
from engine.definition.pool import PoolDef, RoutingDef
from engine.definition.stage import ConditionDef, PipelineDef, StageDef
from engine.field import Feel, Id
from engine.wording import Label


class TabDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of several pages of a form, of which one is seen at a time."""

    id: Id
    label: Label
    note: str | None = None


class SectionDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A titled part of a form."""

    id: Id
    label: Label
    help: Label | None = None
    tab: Id | None = None
    """The tab that it stands on; the first one if it is not said."""
    columns: Literal[1, 2, 3] = 2
    visible: Feel | None = None
    folded: bool = False
    fields: tuple[AnyField, ...] = ()
    note: str | None = None


class CreateDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One record that a conversion makes."""

    form: Id
    id: Id | None = None
    """What later steps call it; the form's id if it is not said."""
    existing: Id | None = None
    """A reference field of the source: if it is filled, that record is taken instead."""
    set: dict[str, Feel] = {}
    """Fields of the new record, worked out from the source; fields with the same id and type
    are carried over without being named."""
    refer: dict[str, Id] = {}
    """Reference fields of the new record, filled with records made before, or with `source`."""
    lines: dict[str, str] = {}
    """Line fields of the new record, copied from line fields of the source."""


class ConversionDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One button that turns a record into records of other forms, carrying its fields over."""

    id: Id
    label: Label
    when: Feel | None = None
    message: Label | None = None
    """Said when the condition does not hold."""
    roles: tuple[Id, ...] = ()
    creates: Annotated[tuple[CreateDef, ...], Meta(min_length=1)]
    stage: Id | None = None
    """The stage that the source enters; its gate applies."""
    keep: dict[Id, Id] = {}
    """Reference fields of the source, filled with the records made."""
    note: str | None = None


class IndexDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Columns that are searched together."""

    fields: Annotated[tuple[str, ...], Meta(min_length=1, max_length=5)]


class FormDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of record: what it asks for, shows and allows."""

    form: Id
    label: Label
    help: Label | None = None
    icon: str = "file"
    colour: Colour | None = None
    formerly: Id | None = None
    title: Id
    """The field that names a record."""
    subtitle: Id | None = None
    tabs: tuple[TabDef, ...] = ()
    """Pages of a long form; one without anything to see is not shown."""
    sections: Annotated[tuple[SectionDef, ...], Meta(min_length=1)]
    checks: tuple[ConditionDef, ...] = ()
    stages: tuple[StageDef, ...] = ()
    pipelines: tuple[PipelineDef, ...] = ()
    access: dict[str, GrantDef] = {}
    list: ListDef = ListDef()
    board: BoardDef = BoardDef()
    related: tuple[RelatedDef, ...] = ()
    conversions: tuple[ConversionDef, ...] = ()
    pool: PoolDef | None = None
    routing: RoutingDef | None = None
    search: tuple[Id, ...] = ()
    """Fields that the search box looks into; the title without any."""
    timeline: bool = True
    comments: bool = True
    indexes: tuple[IndexDef, ...] = ()
    note: str | None = None


DemoRows = list[dict[str, Any]]
"""The rows of one file of demo data."""
