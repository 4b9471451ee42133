"""Does a rule's call reach another program, once it can?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from runtime.jobs.workshop import Workshop
from tests.runtime.effects.posting import connected
from tests.runtime.rules.ruled import Ruled, open_ruled
from tests.services.fakes.http import Asked, FakeHttp, Reply, fake_http

RULE = """
label: 告诉外面
form: ticket
on: {type: changed, fields: [cost]}
do: [{type: webhook, url: 'http://127.0.0.1:PORT/hook', send: {cost: cost, who: owner.name}}]
"""


@pytest.fixture
def taken() -> list[int]:
    """The answers that the other program gives, in turn; 200 once they are used up."""
    return []


@pytest.fixture
def other(taken: list[int]) -> Iterator[FakeHttp]:
    def answer(asked: Asked) -> Reply:
        return Reply(status=taken.pop(0) if taken else 200)

    with fake_http(answer) as fake:
        yield fake


@pytest.fixture
def ruled(tmp_path: Path, other: FakeHttp) -> Iterator[Ruled]:
    rule = RULE.replace("PORT", str(other.port))
    with open_ruled(tmp_path, None, {"outside": rule}) as opened:
        yield Ruled(connected(opened.desk, other.port))


def test_it_says_what_it_is_about_with_a_key_of_its_own(ruled: Ruled, other: FakeHttp) -> None:
    ticket = ruled.desk.ticket("ann")
    ruled.edit("ann", ticket, cost="12.50")
    ruled.work()

    [asked] = other.asked
    said = asked.json
    assert (said["rule"], said["form"], said["record"]) == ("outside", "ticket", ticket.id)
    assert said["values"]["who"] == "安静"
    assert float(said["values"]["cost"]) == 12.5
    headers = {name.lower(): value for name, value in asked.headers.items()}
    assert headers["idempotency-key"] == said["key"]


def test_it_is_said_again_with_the_same_key_until_it_is_taken(
    ruled: Ruled, other: FakeHttp, taken: list[int]
) -> None:
    taken += [503, 429]
    ticket = ruled.desk.ticket("ann")
    ruled.edit("ann", ticket, cost="12.50")
    services = ruled.desk.services
    for _ in range(4):
        with services.store.reading() as unit:
            later = unit.jobs.due(1, services.now() + timedelta(days=36_500))
        for id_ in later:
            Workshop(services=services).run(id_, services.now() + timedelta(days=36_500))

    assert len(other.asked) == 3
    assert len({asked.json["key"] for asked in other.asked}) == 1
