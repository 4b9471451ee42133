"""What another program tells is taken once, signed and lately, as what the rule says it takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from engine.app import Rule
from runtime.app import build_app
from runtime.use_cases.connectors.signing import make_secret, signature
from tests.runtime.connectors.depots import Yard, opened


class Sender:
    """A program that tells a rule something."""

    def __init__(self, yard: Yard, rule: str) -> None:
        self.yard = yard
        self.rule: Rule = yard.desk.services.apps["desk"].rules[rule]
        self.secret = make_secret(yard.desk.services, yard.desk.act("admin"), self.rule)
        self.app: Flask = build_app(yard.desk.services)

    def tell(
        self, told: Any, *, event: str = "", late: float = 0, but: Mapping[str, str] | None = None
    ) -> TestResponse:
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        moment = str(int(self.yard.desk.services.now().timestamp() - late))
        headers = {
            "Content-Type": "application/json",
            "X-Dougong-Timestamp": moment,
            "X-Dougong-Signature": f"sha256={signature(self.secret, moment, body)}",
            **({"X-Dougong-Event": event} if event else {}),
            **(but or {}),
        }
        path = f"/in/rules/desk/{self.rule.id}"
        answer = self.app.test_client().post(path, data=body, headers=headers)
        self.yard.ruled.work()
        return answer


@pytest.fixture(params=["sqlite", "postgresql"])
def yard(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Yard]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with opened(tmp_path, url) as made:
        yield made


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Yard]:
    with opened(tmp_path, None) as made:
        yield made


def test_the_record_that_is_meant_is_changed_once(yard: Yard) -> None:
    sender = Sender(yard, "delivered")
    ticket = yard.desk.ticket("ann")
    told = {"number": ticket.values["number"], "price": 7.25, "on": "2026-03-04", "else": 1}
    first = sender.tell(told, event="e1")
    assert first.status_code == 202
    again = sender.tell(told, event="e1")
    assert again.get_json() == first.get_json()

    stored = yard.desk.stored(ticket.id)
    assert (str(stored.values["margin"]), str(stored.values["due"])) == ("7.25", "2026-03-04")
    assert yard.ruled.notices("ann") == [
        f"{ticket.values['number']} 到货",
        "订到了",
    ]
    kinds = [one.kind for one in yard.ruled.events(stored)]
    assert kinds == ["created", "webhook", "edited"]
    changed = yard.ruled.events(stored)[-1]
    assert changed.cause == first.get_json()["event"]
    [run] = yard.ruled.runs("delivered")
    assert run.facts["body.price"] is not None


def test_what_is_about_no_record_can_make_one(yard: Yard) -> None:
    sender = Sender(yard, "asked_for")
    assert sender.tell({"title": "漏水"}).status_code == 202
    assert sender.tell({"title": "no"}).status_code == 202  # the rule's condition says no
    [run] = yard.ruled.runs("asked_for")
    assert (run.state, run.record) == ("done", None)
    made = yard.desk.stored(str(run.steps[0]["told"]["record"]))
    assert (made.values["name"], made.owner) == ("漏水", yard.desk.people["chief_north"].id)
    assert yard.ruled.notices("chief_north") == ["请看 漏水"]


def test_the_same_event_with_something_else_in_it_is_refused(quick: Yard) -> None:
    sender = Sender(quick, "asked_for")
    assert sender.tell({"title": "a"}, event="e1").status_code == 202
    assert sender.tell({"title": "b"}, event="e1").status_code == 409
    assert len(quick.ruled.runs("asked_for")) == 1


def test_a_copy_of_a_request_is_taken_once_whatever_it_calls_itself(quick: Yard) -> None:
    sender = Sender(quick, "asked_for")
    one = sender.tell({"title": "a"}, event="e1")
    two = sender.tell({"title": "a"}, event="e2")  # the same signature: time stands still here
    assert one.get_json() == two.get_json()
    assert len(quick.ruled.runs("asked_for")) == 1


def test_nothing_is_said_to_who_does_not_sign(quick: Yard) -> None:
    sender = Sender(quick, "asked_for")
    wrong = [
        sender.tell({"title": "a"}, late=301),
        sender.tell({"title": "a"}, late=-301),
        sender.tell({"title": "a"}, but={"X-Dougong-Signature": "sha256=00"}),
        sender.tell({"title": "a"}, but={"X-Dougong-Signature": ""}),
        sender.tell({"title": "a"}, but={"X-Dougong-Timestamp": "nine"}),
        sender.app.test_client().post("/in/rules/desk/nothing", json={"title": "a"}),
        sender.app.test_client().post("/in/rules/desk/order", json={"title": "a"}),
    ]
    assert {one.status_code for one in wrong} == {401}
    assert len({one.data for one in wrong}) == 1
    assert quick.ruled.runs("asked_for") == []


@pytest.mark.parametrize(
    ("told", "status", "field"),
    [
        (b"{", 400, None),
        ([1], 400, None),
        ({"price": 3}, 422, "number"),
        ({"number": "T-0001", "price": "much"}, 422, "price"),
        ({"number": "T-0001", "on": "tomorrow"}, 422, "on"),
        ({"number": "T-9999"}, 404, None),
    ],
)
def test_what_does_not_fit_is_said_clearly(
    quick: Yard, told: Any, status: int, field: str | None
) -> None:
    quick.desk.ticket("ann")
    answer = Sender(quick, "delivered").tell(told)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert json.loads(answer.data).get("field") == field
    assert quick.ruled.runs("delivered") == []


def test_it_must_be_json_and_not_too_large_or_too_much(quick: Yard) -> None:
    sender = Sender(quick, "asked_for")
    assert sender.tell({"title": "a"}, but={"Content-Type": "text/plain"}).status_code == 415
    assert sender.tell(b" " * 70_000).status_code == 413
    services = quick.desk.services
    few = replace(services.settings, hooks_a_minute=2)
    sender.app = build_app(replace(services, settings=few))
    statuses = [sender.tell({"title": str(n)}).status_code for n in range(3)]
    assert statuses == [202, 202, 429]


def test_a_renewed_secret_leaves_a_day_for_the_old_one(quick: Yard) -> None:
    sender = Sender(quick, "asked_for")
    old = sender.secret
    sender.secret = make_secret(quick.desk.services, quick.desk.act("admin"), sender.rule)
    assert sender.tell({"title": "new"}).status_code == 202
    sender.secret, new = old, sender.secret
    assert sender.tell({"title": "old"}).status_code == 202
    quick.desk.clock.move(hours=25)
    assert sender.tell({"title": "late"}).status_code == 401
    sender.secret = new
    assert sender.tell({"title": "good"}).status_code == 202
