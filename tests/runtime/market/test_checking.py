"""A package proves itself on the database that the workspace has, and leaves nothing there."""

from __future__ import annotations

from importlib.metadata import version

from sqlalchemy import inspect

from runtime.market.checking import check_package, checks_of
from tests.desk import Desk
from tests.web.offers import SCENARIOS, packed


def test_a_package_is_tried_on_the_database_of_the_workspace(desk: Desk) -> None:
    services, steps = desk.services, list[tuple[int, int]]()
    package = packed(**{"scenarios/site.yaml": SCENARIOS})

    check_package(services, package, "d" * 64, lambda done, all_: steps.append((done, all_)))

    found = checks_of(services, ["d" * 64, "e" * 64])
    assert list(found) == ["d" * 64]
    (came,) = found.values()
    assert came.sound
    assert (came.platform, came.database) == (version("dougong"), services.store.dialect)
    assert steps == [(0, 1), (1, 1)]
    with services.store.reading() as unit:
        schemas = inspect(unit.connection).get_schema_names()
        assert "rounds" not in {one.app for one in unit.packages.list()}
    assert [name for name in schemas if name.startswith("scenarios_")] == []
