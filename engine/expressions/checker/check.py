"""Is an expression right in its scope and slot, of which type is it, and where can it run?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from engine.expressions.checker import calls, collections, conditions, names, operators
from engine.expressions.checker.losses import Loss
from engine.expressions.checker.reads import reads
from engine.expressions.checker.state import Checking
from engine.expressions.checker.targets import losses, targets
from engine.expressions.errors import FeelError, FeelErrors
from engine.expressions.feel_types import BOOLEAN, NULL, TEXT, Type
from engine.expressions.literals import read_temporal
from engine.expressions.scope import SERVER, Scope, Slot, Target
from engine.expressions.tree import (
    And,
    Apply,
    Arith,
    AtLiteral,
    Between,
    Bool,
    Call,
    Cmp,
    ContextLit,
    Filter,
    For,
    If,
    In,
    InstanceOf,
    Lambda,
    ListLit,
    Name,
    Neg,
    Node,
    Not,
    Null,
    Num,
    Or,
    Path,
    Quant,
    RangeLit,
    Str,
)
from engine.wording import Message


@dataclass(frozen=True)
class Checked:
    """An expression that is right: its typed tree and what follows from it."""

    tree: Node
    type: Type
    nullable: bool
    reads: frozenset[tuple[str, ...]]

    @cached_property
    def losses(self) -> tuple[Loss, ...]:
        """What keeps it from running everywhere."""
        return tuple(losses(self.tree))

    @cached_property
    def targets(self) -> frozenset[Target]:
        """Where it can run."""
        return targets(self.losses)


def check(node: Node, scope: Scope, slot: Slot) -> Checked:
    """Return the typed tree of an expression; raise FeelErrors with every mistake in it."""
    checking = Checking(scope, slot, _rule)
    tree = checking.check(node)
    if slot.condition:
        conditions.require_condition(checking, tree)
    checked = Checked(tree, tree.type, tree.nullable, reads(tree))
    if slot.needs != SERVER and not checking.errors:
        checking.errors.extend(_out_of_place(slot, checked))
    if checking.errors:
        raise FeelErrors(checking.errors)
    return checked


_PLACES = {
    Target.SQL: ("feel.not_in_database", Message("这里的条件要在数据库里运行")),
    Target.BROWSER: ("feel.not_in_browser", Message("这里的表达式要在浏览器里运行")),
}


def _out_of_place(slot: Slot, checked: Checked) -> list[FeelError]:
    found = []
    for target in slot.needs - checked.targets:
        code, place = _PLACES[target]
        for loss in checked.losses:
            if target not in loss.left:
                message = Message("{place}：{reason}", place=place, reason=loss.reason)
                place_code = f"{code}.{loss.code}"
                found.append(FeelError(place_code, message, loss.span, loss.suggestion))
    return found


def _number(checking: Checking, node: Num) -> Node:
    return replace(node, type=operators.literal_type(node.value), nullable=False)


def _text(checking: Checking, node: Str) -> Node:
    return replace(node, type=TEXT, nullable=False)


def _boolean(checking: Checking, node: Bool) -> Node:
    return replace(node, type=BOOLEAN, nullable=False)


def _null(checking: Checking, node: Null) -> Node:
    return replace(node, type=NULL)


def _at(checking: Checking, node: AtLiteral) -> Node:
    value = read_temporal(node.text)
    if value is None:
        calls.refuse_temporal(checking, node, node.text)
        return Null(span=node.span, type=NULL)
    return calls.temporal(value, node)


def _instance(checking: Checking, node: InstanceOf) -> Node:
    return replace(node, value=checking.check(node.value), type=BOOLEAN)


_RULES: dict[type[Node], Callable[[Checking, Any], Node]] = {
    Num: _number,
    Str: _text,
    Bool: _boolean,
    Null: _null,
    AtLiteral: _at,
    Name: names.name,
    Path: names.path,
    Neg: operators.negation,
    Arith: operators.arith,
    Cmp: operators.comparison,
    Between: operators.between,
    And: conditions.connective,
    Or: conditions.connective,
    Not: conditions.inverted,
    If: conditions.choice_of_two,
    In: conditions.membership,
    Quant: conditions.quantifier,
    For: collections.loop,
    Filter: collections.filtered,
    ListLit: collections.list_literal,
    ContextLit: collections.context_literal,
    RangeLit: collections.range_literal,
    Call: calls.call,
    Apply: calls.apply,
    Lambda: calls.function_literal,
    InstanceOf: _instance,
}


def _rule(checking: Checking, node: Node) -> Node:
    return _RULES[type(node)](checking, node)
