"""A decision table gives in the database what its rules say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import select

from engine.app import Form
from engine.expressions import Compiled, Slot, compile_expression, compile_unary_tests
from runtime.store import Store
from runtime.store.feel import At, Cell, Policy, Rule, decision, parameters
from tests.runtime.store.building import env_of
from tests.runtime.store.feel.asking import python_rows
from tests.runtime.store.feel.world import install

ENV = env_of()
INPUTS = ("price", "site.level", "name")
TABLE = (
    ("> 100", '"high"', "-", "10"),
    ("> 50", "-", "not(null)", "price / 7"),
    ("[0..100]", '"low", "high"', "-", "20.55"),
    ("-", "null", '"阀门", starts with(?, "a")', "10"),
    ("< 0", "-", "-", "weight"),
)
POLICIES: tuple[Policy, ...] = (
    "first", "unique", "any", "collect sum", "collect min", "collect max", "collect count",
)  # fmt: skip


@pytest.fixture(scope="module")
def device(shared_store: Store) -> Form:
    """The form that is asked about."""
    return install(shared_store)


class Table:
    """The compiled table, and what Python says that it gives."""

    def __init__(self, form: Form, lines: tuple[tuple[str, ...], ...]) -> None:
        self.inputs = [compile_expression(text, form.scope, Slot.VALUE) for text in INPUTS]
        self.lines = [self._line(form, line) for line in lines]

    def _line(self, form: Form, line: tuple[str, ...]) -> tuple[list[Compiled], Compiled]:
        tests = [
            compile_unary_tests(text, asked.type, form.scope, Slot.OPEN)
            for text, asked in zip(line[:-1], self.inputs, strict=True)
        ]
        return tests, compile_expression(line[-1], form.scope, Slot.VALUE)

    @property
    def rules(self) -> list[Rule]:
        """The rules as the database gets them."""
        return [
            Rule(
                tuple(Cell(t.tree, i.tree) for t, i in zip(tests, self.inputs, strict=True)),
                output.tree,
            )
            for tests, output in self.lines
        ]

    def outputs(self, row: Mapping[str, Any]) -> list[Any]:
        """Return the outputs of the rules that apply to a row."""
        values = [one.value(row, ENV) for one in self.inputs]
        return [
            output.value(row, ENV)
            for tests, output in self.lines
            if all(
                test.holds({**row, "?": given}, ENV)
                for test, given in zip(tests, values, strict=True)
            )
        ]

    def read(self) -> list[Compiled]:
        """Return everything that reads from the row."""
        return [*self.inputs, *(each for tests, one in self.lines for each in (*tests, one))]


_CHOICES: Mapping[str, Callable[[list[Any]], Any]] = {
    "collect sum": sum, "collect min": min, "collect max": max,
}  # fmt: skip


def _expected(found: list[Any], policy: Policy) -> Any:
    if policy == "collect count":
        return len(found)
    if not found:
        return None
    if policy == "first":
        return found[0]
    if policy == "unique":
        return found[0] if len(found) == 1 else None
    if policy == "any":
        return found[0] if all(one == found[0] for one in found) else None
    if None in found:
        return None
    return _CHOICES[policy](found)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_rules_give_the_same_as_in_python(
    shared_store: Store, device: Form, policy: Policy
) -> None:
    table = Table(device, TABLE)
    rows = python_rows(shared_store, device, table.read())
    main = shared_store.tables(device).main
    column = decision(table.rules, policy, At(shared_store, device, main))
    trees = [one.tree for one in table.read()]

    with shared_store.reading() as unit:
        asked = select(main.c.id, column.label("given"))
        found = unit.connection.execute(asked, parameters(ENV, *trees))
        given = {row.id: row.given for row in found}

    wrong = {
        id_: (given[id_], expected)
        for id_, row in rows.items()
        if given[id_] != (expected := _expected(table.outputs(row), policy))
    }
    assert wrong == {}
    assert len(set(given.values())) > 1, "the table says the same of every record"
