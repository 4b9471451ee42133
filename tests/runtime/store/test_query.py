from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.access.sight import EVERYTHING, SEES_ALL, RowScope, Sight
from engine.app import Form
from engine.expressions import Slot, compile_expression
from runtime.store import Store
from runtime.store.ids import new_id
from runtime.store.query import (
    Measure,
    NotAllowed,
    NotUnderstood,
)
from tests.runtime.store.building import NOW, actor_of, env_of, later, record_of
from tests.runtime.store.worlds import IS, World


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


def test_a_page_shows_the_living_records_that_are_asked_for(world: World) -> None:
    world.add(name="甲")
    gone = world.add(name="乙")
    world.delete(gone)

    assert world.names() == ["甲"]
    assert world.names(deleted=True) == ["乙"]


def test_a_reference_list_is_searched_by_what_it_holds(world: World) -> None:
    south = world.add(world.site, name="南站")
    world.add(name="alpha", sites=("other", south.id))
    world.add(name="beta", sites=("other",))
    world.add(name="gamma")

    assert world.names(IS("sites", "contains", south.id)) == ["alpha"]
    assert world.names(IS("sites", "in", (south.id, "other"))) == ["alpha", "beta"]
    assert world.names(IS("sites", "!=", "other")) == ["gamma"]


@pytest.mark.parametrize(
    "after", ["", "x", "AAAA", "W10", "bnVsbA", "ﬀ" * 9, "W1sibmFtZSJdLFsxXSxmYWxzZV0"]
)
def test_a_place_that_is_none_is_refused(world: World, after: str) -> None:
    with pytest.raises(NotUnderstood):
        world.names(after=after)


def test_a_place_in_another_order_is_refused(world: World) -> None:
    for n in range(3):
        world.add(name=f"n{n}")
    with world.store.reading() as unit:
        page = unit.query.page(world.query(limit=1))

        with pytest.raises(NotUnderstood):
            unit.query.page(world.query(limit=1, after=page.next, sort=("-name",)))


def test_the_total_counts_all_that_would_be_found(world: World) -> None:
    for n in range(5):
        world.add(name=f"n{n}", price=Decimal(n))

    with world.store.reading() as unit:
        query = world.query(limit=2, where=world.where("price > 0"))
        assert unit.query.page(query).total is None
        assert unit.query.page(replace(query, total=True)).total == 4
        assert unit.query.page(replace(query, limit=9)).total == 4


ADA, BEN, EVE = (
    {"owner": "ada", "department": "east"},
    {"owner": "ben", "department": "east1"},
    {"owner": "eve", "department": "west"},
)


def _rows(text: str, form: Form) -> RowScope:
    return RowScope(expressions=(compile_expression(text, form.scope, Slot.ROWS),))


SCOPES: dict[str, tuple[Callable[[Form], RowScope], list[str]]] = {
    "all": (lambda _: EVERYTHING, ["ada", "ben", "eve"]),
    "none": (lambda _: RowScope(), []),
    "own": (lambda _: RowScope(own=True), ["ada"]),
    "department": (lambda _: RowScope(department=True), ["ada"]),
    "tree": (lambda _: RowScope(tree=True), ["ada", "ben"]),
    "expression": (lambda form: _rows('owner = "eve"', form), ["eve"]),
    "followed": (lambda form: RowScope(expressions=(form.logic.grants["worker/rows"],)), ["ben"]),
    "union": (
        lambda form: replace(_rows('owner = "eve"', form), own=True),
        ["ada", "eve"],
    ),
}


@pytest.mark.parametrize("scope", SCOPES)
def test_each_question_is_answered_from_the_rows_in_sight_only(world: World, scope: str) -> None:
    with world.store.unit() as unit:
        for name in ("east", "west", "east1"):
            unit.people.departments.add(name, NOW, id_=name)
        unit.people.add("ada", "Ada", NOW, id_="ada", department="west")
        unit.people.add("ben", "Ben", NOW, id_="ben", department="east")
    records = {
        str(place["owner"]): world.add(None, name=place["owner"], price=Decimal(1), **place)
        for place in (ADA, BEN, EVE)
    }
    make, expected = SCOPES[scope]
    world.sight = Sight(rows=make(world.device))
    world.actor = actor_of(id="ada", department="east", departments=("east", "east1"))

    ids = [record.id for record in records.values()]
    seen = [records[name].id for name in expected]
    with world.store.reading() as unit:
        asked = (world.device, world.sight, world.actor, env_of(world.actor))
        total = unit.query.aggregate(world.query(), (), (Measure("count"), Measure("sum", "price")))
        assert world.names() == expected
        assert unit.query.page(world.query(limit=1, total=True)).total == len(expected)
        assert total == [{"count": len(expected), "sum:price": Decimal(len(expected)) or None}]
        assert unit.query.visible(*asked, ids) == set(seen)
        assert set(unit.query.titles(*asked, ids)) == set(seen)
        assert [id_ for id_ in ids if unit.query.one(*asked, id_)] == seen
        assert world.names(search="ev") == [name for name in expected if name == "eve"]


