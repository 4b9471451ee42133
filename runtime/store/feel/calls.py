"""What does the call of a built-in function become?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from engine.expressions import Kind
from engine.expressions.tree import Call, Coerce
from runtime.store.feel.at import NotInDatabase
from runtime.store.feel.conditions import answered
from runtime.store.feel.dates import local, zoned
from runtime.store.feel.known import known_later
from runtime.store.feel.part import NOTHING, Condition, Part, answer
from runtime.store.feel.writer import Writer, tested, valued

Rule: TypeAlias = "Callable[..., Part]"
Asking: TypeAlias = "Callable[..., Condition]"
CallRule: TypeAlias = "Callable[[Writer, Call], Part]"
CallTest: TypeAlias = "Callable[[Writer, Call, bool], Condition]"
_R = TypeVar("_R", bound=Rule)
_A = TypeVar("_A", bound=Asking)
_FUNCTIONS: dict[str, Rule] = {}
_QUESTIONS: dict[str, Asking] = {}
VALUES: dict[str, CallRule] = {}
"""Functions whose arguments are more than values, as lists."""
TESTS: dict[str, CallTest] = {}
"""Those of them that answer yes or no."""


def function(*names: str) -> Callable[[_R], _R]:
    """Register `rule(writer, *arguments)` for functions that are null where an argument is."""

    def register(rule: _R) -> _R:
        _FUNCTIONS.update(dict.fromkeys(names, rule))
        return rule

    return register


def question(name: str) -> Callable[[_A], _A]:
    """Register `rule(writer, *arguments, wanted)` for a function that answers yes or no."""

    def register(rule: _A) -> _A:
        _QUESTIONS[name] = rule
        return rule

    return register


@valued(Call)
def call(writer: Writer, node: Call) -> Part:
    """Write the value of a call."""
    if node.function in ("today", "now"):
        return known_later(node, sqlite=writer.sqlite)
    if node.function in TESTS or node.function in _QUESTIONS:
        return answered(writer.true(node), writer.false(node))
    if node.function in VALUES:
        return VALUES[node.function](writer, node)
    arguments = _arguments(writer, node)
    if arguments is None:
        return NOTHING
    if node.function not in _FUNCTIONS:
        raise NotInDatabase(node.function)
    return _FUNCTIONS[node.function](writer, *arguments)


@tested(Call)
def call_test(writer: Writer, node: Call, wanted: bool) -> Condition:
    """Write whether a call gives the wanted answer."""
    if node.function in TESTS:
        return TESTS[node.function](writer, node, wanted)
    return answer_of(writer, node, wanted)


def answer_of(writer: Writer, node: Call, wanted: bool) -> Condition:
    """Return whether a call gives the wanted answer, from the values of its arguments."""
    if node.function not in _QUESTIONS:
        return call(writer, node).sql == answer(wanted)
    arguments = _arguments(writer, node)
    if arguments is None:
        return answer(False)
    return _QUESTIONS[node.function](writer, *arguments, wanted)


def _arguments(writer: Writer, node: Call) -> list[Part] | None:
    """Return the arguments; None where one is always null, so that the call is, too."""
    found = [writer.value(argument) for argument in node.arguments]
    return None if any(part.kind is Kind.NULL for part in found) else found


@valued(Coerce)
def coerced(writer: Writer, node: Coerce) -> Part:
    """Write a moment put into the zone of the request, or shown by its clock."""
    moment = writer.value(node.operand)
    if moment.kind is not Kind.DATETIME:
        return moment
    put = local if node.kind == "local" else zoned
    return put(moment, sqlite=writer.sqlite)


def known_functions() -> frozenset[str]:
    """Return the names of the built-in functions that have SQL."""
    return frozenset({*_FUNCTIONS, *_QUESTIONS, *VALUES, *TESTS})
