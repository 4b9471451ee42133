"""What stands after a question to another system waits for the answer, and the log says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.record import Record
from runtime.effects.connecting import ask_again, leave_it
from runtime.effects.net import http
from runtime.jobs.workshop import Workshop
from runtime.store.rule_runs import RuleRun
from runtime.use_cases.rules.firing import retry
from runtime.workspace.open import install_app
from tests.runtime.connectors.depots import GOOD, Yard, opened
from tests.services.fakes.http import Reply

CHAIN = """
label: 订货，再告诉订到了什么
form: ticket
on: {type: changed, fields: [due]}
do:
  - {type: notify, to: {fields: [owner]}, text: '去订'}
  - type: call_connector
    connector: depot
    operation: order
    send: {number: number, cost: cost}
    set: {margin: answer.price}
  - {type: set_fields, set: {cause: '"订单 " + answer.no'}, if: answer.price > 1}
  - {type: notify, to: {fields: [owner]}, text: '{cause}：订到'}
"""
NO = Reply({"code": 7, "message": "没有库存"})


@pytest.fixture
def yard(tmp_path: Path) -> Iterator[Yard]:
    with opened(tmp_path, None, more={"chain": CHAIN}) as made:
        yield made


def _begin(yard: Yard, **values: str) -> Record:
    """Let the rule ask whose later actions read the answer."""
    ticket = yard.desk.ticket("ann", **values)
    yard.ruled.edit("ann", ticket, due="2026-02-03")
    return ticket


def _run(yard: Yard, rule: str = "chain") -> RuleRun:
    return yard.ruled.runs(rule)[0]


def _steps(yard: Yard) -> list[str]:
    return [step["state"] for step in _run(yard).steps]


def test_later_actions_wait_and_read_what_was_answered(yard: Yard) -> None:
    ticket = _begin(yard, cost="8.50")
    services = yard.desk.services
    with services.store.reading() as unit:
        [follow] = unit.jobs.due(1)
    Workshop(services=services).run(follow)
    assert (_run(yard).state, _steps(yard)) == ("waiting", ["done", "waiting"])
    assert yard.ruled.notices("ann") == ["去订"]

    yard.ruled.work()
    assert (_run(yard).state, _steps(yard)) == ("done", ["done"] * 4)
    assert yard.desk.stored(ticket.id).values["cause"] == "订单 D-1"
    assert "订单 D-1：订到" in yard.ruled.notices("ann")
    assert yard.ruled.notices("ann").count("去订") == 1


def test_a_call_that_fails_fails_the_run_and_it_goes_on_from_there(yard: Yard) -> None:
    yard.replies = [NO]
    ticket = _begin(yard)
    yard.ruled.work()
    failed = _run(yard)
    assert (failed.state, _steps(yard)) == ("failed", ["done", "failed"])
    assert str(failed.problem) == str(yard.call().problem)

    again = retry(yard.desk.services, failed.id)
    assert again is not None
    assert (again.state, again.tries) == ("waiting", 2)
    yard.ruled.work()
    assert _run(yard).state == "done"
    assert yard.desk.stored(ticket.id).values["cause"] == "订单 D-1"
    assert len({one.headers["idempotency-key"] for one in yard.asked()}) == 1
    assert retry(yard.desk.services, failed.id) is None


def test_what_is_to_be_sent_now_is_asked_as_something_else(yard: Yard) -> None:
    yard.replies = [NO]
    ticket = _begin(yard, cost="1")
    yard.ruled.work()
    old = yard.call()
    yard.ruled.edit("ann", ticket, cost="2")
    retry(yard.desk.services, _run(yard).id)
    act = yard.desk.act("admin")
    assert not ask_again(yard.desk.services, act, yard.connector, old.id), "it is asked anew"
    yard.ruled.work()
    first, second = yard.asked()
    assert (first.json["inner"], second.json["inner"]) == ({"cost": 1}, {"cost": 2})
    assert first.headers["idempotency-key"] != second.headers["idempotency-key"]
    assert _run(yard).state == "done"


def test_an_unknown_outcome_keeps_the_run_waiting_for_a_person(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "READ", 0.2)
    yard.silent = True
    _begin(yard)
    yard.work_on()
    services, act = yard.desk.services, yard.desk.act("admin")
    assert (yard.call().state, _run(yard).state) == ("unknown", "waiting")
    assert retry(services, _run(yard).id) is None

    assert leave_it(services, act, yard.connector, yard.call().id)
    assert (_run(yard).state, _steps(yard)) == ("failed", ["done", "failed"])
    assert "不再发送" in str(_run(yard).problem)

    yard.silent = False
    yard.over.set()
    assert ask_again(services, act, yard.connector, yard.call().id)
    assert _run(yard).state == "waiting"
    yard.work_on()
    assert _run(yard).state == "done"


def test_an_answer_that_the_form_refuses_fails_the_run(yard: Yard) -> None:
    yard.replies = [Reply({**GOOD, "data": {"no": "D-1", "prices": [10**30]}})]
    _begin(yard)
    yard.work_on()
    assert (_run(yard).state, _steps(yard)) == ("failed", ["done", "failed"])
    assert "订单" not in "".join(yard.ruled.notices("ann"))


def test_it_goes_on_by_the_rule_that_asked(yard: Yard) -> None:
    _begin(yard)
    services = yard.desk.services
    with services.store.reading() as unit:
        [follow] = unit.jobs.due(1)
    Workshop(services=services).run(follow)
    with services.store.reading() as unit:
        files = dict(unit.packages.files("desk"))
    manifest = files["app.yaml"].replace(b"1.0.0", b"1.1.0")
    other = files["rules/chain.yaml"].replace("{cause}：订到".encode(), "别的话".encode())
    install_app(services, {**files, "app.yaml": manifest, "rules/chain.yaml": other})
    yard.ruled.work()
    assert _run(yard).state == "done"
    assert "订单 D-1：订到" in yard.ruled.notices("ann")
