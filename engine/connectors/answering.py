"""What does the answer of another system say, and did it do what was asked?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from engine.app import Connector
from engine.definition.connector import OperationDef
from engine.expressions import Env
from engine.field import NotAcceptable
from engine.typed.exchanged import decoded, value_in
from engine.wording import Message

LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What was read out of an answer."""

    values: Mapping[str, Any] = field(default_factory=dict)
    problem: Message | None = None
    """Why it counts as failed."""
    words: str = ""
    """What the other system says of it itself."""


def answered(
    connector: Connector,
    operation: OperationDef,
    status: int,
    body: bytes,
    env: Env,
    zone: tzinfo,
) -> Answered:
    """Read an answer. One that says itself that it failed counts as failed, whatever HTTP says."""
    data = decoded(body)
    values, wrong = _values(operation, data, zone)
    if _says_no(connector, operation, values, status, env):
        words = values.get(operation.why or "") or body[:LONGEST].decode("utf-8", "replace")
        problem = Message("对方没有办成，状态码 {status}", status=status)
        return Answered(values=values, problem=problem, words=str(words)[:LONGEST])
    if wrong is not None:
        return Answered(values=values, problem=wrong)
    return Answered(values=values)


def _values(
    operation: OperationDef, data: Any, zone: tzinfo
) -> tuple[dict[str, Any], Message | None]:
    found: dict[str, Any] = {}
    wrong: Message | None = None
    for one in operation.answers:
        try:
            found[one.id] = value_in(one.type, at(data, one.path), zone)
        except NotAcceptable as no:
            found[one.id] = None
            wrong = Message(
                "回答里的“{answer}”（{path}）{reason}",
                answer=one.label,
                path=one.path,
                reason=no.message,
            )
    return found, wrong


def at(data: Any, path: str) -> Any:
    """Return what stands at a place of a JSON value; None if nothing does."""
    for step in path.split("."):
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def _says_no(
    connector: Connector,
    operation: OperationDef,
    values: Mapping[str, Any],
    status: int,
    env: Env,
) -> bool:
    if not 200 <= status < 300:
        return True
    failed_if = connector.logic.get(f"{operation.id}/failed_if")
    return failed_if is not None and failed_if.holds({**values, "status": status}, env)
