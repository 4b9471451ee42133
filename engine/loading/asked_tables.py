"""What is a decision table to the expressions that ask it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, reduce

from engine.decisions import Policy, Table, TableErrors, answer_for, compile_table
from engine.definition.decision import DecisionDef
from engine.expressions import (
    ANY,
    INTEGER,
    NULL,
    NUMBER,
    Env,
    Kind,
    Scope,
    Type,
    Value,
    context_of,
    list_of,
)
from engine.loading.written_tables import written
from engine.wording import Label

LISTS = (Policy.RULE_ORDER, Policy.OUTPUT_ORDER, Policy.COLLECT)


class AskedTable:
    """A decision table in the scope of its form, compiled when an expression first asks it."""

    def __init__(self, definition: DecisionDef, scope: Scope) -> None:
        self._definition, self._scope = definition, scope

    @property
    def label(self) -> Label:
        """What people call it."""
        return self._definition.label

    @cached_property
    def _table(self) -> Table | None:
        try:
            return compile_table(written(self._definition), self._scope)
        except TableErrors:
            return None  # what is wrong with it is said where it stands

    @cached_property
    def inputs(self) -> Mapping[str, Type] | None:
        """What it wants to be given, in order; None while something is wrong with it."""
        if self._table is None:
            return None
        columns = zip(self._definition.inputs, self._table.inputs, strict=True)
        return {column.id: one.value.type for column, one in columns}

    @cached_property
    def result(self) -> Type:
        """The type of its answers."""
        table = self._table
        if table is None:
            return ANY
        if table.policy is Policy.COLLECT_COUNT:
            return INTEGER
        types = {
            output.name: _joined(
                [rule.answers[at].type for rule in table.rules]
                + ([output.default.type] if output.default else [])
            )
            for at, output in enumerate(table.outputs)
        }
        one = next(iter(types.values())) if len(types) == 1 else context_of(types)
        if table.policy in LISTS:
            return list_of(one)
        return NUMBER if table.policy is Policy.COLLECT_SUM and one.kind is Kind.NUMBER else one

    @cached_property
    def beyond(self) -> frozenset[str]:
        """What it looks at besides what it is given."""
        table = self._table
        if table is None:
            return frozenset()
        cells = [
            *(one.allowed for one in table.inputs),
            *(one.default for one in table.outputs),
            *(cell for rule in table.rules for cell in (*rule.tests, *rule.answers)),
        ]
        read = {path[0] for cell in cells if cell for path in cell.reads}
        return frozenset(read - set(self.inputs or ()))

    def answer(self, given: tuple[Value, ...], env: Env) -> Value:
        """Return what it says; null where it has no answer."""
        assert self._table is not None
        row = dict(zip(self.inputs or (), given, strict=True))
        return answer_for(self._table, given, row, env).value


def _joined(types: Iterable[Type]) -> Type:
    """Return what answers have in common, without what only some of them are."""
    return reduce(_both, types, NULL)


def _both(one: Type, other: Type) -> Type:
    if one.kind is Kind.NULL or one == other:
        return other
    if other.kind is Kind.NULL:
        return one
    if one.kind is not other.kind:
        return ANY
    if one.kind is Kind.LIST:
        return list_of(_both(one.item or ANY, other.item or ANY))
    if one.kind is Kind.CONTEXT:
        return ANY
    return Type(one.kind)
