"""Which forms must be indexed anew for the search box?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.app import App, Form
from runtime.store.found import found_by, refill_index
from runtime.store.migrate.difference import Difference, FormChange

if TYPE_CHECKING:
    from runtime.store.unit import Unit

AT_ONCE = 2000


def reindex_where_needed(unit: Unit, app: App, what: Difference) -> None:
    """Fill the search index of every form whose searched fields are not what they were."""
    for change in what.changed:
        if _searches_otherwise(change):
            reindex(unit, app.forms[change.new.id])


def reindex(unit: Unit, form: Form) -> None:
    """Fill the search index of a form from its records."""
    tables = unit.store.tables(form)
    names = unit.store.rows(form).names
    asked = select(tables.main.c.id, *(tables.main.c[name] for name in names))
    found = unit.connection.execute(asked)
    refill_index(
        unit.connection,
        tables,
        (
            (row[0], found_by(form, dict(zip(names, row[1:], strict=True))))
            for rows in found.partitions(AT_ONCE)
            for row in rows
        ),
    )


def _searches_otherwise(change: FormChange) -> bool:
    now_called = {pair.old.id: pair.new.id for pair in change.fields.kept}
    before = tuple(now_called.get(name, "") for name in change.old.search)
    retyped = {pair.new.id for pair in change.fields.kept if pair.retyped}
    return before != change.new.search or bool(retyped.intersection(change.new.search))
