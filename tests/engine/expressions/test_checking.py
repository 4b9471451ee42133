from __future__ import annotations

import pytest

from engine.expressions import FeelErrors, Scope, Slot, Target, check, compile_expression, parse
from tests.engine.expressions.places import SCOPE, errors

MISTAKES = [
    ("efort > 5", "feel.unknown_name", "effort"),
    ('owner.nme = "x"', "feel.unknown_field", "name"),
    ('owner.manager.nme = "x"', "feel.unknown_field", "name"),
    ("some x in parts satisfies x.quantty > 1", "feel.unknown_field", "quantity"),
    ('state = "opne"', "feel.unknown_option", '"open"'),
    ('state in ("open", "closd")', "feel.unknown_option", '"closed"'),
    ('state in ["open", "closd"]', "feel.unknown_option", '"closed"'),
    ('effort > "5"', "feel.compare", "5"),
    ('due > "2026-01-01"', "feel.compare", 'date("2026-01-01")'),
    ('urgent = "true"', "feel.compare", "true"),
    ("due > created_at", "feel.compare", None),
    ('effort in (1, "x")', "feel.compare", None),
    ("effort between 1 and due", "feel.compare", None),
    ("effort > null", "feel.null_order", None),
    ("due + 5", "feel.operands", 'duration("P5D")'),
    ("effort * title", "feel.operands", None),
    ("-title", "feel.operands", None),
    ("owner = device", "feel.other_form", None),
    ("title.name", "feel.no_fields", None),
    ("some x in title satisfies true", "feel.not_a_list", None),
    ('if urgent then 1 else "x"', "feel.branches", None),
    ("effort and urgent", "feel.not_a_condition", None),
    ('parts["x"]', "feel.filter", None),
    ("uper case(title)", "feel.unknown_function", "upper case"),
    ("upper case(effort)", "feel.argument", None),
    ("sum(tags)", "feel.argument", None),
    ("floor()", "feel.arity", None),
    ("floor(m: 1)", "feel.arity", None),
    ("today(1)", "feel.arity", None),
    ("floor > 1", "feel.function_name", "floor()"),
    ("title(1)", "feel.not_a_function", None),
    ('"abs"(1)', "feel.not_a_function", None),
    ('date("2026-02-30")', "feel.temporal", None),
    ('@"P5X"', "feel.temporal", None),
    ('[1.."x"]', "feel.range_ends", None),
    ('for i in ["a".."c"] return i', "feel.range_steps", None),
    ("{a: 1, a: 2}", "feel.repeated_key", None),
]


@pytest.mark.parametrize(("text", "code", "suggestion"), MISTAKES)
def test_a_mistake_in_types_is_refused_with_a_suggestion(
    text: str, code: str, suggestion: str | None
) -> None:
    (error,) = errors(text)

    assert (error.code, error.suggestion) == (code, suggestion)


def test_every_mistake_is_reported_in_the_order_of_the_text() -> None:
    found = errors('efort > 5 and due + 1 = due and state = "opne"')

    codes = [error.code for error in found]
    assert codes == ["feel.unknown_name", "feel.operands", "feel.unknown_option"]


@pytest.mark.parametrize("slot", [Slot.GATE, Slot.ROWS, Slot.FORM, Slot.CHECK, Slot.RULE])
def test_a_condition_must_answer_yes_or_no(slot: Slot) -> None:
    (error,) = errors("effort + 1", slot)

    assert error.code == "feel.not_a_condition"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("effort + 1", "number"),
        ("count_of_parts * 2", "integer"),
        ("count(parts)", "integer"),
        ("due - today()", "days and time duration"),
        ('due + duration("P1M")', "date"),
        ("device.owner.name", "text"),
        ("device.owner", "person"),
        ("parts.price", "list<number>"),
        ("parts[quantity > 0]", "list<row of part>"),
        ("parts[1].device.name", "text"),
        ("created_at.hour", "integer"),
        ("if urgent then 0.08 else 0.5", "number"),
        ("extra", "any"),
    ],
)
def test_the_type_of_the_result_is_known(text: str, kind: str) -> None:
    assert str(compile_expression(text, SCOPE, Slot.VALUE).type) == kind


