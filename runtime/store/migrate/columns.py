"""How do the columns of one table become what its fields are now?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.field import Field, Storage
from runtime.store.migrate.backfill import Backfill
from runtime.store.migrate.ddl import Ddl
from runtime.store.migrate.difference import FieldsChange, Kept
from runtime.store.migrate.shape import COLUMN, FieldShape

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass
class ColumnMoves:
    """Moves the columns of one table: first the old ones out of the way, then names, then new
    columns, then values into them."""

    unit: Unit
    table: str
    key: str
    """The column that names a row: `id`, or the record's for a row of a line field."""
    fields: Mapping[str, Field]
    trash_name: Callable[[str], str]
    backfill: Backfill

    def apply(self, change: FieldsChange) -> list[tuple[FieldShape, str]]:
        """Do it and return what went to the trash, with what its column is called there."""
        ddl = Ddl(self.unit.connection)
        trashed = []
        kept = [pair for pair in change.kept if pair.old.kind == pair.new.kind == COLUMN]
        anew = [pair for pair in kept if pair.retyped and not _widens(pair)]
        for old in (*_columns(change.dropped), *(pair.old for pair in anew)):
            name = self.trash_name(old.id)
            ddl.rename_column(self.table, old.id, name)
            trashed.append((old, name))
        stay = [pair for pair in kept if pair not in anew]
        for pair in stay:
            if pair.renamed:
                ddl.rename_column(self.table, pair.old.id, pair.new.id)
            if _widens(pair):
                more = pair.new.scale - pair.old.scale
                ddl.widen_decimal(self.table, pair.new.id, pair.new.scale, more)
        for new in (*_columns(change.added), *(pair.new for pair in anew)):
            ddl.add_field(self.table, self.fields[new.id])
        for pair in anew:
            old_column = self.trash_name(pair.old.id)
            self.backfill.column(self.table, self.key, pair, old_column, self.fields[pair.new.id])
        return trashed


def _columns(fields: Iterable[FieldShape]) -> list[FieldShape]:
    return [field for field in fields if field.kind == COLUMN]


def _widens(pair: Kept) -> bool:
    """The same decimal with more digits: nothing has to be read anew."""
    old, new = pair.old, pair.new
    return old.storage is new.storage is Storage.DECIMAL and old.scale < new.scale
