"""Do connectors name what there is, and what do they become?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from engine.app import Connector
from engine.definition.connector import ConnectorDef, OperationDef
from engine.expressions import INTEGER, TEXT, Compiled, Scope, Slot, Type, context_of
from engine.loading.build import Built, Part
from engine.loading.expressions import Compiling
from engine.loading.links import filed, missing, repeated
from engine.loading.nouns import ANSWER, CONNECTOR, INPUT, OPERATION, SECRET
from engine.loading.outline import Outlines
from engine.loading.remembering import Memory
from engine.loading.source import Spot
from engine.problems import Problem
from engine.rules.blanks import blanks
from engine.typed.exchanged import FEEL_TYPES
from engine.wording import Message

SECRETS, STATUS = "secret", "status"
"""What expressions call the secrets, and the number that HTTP answers with."""


def connectors_of(
    names: Outlines, built: Built, memory: Memory
) -> tuple[dict[str, Connector], list[Problem]]:
    """Compile all connectors of an app, and say what is wrong with them."""
    problems = list(_files(built))
    found: dict[str, Connector] = {}
    for part in built.connector:
        made, wrong = memory.found(part, "connector", partial(_connector, names.app.app, part))
        found.setdefault(made.id, made)
        problems += wrong
    return found, problems


def _files(built: Built) -> Iterator[Problem]:
    named = [(part.definition.connector, part.spot / "connector") for part in built.connector]
    yield from filed(CONNECTOR, "connectors", named)


def _connector(app: str, part: Part[ConnectorDef]) -> tuple[Connector, list[Problem]]:
    definition, spot = part.definition, part.spot
    problems = [*_twice(spot, definition), *_tried(spot, definition)]
    secrets = context_of({one.id: TEXT for one in definition.secrets})
    logic: dict[str, Compiled] = {}
    work = Compiling(_scope({SECRETS: secrets}))
    for name, text in definition.headers.items():
        _put(logic, f"headers/{name}", work.compile(text, spot / "headers" / name, Slot.VALUE))
    problems += work.problems
    for at, operation in enumerate(definition.operations):
        here = spot / "operations" / at
        problems += _operation_problems(operation, here)
        for compiling in _compiled(logic, operation, secrets, here):
            problems += compiling.problems
    made = Connector(app=app, id=definition.connector, definition=definition, logic=logic)
    return made, problems


def _scope(names: dict[str, Type]) -> Scope:
    return Scope(names=names)


def _put(logic: dict[str, Compiled], name: str, compiled: Compiled | None) -> None:
    if compiled is not None:
        logic[name] = compiled


def _compiled(
    logic: dict[str, Compiled], operation: OperationDef, secrets: Type, spot: Spot
) -> Iterator[Compiling]:
    asked = {one.id: FEEL_TYPES[one.type] for one in operation.ask}
    out = Compiling(_scope({**asked, SECRETS: secrets}))
    for name, text in operation.query.items():
        compiled = out.compile(text, spot / "query" / name, Slot.VALUE)
        _put(logic, f"{operation.id}/query/{name}", compiled)
    if operation.body is not None:
        compiled = out.compile(operation.body, spot / "body", Slot.VALUE)
        _put(logic, f"{operation.id}/body", compiled)
    yield out
    read = {one.id: FEEL_TYPES[one.type] for one in operation.answers}
    back = Compiling(_scope({**read, STATUS: INTEGER}))
    if operation.failed_if is not None:
        compiled = back.compile(operation.failed_if, spot / "failed_if", Slot.RULE)
        _put(logic, f"{operation.id}/failed_if", compiled)
    yield back


def _twice(spot: Spot, definition: ConnectorDef) -> Iterator[Problem]:
    for key, what in (("secrets", SECRET), ("operations", OPERATION)):
        named = [
            (one.id, spot / key / at / "id") for at, one in enumerate(getattr(definition, key))
        ]
        yield from repeated(what, named)


def _tried(spot: Spot, definition: ConnectorDef) -> Iterator[Problem]:
    """Yield the problem that it can't be tried by what is named for that."""
    known = {one.id: one for one in definition.operations}
    yield from missing(spot / "test", OPERATION, definition.test, known, "operation")
    operation = known.get(definition.test or "")
    if operation and not _harmless(operation):
        message = Message("测试要用一个不必填写、并且可以重复的操作")
        yield (spot / "test").problem("connector.test", message)


def _harmless(operation: OperationDef) -> bool:
    asks = any(one.required for one in operation.ask)
    return not asks and (operation.repeatable or operation.method == "GET")


def _operation_problems(operation: OperationDef, spot: Spot) -> Iterator[Problem]:
    for key, what, taken in (("ask", INPUT, SECRETS), ("answers", ANSWER, STATUS)):
        things = getattr(operation, key)
        spots = [spot / key / at / "id" for at in range(len(things))]
        yield from repeated(what, [(one.id, at) for one, at in zip(things, spots, strict=True)])
        for one, at in zip(things, spots, strict=True):
            if one.id == taken:
                message = Message("“{name}”另有含义，请换一个标识", name=taken)
                yield at.problem("connector.name", message)
    asked = [one.id for one in operation.ask]
    for name in blanks(operation.path):
        yield from missing(spot / "path", INPUT, name, asked, "input")
    answers = [one.id for one in operation.answers]
    yield from missing(spot / "why", ANSWER, operation.why, answers, "answer")
    if operation.body is not None and operation.method == "GET":
        yield (spot / "body").problem("connector.body", Message("GET 不能带发送内容"))
