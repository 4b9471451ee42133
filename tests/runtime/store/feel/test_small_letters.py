"""Texts are searched without minding capitals as Python does it, quick ways included."""

from __future__ import annotations

import pytest

from runtime.store import Store
from tests.runtime.store.building import env_of
from tests.runtime.store.worlds import World

NAMES = (
    "Device 7", "DEVICE", "dev/ice%", "a_b", "axb", "İstanbul", "istanbul", "\u212aelvin", "Kelvin",
    "ÄRGER", "ärger", "上海ABC有限公司", "100%", "back\\slash", "straße", "STRASSE", "ΣΊΣΥΦΟΣ",
    "i\u0307x", "",
)  # fmt: skip
SOUGHT = (
    "device", "VICE", "ice%", "a_b", "A_B", "/", "%", "_", "\\", "i", "ist", "k", "kelvin", "ärg",
    "ÄRG", "上海a", "司", "ss", "ß", "σ", "ς", "i\u0307", "\u0307", "İ", "", "e\u0307",
)  # fmt: skip


@pytest.fixture(scope="module")
def world(shared_store: Store) -> World:
    world = World(shared_store)
    for name in NAMES:
        world.add(name=name)
    world.add(name=None)
    return world


@pytest.mark.parametrize("function", ["contains", "starts with"])
@pytest.mark.parametrize("sought", SOUGHT, ids=ascii)
def test_a_text_is_found_where_python_finds_it(world: World, function: str, sought: str) -> None:
    quoted = sought.replace("\\", "\\\\")
    asked = f'{function}(lower case(name), lower case("{quoted}"))'
    for feel in (asked, f"not({asked})", f"({asked}) != true"):
        (compiled,) = world.where(feel)
        rows = [{"name": name} for name in (*NAMES, None)]
        expected = [row["name"] for row in rows if compiled.holds(row, env_of())]

        assert sorted(world.names(feel)) == sorted(map(str, expected))
