"""Which other system can an app ask, what can it ask there, and what does it read of the answer?"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from engine.field import Feel, Id
from engine.typed.exchanged import Kind
from engine.wording import Label

Path = Annotated[str, Meta(pattern=r"^[^.\s]+(\.[^.\s]+)*$", max_length=200)]
"""Where in a JSON answer, as `data.items.0.id`."""


class SecretDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that only the operator knows; its value stands in no file."""

    id: Id
    label: Label
    help: Label | None = None


class AskedDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that an operation needs."""

    id: Id
    label: Label
    type: Kind = "text"
    required: bool = True


class AnswerDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that is read out of the answer."""

    id: Id
    label: Label
    type: Kind = "text"
    path: Path


class OperationDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that can be asked of the other system."""

    id: Id
    label: Label
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "POST"
    path: Annotated[str, Meta(pattern=r"^(/[^\s?#]*)?$", max_length=500)] = ""
    """Behind the address of the connector; `{name}` becomes the value of an input."""
    ask: Annotated[tuple[AskedDef, ...], Meta(max_length=50)] = ()
    query: dict[str, Feel] = {}
    """Behind the path, by name: expressions over the inputs and `secret`."""
    body: Feel | None = None
    """What is sent as JSON: an expression over the inputs and `secret`."""
    answers: Annotated[tuple[AnswerDef, ...], Meta(max_length=50)] = ()
    failed_if: Feel | None = None
    """When an answer says that it did not work, over the answers and `status`."""
    why: Id | None = None
    """The answer that says why it did not work."""
    repeatable: bool = False
    """Asking twice does no harm; without it, nothing is asked again whose outcome is unknown."""


class ConnectorDef(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="http"
):
    """Another system that an app can ask by HTTP, a file of `connectors/`."""

    connector: Id
    label: Label
    url: Annotated[str, Meta(pattern=r"^https?://[^\s?#@]+$", max_length=500)] | None = None
    """Its address; the operator may set another one. Without TLS only as the operator allows."""
    secrets: Annotated[tuple[SecretDef, ...], Meta(max_length=20)] = ()
    headers: dict[Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")], Feel] = {}
    """Sent with every request: expressions over `secret`."""
    operations: Annotated[tuple[OperationDef, ...], Meta(min_length=1, max_length=50)]
    test: Id | None = None
    """The operation by which it is tried out: one that asks for nothing and does no harm."""
    note: str | None = None
