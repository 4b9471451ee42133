from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import inspect

from runtime.store import Store
from tests.runtime.store.building import form_text, later
from tests.runtime.store.lives import SITE, Life, device, restorable


@pytest.fixture
def life(store: Store) -> Life:
    return Life(store)


def test_a_dropped_field_can_be_restored(life: Life) -> None:
    full = device("{id: code, type: money, label: 编码}")
    life.install(full)
    record, changed = life.add(code=Decimal("1.50")), life.add(code=Decimal(2))
    trash = restorable(life.install(device("")))
    assert life.values(record) == {"name": None}
    life.install(full)
    assert life.values(record)["code"] is None
    with life.store.unit() as unit:
        after = replace(changed, version=2, values={"name": None, "code": Decimal(9)})
        assert unit.records.save(life.form(), changed, after)

    restored = life.store.restore(trash)

    assert restored
    assert life.values(record)["code"] == Decimal("1.50")
    assert life.values(changed)["code"] == Decimal(9)


def test_what_has_no_place_now_is_not_restored(life: Life) -> None:
    life.install(device("{id: code, type: money, label: 编码}"))
    record = life.add(code=Decimal("1.50"))
    trash = restorable(life.install(device("")))

    assert not life.store.restore(trash)
    life.install(device("{id: code, type: date, label: 编码}"))
    assert not life.store.restore(trash)
    life.install(device("{id: code, type: money, label: 编码}"))

    assert life.store.restore(trash)
    assert not life.store.restore(trash)
    assert life.values(record)["code"] == Decimal("1.50")


def test_dropped_lines_and_links_can_be_restored(life: Life) -> None:
    parts = "{id: parts, type: lines, label: 部件, fields: [{id: part, type: text, label: 部件}]}"
    sites = "{id: sites, type: reference_list, to: site, label: 站点}"
    life.install(SITE, device(f"{parts}\n{sites}"))
    record = life.add(parts=({"id": "r1", "part": "阀"},), sites=("s1", "s2"))
    dropped = life.install(SITE, device(""))
    life.install(SITE, device(f"{parts}\n{sites}"))
    assert life.values(record)["parts"] is None

    for change in dropped.changes:
        assert change.trash is not None
        assert life.store.restore(change.trash)

    assert life.values(record)["parts"] == ({"id": "r1", "part": "阀"},)
    assert life.values(record)["sites"] == ("s1", "s2")


def test_a_dropped_form_can_be_restored(life: Life) -> None:
    text = device(
        "{id: parts, type: lines, label: 部件, fields: [{id: part, type: text, label: 部件}]}"
    )
    life.install(SITE, text)
    record = life.add(name="甲", parts=({"id": "r1", "part": "阀"},))
    dropped = life.install(SITE)
    (trash,) = (change.trash for change in dropped.changes)
    life.install(SITE, text)
    assert life.found("甲") == []

    assert trash is not None
    assert life.store.restore(trash)

    assert life.values(record) == {"name": "甲", "parts": ({"id": "r1", "part": "阀"},)}
    assert life.found("甲") == [record.id]


def test_the_trash_follows_a_form_that_is_renamed(life: Life) -> None:
    full = device("{id: code, type: text, label: 编码}")
    life.install(full)
    record = life.add(code="1")
    trash = restorable(life.install(device("")))

    life.install(full.replace("form: device", "form: machine") + "formerly: device\n")

    assert life.store.restore(trash)
    assert life.values(record, "machine")["code"] == "1"


def test_the_trash_is_emptied_for_good(life: Life) -> None:
    life.install(SITE, device("{id: code, type: text, label: 编码}"))
    record = life.add(code="1")
    life.install(device(""))
    with life.store.reading() as unit:
        assert {d.kind for d in unit.packages.trash("plant")} == {"form", "column"}

    assert life.store.empty_trash(later(60)) == 2

    with life.store.reading() as unit:
        assert unit.packages.trash("plant") == ()
        names = inspect(unit.connection).get_columns("plant__device")
    assert not [column for column in names if column["name"].startswith("_trash")]
    assert life.values(record) == {"name": None}


def test_a_form_may_take_the_name_of_one_that_goes(life: Life) -> None:
    one = form_text("one", "{id: name, type: text, label: 名称}")
    two = form_text("two", "{id: name, type: text, label: 名称}")
    life.install(one, two)
    first, second = life.add("one", name="甲"), life.add("two", name="乙")

    report = life.install(two + "formerly: one\n")

    assert life.values(first, "two") == {"name": "甲"}
    assert life.found("甲", "two") == [first.id]
    with life.store.reading() as unit:
        assert unit.records.one(life.form("two"), second.id) is None
    assert life.store.restore(restorable(report))
    assert life.values(second, "two") == {"name": "乙"}
