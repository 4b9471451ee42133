"""Asks Python and the database the same about every record of a form.

`answers(store, form, trees, env)` gives, per expression, what the database says of each record;
`python_answers` what Python says. A fuzz test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from typing import Any

from sqlalchemy import ColumnElement, select

from engine.app import Form
from engine.expressions import Compiled, Env, Kind
from engine.expressions.operations import equal
from engine.expressions.values import EXACT
from runtime.store import Store
from runtime.store.feel import At, condition, parameters, value
from runtime.store.follow import Following
from runtime.store.links import tree_of

_ROUGH = Context(prec=30)
AT_ONCE = 40
"""So many expressions go into one statement."""


def answers(
    store: Store, form: Form, asked: Sequence[Compiled], env: Env, *, folding: bool = True
) -> list[dict[str, Any]]:
    """Return for each expression its value in the database, by record id."""
    return _asked(store, form, asked, env, lambda one, at: value(one.tree, at, folding=folding))


def held(
    store: Store, form: Form, asked: Sequence[Compiled], env: Env, *, folding: bool = True
) -> list[set[str]]:
    """Return for each condition the ids of the records that satisfy it in the database."""
    found = []
    table = store.tables(form).main
    with store.reading() as unit:
        for one in asked:
            test = condition(one.tree, At(store, form, table), folding=folding)
            rows = unit.connection.execute(
                select(table.c.id).where(test), parameters(env, one.tree)
            )
            found.append({row.id for row in rows})
    return found


def _asked(
    store: Store, form: Form, asked: Sequence[Compiled], env: Env, write: Any
) -> list[dict[str, Any]]:
    table = store.tables(form).main
    at = At(store, form, table)
    found: list[dict[str, Any]] = []
    with store.reading() as unit:
        for start in range(0, len(asked), AT_ONCE):
            part = asked[start : start + AT_ONCE]
            columns: list[ColumnElement[Any]] = [
                write(one, at).label(f"a{n}") for n, one in enumerate(part)
            ]
            given = parameters(env, *(one.tree for one in part))
            rows = list(unit.connection.execute(select(table.c.id, *columns), given))
            found += [{row[0]: row[n] for row in rows} for n in range(1, len(part) + 1)]
    return found


def python_rows(store: Store, form: Form, asked: Iterable[Compiled]) -> dict[str, dict[str, Any]]:
    """Return every record as Python's expressions see it, with what these read beyond it."""
    paths = [path for one in asked for path in one.reads]
    table = store.tables(form).main
    with store.reading() as unit:
        following = Following(unit)
        ids = list(unit.connection.execute(select(table.c.id)).scalars())
        records = [record for id_ in ids if (record := unit.records.one(form, id_)) is not None]
        rows = following.rows(form, records)
        lines = store.tables(form).lines
        following._fill(form, rows, tree_of(p for p in paths if p[0] not in lines))
        for name in lines:
            inside = tree_of(path[1:] for path in paths if path[0] == name)
            following._fill_lines(form, name, rows, inside)
    return {row["id"]: row for row in rows}


def differences(
    store: Store, form: Form, asked: Sequence[Compiled], env: Env, *, folding: bool = True
) -> list[str]:
    """Return every disagreement between the database and Python, as values and as conditions."""
    rows = python_rows(store, form, asked)
    values = answers(store, form, asked, env, folding=folding)
    conditions = [one for one in asked if one.type.kind is Kind.BOOLEAN]
    holding = dict(
        zip(conditions, held(store, form, conditions, env, folding=folding), strict=True)
    )
    found = []
    for one, given in zip(asked, values, strict=True):
        for id_, row in rows.items():
            expected = one.value(row, env)
            if not _same(given[id_], expected):
                found.append(
                    f"{one.text}: {given[id_]!r} instead of {expected!r} for {_of(one, row)}"
                )
            if one in holding and (id_ in holding[one]) is not one.holds(row, env):
                found.append(f"{one.text}: holds {id_ in holding[one]} for {_of(one, row)}")
    return found


def _same(given: Any, expected: Any) -> bool:
    if isinstance(given, Decimal) and isinstance(expected, Decimal) and _many_digits(given):
        # Python keeps 34 digits of a number, the databases more.
        return _ROUGH.plus(given) == _ROUGH.plus(expected)
    return equal(given, expected) is True


def _many_digits(number: Decimal) -> bool:
    return len(number.as_tuple().digits) > EXACT.prec


def _of(one: Compiled, row: dict[str, Any]) -> dict[str, Any]:
    names = {path[0] for path in one.reads}
    return {name: row.get(name) for name in sorted(names)}
