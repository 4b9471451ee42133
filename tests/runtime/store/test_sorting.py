from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from runtime.store import Store
from tests.runtime.store.building import NOW, later
from tests.runtime.store.worlds import World

SORTED: list[tuple[str, list[str]]] = [
    ("name", ["alpha", "beta", "gamma"]),
    ("-name", ["gamma", "beta", "alpha"]),
    ("price", ["gamma", "beta", "alpha"]),
    ("-price", ["alpha", "beta", "gamma"]),
    ("grade", ["gamma", "alpha", "beta"]),
    ("site", ["gamma", "beta", "alpha"]),
    ("-site", ["alpha", "beta", "gamma"]),
    ("keeper", ["beta", "gamma", "alpha"]),
    ("active", ["gamma", "beta", "alpha"]),
    ("bought", ["gamma", "alpha", "beta"]),
    ("-seen", ["beta", "alpha", "gamma"]),
    ("created_at", ["alpha", "beta", "gamma"]),
]


def fill(world: World) -> None:
    a, z = world.add(world.site, name="A"), world.add(world.site, name="Z")
    with world.store.unit() as unit:
        unit.people.add("amy", "Amy", NOW, id_="p2")
        unit.people.add("zoe", "Zoe", NOW, id_="p1")
    world.add(
        name="alpha", price=Decimal(30), grade="z", site=z.id, keeper="p1", active=True,
        bought=date(2026, 1, 1), seen=later(1), at=later(1),
    )  # fmt: skip
    world.add(
        name="beta", price=Decimal("4.5"), grade="a", site=a.id, active=False,
        bought=date(2026, 2, 1), seen=later(2), at=later(2),
    )  # fmt: skip
    world.add(name="gamma", keeper="p2", at=later(3))


@pytest.fixture(scope="module")
def world(shared_store: Store) -> World:
    world = World(shared_store)
    fill(world)
    return world


@pytest.mark.parametrize(("sort", "expected"), SORTED)
def test_records_are_sorted_by_what_people_read(
    world: World, sort: str, expected: list[str]
) -> None:
    assert world.names(sort=(sort,)) == expected