@pytest.mark.parametrize(
    ("text", "scale"),
    [("effort + 0.125", 3), ("effort * effort", 4), ("effort / 3", 12), ("effort ** 2", None)],
)
def test_digits_after_the_point_are_tracked(text: str, scale: int | None) -> None:
    assert compile_expression(text, SCOPE, Slot.VALUE).type.scale == scale


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("effort > 1", {"effort"}),
        ('device.owner.name = "x"', {"device.owner.name"}),
        ("sum(parts.price)", {"parts.price"}),
        ("some x in parts satisfies x.quantity > effort", {"parts", "parts.quantity", "effort"}),
        ("count(parts[price > effort])", {"parts", "parts.price", "effort"}),
        ("parts[quantity > 0].device.name", {"parts.quantity", "parts.device.name"}),
        ("owner = user.id and today() = due", {"owner", "due"}),
    ],
)
def test_what_is_read_is_known(text: str, reads: set[str]) -> None:
    compiled = compile_expression(text, SCOPE, Slot.VALUE)

    assert {".".join(path) for path in compiled.reads} == reads


@pytest.mark.parametrize(
    "text",
    [
        'effort > 5 and state = "open"',
        "owner.department in user.departments",
        "some x in parts satisfies x.quantity < 0",
        "sum(parts[quantity > 0].price) > 100",
        'state in ("open", "closed")',
        'due - today() <= duration("P7D")',
        'list contains(tags, "red")',
        'contains(title, "x") or not(urgent)',
    ],
)
def test_ordinary_conditions_run_everywhere(text: str) -> None:
    assert compile_expression(text, SCOPE, Slot.ROWS).targets == frozenset(Target)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('matches(title, "a+")', "feel.not_in_database.pattern"),
        ("parts[1].quantity > 1", "feel.not_in_database.index"),
        ("effort ** 2 > 4", "feel.not_in_database.power"),
        ("count(for x in parts return x) > 1", "feel.not_in_database.list_result"),
        ("extra > 1", "feel.not_in_database.untyped"),
        ('owner.manager.manager.manager.name = "x"', "feel.not_in_database.depth"),
        ("some x in [1, 2] satisfies x > effort", "feel.not_in_database.list_source"),
        ('string join(tags, ",") = "a"', "feel.not_in_database.function"),
        ('string(due - today()) = "P1D"', "feel.not_in_database.shown"),
        ("date(title) = due", "feel.not_in_database.reading"),
        ("parts[quantity > 1] = parts", "feel.not_in_database.list_result"),
        ("some x in user.roles satisfies x = title", "feel.not_in_database.list_source"),
    ],
)
def test_what_the_database_can_not_do_is_refused_where_it_must(text: str, code: str) -> None:
    found = {error.code for error in errors(text, Slot.ROWS)}

    assert code in found
    assert errors(text, Slot.GATE) == ()


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ('matches(title, "^ab")', 'starts with(title, "ab")'),
        ('matches(title, "a\\\\.b$")', 'ends with(title, "a.b")'),
        ('matches(owner.name, "ab")', 'contains(owner.name, "ab")'),
        ('matches(title, "^ab$")', 'title = "ab"'),
        ("effort ** 2 > 4", "effort * effort"),
        ('matches(title, "a|b")', None),
        ('matches(title + "x", "ab")', None),
    ],
)
def test_the_checker_says_what_to_write_instead(text: str, suggestion: str | None) -> None:
    (error,) = errors(text, Slot.ROWS)

    assert error.suggestion == suggestion


def test_what_no_row_changes_may_be_anything() -> None:
    text = 'due > date(string(today().year) + "-01-01") and title in split("a,b", ",")'

    assert errors(text, Slot.ROWS) == ()


def test_the_open_slot_takes_what_the_standard_takes() -> None:
    assert errors('true and "x"', Slot.OPEN) == ()
    assert [error.code for error in errors('true and "x"')] == ["feel.not_a_condition"]


def test_the_same_expression_is_made_once() -> None:
    first = compile_expression("effort > 1", SCOPE, Slot.GATE)
    other_scope = Scope(SCOPE.names, SCOPE.forms)

    assert compile_expression("effort > 1", SCOPE, Slot.GATE) is first
    assert compile_expression("effort > 1", SCOPE, Slot.VALUE) is not first
    assert compile_expression("effort > 1", other_scope, Slot.GATE) is not first


def test_checking_a_tree_raises_every_mistake() -> None:
    with pytest.raises(FeelErrors) as caught:
        check(parse("a + b"), SCOPE, Slot.VALUE)

    assert len(caught.value.errors) == 2
