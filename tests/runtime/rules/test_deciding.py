"""Rules and checks ask decision tables, and say afterwards what they looked at."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from engine.outcomes import Invalid
from tests.desk import FILES, TICKET, open_desk
from tests.runtime.rules.ruled import Ruled, with_rules
from tests.workspaces import DATABASES

TABLE = """
decision: level
label: 级别
form: ticket
policy: first
inputs: [{id: cost, label: 费用}]
outputs: [{id: name, label: 级别}, {id: days, label: 天数}]
rules:
  - {when: ['> 1000'], then: ['"急"', '2']}
  - {when: ['-'], then: ['"缓"', '5']}
"""
RULE = """
label: 定级
form: ticket
on: {type: changed, fields: [cost]}
if: 'decide("level", {cost: cost}).days < 5'
do: [{type: set_fields, set: {cause: 'decide("level", {cost: cost}).name'}}]
"""
CHECK = """checks:
  - {id: soon, that: 'due = null or due <= today() + duration("P1D") * decide("level", {cost: cost}).days', message: 太晚}
"""  # noqa: E501 - one condition


@pytest.mark.parametrize("database", DATABASES)
def test_a_rule_and_a_check_follow_a_table(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if database == "postgresql" else None
    ticket = TICKET.replace("checks:\n", CHECK, 1).encode()
    files = {**FILES, **with_rules({"level": RULE}), "decisions/level.yaml": TABLE.encode()}
    with open_desk(tmp_path, url, {**files, "forms/ticket.yaml": ticket}) as desk:
        ruled, record = Ruled(desk), desk.ticket("ann", cost="10.00")
        ruled.edit("chief_north", record, cost="20.00")
        ruled.work()
        assert desk.stored(record.id).values.get("cause") is None
        ruled.edit("chief_north", desk.stored(record.id), cost="2000.00")
        ruled.work()
        assert desk.stored(record.id).values["cause"] == "急"
        (run,) = ruled.runs("level")
        assert run.facts == {"cost": Decimal(2000)}
        late = ruled.edit("chief_north", desk.stored(record.id), due="2026-03-06")
        assert isinstance(late, Invalid)
        assert "太晚" in str(late.complaints)
