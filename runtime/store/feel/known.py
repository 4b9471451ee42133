"""Which parameters does a statement need at the time when it runs?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from engine.expressions import Env, Kind
from engine.expressions.python_target.compile import value_function
from engine.expressions.settled import constant, settled
from engine.expressions.tree import (
    Bool,
    Call,
    Name,
    Node,
    Null,
    Num,
    OpTest,
    Path,
    RangeTest,
    Str,
    Temporal,
    TrueTest,
    children,
)
from engine.expressions.values import Value
from runtime.store.feel.part import Part, parameter
from runtime.store.feel.rewriting import indexable
from runtime.store.feel.zones import zone_name

NOWHERE = Env(date(1970, 1, 1), datetime(1970, 1, 1, tzinfo=UTC))
TODAY, NOW, ZONE = "_today", "_now", "_zone"
_LEAVES = (Num, Str, Bool, Null, Temporal, OpTest, RangeTest, TrueTest)
"""What stands in the statement as it is, or is no value by itself."""
_SIMPLE = frozenset(
    {
        Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN, Kind.DATE, Kind.TIME, Kind.DATETIME, Kind.DAYS,
        Kind.MONTHS,
    }
)  # fmt: skip
_MOST_KEPT = 5_000


def parameters(env: Env, *trees: Node) -> dict[str, Any]:
    """Return what statements made of these trees need when they run, besides what they hold.

    The day, the moment, the zone and the person are always there; what the trees work out of
    these (as `today() - duration("P7D")`) only for the trees that are given.
    """
    given = {TODAY: env.today, NOW: env.now.astimezone(UTC), ZONE: zone_name(env.now)}
    for name, value in env.user.items():
        given[user_parameter(name)] = _bindable(value)
    for tree in trees:
        for key, function in _worked_out(tree):
            given[key] = _bindable(function({}, env))
    return given


def user_parameter(name: str) -> str:
    """Return what the parameter with an entry of `user` is called."""
    return f"_user_{name}"


def foldable(node: Node) -> bool:
    """Tell whether a part is worked out in Python, as it is the same for every row."""
    return not isinstance(node, _LEAVES) and _is_simple(node) and settled(node)


def _is_simple(node: Node) -> bool:
    kind = node.type
    if kind.kind is Kind.LIST:
        return kind.item is not None and kind.item.kind in _SIMPLE
    return kind.kind in _SIMPLE or (kind.kind is Kind.ANY and constant(node))


def constant_value(node: Node) -> Value:
    """Return the value of a part that is the same for every request."""
    found: Value = value_function(node)({}, NOWHERE)
    return found


def known_later(node: Node, *, sqlite: bool) -> Part:
    """Return the parameter for a part that the request determines."""
    name = name_of(node)
    # Every request has a person, and an index finds `= id` only where neither side may be null.
    nullable = node.nullable and name != user_parameter("id")
    return parameter(name, node.type, nullable, sqlite=sqlite)


def name_of(node: Node) -> str:
    """Return what the parameter for a part is called; the same for the same part."""
    match node:
        case Call(function="today"):
            return TODAY
        case Call(function="now"):
            return NOW
        case Path(base=Name(origin="user")):
            return user_parameter(node.name)
    digest = hashlib.sha256(repr(_wherever(node)).encode()).hexdigest()[:16]
    return f"_feel_{digest}"


def _wherever(part: Any) -> Any:
    """Return what a part says, without where it stands in the text."""
    if isinstance(part, Node):
        names = (name for name in part.__struct_fields__ if name != "span")
        return (type(part).__name__, *(_wherever(getattr(part, name)) for name in names))
    return tuple(map(_wherever, part)) if isinstance(part, tuple) else part


_known: dict[int, tuple[Node, tuple[tuple[str, Callable[..., Value]], ...]]] = {}


def _worked_out(tree: Node) -> tuple[tuple[str, Callable[..., Value]], ...]:
    found = _known.get(id(tree))
    if found is not None and found[0] is tree:
        return found[1]
    made = {
        key: value_function(node)
        for form in (tree, indexable(tree))
        for node in _foldable_parts(form)
        if (key := name_of(node)).startswith("_feel_")
    }
    # The tree is kept with them, so that its identity can't be given to another one.
    _known[id(tree)] = (tree, tuple(made.items()))
    if len(_known) > _MOST_KEPT:
        _known.pop(next(iter(_known)), None)
    return _known[id(tree)][1]


def _foldable_parts(node: Node) -> Iterator[Node]:
    if foldable(node):
        if not constant(node):
            yield node
        return
    for child in children(node):
        yield from _foldable_parts(child)


def _bindable(value: Value) -> Any:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    if isinstance(value, list | tuple):
        return [_bindable(item) for item in value]
    return value