def test_pages_of_what_an_expression_shows_are_full_and_counted(world: World) -> None:
    with world.store.unit() as unit:
        for n in range(1000):
            record = record_of(world.device, {"name": f"n{n:04}", "pieces": n}, id=new_id(later(n)))
            unit.records.add(world.device, record)
    world.sight = Sight(rows=_rows("modulo(pieces, 300) = 0", world.device))

    with world.store.reading() as unit:
        first = unit.query.page(world.query(limit=3, total=True))
        second = unit.query.page(world.query(limit=3, after=first.next))

    assert [r.values["name"] for r in first.records] == ["n0000", "n0300", "n0600"]
    assert first.total == 4
    assert [r.values["name"] for r in second.records] == ["n0900"]
    assert second.next is None


def _shut(kind: str, field: str) -> Sight:
    fields = frozenset({field})
    return (
        replace(SEES_ALL, hidden=fields) if kind == "hidden" else replace(SEES_ALL, masked=fields)
    )


SHUT: dict[str, Callable[[World], Any]] = {
    "filter": lambda w: w.names(IS("phone", "filled")),
    "exact filter": lambda w: w.names(IS("phone", "=", "+8613800000000")),
    "sort": lambda w: w.names(sort=("phone",)),
    "columns": lambda w: w.names(columns=("phone",)),
    "nested": lambda w: w.names('name = "x" or (name != null and phone = null)'),
}


@pytest.mark.parametrize("way", SHUT)
def test_a_hidden_field_can_not_be_asked_for(world: World, way: str) -> None:
    world.sight = replace(SEES_ALL, hidden=frozenset({"phone"}))

    with pytest.raises(NotAllowed):
        SHUT[way](world)


@pytest.mark.parametrize("way", [way for way in SHUT if way != "columns"])
def test_a_masked_field_can_not_be_asked_about(world: World, way: str) -> None:
    world.sight = replace(SEES_ALL, masked=frozenset({"phone"}))

    with pytest.raises(NotAllowed):
        SHUT[way](world)


@pytest.mark.parametrize("kind", ["hidden", "masked"])
@pytest.mark.parametrize(
    ("by", "measure"),
    [
        (("price",), Measure("count")),
        ((), Measure("sum", "price")),
        ((), Measure("distinct", "price")),
    ],
    ids=str,
)
def test_a_shut_field_can_not_be_summed_or_grouped_by(
    world: World, kind: str, by: tuple[str, ...], measure: Measure
) -> None:
    world.sight = _shut(kind, "price")

    with world.store.reading() as unit, pytest.raises(NotAllowed):
        unit.query.aggregate(world.query(), by, (measure,))


def test_a_masked_field_comes_masked_and_a_hidden_one_not_at_all(world: World) -> None:
    record = world.add(name="甲", phone="+8613812345678", price=Decimal(1))
    world.sight = replace(SEES_ALL, masked=frozenset({"phone"}), hidden=frozenset({"price"}))

    with world.store.reading() as unit:
        (listed,) = unit.query.page(world.query()).records
        one = unit.query.one(world.device, world.sight, world.actor, env_of(world.actor), record.id)

    assert one is not None
    for seen in (listed, one):
        assert seen.values["phone"] == "138****5678"
        assert "price" not in seen.values


@pytest.mark.parametrize("kind", ["hidden", "masked"])
def test_the_search_box_does_not_look_into_shut_fields(world: World, kind: str) -> None:
    world.add(name="甲", phone="+8613812345678")
    assert world.names(search="5678") == ["甲"]

    world.sight = _shut(kind, "phone")

    assert world.names(search="5678") == []
    assert world.names(search="甲") == ["甲"]


def test_a_lookup_shows_what_stands_there_now(world: World) -> None:
    site = world.add(world.site, name="南站", secret="x1")
    world.add(name="甲", site=site.id)
    world.add(name="乙")

    with world.store.reading() as unit:
        records = unit.query.page(world.query(columns=("name", "site_secret"))).records

    assert [record.values for record in records] == [
        {"name": "乙", "site_secret": None},
        {"name": "甲", "site_secret": "x1"},
    ]


def test_a_lookup_of_a_hidden_field_is_hidden_and_of_a_masked_one_masked(world: World) -> None:
    site = world.add(world.site, name="南站", secret="secret")
    world.add(name="甲", site=site.id)

    def shown(sight: Sight) -> Any:
        world.site_sight = sight
        with world.store.reading() as unit:
            return unit.query.page(world.query()).records[0].values

    assert shown(SEES_ALL)["site_secret"] == "secret"
    assert "site_secret" not in shown(replace(SEES_ALL, hidden=frozenset({"secret"})))
    assert "site_secret" not in shown(Sight())
    assert shown(replace(SEES_ALL, masked=frozenset({"secret"})))["site_secret"] == "******"


