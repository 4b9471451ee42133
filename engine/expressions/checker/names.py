"""What does a name or a path point to?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from engine.expressions.builtins import BUILTINS
from engine.expressions.checker import clocks
from engine.expressions.checker.state import Checking, Frame
from engine.expressions.feel_types import (
    ANY,
    BOOLEAN,
    DAYS,
    INTEGER,
    NUMBER,
    TEXT,
    Kind,
    Type,
    list_of,
)
from engine.expressions.tree import Filter, Index, ItemName, Name, Node, Path
from engine.problems import did_you_mean
from engine.wording import Message

_DAY = {"year": INTEGER, "month": INTEGER, "day": INTEGER, "weekday": INTEGER}
_CLOCK = {
    "hour": INTEGER, "minute": INTEGER, "second": NUMBER, "time offset": DAYS, "timezone": TEXT,
}  # fmt: skip
PROPERTIES: Mapping[Kind, Mapping[str, Type]] = {
    Kind.DATE: _DAY,
    Kind.DATETIME: {**_DAY, **_CLOCK},
    Kind.TIME: _CLOCK,
    Kind.DAYS: {"days": INTEGER, "hours": INTEGER, "minutes": INTEGER, "seconds": NUMBER},
    Kind.MONTHS: {"years": INTEGER, "months": INTEGER},
    Kind.RANGE: {"start": ANY, "end": ANY, "start included": BOOLEAN, "end included": BOOLEAN},
}


def name(checking: Checking, node: Name) -> Node:
    """Resolve a name: innermost binding first, then the scope, then `user`."""
    found = _find(checking, node, len(checking.frames))
    if found is not None:
        return found
    item = next((frame.item for frame in reversed(checking.frames) if frame.item), None)
    if item is not None and not checking.slot.strict:
        return ItemName(node.id, Name(item.id, "local", span=node.span), span=node.span)
    known = sorted(_known(checking))
    near = did_you_mean(node.id, known)
    if node.id in BUILTINS:
        message = Message("{name} 是函数，要写成 {name}(…)", name=node.id)
        checking.refuse("feel.function_name", message, node, f"{node.id}()")
    elif near:
        message = Message("没有名为“{name}”的字段，是否想写“{near}”？", name=node.id, near=near)
        checking.refuse("feel.unknown_name", message, node, near)
    else:
        message = Message("没有名为“{name}”的字段", name=node.id)
        checking.refuse("feel.unknown_name", message, node)
    return replace(node, type=ANY, origin="field")


def _find(checking: Checking, node: Name, depth: int) -> Node | None:
    for level in range(depth - 1, -1, -1):
        frame = checking.frames[level]
        if node.id in frame.locals:
            local = frame.locals[node.id]
            return replace(node, id=local.id, origin="local", type=local.type, path=local.path)
        found = _in_item(checking, node, frame, level)
        if found is not None:
            return found
    if node.id in checking.scope.names:
        kind = checking.scope.names[node.id]
        return replace(node, origin="field", type=kind, path=(node.id,))
    if node.id == "user":
        return replace(node, origin="user", type=checking.scope.user, nullable=False)
    return None


def _in_item(checking: Checking, node: Name, frame: Frame, level: int) -> Node | None:
    item = frame.item
    if item is None:
        return None
    fields = checking.scope.fields_of(item.type)
    tested = Name(item.id, "local", item.path, span=node.span, type=item.type)
    if fields is not None:
        if node.id not in fields:
            return None
        path = (*item.path, node.id) if item.path else ()
        return Path(tested, node.id, "column", path, span=node.span, type=fields[node.id])
    if item.type.kind not in (Kind.ANY, Kind.CONTEXT):
        return None
    outer = _find(checking, node, level)
    return ItemName(node.id, tested, outer, span=node.span)


def _known(checking: Checking) -> Iterable[str]:
    yield from checking.scope.names
    yield "user"
    for frame in checking.frames:
        yield from frame.locals
        if frame.item is not None:
            yield from checking.scope.fields_of(frame.item.type) or ()


def path(checking: Checking, node: Path) -> Node:
    """Resolve one step of a path."""
    base = checking.check(node.base)
    kind = base.type
    stepped = replace(node, base=base)
    if kind.kind is Kind.LIST:
        return _projection(checking, stepped)
    if kind.is_reference or kind.kind is Kind.CONTEXT:
        return _step(checking, stepped)
    if kind.kind in PROPERTIES:
        return _property(checking, stepped)
    if kind.kind is not Kind.ANY:
        message = Message("{type}没有下一级内容", type=type_label(kind))
        checking.mistype("feel.no_fields", message, node)
    return replace(stepped, how="any", type=ANY)


def _step(checking: Checking, node: Path) -> Node:
    base = node.base
    if base.type.is_reference and not isinstance(base, Name | Path):
        message = Message("只能沿着字段取关联记录的内容")
        checking.refuse("feel.reference_value", message, node)
        return replace(node, how="any")
    fields = checking.scope.fields_of(base.type)
    if fields is None:
        return replace(node, how="any", type=ANY)
    if node.name not in fields:
        return _unknown_field(checking, node, fields)
    how = "column" if base.type.form is not None else "entry"
    if isinstance(base, Name) and base.origin == "user":
        how = "entry"
    origin = source_path(base)
    return replace(
        node, how=how, type=fields[node.name], path=(*origin, node.name) if origin else ()
    )


def _unknown_field(checking: Checking, node: Path, fields: Mapping[str, Type]) -> Node:
    near = did_you_mean(node.name, fields)
    words = {"name": node.name, "type": type_label(node.base.type)}
    if near:
        message = Message("{type}没有字段“{name}”，是否想写“{near}”？", near=near, **words)
    else:
        message = Message("{type}没有字段“{name}”", **words)
    suggestion = near
    checking.mistype("feel.unknown_field", message, node, suggestion)
    return replace(node, how="any", type=ANY)


def _projection(checking: Checking, node: Path) -> Node:
    item = node.base.type.item or ANY
    if item.kind is Kind.ANY:
        return replace(node, how="any", type=list_of(ANY))
    fields = checking.scope.fields_of(item)
    if fields is None:
        return replace(node, how="any", type=list_of(ANY))
    if node.name not in fields:
        return _unknown_field(checking, node, fields)
    origin = source_path(node.base)
    kind = fields[node.name]
    return replace(
        node, how="projection", type=list_of(kind), path=(*origin, node.name) if origin else ()
    )


def _property(checking: Checking, node: Path) -> Node:
    known = PROPERTIES[node.base.type.kind]
    if node.name not in known:
        return _unknown_field(checking, node, known)
    base = clocks.of_property(checking, node.base, node.name)
    return replace(node, base=base, how="property", type=known[node.name], nullable=True)


def source_path(node: Node) -> tuple[str, ...]:
    """Return the path from the row to the data of a node, or nothing if it is not from there."""
    if isinstance(node, Name | Path):
        return node.path
    return source_path(node.base) if isinstance(node, Filter | Index) else ()


_LABELS = {
    Kind.NUMBER: Message("数字"),
    Kind.TEXT: Message("文字"),
    Kind.BOOLEAN: Message("是否"),
    Kind.DATE: Message("日期"),
    Kind.TIME: Message("时刻"),
    Kind.DATETIME: Message("日期时间"),
    Kind.DAYS: Message("时长"),
    Kind.MONTHS: Message("年月时长"),
    Kind.LIST: Message("列表"),
    Kind.CONTEXT: Message("记录"),
    Kind.RANGE: Message("区间"),
    Kind.FUNCTION: Message("函数"),
    Kind.NULL: Message("空值"),
    Kind.ANY: Message("任意值"),
}


def type_label(kind: Type) -> Message:
    """Return what a type is called by the people who write expressions."""
    if kind.form is not None:
        return Message("“{form}”的记录", form=kind.form)
    return _LABELS[kind.kind]
