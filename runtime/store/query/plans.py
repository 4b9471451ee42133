"""How does the database go about a question: straight to the records, or through all of them?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ClauseElement, Executable, Select, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from runtime.store.query.selecting import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runtime.store.query.asked import Query
    from runtime.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Way:
    """What the database would do."""

    reads_all: bool
    """Looks at every record of the table."""
    sorts_all: bool
    """Finds the records in another order, and sorts all that it found."""
    plan: tuple[str, ...]
    """In its own words."""


def way_of(unit: Unit, query: Query) -> Way:
    """Return how the database would find the first page, however few records there are now.
    Nothing is run. Raises NotAllowed and NotUnderstood."""
    selection = Selection(unit, query)
    asked, table = selection.first_page, selection.tables.main.name
    given = {**selection.given, "_count": query.limit}
    if unit.store.dialect == "sqlite":
        return _of_sqlite(table, _explained(unit, asked, given, 3))
    # Few records are read one by one whatever indexes there are: the question is whether it must.
    unit.connection.execute(text("SET LOCAL enable_seqscan = off"))
    return _of_postgres(table, _explained(unit, asked, given, 0))


def _explained(
    unit: Unit, asked: Select[Any], given: Mapping[str, Any], column: int
) -> tuple[str, ...]:
    rows = unit.connection.execute(_Explained(asked), dict(given))
    return tuple(str(row[column]) for row in rows)


class _Explained(Executable, ClauseElement):
    """A statement that is not run but told about."""

    inherit_cache = False

    def __init__(self, asked: Select[Any]) -> None:
        self.asked = asked


@compiles(_Explained)
def _explain(element: _Explained, compiler: SQLCompiler, **how: Any) -> str:
    return f"EXPLAIN {compiler.process(element.asked, **how)}"


@compiles(_Explained, "sqlite")
def _explain_plan(element: _Explained, compiler: SQLCompiler, **how: Any) -> str:
    return f"EXPLAIN QUERY PLAN {compiler.process(element.asked, **how)}"


def _of_sqlite(table: str, plan: tuple[str, ...]) -> Way:
    scanned = re.compile(rf"SCAN {re.escape(table)}(?! USING (COVERING )?INDEX)\b")
    return Way(
        reads_all=any(scanned.match(line) for line in plan),
        sorts_all=any("TEMP B-TREE FOR ORDER BY" in line for line in plan),
        plan=plan,
    )


def _of_postgres(table: str, plan: tuple[str, ...]) -> Way:
    return Way(
        reads_all=any(f"Seq Scan on {table}" in line for line in plan),
        sorts_all=any(line.strip().startswith(("Sort Key:", "->  Sort")) for line in plan),
        plan=plan,
    )
