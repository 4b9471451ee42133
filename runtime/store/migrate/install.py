"""How do the tables of an app become what its new definitions say, in one transaction?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from engine.app import App
from runtime.store.migrate.change import Migration
from runtime.store.migrate.ddl import Ddl
from runtime.store.migrate.difference import difference
from runtime.store.migrate.indexes import build_indexes, drop_indexes
from runtime.store.migrate.moves import Moves
from runtime.store.migrate.names import follow_names
from runtime.store.migrate.recompute import recompute
from runtime.store.migrate.shape import from_data, shape_of, to_data
from runtime.store.migrate.wording import reindex_where_needed
from runtime.store.removal import Removal
from runtime.store.rule_lives import meet_rules

if TYPE_CHECKING:
    from runtime.store.unit import Unit


def install(
    unit: Unit, app: App, files: Mapping[str, bytes], now: datetime, back_from: App | None = None
) -> Migration:
    """Change the tables, keep the package's files, and say what was done. The unit's transaction
    makes it all or nothing. `back_from` is the newer definition that is given up: what it called
    otherwise gets its former id again."""
    installed = unit.packages.one(app.id)
    old, new = from_data(unit.packages.shape(app.id) or {}), shape_of(app)
    what = difference(old, new, app, back_from)
    moves = Moves(unit, app, unit.packages.next_revision(app.id), now)
    drop_indexes(Ddl(unit.connection), old, new)
    moves.apply(what)
    repeated = build_indexes(unit, app, old, new)
    follow_names(unit, app, what)
    reindex_where_needed(unit, app, what)
    recompute(unit, app, what, now)
    meet_rules(unit, app, now)
    if unit.packages.kept(app.id):
        Removal(unit, app.id).wake()
    unit.packages.keep(app.id, app.definition.version, files, to_data(new), now)
    return Migration(
        app=app.id,
        version=app.definition.version,
        before=installed.version if installed else None,
        changes=tuple(moves.changes),
        leftovers=tuple(moves.leftovers),
        repeated=repeated,
    )
