"""Which indexes go, and which are made, when definitions change?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Index, Table

from engine.app import App
from runtime.store.migrate.ddl import Ddl
from runtime.store.migrate.shape import Shape
from runtime.store.naming import index_name
from runtime.store.tables import FOUND, IndexShape

if TYPE_CHECKING:
    from runtime.store.unit import Unit


def drop_indexes(ddl: Ddl, old: Shape, new: Shape) -> None:
    """Drop every index that is no longer wanted as it is, before its columns move."""
    wanted = _all(new)
    for name, index in _all(old).items():
        if wanted.get(name) != index:
            ddl.drop_index(name)
    for id_, form in old.items():
        if id_ not in new or new[id_].table != form.table:
            ddl.drop_index(_found_name(form.table))


def build_indexes(unit: Unit, app: App, old: Shape, new: Shape) -> tuple[tuple[str, str], ...]:
    """Make every index that is new, and return the fields (form, field) whose records repeat
    values that must be unique now: those get a plain index until the values are changed."""
    ddl = Ddl(unit.connection)
    before = _all(old)
    repeated = []
    for id_, form in new.items():
        tables = {table.name: table for table in unit.store.tables(app.forms[id_]).all()}
        for index in form.indexes.values():
            there = before.get(index.name) == index
            if there and (not index.unique or ddl.is_unique(index.name)):
                continue
            if index.unique and ddl.repeats(tables[index.table], index):
                repeated.append((id_, index.columns[-1]))
                index = replace(index, unique=False)
            ddl.drop_index(index.name)
            ddl.create_index(index.build(tables[index.table]))
        if unit.store.dialect == "postgresql" and id_ not in _same_tables(old, new):
            ddl.create_index(_found_index(tables[form.table]))
    return tuple(repeated)


def _all(shape: Shape) -> dict[str, IndexShape]:
    return {name: index for form in shape.values() for name, index in form.indexes.items()}


def _same_tables(old: Shape, new: Shape) -> set[str]:
    return {id_ for id_, form in new.items() if id_ in old and old[id_].table == form.table}


def _found_name(table: str) -> str:
    return index_name(table, (FOUND,), "in")


def _found_index(table: Table) -> Index:
    return Index(_found_name(table.name), table.c[FOUND], postgresql_using="gin")
