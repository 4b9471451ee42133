"""Rows of a record see what their references lead to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.app import Form
from engine.forms.derive import derive
from runtime.store import Store
from tests.runtime.store.building import NOW, app_of, env_of, form_text, record_of

PART = form_text(
    "part", "{id: name, type: text, label: 名称}\n{id: price, type: money, label: 单价}"
)
DEVICE = form_text(
    "device",
    """
    {id: name, type: text, label: 名称}
    {id: parts, type: lines, label: 部件, fields: [*]}
    {id: total, type: formula, label: 合计, feel: sum(parts.cost), result: money}
    """.replace(
        "*",
        "{id: part, type: reference, to: part, label: 部件},"
        "{id: count, type: integer, label: 数量},"
        "{id: price, type: lookup, by: part, field: price, label: 单价},"
        "{id: cost, type: formula, label: 小计, feel: count * part.price, result: money}",
    ),
)


@pytest.fixture
def device(store: Store) -> Form:
    store.install(app_of(PART, DEVICE), {}, NOW)
    return store.apps["plant"].forms["device"]


def test_a_row_reckons_with_the_record_that_it_points_to(store: Store, device: Form) -> None:
    part = record_of(store.apps["plant"].forms["part"], {"name": "阀", "price": Decimal("2.50")})
    given: dict[str, Any] = {"name": "泵站", "parts": ({"id": "r1", "part": part.id, "count": 4},)}
    record = record_of(device, given)
    with store.unit() as unit:
        unit.records.add(store.apps["plant"].forms["part"], part)

    with store.reading() as unit:
        seen: Any = unit.records.row(device, record)
        derived = derive(device, None, given, seen, env_of())

    assert seen["parts"][0]["part."]["name"] == "阀"
    rows: Any = derived.values["parts"]
    (row,) = rows
    assert (row["price"], row["cost"]) == (Decimal("2.50"), Decimal("10.00"))
    assert derived.values["total"] == Decimal("10.00")
    assert "part." not in given["parts"][0]


def test_a_stored_row_shows_what_stands_over_there_now(store: Store, device: Form) -> None:
    forms = store.apps["plant"].forms
    part = record_of(forms["part"], {"name": "阀", "price": Decimal("2.50")})
    parts = (
        {"id": "r1", "part": part.id, "count": 4, "cost": None},
        {"id": "r2", "part": None, "count": None, "cost": None},
    )
    record = record_of(device, {"parts": parts})
    with store.unit() as unit:
        unit.records.add(forms["part"], part)
        unit.records.add(device, record)

    with store.reading() as unit:
        read: Any = unit.records.one(device, record.id)

    assert [row["price"] for row in read.values["parts"]] == [Decimal("2.50"), None]
    assert all("part." not in row for row in read.values["parts"])
