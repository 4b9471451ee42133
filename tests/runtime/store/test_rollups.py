from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.record import Record
from runtime.store import Store
from tests.runtime.store.building import NOW, app_of, form_text, later, record_of

ROLLUP = "type: rollup, form: device, by: site"
PLANT = form_text(
    "plant",
    """
    {id: name, type: text, label: 名称}
    {id: worth, type: rollup, label: 总值, form: site, by: plant, ~}
    """.replace("~", "measure: sum, of: tax, result: money"),
)
SITE = form_text(
    "site",
    f"""
    {{id: name, type: text, label: 名称}}
    {{id: plant, type: reference, to: plant, label: 工厂}}
    {{id: pieces, {ROLLUP}, label: 台数}}
    {{id: cost, {ROLLUP}, label: 总价, measure: sum, of: price, result: money}}
    {{id: mean, {ROLLUP}, label: 均价, measure: avg, of: price, places: 4}}
    {{id: latest, {ROLLUP}, label: 最近, measure: max, of: bought, result: date}}
    {{id: dear, {ROLLUP}, label: 贵重, where: [{{field: price, op: '>=', value: 100}}]}}
    {{id: tax, type: formula, label: 税, feel: cost * 0.1, result: money}}
    """,
)
DEVICE = form_text(
    "device",
    """
    {id: name, type: text, label: 名称}
    {id: price, type: money, label: 价格}
    {id: bought, type: date, label: 购买日}
    {id: site, type: reference, to: site, label: 站点}
    """,
)


class World:
    def __init__(self, store: Store) -> None:
        self.store = store
        store.install(app_of(PLANT, SITE, DEVICE), {}, NOW)
        self.forms = store.apps["plant"].forms

    def add(self, form: str, **values: Any) -> Record:
        record = record_of(self.forms[form], values)
        with self.store.unit() as unit:
            unit.records.add(self.forms[form], record)
            unit.records.refresh_rollups(self.forms[form], record, None)
        return record

    def change(self, record: Record, deleted: bool = False, **values: Any) -> Record:
        form = self.forms[record.form]
        after = replace(
            record,
            version=record.version + 1,
            updated_at=later(1),
            deleted_at=later(1) if deleted else None,
            values={**record.values, **values},
        )
        with self.store.unit() as unit:
            assert unit.records.save(form, record, after)
            unit.records.refresh_rollups(form, after, record)
        return after

    def totals(self, record: Record, *names: str) -> list[Any]:
        with self.store.reading() as unit:
            read = unit.records.one(self.forms[record.form], record.id)
        assert read is not None
        return [read.values[name] for name in names]


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


def test_totals_begin_at_nothing(world: World) -> None:
    site = world.add("site")

    assert world.totals(site, "pieces", "cost", "mean", "latest") == [0, Decimal(0), None, None]


def test_totals_follow_what_points_to_the_record(world: World) -> None:
    site = world.add("site")
    world.add("device", site=site.id, price=Decimal("100.00"), bought=date(2026, 1, 1))
    world.add("device", site=site.id, price=Decimal("0.01"), bought=date(2025, 1, 1))
    world.add("device", price=Decimal(7))

    assert world.totals(site, "pieces", "cost", "mean", "latest", "dear") == [
        2, Decimal("100.01"), Decimal("50.0050"), date(2026, 1, 1), 1,
    ]  # fmt: skip


def test_a_change_or_a_move_or_a_deletion_counts_at_both_ends(world: World) -> None:
    one, two = world.add("site"), world.add("site")
    device = world.add("device", site=one.id, price=Decimal(5))
    assert world.totals(one, "cost") == [Decimal(5)]

    device = world.change(device, price=Decimal(6))
    assert world.totals(one, "cost") == [Decimal(6)]
    device = world.change(device, site=two.id)
    assert (world.totals(one, "cost"), world.totals(two, "cost")) == ([Decimal(0)], [Decimal(6)])
    device = world.change(device, deleted=True)
    assert world.totals(two, "cost", "pieces") == [Decimal(0), 0]
    world.change(device)
    assert world.totals(two, "cost", "pieces") == [Decimal(6), 1]


def test_formulas_and_further_totals_follow_a_total(world: World) -> None:
    plant = world.add("plant")
    site = world.add("site", plant=plant.id)

    world.add("device", site=site.id, price=Decimal(50))

    assert world.totals(site, "tax") == [Decimal("5.00")]
    assert world.totals(plant, "worth") == [Decimal("5.00")]


def test_a_total_is_no_edit(world: World) -> None:
    site = world.add("site")
    world.add("device", site=site.id, price=Decimal(50))

    assert world.change(site, name="甲").version == 2
    assert world.totals(site, "cost") == [Decimal(50)]


def test_a_new_total_is_worked_out_for_old_records(store: Store) -> None:
    bare = form_text("site", "{id: name, type: text, label: 名称}")
    store.install(app_of(bare, DEVICE), {}, NOW)
    forms = store.apps["plant"].forms
    site = record_of(forms["site"])
    with store.unit() as unit:
        unit.records.add(forms["site"], site)
        unit.records.add(forms["device"], record_of(forms["device"], {"site": site.id}))

    total = form_text(
        "site",
        f"{{id: name, type: text, label: 名称}}\n{{id: n, {ROLLUP}, label: 数}}",
    )
    store.install(app_of(total, DEVICE), {}, NOW)

    with store.reading() as unit:
        read = unit.records.one(store.apps["plant"].forms["site"], site.id)
    assert read is not None
    assert read.values["n"] == 1


def test_totals_are_right_though_many_add_at_once(world: World) -> None:
    site = world.add("site")
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        for _ in range(10):
            world.add("device", site=site.id, price=Decimal("0.10"))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert world.totals(site, "pieces", "cost") == [40, Decimal("4.00")]
