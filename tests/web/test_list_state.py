"""The address of a list says all about it, and nothing is lost on the way there and back."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from werkzeug.datastructures import MultiDict

from engine.definition.page import FilterDef
from runtime.web.list_state import ListState, View, read_filter, read_state, write_filter

OWN = View(id="own", label="我的", where=(FilterDef(field="owner", op="mine"),), sort=("-due",))
ALL = View(id="all", label="全部")


def _again(state: ListState, query: str) -> ListState:
    pairs = parse_qsl(query[1:], keep_blank_values=True)
    return read_state(MultiDict(pairs), (OWN, ALL))


@pytest.mark.parametrize(
    "filter_",
    [
        FilterDef(field="owner", op="mine"),
        FilterDef(field="cost", op="between", value=["100", "200"]),
        FilterDef(field="stage", op="in", value=["open", "fixing"]),
        FilterDef(field="name", op="contains", value="a~b|c&d=é"),
        FilterDef(field="due", op="last_days", value="7"),
        FilterDef(field="cause", op="empty"),
    ],
    ids=lambda each: each.op,
)
def test_a_filter_reads_back_as_it_was_written(filter_: FilterDef) -> None:
    assert read_filter(write_filter(filter_)) == filter_


def test_without_words_in_the_address_the_view_decides() -> None:
    state = read_state(MultiDict(), (OWN, ALL))

    assert state.shown_filters == OWN.where
    assert state.order == ("-due",)
    assert not state.changed


def test_taking_the_last_filter_away_does_not_bring_back_those_of_the_view() -> None:
    state = read_state(MultiDict(), (OWN, ALL))

    cleared = _again(state, state.without(0))

    assert cleared.shown_filters == ()
    assert cleared.changed


def test_a_filter_can_be_added_or_put_in_the_place_of_another() -> None:
    state = read_state(MultiDict(), (OWN, ALL))
    due = FilterDef(field="due", op="this", value="week")

    added = _again(state, state.with_filter(due))
    changed = _again(state, state.with_filter(due, 0))

    assert added.shown_filters == (*OWN.where, due)
    assert changed.shown_filters == (due,)


def test_any_change_goes_back_to_the_first_page() -> None:
    state = read_state(MultiDict({"view": "all", "after": "page-two"}), (OWN, ALL))

    assert "after" not in state.query(sort="-cost")
    assert _again(state, state.query(after="page-three")).after == "page-three"
