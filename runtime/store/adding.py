"""By which statement is a row added that may be there already?"""

from __future__ import annotations

from functools import cache

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert


@cache
def adding(table: Table, dialect: str, *unique: str) -> ReturningInsert[tuple[str]]:
    """Return the statement that adds a row and gives its id, or nothing if another row has the
    same in its unique columns. It is put together once: that costs more than running it."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing(index_elements=unique).returning(table.c.id)