@pytest.mark.parametrize("sight", [Sight(), replace(SEES_ALL, hidden=frozenset({"secret"}))])
def test_what_is_shut_elsewhere_can_not_be_asked_about_from_here(
    world: World, sight: Sight
) -> None:
    world.site_sight = sight

    with pytest.raises(NotAllowed):
        world.names(IS("site.secret", "=", "x"))
    with pytest.raises(NotAllowed):
        world.names(sort=("site.secret",))


def test_records_of_another_form_that_are_out_of_sight_do_not_answer(world: World) -> None:
    mine = world.add(world.site, name="南站", secret="x", owner="ann")
    foreign = world.add(world.site, name="北站", secret="x", owner="bob")
    world.add(name="甲", site=mine.id)
    world.add(name="乙", site=foreign.id)

    world.site_sight = Sight(rows=RowScope(own=True))

    assert world.names(IS("site.secret", "=", "x")) == ["甲"]
    assert world.names(sort=("site",)) == ["乙", "甲"]


def test_the_search_box_finds_what_a_record_says_now(world: World) -> None:
    record = world.add(name="旧名")
    renamed = replace(
        record, version=2, updated_at=later(1), values={**record.values, "name": "新名"}
    )
    with world.store.unit() as unit:
        assert unit.records.save(world.device, record, renamed)

    assert world.names(search="旧名") == []
    assert world.names(search="新名") == ["新名"]


def test_groups_are_counted_and_added_up_exactly(world: World) -> None:
    for grade, price in (("z", "0.10"), ("z", "0.20"), ("a", "0.05"), (None, None)):
        world.add(name="n", grade=grade, price=Decimal(price) if price else None, pieces=3)

    with world.store.reading() as unit:
        found = unit.query.aggregate(
            world.query(),
            ("grade",),
            (
                Measure("count"),
                Measure("sum", "price"),
                Measure("avg", "price"),
                Measure("min", "price"),
                Measure("max", "price"),
                Measure("distinct", "pieces"),
            ),
        )

    assert found == [
        {"grade": None, "count": 1, "sum:price": None, "avg:price": None, "min:price": None,
         "max:price": None, "distinct:pieces": 1},
        {"grade": "a", "count": 1, "sum:price": Decimal("0.05"), "avg:price": Decimal("0.05"),
         "min:price": Decimal("0.05"), "max:price": Decimal("0.05"), "distinct:pieces": 1},
        {"grade": "z", "count": 2, "sum:price": Decimal("0.30"), "avg:price": Decimal("0.15"),
         "min:price": Decimal("0.10"), "max:price": Decimal("0.20"), "distinct:pieces": 1},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("day:bought", [date(2026, 1, 4), date(2026, 1, 5), date(2026, 5, 31)]),
        ("week:bought", [date(2025, 12, 29), date(2026, 1, 5), date(2026, 5, 25)]),
        ("month:bought", [date(2026, 1, 1), date(2026, 5, 1)]),
        ("quarter:bought", [date(2026, 1, 1), date(2026, 4, 1)]),
        ("year:bought", [date(2026, 1, 1)]),
        ("day:seen", [date(2026, 1, 1)]),
        ("month:seen", [date(2026, 1, 1)]),
    ],
)
def test_dates_are_grouped_by_period_where_the_workspace_is(
    world: World, by: str, expected: list[date]
) -> None:
    new_year = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    for day in (date(2026, 1, 4), date(2026, 1, 5), date(2026, 5, 31)):
        world.add(name="n", bought=day, seen=new_year)

    with world.store.reading() as unit:
        found = unit.query.aggregate(world.query(), (by,), (Measure("count"),))

    assert [group[by] for group in found] == expected
    assert sum(int(str(group["count"])) for group in found) == 3


def test_days_follow_a_zone_that_changes_its_clocks(world: World) -> None:
    winter, summer = (
        datetime(2026, 1, 1, 22, 30, tzinfo=UTC),
        datetime(2026, 7, 1, 22, 30, tzinfo=UTC),
    )
    world.add(name="n", seen=winter)
    world.add(name="n", seen=summer)
    query = world.query()
    query = replace(query, env=replace(query.env, now=NOW.astimezone(ZoneInfo("Europe/Berlin"))))

    with world.store.reading() as unit:
        found = unit.query.aggregate(query, ("day:seen",), (Measure("count"),))

    assert [group["day:seen"] for group in found] == [date(2026, 1, 1), date(2026, 7, 2)]


def test_groups_may_lie_one_reference_away(world: World) -> None:
    high = world.add(world.site, name="南站", level="high")
    world.add(name="甲", site=high.id)
    world.add(name="乙")

    with world.store.reading() as unit:
        found = unit.query.aggregate(world.query(), ("site.level",), (Measure("count"),))

    assert found == [{"site.level": None, "count": 1}, {"site.level": "high", "count": 1}]


def test_titles_are_those_of_visible_records_in_the_bin_too(world: World) -> None:
    living, gone = world.add(name="甲"), world.add(name="乙")
    world.delete(gone)

    with world.store.reading() as unit:
        titles = unit.query.titles(
            world.device, SEES_ALL, world.actor, env_of(), (living.id, gone.id, "nobody")
        )

    assert titles == {living.id: "甲", gone.id: "乙"}
