from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from runtime.store import Store
from runtime.store.migrate.change import Leftover
from tests.runtime.store.lives import SITE, Life, device


@pytest.fixture
def life(store: Store) -> Life:
    return Life(store)


RETYPED: list[tuple[str, Any, str, Any]] = [
    ("type: text", "12.50", "type: money", Decimal("12.50")),
    ("type: integer", 7, "type: number, places: 2", Decimal(7)),
    ("type: number, places: 2", Decimal("7.00"), "type: integer", 7),
    ("type: number, places: 2", Decimal("7.25"), "type: number, places: 4", Decimal("7.25")),
    ("type: number, places: 4", Decimal("7.2500"), "type: number, places: 2", Decimal("7.25")),
    ("type: number, places: 2", Decimal("0.15"), "type: text", "0.15"),
    ("type: integer", -3, "type: text", "-3"),
    ("type: date", date(2026, 2, 28), "type: text", "2026-02-28"),
    ("type: text", "2026-02-28", "type: date", date(2026, 2, 28)),
    ("type: text", "甲", "type: long_text", "甲"),
    ("type: text", "低", "type: select, options: [{id: low, label: 低}]", "low"),
    ("type: select, options: [{id: low, label: 低}]", "low", "type: text", "低"),
    ("type: select, options: [{id: low, label: 低}]", "low",
     "type: multi_select, options: [{id: low, label: 低}]", ("low",)),
    ("type: multi_select, options: [{id: low, label: 低}]", ("low",),
     "type: select, options: [{id: low, label: 低}]", "low"),
    ("type: reference, to: site", "s1", "type: reference_list, to: site", ("s1",)),
    ("type: reference_list, to: site", ("s1",), "type: reference, to: site", "s1"),
    ("type: tags", ("a", "b"), "type: text", "a、b"),
]  # fmt: skip
BENT: list[tuple[str, Any, str, str]] = [
    ("type: text", "viel", "type: money", "viel"),
    ("type: number, places: 2", Decimal("7.25"), "type: integer", "7.25"),
    ("type: number, places: 4", Decimal("7.2525"), "type: number, places: 2", "7.2525"),
    ("type: text", "2026-02-30", "type: date", "2026-02-30"),
    ("type: text", "高", "type: select, options: [{id: low, label: 低}]", "高"),
    ("type: tags", ("a", "b"), "type: select, options: [{id: a, label: 低}]", "a、b"),
    ("type: reference_list, to: site", ("s1", "s2"), "type: reference, to: site", "s1、s2"),
    ("type: reference, to: site", "s1", "type: reference, to: device", "s1"),
    ("type: text", "甲" * 101, "type: text, max_length: 100", ""),
]


@pytest.mark.parametrize(("before", "value", "after", "expected"), RETYPED, ids=str)
def test_values_go_over_to_another_type_if_they_are_exact(
    life: Life, before: str, value: Any, after: str, expected: Any
) -> None:
    life.install(SITE, device(f"{{id: x, label: 项, {before}}}"))
    record, empty = life.add(x=value), life.add(name="leer")

    report = life.install(SITE, device(f"{{id: x, label: 项, {after}}}"))

    assert report.leftovers == ()
    assert life.values(record)["x"] == expected
    assert life.values(empty)["x"] is None


@pytest.mark.parametrize(("before", "value", "after", "text"), BENT[:-1], ids=str)
def test_values_that_would_be_bent_are_kept_as_text_and_listed(
    life: Life, before: str, value: Any, after: str, text: str
) -> None:
    life.install(SITE, device(f"{{id: x, label: 项, {before}}}"))
    record = life.add(x=value)

    report = life.install(SITE, device(f"{{id: x, label: 项, {after}}}"))

    if "device" not in after:
        assert report.leftovers == (
            Leftover(form="device", field="x", record=record.id, text=text),
        )
    assert life.values(record)["x"] is None


def test_cells_of_lines_are_migrated_like_fields(life: Life) -> None:
    life.install(
        device(
            "{id: parts, type: lines, label: 部件, fields: [{id: part, type: text, label: 部件}, "
            "{id: cost, type: text, label: 价}, {id: old, type: text, label: 旧}]}"
        )
    )
    record = life.add(
        parts=(
            {"id": "r1", "part": "阀", "cost": "1.50", "old": "x"},
            {"id": "r2", "part": "泵", "cost": "viel", "old": None},
        )
    )

    report = life.install(
        device(
            "{id: parts, type: lines, label: 部件, fields: ["
            "{id: what, type: text, label: 部件, formerly: part}, "
            "{id: cost, type: money, label: 价}, {id: new, type: text, label: 新}]}"
        )
    )

    assert life.values(record)["parts"] == (
        {"id": "r1", "what": "阀", "cost": Decimal("1.50"), "new": None},
        {"id": "r2", "what": "泵", "cost": None, "new": None},
    )
    assert [left.text for left in report.leftovers] == ["viel"]
    assert {(c.what, c.cell) for c in report.changes} == {
        ("added", "new"), ("renamed", "what"), ("retyped", "cost"), ("dropped", "old"),
    }  # fmt: skip
