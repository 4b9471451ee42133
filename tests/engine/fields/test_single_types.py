"""What is particular to single field types?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.field import Computed, NotAcceptable
from engine.fields.auto_number import AutoNumber
from engine.fields.formula import Formula
from engine.fields.geo import Geo
from engine.fields.lines import Lines
from engine.fields.lookup import Lookup
from engine.fields.multi_select import MultiSelect
from engine.fields.rollup import Rollup
from engine.fields.select import Select
from engine.typed.regions import REGIONS, children, full_name, path
from tests.builders import NOW, TODAY, env_of, field_of
from tests.engine.fields.samples import NEEDED


def _mistakes(type_: str, **options: Any) -> list[tuple[str, str]]:
    field = field_of(type_, **{**NEEDED.get(type_, {}), **options})
    return [(option, code) for option, code, _ in field.mistakes()]


@pytest.mark.parametrize(
    ("type_", "options", "found"),
    [
        ("text", {"pattern": "(a"}, ("pattern", "field.pattern")),
        ("text", {"pattern": "(?=a)b"}, ("pattern", "field.pattern")),
        ("text", {"min_length": 9, "max_length": 3}, ("min_length", "field.range")),
        ("number", {"min": 2, "max": 1}, ("min", "field.range")),
        ("integer", {"min": 2, "max": 1}, ("min", "field.range")),
        ("money", {"max": -1}, ("max", "field.range")),
        ("percent", {"min": 101}, ("min", "field.range")),
        ("date", {"min": "2026-02-01", "max": "2026-01-01"}, ("min", "field.range")),
        ("time", {"min": "09:00:00", "max": "08:00:00"}, ("min", "field.range")),
        ("duration", {"min": "P2D", "max": "P1D"}, ("min", "field.range")),
        ("datetime", {"zone": "Mars/Base"}, ("zone", "field.zone")),
        ("select", {"options": [{"id": "a", "label": "甲"}] * 2}, ("options", "field.option")),
        ("multi_select", {"min_items": 3, "max_items": 2}, ("min_items", "field.range")),
        ("phone", {"country": "XX"}, ("country", "field.country")),
        ("email", {"domains": ["no domain"]}, ("domains", "field.domain")),
        ("url", {"domains": ["https://x"]}, ("domains", "field.domain")),
        ("region", {"within": "99"}, ("within", "field.region")),
        ("auto_number", {"pattern": "{yyyy}-{mm}"}, ("pattern", "field.pattern")),
        ("auto_number", {"pattern": "{week}{seq:4}"}, ("pattern", "field.pattern")),
        ("rollup", {"measure": "sum"}, ("measure", "field.of")),
        ("rollup", {"measure": "sum", "of": "x", "result": "date"}, ("result", "field.result")),
        ("lines", {"totals": ["item"]}, ("totals", "field.totals")),
        ("lines", {"totals": ["nothing"]}, ("totals", "field.totals")),
        ("lines", {"min_rows": 5, "max_rows": 2}, ("min_rows", "field.range")),
        ("lines", {"default": []}, ("default", "field.default")),
    ],
)
def test_options_that_contradict_each_other_are_reported(
    type_: str, options: dict[str, Any], found: tuple[str, str]
) -> None:
    assert _mistakes(type_, **options) == [found]


def test_a_computed_default_is_told_from_a_value() -> None:
    field = field_of("date", default={"feel": "today()"})

    assert field.computed_default == Computed(feel="today()")
    assert field.fixed_default is None
    assert list(field.mistakes()) == []


def test_an_option_may_depend_on_other_fields() -> None:
    options = [
        {"id": "pump", "label": "泵"},
        {"id": "valve", "label": "阀", "when": {"kind": ["water", "oil"], "hot": ["true"]}},
        {"id": "old", "label": "旧", "retired": True},
    ]
    field = field_of("select", options=options)
    assert isinstance(field, Select)
    fits = {"kind": "oil", "hot": True}

    assert field.contextual
    assert [one.id for one in field.offered(fits)] == ["pump", "valve"]
    assert [one.id for one in field.offered({"kind": "oil", "hot": False})] == ["pump"]
    assert field.objection("valve", fits, env_of(), None) is None
    wrong = field.objection("valve", {"kind": "gas"}, env_of(), "valve")
    assert str(wrong) == "选项“阀”与其他内容不符，请重新选择"


def test_a_retired_option_stays_where_it_was_chosen() -> None:
    options = [{"id": "a", "label": "甲"}, {"id": "old", "label": "旧", "retired": True}]
    one, several = field_of("select", options=options), field_of("multi_select", options=options)

    assert one.objection("old", {}, env_of(), "old") is None
    assert str(one.objection("old", {}, env_of(), "a")) == "选项“旧”已停用，请重新选择"
    assert several.objection(("a", "old"), {}, env_of(), ("old",)) is None
    assert several.objection(("a", "old"), {}, env_of(), ("a",)) is not None
    assert one.show("old") == "旧"


def test_chosen_options_stand_in_the_order_of_the_list() -> None:
    field = field_of("multi_select", **NEEDED["multi_select"])
    assert isinstance(field, MultiSelect)

    assert field.read(["used", "new", "used"]) == ("new", "used")
    assert [one.id for one in field.offered({})] == ["new", "used"]


def test_a_number_counts_per_period_and_department() -> None:
    field = field_of("auto_number", pattern="SB-{department}-{yy}{mm}-{seq:4}", resets="month")
    assert isinstance(field, AutoNumber)

    assert field.uses_department
    assert field.period(TODAY, "d1") == "202611/d1"
    assert field.period(TODAY, "d2") != field.period(TODAY, "d1")
    assert field.period(date(2026, 12, 1), "d1") != field.period(TODAY, "d1")
    assert field.number(7, TODAY, "east") == "SB-east-2611-0007"
    assert field.number(12345, TODAY, "east") == "SB-east-2611-12345"


@pytest.mark.parametrize(
    ("resets", "period"),
    [("never", ""), ("year", "2026"), ("month", "202611"), ("day", "20261121")],
)
def test_a_sequence_begins_anew_with_its_period(resets: str, period: str) -> None:
    field = field_of("auto_number", resets=resets, start=100)
    assert isinstance(field, AutoNumber)

    assert field.period(TODAY, "ignored") == period
    assert field.number(1, TODAY) == "202611210100"


def test_results_are_kept_as_the_type_says() -> None:
    money = field_of("formula", feel="x", result="money")
    assert isinstance(money, Formula)

    assert money.kept(Decimal("2.345")) == Decimal("2.35")
    assert money.kept(Decimal("-2.345")) == Decimal("-2.35")
    assert money.kept(Decimal("1E+40")) is None
    assert money.kept("text") is None
    assert money.kept(None) is None
    assert money.storage.value == "decimal"
    assert money.scale() == 2


@pytest.mark.parametrize(
    ("result", "given", "kept"),
    [
        ("integer", Decimal("2.5"), 3),
        ("percent", Decimal("0.12345"), Decimal("0.1235")),
        ("text", Decimal("1000.50"), "1000.5"),
        ("text", True, "true"),
        ("yes_no", True, True),
        ("yes_no", "true", None),
        ("date", NOW, NOW.date()),
        ("date", TODAY, TODAY),
        ("datetime", NOW, NOW),
        ("datetime", NOW.replace(tzinfo=None), None),
        ("duration", Decimal(3), None),
        ("number", True, None),
    ],
)
def test_a_result_of_another_kind_is_nothing(result: str, given: Any, kept: Any) -> None:
    field = field_of("formula", feel="x", result=result)
    assert isinstance(field, Formula)

    assert field.kept(given) == kept


def test_a_count_is_an_integer() -> None:
    field = field_of("rollup", form="device", by="site", result="money")
    assert isinstance(field, Rollup)

    assert field.storage.value == "integer"
    assert field.kept(Decimal(3)) == 3
    assert (field.form, field.by, field.of, field.where) == ("device", "site", None, ())


def test_a_lookup_takes_what_stands_over_there() -> None:
    field = field_of("lookup", by="site", field="city")
    assert isinstance(field, Lookup)

    assert field.value_in({"site.": {"city": "3301"}}) == "3301"
    assert field.value_in({"site.": None}) is None
    assert field.value_in({}) is None
    assert field.show(Decimal("1280.50")) == "1,280.5"
    assert field.show(True, "en") == "Yes"
    assert field.data(date(2026, 11, 21)) == "2026-11-21"


def test_totals_add_up_exactly() -> None:
    field = field_of("lines", **NEEDED["lines"], totals=["count", "price"])
    assert isinstance(field, Lines)
    rows = field.read([{"count": 1, "price": "0.10"}, {"price": "0.20"}, {"count": 2}])

    assert field.sums(rows) == {"count": Decimal(3), "price": Decimal("0.30")}
    assert field.sums(None) == {"count": Decimal(0), "price": Decimal(0)}


def test_rows_hold_no_rows() -> None:
    for type_ in ("lines", "reference_list", "rollup", "auto_number"):
        with pytest.raises(Exception, match="Invalid value"):
            field_of("lines", fields=[{"id": "a", "type": type_, "label": "甲"}])


def test_too_few_rows_are_named() -> None:
    field = field_of("lines", **NEEDED["lines"], min_rows=2, max_rows=3)
    assert isinstance(field, Lines)

    assert str(field.rows_complaint(1)) == "最少 2 行"
    assert field.rows_complaint(2) is None
    assert str(field.rows_complaint(4)) == "最多 3 行"


def test_a_device_must_have_located_well_enough() -> None:
    field = field_of("geo", accuracy_within=50)
    assert isinstance(field, Geo)
    place = {"latitude": 31.2304, "longitude": 121.4737}

    assert field.read({**place, "accuracy": 12.3456789})
    with pytest.raises(NotAcceptable, match=r"定位误差 80 米，应在 50 米以内"):
        field.read({**place, "accuracy": 80})
    with pytest.raises(NotAcceptable, match="纬度应在"):
        field_of("geo").read({"latitude": 91, "longitude": 0})


def test_all_provinces_cities_and_districts_are_there() -> None:
    sizes = {length: sum(len(code) == length for code in REGIONS) for length in (2, 4, 6)}

    assert sizes[2] == 34
    assert sizes[4] >= 333
    assert sizes[6] >= 2800
    assert len(children()) == 34
    assert all(path(code)[-1] == (code, name) for code, name in REGIONS.items())
    assert dict(children("33"))["3301"] == "杭州市"
    assert dict(children("81"))["810002"] == "湾仔区"
    assert full_name("500229") == "重庆市城口县"
    assert full_name("zz") == ""


def test_rich_text_is_harmless() -> None:
    field = field_of("rich_text")
    hostile = (
        '<p onclick="x()">好<script>alert(1)</script><img src=x onerror=alert(1)>'
        '<a href="javascript:x()">甲</a><a href="https://example.com">乙</a><svg onload="x()"/></p>'
    )

    clean = str(field.parse(hostile))

    assert not any(bad in clean for bad in ("script", "onclick", "onerror", "<img", "svg"))
    assert 'href="https://example.com"' in clean
    assert field.parse(clean) == clean
    assert field.show(clean) == "好甲乙"
    assert field.parse("<p><br></p>") is None


def test_money_takes_plain_digits_only() -> None:
    field = field_of("money")

    for text in ("¥1", "1元", "1e3", "1,28,000", "12,00", "128万", "1 000", "0x1", "1.005"):
        with pytest.raises(NotAcceptable):
            field.parse(text)
    assert field.parse("999,999,999,999,999.99") == Decimal("999999999999999.99")
    with pytest.raises(NotAcceptable, match="整数部分最多 15 位"):
        field.parse("1" + "0" * 15)
