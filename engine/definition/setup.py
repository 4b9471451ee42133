"""What is to be done once before an app is used?"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from engine.field import Id
from engine.filter import Where
from engine.wording import Label


class SetupStepDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the checklist that stands on the home page until it is done."""

    id: Id
    label: Label
    help: Label | None = None
    go: Literal["records", "new", "import", "people", "decision", "links"] = "records"
    """Where it is done: in the list of a form, in a new record, in an import, where people get
    their roles, in a decision table, or where links and codes for outsiders are made."""
    form: Id | None = None
    """The form whose records are looked at and counted."""
    where: Where = ()
    """Which of its records count."""
    role: Id | None = None
    """The role that somebody must have."""
    decision: Id | None = None
    """The table to look at; that it was done is said by hand."""
    at_least: Annotated[int, Meta(ge=1, le=1000)] = 1
    """So many records, or people with the role."""
    roles: tuple[Id, ...] = ()
    """Who sees it; those who may design the app without any."""
    note: str | None = None
