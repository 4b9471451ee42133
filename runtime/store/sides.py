"""How are the values kept that have tables of their own: rows of line fields, and links?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select, update

from engine.record import Record, Value, Values
from runtime.store.ids import new_id
from runtime.store.tables import OTHER, PARENT, POSITION, FormTables

Rows = Sequence[Mapping[str, Any]]


def sides_of(
    connection: Connection,
    tables: FormTables,
    ids: Sequence[str],
    names: Iterable[str] | None = None,
) -> dict[str, dict[str, Value]]:
    """Return the lines and links of records by id; where there are none, None."""
    wanted = {*tables.lines, *tables.links}.intersection(
        names if names is not None else (*tables.lines, *tables.links)
    )
    lines = {name: table for name, table in tables.lines.items() if name in wanted}
    links = {name: table for name, table in tables.links.items() if name in wanted}
    nothing: dict[str, Value] = dict.fromkeys((*lines, *links))
    found: dict[str, dict[str, Value]] = {id_: dict(nothing) for id_ in ids}
    for name, table in lines.items():
        for parent, rows in _lines(connection, table, ids):
            found[parent][name] = rows
    for name, table in links.items():
        for parent, others in _links(connection, table, ids):
            found[parent][name] = others
    return found


def add_sides(connection: Connection, tables: FormTables, record: Record) -> None:
    """Keep the lines and links of a new record."""
    for name, table in tables.lines.items():
        if rows := _rows(record.values, name):
            connection.execute(insert(table), _numbered(table, record, rows))
    for name, table in tables.links.items():
        if others := _others(record.values, name):
            _link(connection, table, record.id, others)


def change_sides(connection: Connection, tables: FormTables, before: Record, after: Record) -> None:
    """Bring the lines, row by row, and the links of a record to what they are now."""
    for name, table in tables.lines.items():
        old, new = _rows(before.values, name), _rows(after.values, name)
        if old != new:
            _change_lines(connection, table, after, old, new)
    for name, table in tables.links.items():
        linked, wanted = _others(before.values, name), _others(after.values, name)
        if linked != wanted:
            connection.execute(delete(table).where(table.c[PARENT] == after.id))
            _link(connection, table, after.id, wanted)


def remove_sides(connection: Connection, tables: FormTables, id_: str) -> None:
    """Remove the lines and links of a record."""
    for table in (*tables.lines.values(), *tables.links.values()):
        connection.execute(delete(table).where(table.c[PARENT] == id_))


def _rows(values: Values, name: str) -> tuple[Mapping[str, Any], ...]:
    return tuple(values.get(name) or ())  # type: ignore[arg-type]  # a line field holds rows


def _others(values: Values, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values.get(name) or ()))  # type: ignore[arg-type]  # links hold ids


def _lines(
    connection: Connection, table: Table, ids: Sequence[str]
) -> Iterator[tuple[str, tuple[dict[str, Any], ...]]]:
    cells = [column for column in table.c if column.name not in (PARENT, POSITION)]
    names = tuple(column.name for column in cells)
    asked = (
        select(table.c[PARENT], *cells)
        .where(table.c[PARENT].in_(bindparam("ids", expanding=True)))
        .order_by(table.c[PARENT], table.c[POSITION], table.c.id)
    )
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(asked, {"ids": ids}):
        grouped.setdefault(row[0], []).append(dict(zip(names, row[1:], strict=True)))
    return ((parent, tuple(rows)) for parent, rows in grouped.items())


def _links(
    connection: Connection, table: Table, ids: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    asked = (
        select(table.c[PARENT], table.c[OTHER])
        .where(table.c[PARENT].in_(bindparam("ids", expanding=True)))
        .order_by(table.c[PARENT], table.c[POSITION])
    )
    grouped: dict[str, list[str]] = {}
    for parent, other in connection.execute(asked, {"ids": ids}):
        grouped.setdefault(parent, []).append(other)
    return ((parent, tuple(others)) for parent, others in grouped.items())


def _numbered(table: Table, record: Record, rows: Rows) -> list[dict[str, Any]]:
    """Return the rows as the table keeps them; one without an id of its own gets one."""
    taken: set[str] = set()
    numbered = []
    for position, row in enumerate(rows):
        id_ = row.get("id")
        if not id_ or id_ in taken:
            id_ = new_id(record.updated_at)
        taken.add(id_)
        cells = {column.name: row.get(column.name) for column in table.c}
        numbered.append({**cells, "id": id_, PARENT: record.id, POSITION: position})
    return numbered


def _link(connection: Connection, table: Table, parent: str, others: Sequence[str]) -> None:
    if others:
        connection.execute(
            insert(table),
            [{PARENT: parent, OTHER: other, POSITION: n} for n, other in enumerate(others)],
        )


def _change_lines(
    connection: Connection, table: Table, record: Record, old: Rows, new: Rows
) -> None:
    known = {row["id"]: row for row in _numbered(table, record, old)}
    wanted = {row["id"]: row for row in _numbered(table, record, new)}
    of_record = table.c[PARENT] == record.id
    if gone := known.keys() - wanted.keys():
        connection.execute(delete(table).where(and_(of_record, table.c.id.in_(sorted(gone)))))
    if added := [row for id_, row in wanted.items() if id_ not in known]:
        connection.execute(insert(table), added)
    for id_, row in wanted.items():
        if id_ in known and known[id_] != row:
            connection.execute(update(table).where(and_(of_record, table.c.id == id_)).values(row))
