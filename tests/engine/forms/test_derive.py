"""What follows from given values: defaults, formulas, and every complaint at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.forms.derive import Derived, derive
from engine.forms.line_rows import locked_cells
from tests.builders import TODAY, derived, env_of, form_of, form_spec, record_of, said
from tests.engine.forms.device import SITE, device

FINE: dict[str, Any] = {"name": "泵"}


def rows_of(result: Derived) -> tuple[Any, ...]:
    rows = result.values["items"]
    assert isinstance(rows, tuple)
    return rows


def test_something_new_begins_with_its_defaults() -> None:
    new = derived(device(), FINE)

    assert new.complaints == {}
    assert new.values["kind"] == "water"
    assert new.values["begins"] == TODAY
    assert set(new.values) == set(device().fields)


def test_what_was_emptied_on_purpose_stays_empty() -> None:
    new = derived(device(), {**FINE, "kind": None, "begins": None})

    assert (new.values["kind"], new.values["begins"]) == (None, None)


def test_a_default_is_for_new_records_only() -> None:
    changed = derived(device(), {"amount": Decimal(1)}, before=FINE)

    assert (changed.values["kind"], changed.values["begins"]) == (None, None)


def test_given_values_go_over_the_stored_ones() -> None:
    changed = derived(device(), {"amount": Decimal(5)}, before={**FINE, "kind": "water"})

    assert changed.values["name"] == "泵"
    assert changed.values["amount"] == Decimal(5)


def test_formulas_of_rows_and_record_are_worked_out_in_their_order() -> None:
    items = (
        {"id": None, "item": "阀", "count": 2, "price": Decimal("10.00")},
        {"id": None, "item": "管", "price": Decimal("0.05")},
    )

    new = derived(device(), {**FINE, "urgent": True, "secret": "x", "items": items})

    rows = rows_of(new)
    assert [row["cost"] for row in rows] == [Decimal("30.00"), Decimal("0.08")]
    assert [row["count"] for row in rows] == [2, 1]
    assert new.values["factor"] == Decimal("0.50")
    assert new.values["total"] == Decimal("30.08")
    assert new.values["double"] == Decimal("60.16")


def test_rows_hold_their_cells_and_nothing_else() -> None:
    new = derived(device(), {**FINE, "items": ({"id": None, "item": "阀"},)})

    (row,) = rows_of(new)
    assert set(row) == {"id", "item", "count", "price", "spare", "why", "cost"}


def test_a_row_keeps_the_cells_that_were_not_sent() -> None:
    stored = {**FINE, "items": ({"id": "r1", "item": "阀", "count": 7, "price": Decimal(2)},)}
    sent = ({"id": "r1", "price": Decimal(3)}, {"id": "strange", "item": "新"})

    changed = derived(device(), {"items": sent}, before=stored)

    first, second = rows_of(changed)
    assert (first["item"], first["count"], first["cost"]) == ("阀", 7, Decimal("21.00"))
    assert (second["id"], second["count"]) == ("strange", 1)


def test_a_lookup_shows_where_its_reference_leads() -> None:
    new = derived(device(), {**FINE, "site": "s1"}, site={"city": "杭州"})

    assert new.values["city"] == "杭州"
    assert derived(device(), FINE, site=None).values["city"] is None


def test_what_must_be_filled_is_named() -> None:
    empty = derived(device(), {"amount": Decimal(6000)})

    assert said(empty.complaints) == {"name": ["请填写“名称”"], "reason": ["请填写“原因”"]}


def test_what_is_not_shown_is_not_needed_and_keeps_its_value() -> None:
    before = {**FINE, "kind": "oil", "permit": "P-1"}

    hidden = derived(device(), {"kind": "water", "amount": Decimal(2000)}, before=before)
    shown = derived(device(), {**FINE, "kind": "oil", "amount": Decimal(2000)})

    assert hidden.complaints == {}
    assert hidden.values["permit"] == "P-1"
    assert said(shown.complaints) == {"permit": ["超过 1000 须有许可证"]}


def test_a_hidden_section_hides_its_fields() -> None:
    assert derived(device(), FINE).complaints == {}
    assert said(derived(device(), {**FINE, "urgent": True}).complaints) == {
        "secret": ["请填写“内部”"]
    }


def test_cells_that_must_be_filled_are_named_with_their_row() -> None:
    items = ({"id": None, "item": "阀"}, {"id": None, "count": 3, "spare": True})

    new = derived(device(), {**FINE, "items": items})

    assert said(new.complaints) == {
        "items.1.item": ["“明细”第 2 行“物料”：请填写“物料”"],
        "items.1.why": ["“明细”第 2 行“缘由”：请填写“缘由”"],
    }


def test_a_failed_check_stands_under_its_field_or_under_none() -> None:
    values = {
        **FINE, "begins": date(2026, 2, 1), "ends": date(2026, 1, 1),
        "amount": Decimal(200_000), "reason": "大",
    }  # fmt: skip

    assert said(derived(device(), values).complaints) == {
        "": ["结束不能早于开始"],
        "amount": ["预算过高"],
    }


def test_a_message_of_the_author_is_said_in_the_readers_language() -> None:
    values = {**FINE, "begins": date(2026, 2, 1), "ends": date(2026, 1, 1)}

    (message,) = derived(device(), values).complaints[""]

    assert message.fill(lambda text: text, "en") == "It can't end before it begins"


def test_limits_that_move_with_the_day_are_asked_of_what_changed() -> None:
    form = form_of([{"id": "due", "type": "date", "label": "期限", "only": "today_or_future"}])
    past = {"due": date(2026, 11, 20)}

    assert said(derived(form, past).complaints) == {"due": ["“期限”：不能早于今天（2026-11-21）"]}
    assert derived(form, {"name": "x"}, before=past).complaints == {}


def test_a_choice_must_go_with_the_others_whenever_one_changes() -> None:
    fields = [
        {"id": "kind", "type": "select", "label": "类", "options": [
            {"id": "a", "label": "甲"}, {"id": "b", "label": "乙"}]},
        {"id": "part", "type": "select", "label": "件", "options": [
            {"id": "x", "label": "子", "when": {"kind": ["a"]}}]},
    ]  # fmt: skip
    form = form_of(fields)

    changed = derived(form, {"kind": "b"}, before={"kind": "a", "part": "x"})

    assert said(changed.complaints) == {"part": ["“件”：选项“子”与其他内容不符，请重新选择"]}


@pytest.mark.parametrize(
    "where",
    [
        [{"field": "city", "op": "in", "value": ["杭州", "北京"]}],
        'city in ("杭州", "北京") and owner = user.id',
    ],
    ids=["list", "text"],
)
def test_a_chosen_record_meets_the_condition_of_its_field(where: Any) -> None:
    reference = {"id": "at", "type": "reference", "to": "site", "label": "站点", "where": where}
    form = form_of([reference], SITE)
    assert ("at", "city") in form.logic.reads

    def said_of(city: str, before: dict[str, Any] | None) -> dict[str, list[str]]:
        row = record_of(form, {"at": "s1"}).row()
        row["at."] = {"city": city, "rate": None, "owner": "p1"}
        stored = record_of(form, before) if before else None
        return said(derive(form, stored, {"at": "s1"}, row, env_of(id="p1")).complaints)

    assert said_of("杭州", None) == {}
    assert said_of("上海", None) == {"at": ["“站点”：所选记录不符合条件，请重新选择"]}
    assert said_of("上海", {"at": "s2"}) != {}
    assert said_of("上海", {"at": "s1"}) == {}


def test_a_reference_in_a_row_must_fit_its_record() -> None:
    fields: list[dict[str, Any]] = [
        {"id": "place", "type": "text", "label": "地点"},
        {"id": "items", "type": "lines", "label": "明细", "fields": [
            {"id": "at", "type": "reference", "to": "site", "label": "站点",
             "where": [{"field": "city", "value": "杭州"}]},
            {"id": "rate", "type": "lookup", "by": "at", "field": "rate", "label": "费率"},
            {"id": "share", "type": "formula", "label": "份额", "feel": "rate * 2"},
        ]},
    ]  # fmt: skip
    form = form_of(fields, SITE)
    given = {"items": ({"id": None, "at": "s1"}, {"id": None, "at": "s2"})}
    row = record_of(form, given).row()
    row["items"] = (
        {"at": "s1", "at.": {"city": "杭州", "rate": Decimal("0.1")}},
        {"at": "s2", "at.": {"city": "北京", "rate": None}},
    )

    new = derive(form, None, given, row, env_of())

    assert list(new.complaints) == ["items.1.at"]
    first, second = rows_of(new)
    assert (first["rate"], first["share"]) == (Decimal("0.1"), Decimal("0.20"))
    assert (second["rate"], second["share"]) == (None, None)


@pytest.mark.parametrize(
    ("field", "feel", "value"),
    [
        ({"type": "money"}, "2 / 3", Decimal("0.67")),
        ({"type": "integer"}, "1 + 1", 2),
        ({"type": "percent"}, "1 / 8", Decimal("0.125")),
        ({"type": "date"}, 'today() + duration("P3D")', date(2026, 11, 24)),
        ({"type": "person"}, "user.id", "p1"),
        ({"type": "yes_no"}, "1 < 2", True),
        ({"type": "tags"}, '["a", "b"]', ("a", "b")),
        ({"type": "text"}, "null", None),
    ],
)
def test_a_default_that_is_worked_out_fits_its_field(
    field: dict[str, Any], feel: str, value: Any
) -> None:
    form = form_of([{"id": "x", "label": "值", "default": {"feel": feel}, **field}])

    assert derived(form, {}).values["x"] == value


def test_a_default_that_does_not_fit_is_said() -> None:
    form = form_of([{"id": "x", "type": "integer", "label": "值", "default": {"feel": "5 / 2"}}])

    assert said(derived(form, {}).complaints) == {"x": ["“值”：只能填整数"]}


def test_a_line_field_without_rows_may_need_some() -> None:
    rows = {"fields": [{"id": "a", "type": "text", "label": "甲"}], "min_rows": 1}
    form = form_of([{"id": "items", "type": "lines", "label": "明细", **rows}])

    assert said(derived(form, {}).complaints) == {"items": ["“明细”：最少 1 行"]}


def test_the_same_values_again_are_the_same_record() -> None:
    items = ({"id": "r1", "item": "阀", "price": Decimal(2)},)
    first = derived(device(), {**FINE, "items": items})

    again = derived(device(), {"items": first.values["items"]}, before=first.values)

    assert again.values == first.values


def test_locked_cells_of_rows_keep_their_values() -> None:
    fields: list[dict[str, Any]] = [
        {"id": "done", "type": "yes_no", "label": "完成"},
        {"id": "parts", "type": "lines", "label": "件", "fields": [
            {"id": "a", "type": "text", "label": "甲", "readonly": "record.done"},
            {"id": "b", "type": "text", "label": "乙", "readonly": True, "default": "固定"},
            {"id": "c", "type": "text", "label": "丙"}]},
    ]  # fmt: skip
    form = form_of(fields)
    stored: dict[str, Any] = {"done": True, "parts": ({"id": "r1", "a": "1", "b": "2"},)}
    row = record_of(form, stored).row()
    kept: dict[str, Any] = {
        "parts": ({"id": "r1", "a": "1", "c": "new"}, {"id": None, "b": "固定", "a": None})
    }
    changed: dict[str, Any] = {"parts": ({"id": "r1", "a": "9", "b": "2"}, {"id": None, "b": "x"})}

    assert locked_cells(form, kept, stored, row, env_of()) == {}
    assert said(locked_cells(form, changed, stored, row, env_of())) == {
        "parts.0.a": ["“件”第 1 行“甲”：现在不能修改"],
        "parts.1.b": ["“件”第 2 行“乙”：现在不能修改"],
    }
    assert locked_cells(form, {"name": "x"}, stored, row, env_of()) == {}


def test_none_of_several_records_counts_as_none() -> None:
    fields: list[dict[str, Any]] = [
        {"id": "sites", "type": "reference_list", "to": "site", "label": "站点"},
        {"id": "parts", "type": "lines", "label": "件", "fields": [
            {"id": "a", "type": "text", "label": "甲"}]},
        {"id": "number", "type": "formula", "feel": "count(sites) + count(parts)", "label": "数"},
    ]  # fmt: skip
    form = form_of(fields, SITE)

    new = derived(form, {})

    assert new.values["number"] == 0
    assert (new.values["sites"], new.values["parts"]) == (None, None)


def test_forms_without_anything_work() -> None:
    form = form_of([{"id": "name", "type": "text", "label": "名称"}], form_spec("other", [
        {"id": "name", "type": "text", "label": "名称"}]))  # fmt: skip

    assert derived(form, {}).values == {"name": None}
