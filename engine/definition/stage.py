"""Which stages does a record go through, and what must hold to leave each?"""

from datetime import timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from engine.definition.colour import Colour
from engine.field import Feel, Id
from engine.wording import Label


class ConditionDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that must be true, and what a person reads when it is not."""

    id: Id
    that: Feel
    message: Label
    note: str | None = None


class GeofenceDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A photo must have been taken near the place that a geo field of the record names."""

    of: str
    """A geo field of this form, or of a form it refers to, as `site.position`."""
    metres: Annotated[int, Meta(ge=10, le=100_000)]


class EvidenceDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something to hand in before a gate opens."""

    id: Id
    label: Label
    kind: Literal["document", "photo", "screenshot", "recording", "signature", "any"] = "any"
    types: tuple[str, ...] = ()
    """Accepted file types, as `pdf`; without any, those that the kind implies."""
    at_least: Annotated[int, Meta(ge=1, le=50)] = 1
    fresh: bool = False
    """Handed in after the record entered the stage."""
    reuse: bool = False
    """The same content may stand on another record too."""
    within: GeofenceDef | None = None
    expires: timedelta | None = None
    """How long after it was handed in it counts; the gate shuts again then."""
    review: Id | None = None
    """The role that must accept each piece."""
    when: Feel | None = None
    """Asked for only while this holds."""
    help: Label | None = None
    note: str | None = None


class GateDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must hold: fields filled, conditions true, evidence handed in."""

    fields: tuple[Id, ...] = ()
    that: tuple[ConditionDef, ...] = ()
    evidence: tuple[EvidenceDef, ...] = ()
    approval: Id | None = None
    """A workflow that must have ended with agreement since the record came into its stage."""
    override: tuple[Id, ...] = ()
    """Roles that may pass a shut gate by giving a reason."""
    note: str | None = None


class BackDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To which earlier stages a record may return from here."""

    to: tuple[Id, ...] | Literal["any"] = "any"
    reason: bool = True


class StageDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of a pipeline."""

    id: Id
    label: Label
    help: Label | None = None
    colour: Colour | None = None
    expect: timedelta | None = None
    """The working time that a record should need here; yellow after it."""
    red: timedelta | None = None
    """Red after this working time; twice `expect` without it."""
    gate: GateDef = GateDef()
    """What must hold to leave for the next stage."""
    entry: GateDef = GateDef()
    """What must hold to come in, from wherever."""
    back: BackDef | None = None
    aside: bool = False
    """Not a step of the path but a way out of it, such as given up; open from every stage."""
    outcome: Literal["won", "lost"] | None = None
    """The path ends here, well or badly."""
    note: str | None = None


class PipelineDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of several paths that records of a form may take."""

    id: Id
    label: Label
    when: Feel | None = None
    """New records for which this holds take this path; the first that fits, else the first."""
    stages: Annotated[tuple[StageDef, ...], Meta(min_length=1)]
    note: str | None = None
