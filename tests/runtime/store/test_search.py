from __future__ import annotations

import pytest

from runtime.store import Store
from tests.runtime.store.worlds import World


def fill(world: World) -> None:
    world.add(name="无锡先导智能装备 ABC-1234", phone="+8613812345678")
    world.add(name="上海电气")


@pytest.fixture(scope="module")
def world(shared_store: Store) -> World:
    world = World(shared_store)
    fill(world)
    return world


@pytest.mark.parametrize(
    "words",
    ["无锡", "先导", "锡先", "智能", "无", "备", "wxxd", "WXXD", "xdzn", "wuxi", "无锡 智能", "ABC",
     "abc-12", "abc-1234", "ＡＢＣ", "5678", "138123"],
)  # fmt: skip
def test_the_search_box_finds(world: World, words: str) -> None:
    assert world.names(search=words) == ["无锡先导智能装备 ABC-1234"]


@pytest.mark.parametrize(
    "words", ["锡无", "无先", "导无锡海", "zzzz", "电气 无锡", "'", '"', "* OR a*"]
)
def test_the_search_box_does_not_find_what_is_not_there(world: World, words: str) -> None:
    assert world.names(search=words) == []
