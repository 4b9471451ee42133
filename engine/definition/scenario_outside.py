"""What do other programs, and people outside, do in a scenario?"""

from typing import Annotated, Any

from msgspec import Meta, Struct

from engine.field import Id


class GivenAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What another system answers whenever a connector asks it; of several, one after the other
    and the last for good."""

    connector: Id
    operation: Id
    status: Annotated[int, Meta(ge=100, le=599)] = 200
    body: dict[str, Any] = {}
    """The JSON that comes back."""


class TellStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another program tells a rule something; the step is about the record that it finds or
    makes, as the person of the step sees it."""

    rule: Id
    body: dict[str, Any] = {}
    name: Id | None = None
    """What later steps call the record that the rule makes."""


class FillStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody outside fills in a page by a code; the person of the step is who made the code,
    and sees what comes of it."""

    public: Id
    code_of: Id | None = None
    """The record that the code belongs to."""
    values: dict[str, Any] = {}
    agree: bool = True
    """Agrees to what the page asks consent for."""
    name: Id | None = None
    """What later steps call the record that is made."""
