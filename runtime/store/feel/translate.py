"""Which SQL says the same as a checked tree?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, null

from engine.expressions import Kind
from engine.expressions.feel_types import ORDERED
from engine.expressions.tree import Node
from runtime.store.feel import (
    arithmetic,
    comparing,
    conditions,
    functions_of_dates,
    functions_of_numbers,
    functions_of_texts,
    membership,
    names,
    small_letters,
    totals,
)
from runtime.store.feel.at import Row
from runtime.store.feel.constants import known
from runtime.store.feel.numbers import typed
from runtime.store.feel.part import Condition, Part, as_type, column_like
from runtime.store.feel.rewriting import indexable
from runtime.store.feel.writer import Writer

_SHOWN = ORDERED | {Kind.BOOLEAN}
RULES = (
    arithmetic, comparing, conditions, functions_of_dates, functions_of_numbers,
    functions_of_texts, membership, names, small_letters, totals,
)  # fmt: skip
"""The modules that say what each kind of node becomes."""


def condition(tree: Node, at: Row, *, folding: bool = True) -> Condition:
    """Return SQL that is true exactly for the rows where the expression is true.

    It depends on the tree, the tables and the database only, so that it can be kept; what the
    request brings are parameters, which `parameters(env, tree)` gives. Without `folding`, the
    database works out even what is the same for every row.
    """
    return Writer(at, known, folding=folding).true(indexable(tree) if folding else tree)


def value(tree: Node, at: Row, *, folding: bool = True) -> ColumnElement[Any]:
    """Return SQL for the value of the expression, typed so that it comes back as Python has it."""
    writer = Writer(at, known, folding=folding)
    return result(writer.value(tree), sqlite=writer.sqlite)


def result(part: Part, *, sqlite: bool) -> ColumnElement[Any]:
    """Return a value so that it comes back as Python has it."""
    if part.kind not in _SHOWN:
        return null()
    if part.kind is Kind.NUMBER:
        return typed(part, sqlite=sqlite)
    return as_type(part.sql, column_like(part.type))
