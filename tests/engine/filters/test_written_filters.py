from __future__ import annotations

from typing import Any

import pytest

from engine.filter import FilterDef
from engine.filters import (
    BadFilter,
    Condition,
    Group,
    Written,
    filters_to_feel,
    from_feel,
    operators_of,
    to_feel,
)
from tests.engine.filters.filtered import filtered

APP, FORM = filtered()
IS = Condition

WRITTEN: list[tuple[Condition, str]] = [
    (IS("name", "contains", ("Ab",)), 'contains(lower case(name), lower case("Ab"))'),
    (IS("name", "contains", ("泵 7",)), 'contains(name, "泵 7")'),
    (IS("name", "not_contains", ("7%",)), 'contains(name, "7%") != true'),
    (IS("name", "starts_with", ("上海",)), 'starts with(name, "上海")'),
    (IS("name", "=", ('say "hi"',)), r'name = "say \"hi\""'),
    (IS("price", ">=", ("1280.50",)), "price >= 1280.5"),
    (IS("share", "<", ("15",)), "share < 0.15"),
    (IS("price", "between", ("", "10")), "price <= 10"),
    (IS("bought", "=", ("2026-01-05",)), 'bought = date("2026-01-05")'),
    (IS("bought", "<", ("today",)), "bought < today()"),
    (IS("bought", "last_days", ("7",)), 'bought in [today() - duration("P6D")..today()]'),
    (IS("bought", "last_days", ("1",)), "bought = today()"),
    (
        IS("seen", "next_days", ("1",)),
        "seen in [start of day(today())..end of day(today())]",
    ),
    (IS("bought", "older_than", ("7",)), 'bought < today() - duration("P7D")'),
    (
        IS("bought", "in_period", ("last_month",)),
        'bought in [start of month(today() - duration("P1M"))'
        '..end of month(today() - duration("P1M"))]',
    ),
    (
        IS("seen", "=", ("2026-01-05",)),
        'seen in [start of day(date("2026-01-05"))..end of day(date("2026-01-05"))]',
    ),
    (IS("seen", ">", ("2026-01-05",)), 'seen > end of day(date("2026-01-05"))'),
    (IS("seen", "<=", ("2026-01-05",)), 'seen <= end of day(date("2026-01-05"))'),
    (
        IS("seen", ">", ("2026-01-05T08:30",)),
        'seen > date and time("2026-01-05T08:30:00+08:00")',
    ),
    (IS("active", "=", ("true",)), "active = true"),
    (IS("grade", "not_in", ("low", "high")), 'not(grade in ("low", "high"))'),
    (IS("kinds", "has_none", ("x",)), 'list contains(kinds, "x") != true'),
    (IS("levels", "has_any", ("low", "high")), '(some each in levels satisfies each in ("low", "high"))'),  # noqa: E501 - one text
    (IS("sites", "empty"), "count(sites) = 0"),
    (IS("site.level", "=", ("high",)), 'site.level = "high"'),
    (IS("keeper", "mine"), "keeper = user.id"),
    (IS("department", "mine_under"), "department in user.departments"),
    (IS("place", "starts_with", ("11",)), 'starts with(place.region, "11")'),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "text"), WRITTEN, ids=str)
def test_a_condition_is_written_as_people_would(condition: Condition, text: str) -> None:
    assert to_feel(APP, FORM, condition) == text


DRAWN: list[tuple[str, Condition]] = [
    ('@"2026-01-05" < bought', IS("bought", ">", ("2026-01-05",))),
    ("price between 1 and 2", IS("price", "between", ("1", "2"))),
    ('grade in ["low", "high"]', IS("grade", "in", ("low", "high"))),
    ('contains(lower case(name), lower case("77"))', IS("name", "contains", ("77",))),
    ('starts with(lower case(name), "上")', IS("name", "starts_with", ("上",))),
    ("active", IS("active", "=", ("true",))),
    ("not(active)", IS("active", "=", ("false",))),
    ("bought = today()", IS("bought", "in_period", ("today",))),
    ('some x in kinds satisfies x in ("a", "b")', IS("kinds", "has_any", ("a", "b"))),
    (
        'list contains(kinds, "a") and list contains(kinds, "b")',
        IS("kinds", "has_all", ("a", "b")),
    ),
    ("((price)) > (5)", IS("price", ">", ("5",))),
    ("price > -0.0", IS("price", ">", ("0",))),
]


@pytest.mark.parametrize(("text", "condition"), DRAWN, ids=str)
def test_what_is_written_otherwise_is_drawn_where_it_means_the_same(
    text: str, condition: Condition
) -> None:
    assert from_feel(APP, FORM, text) == Group(items=(condition,))


