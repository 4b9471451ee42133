"""Which decision table is asked by `decide`, and is it given what it wants?"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from engine.expressions.checker.names import type_label
from engine.expressions.checker.state import Checking
from engine.expressions.feel_types import ANY, Kind, Type
from engine.expressions.scope import Answering
from engine.expressions.tree import Call, ContextLit, Node, Str
from engine.problems import did_you_mean
from engine.wording import Message

DECIDE = "decide"


def decision(checking: Checking, node: Call) -> Node:
    """Check that a table is there and given each of its inputs, and nothing else."""
    unknown = replace(node, type=ANY)
    match node.arguments:
        case (Str(value=name), ContextLit(entries=entries)):
            table = _asked(checking, node, name)
        case _:
            message = Message('decide 要写成 decide("表", {{列: 值}})')
            checking.refuse("feel.decide", message, node)
            return unknown
    given = {key: checking.check(value) for key, value in entries}
    if table is None or table.inputs is None or not _fits(checking, node, table.inputs, given):
        return unknown
    arguments = (checking.check(node.arguments[0]), *(given[key] for key in table.inputs))
    return replace(node, arguments=arguments, type=table.result, table=table)


def _asked(checking: Checking, node: Call, name: str) -> Answering | None:
    known = checking.scope.decisions
    if known is None:
        checking.refuse("feel.decide", Message("这里不能调用决策表"), node)
        return None
    table = known.get(name)
    if table is None:
        near = did_you_mean(name, known)
        message = Message("没有决策表“{name}”，可用：{known}", name=name, known=list(known))
        checking.refuse("feel.decide", message, node.arguments[0], near and f'"{near}"')
    elif table.beyond:
        message = Message(
            "决策表“{name}”还要看记录的 {fields}，不能只给它输入列；请把它们加成输入列",
            name=name,
            fields=sorted(table.beyond),
        )
        checking.refuse("feel.decide", message, node.arguments[0])
        return None
    return table


def _fits(
    checking: Checking, node: Call, wanted: Mapping[str, Type], given: Mapping[str, Node]
) -> bool:
    strange = [key for key in given if key not in wanted]
    lacking = [key for key in wanted if key not in given]
    if strange or lacking:
        message = Message("这张决策表要的是 {wanted}", wanted=list(wanted))
        checking.refuse("feel.decide", message, node.arguments[1])
    for key, value in given.items():
        if key in wanted and not _same(wanted[key], value.type):
            message = Message(
                "决策表的“{key}”要{wanted}，给的是{given}",
                key=key,
                wanted=type_label(wanted[key]),
                given=type_label(value.type),
            )
            checking.mistype("feel.decide", message, value)
    return not (strange or lacking)


def _same(wanted: Type, given: Type) -> bool:
    return wanted.kind is given.kind or bool({wanted.kind, given.kind} & {Kind.ANY, Kind.NULL})
