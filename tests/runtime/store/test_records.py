from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.app import Form
from engine.record import Record, Value
from runtime.store import Store
from runtime.store.records import NotUnique
from tests.runtime.store.building import NOW, app_of, form_text, later, record_of

SITE = form_text("site", "{id: name, type: text, label: 名称}")
DEVICE = form_text(
    "device",
    """
    {id: name, type: text, label: 名称}
    {id: code, type: text, label: 编码, unique: true}
    {id: price, type: money, label: 价格}
    {id: weight, type: number, label: 重量, places: 6}
    {id: share, type: percent, label: 占比}
    {id: pieces, type: integer, label: 数量}
    {id: bought, type: date, label: 购买日}
    {id: seen, type: datetime, label: 最近检查}
    {id: opens, type: time, label: 开门}
    {id: life, type: duration, label: 寿命}
    {id: active, type: yes_no, label: 在用}
    {id: kinds, type: multi_select, label: 类别, options: [{id: a, label: 甲}, {id: b, label: 乙}]}
    {id: place, type: geo, label: 位置}
    {id: site, type: reference, to: site, label: 站点}
    {id: sites, type: reference_list, to: site, label: 相关站点}
    {id: keeper, type: person, label: 保管人}
    {id: extra, type: json, label: 其他}
    {id: order, type: text, label: 保留字}
    {id: parts, type: lines, label: 部件, fields: [{id: part, type: text, label: 部件}, *]}
    """.replace("*", "{id: cost, type: money, label: 单价}"),
)
FULL = {
    "name": "无锡一号机",
    "code": "D-1",
    "price": Decimal("99999999999999.99"),
    "weight": Decimal("0.000001"),
    "share": Decimal("0.15"),
    "pieces": 7,
    "bought": date(2026, 1, 31),
    "seen": datetime(2026, 11, 20, 23, 59, 59, 123456, tzinfo=UTC),
    "opens": time(8, 30),
    "life": timedelta(days=400, seconds=1, microseconds=5),
    "active": False,
    "kinds": ("a", "b"),
    "place": {"latitude": Decimal("31.5"), "longitude": Decimal("120"), "label": "厂区"},
    "keeper": "ann",
    "extra": {"a": (1, "二", None)},
    "order": "100% _sure\\",
    "parts": (
        {"id": "r1", "part": "阀", "cost": Decimal("12.50")},
        {"id": "r2", "part": "泵", "cost": None},
    ),
}


@pytest.fixture
def device(store: Store) -> Form:
    store.install(app_of(SITE, DEVICE), {}, NOW)
    return store.apps["plant"].forms["device"]


def test_every_kind_of_value_comes_back_as_it_was(store: Store, device: Form) -> None:
    with store.unit() as unit:
        site = record_of(store.apps["plant"].forms["site"], {"name": "厂区"})
        unit.records.add(store.apps["plant"].forms["site"], site)
        record = record_of(device, {**FULL, "site": site.id, "sites": (site.id,)})
        unit.records.add(device, record)

    with store.reading() as unit:
        read = unit.records.one(device, record.id)

    assert read == record
    assert read is not None
    assert {name: type(value) for name, value in read.values.items()} == {
        name: type(value) for name, value in record.values.items()
    }


def test_empty_values_come_back_as_none(store: Store, device: Form) -> None:
    record = record_of(device)
    with store.unit() as unit:
        unit.records.add(device, record)

    with store.reading() as unit:
        assert unit.records.one(device, record.id) == record


def _added(store: Store, form: Form, **values: Value) -> Record:
    record = record_of(form, values)
    with store.unit() as unit:
        unit.records.add(form, record)
    return record


def _next(record: Record, **values: Value) -> Record:
    return replace(
        record,
        version=record.version + 1,
        updated_at=later(1),
        values={**record.values, **values},
    )


def _read(store: Store, form: Form, record: Record) -> Record:
    with store.reading() as unit:
        read = unit.records.one(form, record.id)
    assert read is not None
    return read


def test_a_change_is_saved_only_over_the_version_that_was_read(store: Store, device: Form) -> None:
    record = _added(store, device, name="甲")

    with store.unit() as unit:
        assert unit.records.save(device, record, _next(record, name="乙"))
    with store.unit() as unit:
        assert not unit.records.save(device, record, _next(record, name="丙"))

    read = _read(store, device, record)
    assert (read.version, read.values["name"]) == (2, "乙")


