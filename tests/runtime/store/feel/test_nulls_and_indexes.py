"""A condition leaves nobody in or out because of a null, and an index can answer it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Select, Table, insert, select, text

from engine.app import Form
from engine.expressions import Slot, compile_expression
from runtime.store import Store
from runtime.store.feel import At, condition, parameters
from tests.runtime.store.building import NOW, app_of, env_of, form_text, record_of

TICKET = form_text(
    "ticket",
    """
    {id: name, type: text, label: 名称}
    {id: amount, type: money, label: 金额}
    {id: state, type: text, label: 状态}
    {id: due, type: date, label: 到期}
    {id: open, type: yes_no, label: 打开}
    {id: rows, type: lines, label: 行, fields: [{id: count, type: integer, label: 数量}]}
    """,
)
ENV = env_of()
BOTH, NO_STATE, NO_AMOUNT, NOTHING, OTHER = "both", "no state", "no amount", "nothing", "other"
_GIVEN = {
    BOTH: (Decimal("600000"), "won", True, (1, 2)),
    NO_STATE: (Decimal("600000"), None, None, (1, None)),
    NO_AMOUNT: (None, "won", False, (None,)),
    NOTHING: (None, None, None, ()),
    OTHER: (Decimal("400000"), "lost", False, (3,)),
}


@pytest.fixture(scope="module")
def tickets(shared_store: Store) -> Form:
    """A form with a record for every combination of what is there and what is not."""
    shared_store.install(app_of(TICKET), {}, NOW)
    form = shared_store.apps["plant"].forms["ticket"]
    with shared_store.unit() as unit:
        for name, (amount, state, is_open, counts) in _GIVEN.items():
            rows = tuple({"id": f"r{n}", "count": each} for n, each in enumerate(counts))
            given = {"name": name, "amount": amount, "state": state, "open": is_open, "rows": rows}
            unit.records.add(form, record_of(form, given))
    return form


# Beside each: whom a translation with plain NOT and = would have added or lost.
FOUND = {
    'not(amount > 500000 and state = "won")': {NO_STATE, NOTHING, OTHER},
    'not(state = "won")': {NO_STATE, NOTHING, OTHER},
    'state != "won"': {NO_STATE, NOTHING, OTHER},
    "state = null": {NO_STATE, NOTHING},
    'not(state in ("won", null))': {OTHER},
    'state in ("won", null)': {BOTH, NO_STATE, NO_AMOUNT, NOTHING},
    'not(state in ("lost", "x"))': {BOTH, NO_STATE, NO_AMOUNT, NOTHING},
    "not(amount > 500000)": {OTHER},
    "not(not(amount > 500000))": {BOTH, NO_STATE},
    "open": {BOTH},
    "not(open)": {NO_AMOUNT, OTHER},
    "open != true": {NO_STATE, NO_AMOUNT, NOTHING, OTHER},
    "if open then amount > 0 else amount < 500000": {BOTH, OTHER},
    "every r in rows satisfies r.count > 0": {BOTH, NOTHING, OTHER},
    "not(every r in rows satisfies r.count > 0)": set(),
    "some r in rows satisfies r.count > 0": {BOTH, NO_STATE, OTHER},
    "not(some r in rows satisfies r.count > 2)": {BOTH, NOTHING},
    "sum(rows.count) > 0": {BOTH, OTHER},
    "not(sum(rows.count) > 5)": {BOTH, OTHER},
    "count(rows[count > 1]) = 0": {NO_STATE, NO_AMOUNT, NOTHING},
}


@pytest.mark.parametrize("asked", FOUND)
def test_a_null_neither_lets_in_nor_keeps_out(
    shared_store: Store, tickets: Form, asked: str
) -> None:
    tree = compile_expression(asked, tickets.scope, Slot.ROWS).tree
    table = shared_store.tables(tickets).main
    test = condition(tree, At(shared_store, tickets, table))

    with shared_store.reading() as unit:
        rows = unit.connection.execute(select(table.c.name).where(test), parameters(ENV, tree))

    assert {row.name for row in rows} == FOUND[asked]


@pytest.fixture(scope="module")
def many(shared_store: Store, tickets: Form) -> Iterator[tuple[Table, Connection]]:
    """The table with so many records that an index pays."""
    table = shared_store.tables(tickets).main
    rows = [
        {
            "id": f"id{n}", "version": 1, "created_at": NOW, "updated_at": NOW,
            "last_activity_at": NOW, "owner": f"p{n % 500}", "name": f"t{n}", "amount": Decimal(n),
        }
        for n in range(5_000)
    ]  # fmt: skip
    with shared_store.unit() as unit:
        unit.connection.execute(insert(table), rows)
        for column in ("name", "amount", "due", "updated_at"):
            unit.connection.execute(
                text(f'CREATE INDEX "test_{column}" ON "{table.name}" ("{column}")')
            )
        unit.connection.execute(text(f'ANALYZE "{table.name}"'))
        yield table, unit.connection


@pytest.mark.parametrize(
    ("asked", "column"),
    [
        ("owner = user.id", "owner"),
        ("amount > 4990.005", "amount"),
        ("amount in (7, 8, 10.5)", "amount"),
        ("not(amount <= 4990)", "amount"),
        ('starts with(name, "t499")', "name"),
        ('due - today() <= duration("P7D")', "due"),
        ('due in [today()..today() + duration("P7D")]', "due"),
        ('date(updated_at) = date("2025-01-01")', "updated_at"),
        ('owner = user.id and not(state = "won")', "owner"),
    ],
)
def test_an_index_answers_it(
    shared_store: Store, tickets: Form, many: tuple[Table, Connection], asked: str, column: str
) -> None:
    table, connection = many
    tree = compile_expression(asked, tickets.scope, Slot.ROWS).tree
    query = select(table.c.id).where(
        condition(tree, At(shared_store, tickets, table)), table.c.deleted_at.is_(None)
    )

    plan = _plan(connection, query, parameters(ENV, tree))

    assert "SCAN" not in plan
    assert "Seq Scan" not in plan
    assert f"{column}" in plan


def _plan(connection: Connection, query: Select[Any], given: dict[str, Any]) -> str:
    written = query.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
    handed = {
        name: written._bind_processors.get(name, lambda same: same)(value)
        for name, value in written.construct_params(given).items()
    }
    if connection.dialect.name == "sqlite":
        values = tuple(handed[name] for name in written.positiontup or ())
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}", values)
    else:
        rows = connection.exec_driver_sql(f"EXPLAIN {written}", handed)
    return "\n".join(str(row) for row in rows)
