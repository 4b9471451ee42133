"""How do the values of a field that changed its type get into their new place?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Column, bindparam, insert, select, update

from engine.field import Field, NotAcceptable, Storage
from runtime.store.ids import new_id
from runtime.store.migrate.change import Leftover
from runtime.store.migrate.convert import as_text, convert
from runtime.store.migrate.ddl import lone
from runtime.store.migrate.difference import Kept
from runtime.store.migrate.shape import FieldShape
from runtime.store.platform_tables import leftover
from runtime.store.tables import OTHER, PARENT, POSITION
from runtime.store.types import column_type, whole, words

if TYPE_CHECKING:
    from runtime.store.unit import Unit

AT_ONCE = 2000
Pair: TypeAlias = tuple[Sequence[str], Any]
"""The key of a row, and a value of it."""


class Backfill:
    """Reads values in their old place, converts them, writes them to the new one, and keeps the
    text of those that can't be converted."""

    def __init__(self, unit: Unit, app: str, form: str, now: datetime) -> None:
        self._connection = unit.connection
        self._app, self._form, self._now = app, form, now
        self.leftovers: list[Leftover] = []

    def column(self, table: str, key: str, pair: Kept, old_column: str, field: Field) -> None:
        """Fill a column from another one of the same table."""
        described = lone(
            table,
            Column("id", words),
            *([] if key == "id" else [Column(key, words)]),
            Column(old_column, _old_type(pair.old)),
            Column(field.id, column_type(field.storage, field.scale())),
        )
        row_key = [described.c.id] if key == "id" else [described.c[key], described.c.id]
        old = described.c[old_column]
        rows = self._connection.execute(select(*row_key, old).where(old.is_not(None))).all()
        filling = (
            update(described)
            .where(*(column == bindparam(f"_{n}") for n, column in enumerate(row_key)))
            .values({field.id: bindparam("_value")})
        )
        converted = self._converted(((row[:-1], row[-1]) for row in rows), pair.old, field)
        for batch in _batches(converted):
            self._connection.execute(
                filling,
                [
                    {**{f"_{n}": part for n, part in enumerate(at)}, "_value": value}
                    for at, value in batch
                ],
            )

    def to_links(self, table: str, links: str, pair: Kept, old_column: str, field: Field) -> None:
        """Fill a table of links from a column with one link each."""
        main = lone(table, Column("id", words), Column(old_column, words))
        rows = self._connection.execute(
            select(main.c.id, main.c[old_column]).where(main.c[old_column].is_not(None))
        ).all()
        linking = _links(links)
        converted = self._converted((((row[0],), row[1]) for row in rows), pair.old, field)
        for batch in _batches(converted):
            self._connection.execute(
                insert(linking),
                [{PARENT: at[0], OTHER: value[0], POSITION: 0} for at, value in batch],
            )

    def from_links(self, table: str, links: str, pair: Kept, field: Field) -> None:
        """Fill a column with the one link of each record that has just one."""
        linking = _links(links)
        linked: dict[str, list[str]] = {}
        for parent, other in self._connection.execute(
            select(linking.c[PARENT], linking.c[OTHER]).order_by(
                linking.c[PARENT], linking.c[POSITION]
            )
        ):
            linked.setdefault(parent, []).append(other)
        main = lone(table, Column("id", words), Column(field.id, words))
        filling = (
            update(main).where(main.c.id == bindparam("_0")).values({field.id: bindparam("_value")})
        )
        sources = (((parent,), tuple(others)) for parent, others in linked.items())
        for batch in _batches(self._converted(sources, pair.old, field)):
            self._connection.execute(
                filling, [{"_0": at[0], "_value": value} for at, value in batch]
            )

    def _converted(self, rows: Iterable[Pair], old: FieldShape, field: Field) -> Iterator[Pair]:
        for at, value in rows:
            try:
                yield at, convert(value, old, field)
            except NotAcceptable:
                self._leave(at, as_text(value, old), field)

    def _leave(self, at: Sequence[str], text: str, field: Field) -> None:
        left = Leftover(form=self._form, field=field.id, record=at[0], text=text)
        self.leftovers.append(left)
        self._connection.execute(
            insert(leftover),
            {"id": new_id(self._now), "app": self._app, "at": self._now, **vars(left)},
        )


def _links(name: str) -> Any:
    return lone(name, Column(PARENT, words), Column(OTHER, words), Column(POSITION, whole))


def _old_type(old: FieldShape) -> Any:
    return column_type(old.storage if old.storage is not Storage.NONE else Storage.TEXT, old.scale)


def _batches(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    batch: list[Pair] = []
    for pair in pairs:
        batch.append(pair)
        if len(batch) >= AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
