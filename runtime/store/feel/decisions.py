"""Which value do the rules of a decision table give for a row, as one value in SQL?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Literal, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, true, union_all

from engine.expressions import INTEGER, Kind
from engine.expressions.tree import Node
from runtime.store.feel.at import NotInDatabase, Row
from runtime.store.feel.conditions import alike, of_parts
from runtime.store.feel.constants import known
from runtime.store.feel.numbers import added, literal_number
from runtime.store.feel.part import LARGEST, Condition, Part
from runtime.store.feel.translate import result
from runtime.store.feel.writer import Writer

Policy: TypeAlias = Literal[
    "first", "unique", "any", "collect sum", "collect min", "collect max", "collect count"
]
TESTED = "?"
"""What the tests of a cell call the value that they test."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A condition of a rule; `tested` is the input that its tests call `?`."""

    test: Node
    tested: Node | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a table: it applies where every cell is true."""

    cells: tuple[Cell, ...]
    output: Node


def decision(
    rules: Sequence[Rule], policy: Policy, at: Row, *, folding: bool = True
) -> ColumnElement[Any]:
    """Return the value that the table gives for a row, typed as Python has it.

    Null where no rule applies (for a count: 0), where several do that should be `unique`, and
    where those that apply under `any` do not agree. `parameters` needs every tree of the rules.
    """
    writer = Writer(at, known, folding=folding)
    tests = [_applies(writer, rule) for rule in rules]
    outputs = alike([writer.value(rule.output) for rule in rules], sqlite=writer.sqlite)
    part = _POLICIES[policy](writer, tests, outputs)
    return result(part, sqlite=writer.sqlite)


def _applies(writer: Writer, rule: Rule) -> Condition:
    return and_(true(), *(_passes(writer, cell) for cell in rule.cells))


def _passes(writer: Writer, cell: Cell) -> Condition:
    if cell.tested is None:
        return writer.true(cell.test)
    with writer.binding(TESTED, cell.tested):
        return writer.true(cell.test)


Tests = Sequence[Condition]
Parts = Sequence[Part]


def _first(writer: Writer, tests: Tests, outputs: Parts) -> Part:
    whens = [(test, part.sql) for test, part in zip(tests, outputs, strict=True)]
    return replace(of_parts(case(*whens), outputs), nullable=True)


def _unique(writer: Writer, tests: Tests, outputs: Parts) -> Part:
    first = _first(writer, tests, outputs)
    return replace(first, sql=case((_matches(tests) == 1, first.sql)))


def _matches(tests: Tests) -> ColumnElement[Any]:
    counts: list[ColumnElement[Any]] = [case((test, 1), else_=0) for test in tests]
    return reduce(lambda one, other: one + other, counts)


def _any(writer: Writer, tests: Tests, outputs: Parts) -> Part:
    first = _first(writer, tests, outputs)
    applying = _applying(tests, outputs)
    alone = func.count(applying.c.value.distinct()) == 1
    agreed = and_(alone, func.count() == func.count(applying.c.value))
    return replace(first, sql=case((select(agreed).scalar_subquery() == true(), first.sql)))


def _applying(tests: Tests, outputs: Parts) -> Any:
    """Return a table of the outputs of the rules that apply to the row."""
    rows: list[Select[Any]] = [
        select(part.sql.label("value")).where(test).correlate_except()
        for test, part in zip(tests, outputs, strict=True)
    ]
    return union_all(*rows).subquery()


def _sum(writer: Writer, tests: Tests, outputs: Parts) -> Part:
    if any(part.kind is not Kind.NUMBER for part in outputs):
        raise NotInDatabase("a sum of what are no numbers")
    none = literal_number(0, sqlite=writer.sqlite)
    shares = []
    for test, part in zip(tests, outputs, strict=True):
        mine, nothing = alike((part, none), sqlite=writer.sqlite)
        shares.append(of_parts(case((test, mine.sql), else_=nothing.sql), (mine, nothing)))
    total = reduce(lambda a, b: added("+", a, b, sqlite=writer.sqlite), shares)
    return replace(total, sql=case((_matches(tests) > 0, total.sql)), nullable=True)


def _extreme(name: str) -> Callable[[Writer, Tests, Parts], Part]:
    def rule(writer: Writer, tests: Tests, outputs: Parts) -> Part:
        found = of_parts(literal(None), outputs)
        value = _applying(tests, outputs).c.value
        wide = writer.sqlite and found.kind is Kind.NUMBER and found.bound is None
        chosen = _CHOICES[name, wide](value)
        known_all = case((func.count() == func.count(value), chosen))
        return replace(found, sql=select(known_all).scalar_subquery(), nullable=True)

    return rule


_CHOICES: dict[tuple[str, bool], Callable[[Any], ColumnElement[Any]]] = {
    ("min", False): func.min, ("max", False): func.max,
    ("min", True): func.feel_least, ("max", True): func.feel_greatest,
}  # fmt: skip


def _count(writer: Writer, tests: Tests, outputs: Parts) -> Part:
    return Part(_matches(tests), INTEGER, False, 0, LARGEST)


_POLICIES: dict[str, Callable[[Writer, Tests, Parts], Part]] = {
    "first": _first,
    "unique": _unique,
    "any": _any,
    "collect sum": _sum,
    "collect min": _extreme("min"),
    "collect max": _extreme("max"),
    "collect count": _count,
}
