"""A filter means the same however it is asked for, and no more than its asker may see."""

from __future__ import annotations

from typing import Any

import pytest

from engine.filter import FilterDef
from runtime.store.query import Page
from runtime.use_cases.aggregate_records import aggregate_records
from runtime.use_cases.filtering import BadFilter, filter_scope, read_tree
from runtime.use_cases.list_records import BadQuestion, Wanted, list_records
from tests.desk import Desk

CHEAP = FilterDef(field="cost", op="<", value="60")


def costs(desk: Desk, login: str = "ann", **wanted: Any) -> list[str]:
    asked = Wanted(sort=("cost",), **wanted)
    page = list_records(desk.services, desk.act(login), desk.form(), asked)
    assert isinstance(page, Page), page
    return [str(record.values["cost"]) for record in page.records]


@pytest.fixture
def filled(desk: Desk) -> Desk:
    for cost in ("10.00", "50.00", "90.00"):
        desk.ticket("ann", cost=cost)
    desk.ticket("sue", cost="20.00")
    return desk


@pytest.mark.parametrize(
    "wanted",
    [
        {"filters": (CHEAP,)},
        {"filters": "cost < 60"},
        {"feel": "cost < 60"},
        {"filter": {"field": "cost", "op": "<", "value": "60"}},
        {"filter": {"feel": "cost < 60"}},
        {"filter": {"any": [{"field": "cost", "value": "10"}, {"feel": "cost = 50"}]}},
        {"feel": "cost < 80", "filters": (CHEAP,), "filter": {"all": []}},
    ],
    ids=str,
)
def test_one_filter_is_asked_for_in_many_ways(filled: Desk, wanted: dict[str, Any]) -> None:
    assert costs(filled, **wanted) == ["10.00", "50.00"]


def test_nothing_asked_for_is_everything_in_sight(filled: Desk) -> None:
    assert costs(filled, feel="  ") == costs(filled) == ["10.00", "50.00", "90.00"]
    assert costs(filled, "chief_north", feel="cost < 60") == ["10.00", "50.00"]
    assert costs(filled, "admin", feel="cost < 60") == ["10.00", "20.00", "50.00"]


def test_totals_take_the_same_filters(filled: Desk) -> None:
    groups = aggregate_records(
        filled.services, filled.act("ann"), filled.form(), Wanted(feel="cost > 20"), (), ("count",)
    )
    assert groups == [{"count": 2}]


def test_a_wrong_text_is_answered_with_each_mistake_and_its_place(desk: Desk) -> None:
    asked = Wanted(feel='cots > 1 or name = 5 or matches(name, "x")')

    answer = list_records(desk.services, desk.act("ann"), desk.form(), asked)

    assert isinstance(answer, BadQuestion)
    assert [(one.code, one.start, one.end) for one in answer.problems] == [
        ("feel.unknown_name", 0, 4),
        ("feel.compare", 12, 20),
    ]
    assert answer.problems[0].suggestion == "cost"
    assert str(answer.message) == str(answer.problems[0].message)


def test_what_the_database_can_not_do_is_said_before_it_is_asked(desk: Desk) -> None:
    asked = Wanted(feel='matches(name, "^x")')

    answer = list_records(desk.services, desk.act("ann"), desk.form(), asked)

    assert isinstance(answer, BadQuestion)
    (problem,) = answer.problems
    assert problem.code.startswith("feel.not_in_database")


@pytest.mark.parametrize("feel", ["margin > 1", 'phone = "1"', "not(margin = null)"])
def test_hidden_and_masked_fields_are_refused_with_their_names(desk: Desk, feel: str) -> None:
    answer = list_records(desk.services, desk.act("ann"), desk.form(), Wanted(feel=feel))

    assert isinstance(answer, BadQuestion)
    assert "您没有使用" in str(answer.message)
    assert costs(desk, "admin", feel=feel) == []


def test_the_names_for_a_filter_are_those_that_its_writer_sees(desk: Desk) -> None:
    app = desk.services.apps["desk"]
    agent = filter_scope(app, desk.form(), desk.people["ann"])
    admin = filter_scope(app, desk.form(), desk.people["admin"])

    assert {"margin", "phone"} <= admin.names.keys()
    assert not {"margin", "phone"} & agent.names.keys()
    assert {"cost", "owner", "stage", "site"} <= agent.names.keys()
    assert "secret" in admin.forms["site"]
    assert "secret" not in agent.forms["site"]
    assert "name" in agent.forms["site"]


@pytest.mark.parametrize(
    "tree",
    [
        5, [], {}, {"feel": 5}, {"feel": "cost >"}, {"all": 5}, {"any": [5]},
        {"field": "cost", "x": 1},
        {"all": [{"field": "cost", "op": "=", "value": "1"}] * 101},
        {"field": "cost", "op": "~", "value": 1},
    ],
    ids=lambda tree: str(tree)[:40],
)  # fmt: skip
def test_a_tree_that_is_none_is_refused(desk: Desk, tree: Any) -> None:
    with pytest.raises(BadFilter):
        read_tree(desk.services.apps["desk"], desk.form(), tree)


def test_a_tree_has_so_many_levels(desk: Desk) -> None:
    app, tree = desk.services.apps["desk"], {"feel": "cost > 1"}
    for _ in range(5):
        tree = {"all": [tree]}  # type: ignore[dict-item]  # a tree of trees
    read_tree(app, desk.form(), tree)
    with pytest.raises(BadFilter):
        read_tree(app, desk.form(), {"all": [tree]})
