"""The address of a list says all about it, and nothing is lost on the way there and back."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

import pytest
from werkzeug.datastructures import MultiDict

from engine.definition.page import FilterDef
from runtime.web.lists.state import (
    ListState,
    View,
    in_order,
    read_filter,
    read_state,
    write_filter,
)

OWN = View(id="own", label="我的", feel="owner = user.id", sort=("-due",))
ALL = View(id="all", label="全部")


def _in_feel(filters: Sequence[FilterDef]) -> str:
    return " and ".join(f"{each.field} {each.op} {each.value}" for each in filters)


def _read(pairs: MultiDict[str, str]) -> ListState:
    return read_state(pairs, (OWN, ALL), _in_feel)


def _again(query: str) -> ListState:
    return _read(MultiDict(parse_qsl(query[1:], keep_blank_values=True)))


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
    state = _read(MultiDict())

    assert state.shown_feel == OWN.feel
    assert state.order == ("-due",)
    assert not state.changed


def test_taking_the_last_filter_away_does_not_bring_back_that_of_the_view() -> None:
    state = _read(MultiDict())

    cleared = _again(state.query(feel=""))

    assert cleared.shown_feel == ""
    assert cleared.changed


@pytest.mark.parametrize(
    "feel", ['name = "a&b=c#d~e"', 'cause = "等 + 号"', "cost > 1 and due = null"]
)
def test_a_filter_comes_back_from_the_address_as_it_was(feel: str) -> None:
    state = _read(MultiDict())

    assert _again(state.query(feel=feel)).shown_feel == feel


def test_an_older_address_is_read_as_a_filter() -> None:
    state = _read(MultiDict([("f", "cost~>~5"), ("f", "due~<~9")]))

    assert state.shown_feel == "cost > 5 and due < 9"
    assert _again(state.query()).shown_feel == state.shown_feel


def test_any_change_goes_back_to_the_first_page() -> None:
    state = _read(MultiDict({"view": "all", "after": "page-two"}))

    assert "after" not in state.query(sort="-cost")
    assert _again(state.query(after="page-three")).after == "page-three"


@pytest.mark.parametrize(
    ("first", "of_all", "front"),
    [(None, None, "own"), ("all", None, "all"), (None, "all", "all"), ("own", "all", "own"),
     ("gone", "all", "all")],
)  # fmt: skip
def test_ones_own_first_view_comes_before_that_of_everybody(
    first: str | None, of_all: str | None, front: str
) -> None:
    tabs = in_order((OWN, ALL), first, of_all)

    assert tabs[0].id == front
    assert {tab.id for tab in tabs} == {"own", "all"}
    assert [tab.id for tab in tabs if tab.first] == [first] * (first in {"own", "all"})
