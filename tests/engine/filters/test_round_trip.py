from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.expressions import Slot, compile_expression
from engine.filters import (
    OFFERED,
    PERIODS,
    TAKES,
    Condition,
    Group,
    Part,
    Sort,
    from_feel,
    known_at,
    to_feel,
)
from tests.engine.filters.filtered import filtered

APP, FORM = filtered()
FIELDS = (
    "name", "price", "pieces", "share", "bought", "seen", "opens", "takes", "active", "grade",
    "kinds", "levels", "site", "sites", "keeper", "place", "parts", "site.name", "site.level",
    "site.opened", "owner", "department", "created_at", "owner.name", "version",
)  # fmt: skip
DAYS = st.dates().filter(lambda day: day.year >= 1900).map(str)
MOMENTS = st.datetimes().map(lambda moment: f"20{moment:%y-%m-%dT%H:%M}")
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=6)
VALUES = {
    Sort.TEXT: WORDS,
    Sort.CHOICE: st.sampled_from(["low", "high"]),
    Sort.YES_NO: st.sampled_from(["true", "false"]),
    Sort.DATE: DAYS,
    Sort.MOMENT: DAYS,
    Sort.TIME: st.times().map(lambda time: f"{time:%H:%M}"),
    Sort.DURATION: st.integers(1, 99).map(lambda days: f"P{days}D"),
    Sort.RECORD: st.sampled_from(["a1", "b2", "c3"]),
    Sort.PERSON: st.sampled_from(["ann", "bob"]),
    Sort.DEPARTMENT: st.sampled_from(["east", "west"]),
    Sort.RECORDS: st.sampled_from(["a1", "b2"]),
}
NUMBERS = {"price": st.decimals(0, 999, places=2).map(lambda n: f"{n.normalize():f}")}


def value_of(field: str, op: str) -> st.SearchStrategy[str]:
    sort = known_at(APP, FORM, field).sort
    if field == "seen" and op in ("<", ">=", "between"):
        return st.one_of(DAYS, MOMENTS)
    if op in ("contains", "not_contains", "starts_with") or field == "kinds":
        return WORDS
    if sort is Sort.NUMBER:
        return NUMBERS.get(field, st.integers(0, 99).map(str))
    return VALUES[Sort.CHOICE if field == "levels" else sort]


def values_of(field: str, op: str) -> st.SearchStrategy[tuple[str, ...]]:
    fixed: dict[str, st.SearchStrategy[tuple[str, ...]]] = {
        "nothing": st.just(()),
        "days": st.integers(2, 3660).map(lambda days: (str(days),)),
        "period": st.sampled_from(list(PERIODS)).map(lambda period: (period,)),
    }
    if TAKES[op] in fixed:
        return fixed[TAKES[op]]
    one = value_of(field, op)
    if TAKES[op] == "one":
        return one.map(lambda value: (value,))
    least = 1 if op not in ("has_all", "between") else 2
    most = 2 if op == "between" else 3
    return st.lists(one, min_size=least, max_size=most, unique=True).map(tuple)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    field = draw(st.sampled_from(FIELDS))
    op = draw(st.sampled_from(OFFERED[known_at(APP, FORM, field).sort]))
    return Condition(field, op, draw(values_of(field, op)))


def groups(items: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    several = st.lists(items, min_size=2, max_size=3).map(tuple)
    return st.builds(Group, st.booleans(), several).filter(not_one_condition)


def not_one_condition(group: Group) -> bool:
    """Several `has_any` of one field that must all hold are written as `has_all`."""
    each = [isinstance(one, Condition) and one.op == "has_any" for one in group.items]
    return not (group.all and all(each))


@given(st.recursive(conditions(), groups, max_leaves=6))
def test_what_was_put_together_reads_back_as_it_was(part: Part) -> None:
    drawn = part if isinstance(part, Group) else Group(items=(part,))
    text = to_feel(APP, FORM, drawn)
    compile_expression(text, FORM.scope, Slot.ROWS)
    assert from_feel(APP, FORM, text) == drawn
