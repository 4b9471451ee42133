"""Which words does a scenario have for the values of a record?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.field import Field
from engine.fields.lines import Lines
from runtime.scenarios.values import FILES, LINKS
from runtime.scenarios.world import World


def spoken(world: World, of: Field, value: Any) -> Any:
    """Return what a scenario says for a value: names for records and files, logins for people."""
    if value is None:
        return None
    if isinstance(of, Lines):
        return [_row(world, of, row) for row in value]
    data = of.data(value)
    if of.type in FILES:
        names = _files(world, data if isinstance(data, list) else [data])
        return names if isinstance(data, list) else next(iter(names), None)
    if isinstance(data, list):
        return [_named(world, of, one) for one in data]
    return _named(world, of, data)


def _row(world: World, of: Lines, row: Mapping[str, Any]) -> dict[str, Any]:
    cells = of.cells
    return {
        id_: spoken(world, cells[id_], cell)
        for id_, cell in row.items()
        if id_ in cells and cell is not None and cells[id_].settable
    }


def _named(world: World, of: Field, data: Any) -> Any:
    if of.type in LINKS:
        return world.called(str(data))
    if of.type == "person":
        logins = {actor.id: login for login, actor in world.people.items()}
        return logins.get(str(data), data)
    return data


def _files(world: World, ids: Sequence[Any]) -> list[str]:
    with world.services.store.reading() as unit:
        found = unit.files.by_ids([str(id_) for id_ in ids])
    return [found[id_].name for id_ in ids if id_ in found]