NOT_DRAWN = [
    'not(list contains(kinds, "x"))',  # says nothing of empty tags
    "price + pieces > 5",
    "price > pieces",
    'upper case(name) = "A"',
    'contains(name, "Ab")',
    'bought < today() - duration("P1M")',
]


@pytest.mark.parametrize("text", NOT_DRAWN)
def test_what_the_builder_can_not_say_stays_text(text: str) -> None:
    assert from_feel(APP, FORM, text) is None
    both = from_feel(APP, FORM, f"price > 1 and ({text})")
    assert both == Group(items=(IS("price", ">", ("1",)), Written(text)))
    assert from_feel(APP, FORM, to_feel(APP, FORM, both)) == both


def test_a_loose_text_is_bracketed() -> None:
    odd = Written("price > 1 or price > pieces")
    group = Group(items=(IS("active", "=", ("true",)), odd))
    assert to_feel(APP, FORM, group) == "active = true and (price > 1 or price > pieces)"


def test_nothing_and_wrong_text() -> None:
    assert from_feel(APP, FORM, " ") == Group()
    assert to_feel(APP, FORM, Group()) == ""
    assert to_feel(APP, FORM, Group(items=(Group(all=False),))) == ""
    assert from_feel(APP, FORM, "price >") is None
    assert from_feel(APP, FORM, "prise > 1") is None


LISTED: list[tuple[dict[str, Any], str]] = [
    ({"field": "price", "op": ">", "value": 150}, "price > 150"),
    ({"field": "share", "op": ">", "value": "15"}, "share > 0.15"),
    ({"field": "active", "value": True}, "active = true"),
    ({"field": "active", "value": "false"}, "active = false"),
    ({"field": "bought", "op": "this", "value": "quarter"},
     "bought in [start of quarter(today())..end of quarter(today())]"),
    ({"field": "bought", "op": "next_days", "value": 3},
     'bought in [today()..today() + duration("P2D")]'),
    ({"field": "kinds", "op": "contains", "value": "x"}, 'list contains(kinds, "x")'),
    ({"field": "kinds", "op": "!=", "value": "x"}, 'list contains(kinds, "x") != true'),
    ({"field": "price", "value": None}, "price = null"),
    ({"field": "price", "op": "!=", "value": None}, "price != null"),
    ({"field": "name", "op": "in", "value": []}, "false"),
    ({"field": "name", "op": "in", "value": ["a", None]}, 'name in ("a", null)'),
    ({"field": "price", "op": "between", "value": [None, 10]}, "price <= 10"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "text"), LISTED, ids=str)
def test_the_list_form_means_the_same(given: dict[str, Any], text: str) -> None:
    assert filters_to_feel(APP, FORM, [FilterDef(**given)]) == text


REFUSED: list[tuple[str, str, Any]] = [
    ("nothing", "=", "1"),
    ("price", "=", "much"),
    ("price", "contains", "1"),
    ("bought", "=", "tomorrow-ish"),
    ("bought", "this", "decade"),
    ("bought", "last_days", "0"),
    ("name", "this", "week"),
    ("name", "mine", None),
    ("kinds", ">", "a"),
    ("name", "between", ["a"]),
    ("name", "in", "a"),
    ("name", "=", "\0"),
    ("site.nothing", "=", "1"),
    ("site.name.x", "=", "1"),
    ("name.x", "=", "1"),
    ("active", "=", "maybe"),
    ("place", ">", "11"),
    ("parts", "=", "x"),
]


@pytest.mark.parametrize(("field", "op", "value"), REFUSED, ids=str)
def test_a_condition_that_makes_no_sense_is_refused(field: str, op: Any, value: Any) -> None:
    with pytest.raises(BadFilter):
        filters_to_feel(APP, FORM, [FilterDef(field=field, op=op, value=value)])


def test_a_refusal_says_which_part_is_meant() -> None:
    inner = Group(all=False, items=(IS("price", ">", ("1",)), IS("price", ">", ("x",))))
    with pytest.raises(BadFilter) as refused:
        to_feel(APP, FORM, Group(items=(IS("active", "filled"), inner)))
    assert refused.value.at == (1, 1)


def test_a_menu_offers_what_fits_the_field() -> None:
    assert operators_of(APP, FORM, "keeper")[0] == "mine"
    assert "contains" in operators_of(APP, FORM, "site.name")
    assert operators_of(APP, FORM, "parts") == ("filled", "empty")
