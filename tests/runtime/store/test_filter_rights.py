from __future__ import annotations

from dataclasses import replace

import pytest

from engine.access.sight import SEES_ALL, RowScope, Sight
from engine.expressions import Slot, compile_expression
from runtime.store import Store
from runtime.store.query import NotAllowed
from tests.runtime.store.building import actor_of
from tests.runtime.store.worlds import World


@pytest.fixture
def world(store: Store) -> World:
    world = World(store)
    near = world.add(world.site, name="南站", secret="x", owner="ann")
    far = world.add(world.site, name="北站", secret="x", owner="bob")
    world.add(name="甲", site=near.id, sites=(near.id,), owner="ann")
    world.add(name="乙", site=far.id, sites=(near.id, far.id), owner="bob")
    return world


SECRETS = [
    'site.secret = "x"',
    "site.secret != null",
    'site_secret = "x"',
    'not(site.secret = "y")',
    'contains(lower case(site.secret), "x")',
    'name = "甲" or site.secret = "x"',
    'if site.secret = "x" then true else false',
]


@pytest.mark.parametrize("feel", SECRETS)
@pytest.mark.parametrize("shut", ["hidden", "masked"])
def test_a_field_that_is_shut_elsewhere_can_not_be_asked_about(
    world: World, feel: str, shut: str
) -> None:
    assert world.names(feel)
    secret = frozenset({"secret"})
    world.site_sight = (
        replace(SEES_ALL, hidden=secret) if shut == "hidden" else replace(SEES_ALL, masked=secret)
    )

    with pytest.raises(NotAllowed):
        world.names(feel)


@pytest.mark.parametrize("feel", SECRETS)
def test_nothing_is_asked_of_a_form_that_is_not_seen(world: World, feel: str) -> None:
    world.site_sight = Sight()

    with pytest.raises(NotAllowed):
        world.names(feel)


@pytest.mark.parametrize(
    ("feel", "found"),
    [
        ('site.secret = "x"', ["甲"]),
        ('site_secret = "x"', ["甲"]),
        ("site.secret = null", ["乙"]),
        ('site.secret != "x"', ["乙"]),
        ('not(site.secret != "x")', ["甲"]),
        ("site != null", ["乙", "甲"]),
    ],
)
@pytest.mark.parametrize("scope", ["keyword", "expression"])
def test_a_record_out_of_sight_answers_as_if_it_were_not_there(
    world: World, feel: str, found: list[str], scope: str
) -> None:
    mine = compile_expression("owner = user.id", world.site.scope, Slot.ROWS)
    rows = RowScope(own=True) if scope == "keyword" else RowScope(expressions=(mine,))
    world.site_sight = Sight(rows=rows)

    assert world.names(feel) == found


@pytest.mark.parametrize(
    "feel",
    ["price > 1", "not(price > 1)", "count(parts) > 0", 'some p in parts satisfies p.part = "x"'],
)
def test_a_hidden_field_can_not_be_asked_about_in_any_words(world: World, feel: str) -> None:
    world.names(feel)
    world.sight = replace(SEES_ALL, hidden=frozenset({"price", "parts"}))

    with pytest.raises(NotAllowed):
        world.names(feel)


def test_a_kept_statement_is_run_with_the_person_who_asks(world: World) -> None:
    mine = compile_expression("owner = user.id", world.device.scope, Slot.ROWS)
    by_words = Sight(rows=RowScope(own=True))
    by_expression = Sight(rows=RowScope(expressions=(mine,)))

    for sight in (by_words, by_expression, by_words):
        world.sight = sight
        for person, found in (("ann", ["甲"]), ("bob", ["乙"]), ("eve", [])):
            world.actor = actor_of(id=person)
            assert world.names() == found
            assert world.names("keeper = null") == found
            assert world.names("owner = user.id") == found


def test_a_kept_statement_is_not_for_those_who_see_other_records(world: World) -> None:
    feel = 'site.secret = "x"'
    for site_sight, found in (
        (SEES_ALL, ["乙", "甲"]),
        (Sight(rows=RowScope(own=True)), ["甲"]),
        (SEES_ALL, ["乙", "甲"]),
        (Sight(rows=RowScope(department=True)), ["乙", "甲"]),
    ):
        world.site_sight = site_sight
        assert world.names(feel) == found


def test_a_count_is_of_what_is_seen(world: World) -> None:
    world.site_sight = Sight(rows=RowScope(own=True))
    with world.store.reading() as unit:
        page = unit.query.page(
            world.query(where=world.where('site.secret = "x"'), limit=1, total=True)
        )
    assert (page.total, len(page.records)) == (1, 1)


def test_several_conditions_all_hold(world: World) -> None:
    assert world.names('owner = "ann" or owner = "bob"', 'owner = "bob"') == ["乙"]


def test_only_those_that_hold_an_id(world: World) -> None:
    with world.store.reading() as unit:
        near = unit.query.page(world.query(limit=1)).records[0].values["site"]
    assert isinstance(near, str)
    assert len(world.names(only={"site": near})) == 1
    assert world.names(only={"owner": "bob"}) == ["乙"]
    assert world.names(only={"owner": "bob", "name": "甲"}) == []
    world.sight = replace(SEES_ALL, hidden=frozenset({"site"}))
    with pytest.raises(NotAllowed):
        world.names(only={"site": near})
