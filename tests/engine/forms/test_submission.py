"""What was typed or sent becomes values or complaints, and nothing is lost on the way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.forms.submission import read_json, read_typed
from engine.outcomes import Submission
from engine.wording import LOCALES
from tests.builders import said
from tests.engine.fields.nasty import NASTY_DATA, NASTY_TEXTS
from tests.engine.forms.device import device


def typed(**texts: str | list[str]) -> Submission:
    return read_typed(
        device(), {name: [text] if isinstance(text, str) else text for name, text in texts.items()}
    )


def test_what_was_typed_is_read_by_each_field() -> None:
    form = typed(name="泵 ", kind="油", amount="1,280", ends="2026/12/1", marks=["oil", "water"])

    assert form.complaints == {}
    assert form.values["name"] == "泵"
    assert form.values["kind"] == "oil"
    assert form.values["amount"] == Decimal("1280.00")
    assert form.values["marks"] == ("water", "oil")


def test_what_was_neither_sent_nor_drawn_is_left_as_it_is() -> None:
    assert set(typed(name="泵").values) == {"name"}


def test_what_was_drawn_and_not_sent_is_empty() -> None:
    form = typed(_fields=["name urgent", "marks items"], name="泵")

    assert form.values == {"name": "泵", "urgent": False, "marks": None, "items": None}


def test_everything_wrong_is_said_at_once_with_the_name_of_the_field() -> None:
    form = typed(amount="很多", ends="2026-02-31", kind="gas", name="泵")

    assert said(form.complaints) == {
        "amount": ["“预算”：“很多”不是数字，请填如 1280.50 的数字"],
        "ends": ["“结束”：没有“2026-02-31”这一天"],
        "kind": ["“介质”：没有“gas”这个选项，可选：水、油"],
    }
    assert form.values == {"name": "泵"}
    assert form.typed["amount"] == ("很多",)


def test_a_program_that_names_no_option_reads_the_ids_that_it_can_send() -> None:
    sent = read_json(device(), {"kind": "水", "marks": ["water", "gas"]})

    assert said(sent.complaints) == {
        "kind": ["“介质”：没有“水”这个选项，可填：water（水）、oil（油）"],
        "marks": ["“标记”：没有“gas”这个选项，可填：water（水）、oil（油）"],
    }


def test_a_complaint_speaks_the_language_of_its_reader() -> None:
    (message,) = read_json(device(), {"name": 5}).complaints["name"]

    assert message.fill(None, "en").startswith("“Name”")
    assert "en" in LOCALES


def test_worked_out_fields_are_not_read_from_a_form() -> None:
    assert typed(total="5", city="x", _fields="total city double").values == {}


def test_rows_are_read_in_their_order() -> None:
    form = typed(
        **{
            "items-10-item": "阀", "items-10-count": "2", "items-2-item": "泵", "items-2-id": "r1",
            "items-2-spare": "true", "items-3-item": " ", "items-3-count": "", "items-3-id": "r9",
            "items-x-item": "?", "items-": "?", "other-1-item": "?", "items-1": "?",
        }
    )  # fmt: skip

    assert form.complaints == {}
    assert form.values["items"] == (
        {"id": "r1", "item": "泵", "spare": True},
        {"id": None, "item": "阀", "count": 2},
    )


def test_a_box_of_a_row_that_is_not_ticked_is_no() -> None:
    form = typed(_fields="items", **{"items-0-item": "泵"})

    assert form.values["items"] == ({"id": None, "item": "泵", "spare": False},)


def test_complaints_about_cells_name_the_row() -> None:
    form = typed(**{"items-4-item": "泵", "items-7-count": "0", "items-7-item": "阀"})

    assert said(form.complaints) == {
        "items.1.count": ["“明细”第 2 行“数量”：不能小于 1"],
    }


def test_too_many_rows_are_refused() -> None:
    form = typed(**{f"items-{place}-item": "泵" for place in range(6)})

    assert said(form.complaints) == {"items": ["“明细”：最多 5 行"]}


def test_a_program_sends_json() -> None:
    sent = read_json(
        device(),
        {
            "name": "泵", "amount": "12.50", "urgent": True, "site": None,
            "items": [{"id": "r1", "item": "阀", "count": 3, "price": 1.5}],
        },
    )  # fmt: skip

    assert sent.complaints == {}
    assert sent.values["amount"] == Decimal("12.50")
    assert sent.values["site"] is None
    assert sent.values["items"] == (
        {"id": "r1", "item": "阀", "count": 3, "price": Decimal("1.50")},
    )


def test_unknown_and_foreign_fields_are_refused_not_dropped() -> None:
    sent = read_json(
        device(),
        {"nmae": 1, "owner": "p2", "version": 9, "total": 5, "city": "x", "__proto__": {}},
    )

    assert sent.values == {}
    assert said(sent.complaints) == {
        "nmae": ["没有“nmae”这个字段，是不是“name”？"],
        "owner": ["“owner”由系统维护，不能填写"],
        "version": ["“version”由系统维护，不能填写"],
        "total": ["“合计”由系统算出，不能填写"],
        "city": ["“城市”由系统算出，不能填写"],
        "__proto__": ["没有“__proto__”这个字段"],
    }


@pytest.mark.parametrize(
    ("rows", "key", "words"),
    [
        ("[]", "items", "“明细”：应为列表"),
        ([5], "items.0", "“明细”：第 1 行应为对象"),
        ([{"item": "泵"}, {"itm": 1}], "items.1.itm",
         "“明细”第 2 行“itm”：没有这一列，可有：item、count、price、spare、why、cost"),
        ([{"cost": 1}], "items.0.cost", "“明细”第 1 行“小计”：由系统算出，不能填写"),
        ([{"id": 5}], "items.0.id", "“明细”第 1 行“id”：应为文字"),
        ([{"count": "3x"}], "items.0.count", "“明细”第 1 行“数量”：应为数字"),
        ([{}] * 6, "items", "“明细”：最多 5 行"),
    ],
)  # fmt: skip
def test_rows_of_the_wrong_shape_are_refused(rows: Any, key: str, words: str) -> None:
    assert said(read_json(device(), {"items": rows}).complaints) == {key: [words]}


def test_no_hostile_input_gets_past_in_one_piece_or_breaks_the_reading() -> None:
    fields = [id_ for id_, field in device().fields.items() if field.settable]

    for text in NASTY_TEXTS:
        read = read_typed(device(), {**{id_: [text] for id_ in fields}, "items-0-item": [text]})
        _sayable(read)
        _sayable(read_json(device(), dict.fromkeys(fields, text)))
    for data in NASTY_DATA:
        _sayable(read_json(device(), {**dict.fromkeys(fields, data), "items": [{"item": data}]}))


def _sayable(submission: Submission) -> None:
    for messages in submission.complaints.values():
        for message in messages:
            message.fill(None, "en").encode()
            assert len(str(message)) < 700
