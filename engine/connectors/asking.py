"""What does a request of a connector look like, given the inputs and the secrets?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from engine.app import Connector
from engine.definition.connector import OperationDef
from engine.expressions import Env
from engine.rules.blanks import filled_with
from engine.typed.exchanged import encoded, plain

MOST_HEADER = 4000


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A request as it is to be sent, without the address of the system."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


def wanted(
    connector: Connector,
    operation: OperationDef,
    inputs: Mapping[str, Any],
    secrets: Mapping[str, str],
    env: Env,
) -> Wanted:
    """Return the request of an operation. Secrets stand in it: it is for the door only."""
    row = {
        **inputs,
        "secret": {one.id: secrets.get(one.id) for one in connector.definition.secrets},
    }

    def worked_out(name: str) -> Any:
        return connector.logic[name].value(row, env)

    query = {name: worked_out(f"{operation.id}/query/{name}") for name in operation.query}
    headers = {name: worked_out(f"headers/{name}") for name in connector.definition.headers}
    return Wanted(
        method=operation.method,
        path=filled_with(operation.path, lambda name: quote(_text(inputs.get(name)), safe="")),
        headers={name: _line(value) for name, value in headers.items() if value is not None},
        query={name: _text(value) for name, value in query.items() if value is not None},
        body=encoded(worked_out(f"{operation.id}/body")) if operation.body else None,
    )


def _line(value: Any) -> str:
    """Return a value as one line of a header: nothing can begin another."""
    return "".join(letter for letter in _text(value) if letter.isprintable())[:MOST_HEADER]


def _text(value: Any) -> str:
    found = plain(value)
    if isinstance(found, bool):
        return str(found).lower()
    return "" if found is None else str(found)
