"""Another system is asked once, and what it answers stands in the record once, checked as ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from runtime.effects import calling
from runtime.effects.connecting import ask_again, connected, leave_it, try_out
from runtime.effects.net import http
from runtime.jobs.workshop import Workshop
from tests.runtime.connectors.depots import GOOD, SECRET, Yard, opened, set_up_depot
from tests.services.fakes.http import Reply


@pytest.fixture(params=["sqlite", "postgresql"])
def yard(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Yard]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with opened(tmp_path, url) as made:
        yield made


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Yard]:
    with opened(tmp_path, None) as made:
        yield made


def test_what_it_answers_is_put_in_and_rules_follow_from_it(yard: Yard) -> None:
    ticket = yard.order(cost="8.50", due="2026-02-03")
    assert yard.asked() == []  # nothing leaves in the transaction
    yard.ruled.work()

    [asked] = yard.asked()
    stored = yard.desk.stored(ticket.id)
    assert asked.path == f"/api/orders/{stored.values['number']}"
    assert asked.query == {"day": "2026-02-03"}
    assert asked.headers["authorization"] == f"Bearer {SECRET}"
    assert asked.json == {"no": stored.values["number"], "inner": {"cost": 8.5}}
    assert asked.headers["idempotency-key"] == yard.call().key
    assert stored.values["cause"] == "D-1/打印机"
    assert stored.values["margin"] == Decimal("12.50")
    assert (yard.call().state, yard.call().status) == ("done", 200)
    changed = yard.ruled.events(stored)[-1]
    assert (changed.door, changed.actor, changed.depth) == ("automation", "rule:desk.order", 1)
    assert yard.ruled.notices("ann") == ["订到了"]


def test_a_200_that_says_no_counts_as_failed_and_somebody_is_told(yard: Yard) -> None:
    yard.replies = [Reply({"code": 7, "message": f"没有库存 {SECRET}"})]
    ticket = yard.order()
    yard.ruled.work()

    call = yard.call()
    assert (call.state, call.words) == ("failed", "没有库存 ***")
    assert yard.desk.stored(ticket.id).values["margin"] is None
    assert "没有办成" in yard.ruled.notices("admin")[0]
    with yard.desk.services.store.reading() as unit:
        mine = [one for one in unit.tasks.of_record(ticket.id) if one.open]
    assert len(mine) == 1

    assert ask_again(yard.desk.services, yard.desk.act("admin"), yard.connector, call.id)
    yard.ruled.work()
    assert yard.call().state == "done"
    assert len({one.headers["idempotency-key"] for one in yard.asked()}) == 1


def test_an_unknown_outcome_waits_for_a_person(
    quick: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "READ", 0.2)
    quick.silent = True
    quick.order()
    quick.work_on()
    assert quick.call().state == "unknown"
    assert len(quick.asked()) == 1
    assert "结果不明" in quick.ruled.notices("admin")[0]

    quick.silent = False
    act = quick.desk.act("admin")
    assert leave_it(quick.desk.services, act, quick.connector, quick.call().id)
    quick.work_on()
    assert (quick.call().state, len(quick.asked())) == ("failed", 1)


def test_a_busy_system_is_asked_again_later(quick: Yard) -> None:
    quick.replies = [Reply(b"busy", 503), Reply(b"slow down", 429)]
    quick.order()
    quick.work_on()
    assert len(quick.asked()) == 3
    assert quick.call().state == "done"
    assert {one.headers["idempotency-key"] for one in quick.asked()} == {quick.call().key}


def test_a_process_that_died_while_asking_does_not_ask_twice(quick: Yard) -> None:
    quick.order()
    services = quick.desk.services

    class Killed(BaseException):
        pass

    def die(*_: object) -> http.Answer:
        raise Killed

    with services.store.reading() as unit:
        follow = unit.jobs.due(1)
    Workshop(services=services).run(follow[0])  # the rule leaves the call
    call = quick.call()
    with pytest.raises(Killed):
        calling.carry_on(services, call.id, die)
    assert quick.call().state == "sending"
    quick.work_on()
    assert (quick.call().state, quick.asked()) == ("unknown", [])


def test_an_answer_that_the_form_refuses_is_kept_and_can_be_put_in_later(quick: Yard) -> None:
    quick.replies = [Reply({**GOOD, "data": {"no": "D-1", "prices": [10**30]}})]
    ticket = quick.order()
    quick.work_on()
    call = quick.call()
    assert (call.state, call.answer is not None) == ("failed", True)
    assert quick.desk.stored(ticket.id).values["cause"] is None

    good = replace(call, answer={**(call.answer or {}), "price": 3})
    with quick.desk.services.store.unit() as unit:
        assert unit.connectors.change(call, good)
    assert ask_again(quick.desk.services, quick.desk.act("admin"), quick.connector, call.id)
    quick.work_on()
    assert quick.desk.stored(ticket.id).values["margin"] == 3
    assert len(quick.asked()) == 1  # it was not asked again


def test_a_connector_without_its_secrets_asks_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, None, token=None) as yard:
        assert connected(yard.desk.services, yard.connector).missing == ("token",)
        yard.order()
        yard.work_on()
        assert (yard.call().state, yard.asked()) == ("failed", [])
        assert "令牌" in str(yard.call().problem)

        assert set_up_depot(yard, {"token": SECRET, "url": "http://example.com"}).keys() == {"url"}
        assert set_up_depot(yard, {"token": SECRET}) == {}
        assert connected(yard.desk.services, yard.connector).ready
        with yard.desk.services.store.reading() as unit:
            kept = unit.connectors.setup("desk", "depot")
        assert kept is not None
        assert SECRET.encode() not in (kept.secrets or SECRET.encode())


def test_trying_it_tells_in_its_own_words(quick: Yard) -> None:
    quick.replies = [Reply({"hello": SECRET}), Reply({"error": "who are you"}, 401)]
    good, bad = (try_out(quick.desk.services, quick.connector) for _ in range(2))
    assert (good.worked, good.words) == (True, '{"hello": "***"}')
    assert (bad.worked, "who are you" in bad.words) == (False, True)


def test_an_answer_of_another_type_says_which(quick: Yard) -> None:
    quick.replies = [Reply({"code": 0, "data": {"no": "D-1", "prices": ["a lot"]}})]
    quick.order()
    quick.work_on()
    assert quick.call().state == "failed"
    assert "“价格”（data.prices.0）" in str(quick.call().problem)


def test_an_address_inside_is_not_asked(quick: Yard) -> None:
    desk = quick.desk
    shut = replace(desk.services, settings=replace(desk.services.settings, inside=()))
    tried = try_out(shut, quick.connector)
    assert not tried.worked
    assert quick.http.asked == []
