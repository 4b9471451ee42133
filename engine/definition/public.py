"""Which forms can people outside fill in without signing in, and what are they asked?"""

from typing import Annotated

from msgspec import Meta, Struct

from engine.field import Feel, Id
from engine.wording import Label


class PublicFieldDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field that people outside fill in."""

    field: Id
    help: Label | None = None
    """Said to people outside instead of the field's own help."""
    cells: tuple[Id, ...] = ()
    """Of a sub-table, the columns that are asked, as they stand there; all without it."""


class LimitsDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much one link lets in."""

    per_hour: Annotated[int, Meta(ge=1, le=10_000)] = 60
    per_day: Annotated[int, Meta(ge=1, le=100_000)] = 500


class PublicDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One page that anybody with its link can fill in, a file of `public/`."""

    public: Id
    label: Label
    """The heading of the page."""
    form: Id
    """The form of which a record is made."""
    intro: Label | None = None
    thanks: Label | None = None
    """Said when it was sent."""
    fields: Annotated[tuple[PublicFieldDef, ...], Meta(min_length=1, max_length=40)]
    """What is asked, in this order; nothing else is taken."""
    consent: Label
    """What people agree to before they send; kept with the record as they read it."""
    consent_field: Id | None = None
    """A yes-or-no field that becomes true with it."""
    per: Id | None = None
    """A reference field: each link belongs to one of its records, which the field then names."""
    set: dict[str, Feel] = {}
    """Fields that nobody is asked, worked out from what was sent and the link's record."""
    owner: Feel | None = None
    """Whose the record is; the person who made the link without it."""
    limits: LimitsDef = LimitsDef()
    days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    """New links hold so long; until they are turned off without it."""
    note: str | None = None