def test_lines_are_changed_row_by_row(store: Store, device: Form) -> None:
    record = _added(
        store,
        device,
        parts=(
            {"id": "r1", "part": "阀", "cost": Decimal(1)},
            {"id": "r2", "part": "泵", "cost": Decimal(2)},
        ),
    )
    rows = (
        {"id": "r2", "part": "泵", "cost": Decimal(3)},
        {"id": None, "part": "管", "cost": None},
    )

    with store.unit() as unit:
        assert unit.records.save(device, record, _next(record, parts=rows))

    read: Any = _read(store, device, record).values["parts"]
    assert [(row["part"], row["cost"]) for row in read] == [("泵", Decimal(3)), ("管", None)]
    assert read[0]["id"] == "r2"
    assert len(read[1]["id"]) == 32


def test_rows_of_two_records_may_have_the_same_ids(store: Store, device: Form) -> None:
    rows = ({"id": "r1", "part": "阀", "cost": None},)
    first = _added(store, device, name="甲", parts=rows)

    second = _added(store, device, name="乙", parts=rows)

    assert _read(store, device, first).values["parts"] == rows
    assert _read(store, device, second).values["parts"] == rows


def test_links_keep_their_order_and_can_be_emptied(store: Store, device: Form) -> None:
    record = _added(store, device, sites=("b", "a"))

    with store.unit() as unit:
        assert unit.records.save(device, record, _next(record, sites=("c", "b")))
    changed = _read(store, device, record)
    with store.unit() as unit:
        assert unit.records.save(device, changed, _next(changed, sites=None))

    assert changed.values["sites"] == ("c", "b")
    assert _read(store, device, record).values["sites"] is None


def test_a_deleted_record_is_found_only_if_asked_for(store: Store, device: Form) -> None:
    record = _added(store, device, name="甲")
    with store.unit() as unit:
        assert unit.records.save(device, record, replace(_next(record), deleted_at=later(1)))

    with store.reading() as unit:
        assert unit.records.one(device, record.id) is None
        gone = unit.records.one(device, record.id, deleted=True)
        assert gone is not None
        assert gone.deleted_at == later(1)


def test_a_value_that_is_taken_is_named_and_refused(store: Store, device: Form) -> None:
    first = _added(store, device, code="D-1")
    field = device.fields["code"]

    with store.reading() as unit:
        assert unit.records.taken(device, field, {"code": "D-1"}) == first.id
        assert unit.records.taken(device, field, {"code": "D-1"}, first.id) is None
        assert unit.records.taken(device, field, {"code": "D-2"}) is None
    with pytest.raises(NotUnique):
        _added(store, device, code="D-1")


def test_a_deleted_record_frees_its_value(store: Store, device: Form) -> None:
    record = _added(store, device, code="D-1")
    with store.unit() as unit:
        unit.records.save(device, record, replace(_next(record), deleted_at=later(1)))

    assert _added(store, device, code="D-1").id != record.id


def test_numbers_of_a_sequence_are_never_given_twice(store: Store) -> None:
    with store.unit() as unit:
        first = [unit.records.next_number("a"), unit.records.next_number("a")]
    with store.unit() as unit:
        assert first == [1, 2]
        assert unit.records.next_number("a") == 3
        assert unit.records.next_number("b") == 1


def _add_and_fail(store: Store, device: Form, record: Record) -> None:
    with store.unit() as unit:
        unit.records.add(device, record)
        raise ZeroDivisionError


def test_what_raises_leaves_nothing_behind(store: Store, device: Form) -> None:
    record = record_of(device, {"name": "甲"})

    with pytest.raises(ZeroDivisionError):
        _add_and_fail(store, device, record)

    with store.reading() as unit:
        assert unit.records.one(device, record.id) is None


def test_a_unit_can_be_undone_without_an_error(store: Store, device: Form) -> None:
    record = record_of(device, {"name": "甲"})

    with store.unit() as unit:
        unit.records.add(device, record)
        unit.rollback()

    with store.reading() as unit:
        assert unit.records.one(device, record.id) is None


@pytest.mark.parametrize(
    "strange", ["\0", "a\0b", "\ud800", "无\udfff", "'; DROP TABLE person; --"]
)
def test_what_no_database_can_hold_finds_nothing_and_is_no_error(
    store: Store, device: Form, strange: str
) -> None:
    with store.reading() as unit:
        assert unit.records.one(device, strange) is None
        assert unit.records.many(device, [strange]) == {}
        assert unit.people.by_login(strange) is None
        assert unit.people.actor(strange) is None
        assert not unit.people.all_known([strange])
        assert unit.files.one(strange) is None
        assert unit.people.list(search=strange) == ()
