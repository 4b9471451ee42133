"""A copy of the workspace holds the same, and whatever is done to it the original stays."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect

from runtime.store import Store, Unit
from runtime.workspace.copied import copied
from runtime.workspace.upgrade import Upgraded, upgrade_app
from tests.desk import FILES, Desk


def _digest(store: Store) -> dict[str, list[str]]:
    """Return every row of every table."""
    with store.reading() as unit:
        names = inspect(unit.connection).get_table_names()
        return {name: _rows(unit, name) for name in names if not name.endswith("_data")}


def _rows(unit: Unit, table: str) -> list[str]:
    found = unit.connection.exec_driver_sql(f'SELECT * FROM "{table}"')
    return sorted(repr(sorted(row._mapping.items())) for row in found)


def _without(*gone: str) -> dict[str, bytes]:
    form = FILES["forms/ticket.yaml"].decode()
    for text in gone:
        assert text in form
        form = form.replace(text, "")
    return {**FILES, "forms/ticket.yaml": form.encode()}


MARGIN = "      - {id: margin, type: money, label: {zh: 毛利, en: Margin}, currency: CNY}\n"
HIDING = ", hide: [margin]"


def test_a_copy_has_the_same_rows_and_is_gone_afterwards(desk: Desk, tmp_path: Path) -> None:
    desk.ticket(margin="1.00", cause="卡纸", parts=[{"part": "轮子"}])
    upgrade_app(desk.services, _without(MARGIN, HIDING))
    desk.ticket(cause="卡纸")
    before = _digest(desk.services.store)

    with copied(desk.services) as copy:
        same = _digest(copy.store)
        done = upgrade_app(copy, FILES)
        places = list(tmp_path.rglob("rehearsal_*"))

    assert {name: same.get(name) for name in before} == before
    assert isinstance(done, Upgraded)
    assert {one.what for one in done.report.changes} == {"added"}
    assert places
    assert not [each for each in places if each.exists()]
    assert _digest(desk.services.store) == before
    with desk.services.store.reading() as unit:
        schemas = inspect(unit.connection).get_schema_names()
    assert not [name for name in schemas if name.startswith("rehearsal_")]


def test_what_repeats_in_spite_of_a_rule_may_repeat_in_the_copy(desk: Desk) -> None:
    desk.ticket(cause="卡纸")
    desk.ticket(cause="卡纸")
    form = FILES["forms/ticket.yaml"].replace(b"en: Cause}}", b"en: Cause}, unique: true}")
    upgrade_app(desk.services, {**FILES, "forms/ticket.yaml": form})

    with copied(desk.services) as copy, copy.store.reading() as unit:
        table = copy.store.tables(copy.apps["desk"].forms["ticket"]).main.name
        count = unit.connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"')
        assert count.scalar() == 2
