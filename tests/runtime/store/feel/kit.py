"""Runs the core profile of the DMN TCK in a database, one row of inputs per case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, FromClause, MetaData, Table, literal, select

from engine.expressions import (
    ANY,
    BOOLEAN,
    DATE,
    NUMBER,
    TEXT,
    FeelErrors,
    Kind,
    Scope,
    Slot,
    Type,
    compile_expression,
    list_of,
    row,
)
from engine.expressions.values import Value, kind_of
from runtime.store import Store
from runtime.store.feel import NotInDatabase, condition, parameters, value
from runtime.store.feel.at import Items, Row, column_part
from runtime.store.feel.part import Part, column_like
from runtime.store.types import ExactDecimal
from tests.engine.expressions.tck import ENV, Outcome, conform, read, same, static

_SCALE = 6
_KINDS = {Kind.TEXT: TEXT, Kind.NUMBER: NUMBER, Kind.DATE: DATE, Kind.BOOLEAN: BOOLEAN}
_numbers = count(1)
_NO_INPUTS = select(literal(1).label("_id")).subquery()
Definitions = Mapping[str, Mapping[str, Any]]


def in_database(store: Store, cases: Mapping[str, Any], *, folding: bool = True) -> list[Outcome]:
    """Return what every case of the core profile gives in the database of a store."""
    with store.unit() as unit:
        return list(Kit(unit.connection, folding).outcomes(cases))


@dataclass(frozen=True, eq=False)
class CaseRow:
    """The inputs of a case: a row of a table, and tables with the items of its lists."""

    dialect: str
    table: FromClause
    lists: Mapping[str, Table]

    def value(self, name: str, kind: Type) -> Part:
        """Return an input."""
        if name not in self.table.c:
            raise NotInDatabase(f"{name} of unknown type")
        return column_part(self.table.c[name], kind)

    def row(self, name: str) -> Row:
        """Raise NotInDatabase: nothing leads anywhere."""
        raise NotInDatabase(name)

    def items(self, name: str) -> Items | None:
        """Return the items of a list."""
        there = self.lists[name].alias()
        plain = there.c.get("value")
        inside = CaseRow(self.dialect, there, {}) if plain is None else None
        return Items(there, there.c._id > 0, inside, plain)


@dataclass
class Kit:
    """The cases of the kit in one database."""

    connection: Connection
    folding: bool

    def outcomes(self, cases: Mapping[str, Any]) -> Iterator[Outcome]:
        """Run every case of the core profile."""
        for case in cases["cases"]:
            if case["profile"] == "core":
                types = cases["suites"].get(case["suite"], {"types": []})["types"]
                yield self._run(case, {one["name"]: one for one in types})

    def _run(self, case: Mapping[str, Any], types: Definitions) -> Outcome:
        chosen = {**case, **(case.get("renamed") or {})}
        if case["bindings"]:
            return Outcome(case, False, "it binds names first", False)
        scope = _scope(chosen, types)
        try:
            strict = _refused(chosen, scope)
            if case["error"] and strict:
                return Outcome(case, True, strict, True)
            answer = conform(self._answer(chosen, scope), chosen["result_type"], types)
        except FeelErrors as errors:
            return Outcome(case, bool(case["error"]), str(errors), True)
        except NotInDatabase as missing:
            return Outcome(case, bool(case["error"]), f"no SQL: {missing}", bool(strict))
        return Outcome(case, same(answer, read(chosen["expected"])), repr(answer), bool(strict))

    def _answer(self, case: Mapping[str, Any], scope: Scope) -> Value:
        made = compile_expression(case["expression"], scope, Slot.OPEN)
        place = self._placed(case, scope)
        given = parameters(ENV, made.tree)
        column = value(made.tree, place, folding=self.folding)
        asked = select(column).select_from(place.table)
        found: Value = self.connection.execute(asked, given).scalar_one()
        if made.type.kind is Kind.BOOLEAN:
            holds = condition(made.tree, place, folding=self.folding)
            rows = self.connection.execute(asked.where(holds), given).all()
            assert bool(rows) is (found is True), "the condition and the value differ"
        return found

    def _placed(self, case: Mapping[str, Any], scope: Scope) -> CaseRow:
        inputs = {name: read(given) for name, given in case["inputs"].items()}
        plain = {n: k for n, k in scope.names.items() if k.kind not in (Kind.ANY, Kind.LIST)}
        rows = [{name: inputs[name] for name in plain}]
        lists = {
            name: self._filled(*_items(inputs[name], kind, scope))
            for name, kind in scope.names.items()
            if kind.kind is Kind.LIST
        }
        table = self._filled(plain, rows) if plain else _NO_INPUTS
        return CaseRow(self.connection.dialect.name, table, lists)

    def _filled(self, columns: Mapping[str, Type], rows: Sequence[Mapping[str, Any]]) -> Table:
        table = Table(
            f"case_{next(_numbers)}",
            MetaData(),
            Column("_id", BigInteger, primary_key=True, autoincrement=False),
            *(Column(name, column_of(kind)) for name, kind in columns.items()),
            prefixes=["TEMPORARY"],
        )
        table.create(self.connection)
        given = [{"_id": number, **one} for number, one in enumerate(rows, 1)]
        self.connection.execute(table.insert(), given)
        return table


def column_of(kind: Type) -> Any:
    """Return the type of the column that holds such an input."""
    return ExactDecimal(_SCALE) if kind.kind is Kind.NUMBER else column_like(kind)


def _items(
    given: Sequence[Any], kind: Type, scope: Scope
) -> tuple[Mapping[str, Type], list[dict[str, Any]]]:
    assert kind.item is not None
    if kind.item.form is None:
        return {"value": kind.item}, [{"value": item} for item in given]
    fields = scope.forms[kind.item.form]
    return fields, [{name: item[name] for name in fields} for item in given]


def _refused(case: Mapping[str, Any], scope: Scope) -> str:
    try:
        compile_expression(case["expression"], scope, Slot.VALUE)
    except FeelErrors as errors:
        return str(errors)
    return ""


def _scope(case: Mapping[str, Any], types: Definitions) -> Scope:
    forms: dict[str, Mapping[str, Type]] = {}
    names = {
        name: _type(case["input_types"].get(name), types, forms, read(given))
        for name, given in case["inputs"].items()
    }
    return Scope(names, forms)


def _type(
    name: str | None, types: Definitions, forms: dict[str, Mapping[str, Type]], given: Any
) -> Type:
    found = types.get(name or "")
    if found is None and name in (None, "Any"):
        # A column is always of a type: that of what stands in it.
        return _KINDS.get(kind_of(given), ANY)
    if found is None or not found.get("collection"):
        return static(name, dict(types))
    item = types.get(found["base"])
    if item is None or "components" not in item:
        return list_of(static(found["base"], dict(types)))
    forms[item["name"]] = {
        one["name"]: static(one.get("base"), dict(types)) for one in item["components"]
    }
    simple = all(kind != ANY for kind in forms[item["name"]].values())
    return list_of(row(item["name"])) if simple else ANY
