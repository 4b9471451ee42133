from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from runtime.store import Store
from tests.runtime.store.test_sorting import fill
from tests.runtime.store.worlds import World


@pytest.fixture(scope="module")
def world(shared_store: Store) -> World:
    world = World(shared_store)
    fill(world)
    for n in range(4):
        world.add(
            name=f"n{n}", price=Decimal(n % 2) if n else None, active=[True, False, None][n % 3]
        )
    return world


def _walk(world: World, sort: tuple[str, ...], limit: int = 2) -> list[str]:
    names: list[str] = []
    after, last = None, None
    with world.store.reading() as unit:
        while True:
            last = unit.query.page(world.query(sort=sort, limit=limit, after=after))
            names += [str(record.values["name"]) for record in last.records]
            if last.next is None:
                break
            after = last.next
        while last.previous is not None:
            last = unit.query.page(world.query(sort=sort, limit=limit, after=last.previous))
            names += [f"<{record.values['name']}" for record in last.records]
    return names


SORTS: Sequence[tuple[str, ...]] = (
    ("name",), ("-name",), ("price",), ("-price",), ("active", "-price"), ("-active", "name"),
    ("grade", "name"), ("-grade", "price"), ("site", "name"), ("-site",), ("keeper",), ("-bought",),
    ("bought", "-seen"), ("-seen",), ("updated_at",), ("-updated_at",),
)  # fmt: skip


@pytest.mark.parametrize("sort", SORTS, ids="_".join)
def test_pages_follow_each_other_without_gap_or_repetition_and_back(
    world: World, sort: tuple[str, ...]
) -> None:
    every = world.names(sort=sort)

    walked = _walk(world, sort)

    forwards = [name for name in walked if not name.startswith("<")]
    assert forwards == every
    assert sorted(walked[len(forwards) :]) == sorted(f"<{name}" for name in every[:6])
