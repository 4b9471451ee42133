"""Expressions ask decision tables wherever they run on the server, with types that are known."""

from __future__ import annotations

from typing import Any

import pytest

from engine.app import App
from engine.editing.apply import Applied, Refused, apply
from engine.editing.draft import open_draft
from engine.editing.edits import Set
from engine.expressions import Env, FeelErrors, Kind, Slot, compile_expression
from engine.loading.load import load_app
from engine.problems import BrokenApp
from tests.desk import FILES, START, TICKET

SHARE = """
decision: share
label: 折让
form: ticket
policy: first
inputs:
  - {id: spent, value: cost, label: 费用}
  - {id: who, value: name, label: 标题}
outputs:
  - {id: percent, label: 折让}
rules:
  - {when: ['> 1000', '"打印机"'], then: ['15']}
  - {when: ['> 1000', '-'], then: ['10']}
  - {when: ['-', '-'], then: ['0']}
"""
BOTH = """
decision: both
label: 两栏
form: ticket
policy: first
inputs: [{id: cost, label: 费用}]
outputs: [{id: level, label: 级别}, {id: days, label: 天数}]
rules:
  - {when: ['> 1000'], then: ['"high"', '2']}
  - {when: ['-'], then: ['"low"', '5']}
"""
LISTED = BOTH.replace("both", "listed").replace("first", "rule order")
FAR = BOTH.replace("both", "far").replace("""'"low"', '5'""", """'cause', '5'""")
TABLES = {"share": SHARE, "both": BOTH, "listed": LISTED, "far": FAR}
FILES_WITH = {**FILES, **{f"decisions/{id_}.yaml": text.encode() for id_, text in TABLES.items()}}
ENV = Env(today=START.date(), now=START, user={})


@pytest.fixture(scope="module")
def app() -> App:
    return load_app(FILES_WITH)


def _value(app: App, text: str, **row: Any) -> Any:
    return compile_expression(text, app.forms["ticket"].scope, Slot.VALUE).value(row, ENV)


def _refused(app: App, text: str, slot: Slot = Slot.VALUE) -> str:
    with pytest.raises(FeelErrors) as wrong:
        compile_expression(text, app.forms["ticket"].scope, slot)
    return " ".join(str(error.message) for error in wrong.value.errors)


def test_a_table_answers_for_what_it_is_given(app: App) -> None:
    asked = 'decide("share", {who: name, spent: cost * 2}) + 1'
    assert _value(app, asked, cost=600, name="打印机") == 16
    assert _value(app, asked, cost=600, name="键盘") == 11
    assert _value(app, asked, cost=400, name="打印机") == 1
    assert _value(app, 'decide("both", {cost: cost}).level', cost=5000) == "high"
    assert _value(app, 'decide("listed", {cost: cost})[1].days', cost=5000) == 2
    assert _value(app, 'decide("share", {spent: null, who: null})') == 0


def test_types_of_answers_are_known(app: App) -> None:
    scope = app.forms["ticket"].scope
    share = compile_expression('decide("share", {spent: 1, who: ""})', scope, Slot.VALUE)
    both = compile_expression('decide("both", {cost: 1}).days', scope, Slot.VALUE)
    listed = compile_expression('decide("listed", {cost: 1})', scope, Slot.VALUE)
    kinds = (share.type.kind, both.type.kind, listed.type.kind)
    assert kinds == (Kind.NUMBER, Kind.NUMBER, Kind.LIST)
    assert share.reads == frozenset()
    assert _refused(app, 'decide("both", {cost: 1}).level + 1')


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('decide("shares", {spent: 1, who: ""})', "没有决策表“shares”"),
        ('decide("share", {spent: 1})', "要的是 spent、who"),
        ('decide("share", {spent: 1, who: "", more: 1})', "要的是 spent、who"),
        ('decide("share", {spent: "1", who: ""})', "“spent”要"),
        ('decide("far", {cost: 1})', "还要看记录的 cause"),
        ("decide(name, {cost: 1})", "decide 要写成"),
        ('decide("share")', "decide 要写成"),
    ],
)
def test_what_can_not_be_asked_is_refused(app: App, text: str, says: str) -> None:
    assert says in _refused(app, text)


@pytest.mark.parametrize("slot", [Slot.ROWS, Slot.ALERT, Slot.FORM])
def test_it_is_refused_where_the_database_or_the_browser_has_to_know(app: App, slot: Slot) -> None:
    told = _refused(app, 'decide("share", {spent: cost, who: name}) > 5', slot)
    assert "决策表只在服务器上算" in told
    assert "set_fields" in told


def test_tables_ask_no_tables() -> None:
    cell = SHARE.replace("'10'", """'decide("both", {cost: 1}).days'""")
    with pytest.raises(BrokenApp) as broken:
        load_app({**FILES_WITH, "decisions/share.yaml": cell.encode()})
    (problem,) = broken.value.problems
    assert "这里不能调用决策表" in str(problem)
    assert str(problem).startswith("decisions/share.yaml:13:")


def test_an_edit_of_a_table_reaches_what_asks_it() -> None:
    that = """'decide("share", {spent: cost, who: name}) < 12'"""
    check = f"checks:\n  - {{id: dear, that: {that}, message: 太贵}}"
    ticket = TICKET.replace("checks:", check, 1)
    draft = open_draft({**FILES_WITH, "forms/ticket.yaml": ticket.encode()})
    row = {"cost": 2000, "name": "打印机"}
    assert not draft.app.forms["ticket"].logic.checks["dear"].holds(row, ENV)
    target = ("decisions/share.yaml", "rules", 0, "then", 0)
    made = apply(draft, [Set(target=target, value="11")])
    assert isinstance(made, Applied), made
    assert made.draft.app.forms["ticket"].logic.checks["dear"].holds(row, ENV)
    renamed = Set(target=("decisions/share.yaml", "inputs", "spent", "id"), value="amount")
    refused = apply(made.draft, [renamed])
    assert isinstance(refused, Refused), "the check still gives what is called otherwise now"
    assert refused.problems[0].at.file == "forms/ticket.yaml"
