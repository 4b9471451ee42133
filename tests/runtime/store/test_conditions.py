from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.expressions import FeelErrors
from engine.filters import BadFilter
from runtime.store import Store
from runtime.store.query import NotUnderstood
from tests.runtime.store.worlds import IS, Asked, World


def fill(world: World) -> None:
    south = world.add(world.site, name="南站", level="high")
    north = world.add(world.site, name="北站", level="low")
    world.add(
        name="alpha", price=Decimal(10), pieces=1, bought=date(2026, 11, 21), active=True,
        seen=datetime(2026, 11, 20, 16, 0, tzinfo=UTC), grade="z", kinds=("x", "y"),
        site=south.id, sites=(south.id, north.id), keeper="ann", parts=({"id": "1", "part": "阀"},),
        place={"region": "330106", "detail": "Xixi 路1号"},
    )  # fmt: skip
    world.add(
        name="beta", price=Decimal("20.00"), pieces=2, bought=date(2026, 11, 16), active=False,
        seen=datetime(2026, 11, 20, 15, 59, tzinfo=UTC), grade="a", kinds=('q"', "xx"),
        site=north.id, keeper="bob",
    )  # fmt: skip
    world.add(name="gamma", price=Decimal("20.01"), pieces=30, bought=date(2026, 10, 1))
    world.add(name="d%")


@pytest.fixture(scope="module")
def world(shared_store: Store) -> World:
    world = World(shared_store)
    fill(world)
    return world


CONDITIONS: list[tuple[Asked, str]] = [
    (IS("name", "=", "alpha"), "a"),
    (IS("name", "!=", "alpha"), "bcd"),
    (IS("name", "in", ("alpha", "gamma")), "ac"),
    (IS("name", "in", ()), ""),
    (IS("name", "not_in", ("alpha", "gamma")), "bd"),
    (IS("name", "contains", "AM"), "c"),
    (IS("name", "contains", "%"), "d"),
    (IS("name", "starts_with", "Be"), "b"),
    (IS("price", "empty"), "d"),
    (IS("price", "filled"), "abc"),
    (IS("price", "=", "10.00"), "a"),
    (IS("price", "=", Decimal("10.001")), ""),
    (IS("price", "!=", Decimal(10)), "bcd"),
    (IS("price", ">", Decimal("10.001")), "bc"),
    (IS("price", ">=", 20), "bc"),
    (IS("price", "<", Decimal("20.009")), "ab"),
    (IS("price", "<=", 20), "ab"),
    (IS("price", "between", (10, 20)), "ab"),
    (IS("price", "between", (None, 10)), "a"),
    (IS("pieces", ">", "1.5"), "bc"),
    (IS("pieces", "<=", "1.5"), "a"),
    (IS("price", ">", -(2**70)), "abc"),
    (IS("bought", "=", "2026-11-21"), "a"),
    (IS("bought", "<", date(2026, 11, 21)), "bc"),
    (IS("bought", "last_days", 7), "ab"),
    (IS("bought", "next_days", 1), "a"),
    (IS("bought", "this", "week"), "ab"),
    (IS("bought", "this", "month"), "ab"),
    (IS("bought", "this", "quarter"), "abc"),
    (IS("bought", "this", "year"), "abc"),
    (IS("seen", "=", "2026-11-21"), "a"),
    (IS("seen", ">", "2026-11-20"), "a"),
    (IS("seen", ">=", "2026-11-20"), "ab"),
    (IS("seen", "<=", "2026-11-20"), "b"),
    (IS("seen", "<", "2026-11-20"), ""),
    (IS("seen", "this", "week"), "ab"),
    (IS("seen", ">", "2026-11-20T23:59:59+08:00"), "a"),
    (IS("active", "=", True), "a"),
    (IS("active", "=", "false"), "b"),
    (IS("active", "!=", True), "bcd"),
    (IS("grade", "in", ("z",)), "a"),
    (IS("kinds", "contains", "x"), "a"),
    (IS("kinds", "=", 'q"'), "b"),
    (IS("kinds", "in", ("x", 'q"')), "ab"),
    (IS("kinds", "!=", "x"), "bcd"),
    (IS("kinds", "not_in", ("x", "y")), "bcd"),
    (IS("kinds", "empty"), "cd"),
    (IS("keeper", "mine"), "a"),
    (IS("keeper", "=", "bob"), "b"),
    (IS("owner", "mine"), "abcd"),
    (IS("parts", "filled"), "a"),
    (IS("parts", "empty"), "bcd"),
    (IS("sites", "filled"), "a"),
    (IS("site.level", "=", "high"), "a"),
    (IS("site.name", "contains", "北"), "b"),
    (IS("site.level", "empty"), "cd"),
    (IS("created_at", "this", "year"), "abcd"),
    ("price != null and active != null", "ab"),
    ('name = "alpha" or price = null', "ad"),
    ("false", ""),
    ("true", "abcd"),
    (IS("place", "starts_with", "3301"), "a"),
    (IS("place", "=", "330106"), "a"),
    (IS("place", "starts_with", "31"), ""),
    (IS("place", "contains", "xixi"), "a"),
    (IS("place", "empty"), "bcd"),
    ('place.region != "330106"', "bcd"),
    ("place.detail = null", "bcd"),
    ("price > pieces", "ab"),
    ('site_secret = "x"', ""),
    ('some part in parts satisfies part.part = "阀"', "a"),
    ("count(sites) = 2", "a"),
    ('not(list contains(kinds, "x"))', "b"),
    ("seen >= start of day(today())", "a"),
    ('owner.name = "nobody"', ""),
    ('seen > now() - duration("PT16H30M30S")', "a"),
]


@pytest.mark.parametrize(("condition", "expected"), CONDITIONS, ids=str)
def test_conditions_find_what_they_say(world: World, condition: Asked, expected: str) -> None:
    found = {"alpha": "a", "beta": "b", "gamma": "c", "d%": "d"}
    assert "".join(sorted(found[name] for name in world.names(condition))) == expected


@pytest.mark.parametrize(
    "condition",
    [
        IS("nothing", "=", 1),
        IS("price", "=", "viel"),
        IS("price", "=", Decimal("1e40")),
        IS("price", "contains", "1"),
        IS("bought", "=", "morgen"),
        IS("bought", "this", "decade"),
        IS("name", "this", "week"),
        IS("name", "mine"),
        IS("kinds", ">", "a"),
        IS("name", "between", ("a",)),
        IS("name", "=", {"$gt": ""}),
        IS("site.nothing", "=", 1),
        IS("site.name.x", "=", 1),
        IS("name.x", "=", 1),
        IS("site_secret", "=", "x"),
        IS("active", "=", "maybe"),
    ],
    ids=str,
)
def test_a_condition_that_makes_no_sense_is_refused(world: World, condition: Asked) -> None:
    with pytest.raises((NotUnderstood, BadFilter, FeelErrors)):
        world.names(condition)


@pytest.mark.parametrize("strange", ["\0", "a\0b", "\ud800"])
def test_a_text_that_can_not_be_kept_can_not_be_compared_with(world: World, strange: str) -> None:
    with pytest.raises(BadFilter):
        world.names(IS("name", "=", strange))
    assert world.names(search=strange) in ([], world.names(search="a"))
