"""Rules put records into the pool and give them to somebody else, and whoever loses one is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.outcomes import Invalid
from runtime.use_cases.pools.claim_record import claim_record
from tests.desk import open_desk
from tests.runtime.pools.spring import FILES
from tests.runtime.rules.ruled import Ruled
from tests.workspaces import DATABASES

RULES = {
    "back": """
label: 久无动静，收回
form: ticket
on: {type: silent, after: {calendar: P3D}}
if: owner != null
do: [{type: release}]
""",
    "other": """
label: 换人
form: ticket
on: {type: changed, fields: [cause]}
do: [{type: route}]
""",
}


@pytest.fixture(params=DATABASES)
def ruled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ruled]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    rules = {f"rules/{id_}.yaml": f"rule: {id_}\n{text}".encode() for id_, text in RULES.items()}
    with open_desk(tmp_path, url, {**FILES, **rules}) as desk:
        yield Ruled(desk)


def test_silence_puts_a_record_into_the_pool_once_and_tells_its_holder(ruled: Ruled) -> None:
    record = ruled.desk.ticket("ann")
    ruled.desk.clock.move(days=3, minutes=1)

    ruled.tick()
    ruled.tick()

    assert ruled.desk.stored(record.id).owner is None
    assert ruled.notices("ann") == ["“打印机”已从您名下收回公海"]
    assert [one.kind for one in ruled.events(record)] == ["created", "recycled"]
    act = ruled.desk.act("ann")
    again = claim_record(ruled.desk.services, act, ruled.desk.form(), record.id)
    assert isinstance(again, Invalid)


def test_a_record_is_given_to_somebody_else_but_not_to_its_holder(ruled: Ruled) -> None:
    record = ruled.desk.ticket("ann", cost="5000")

    ruled.edit("ann", record, cause="做不了")
    ruled.work()

    after = ruled.desk.stored(record.id)
    assert after.owner == ruled.desk.people["ben"].id
    assert ruled.notices("ben") == ["“打印机”自动分配给您"]
    assert [one.state for one in ruled.runs("other")] == ["done"]


def test_where_nobody_else_is_left_it_goes_into_the_pool(ruled: Ruled) -> None:
    record = ruled.desk.ticket("sue", cost="500")

    ruled.edit("sue", record, cause="做不了")
    ruled.work()

    assert ruled.desk.stored(record.id).owner is None
