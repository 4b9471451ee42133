"""Do rules begin approvals, and follow from their end?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.use_cases.approvals.decide_approval import Choice, decide_approval
from tests.desk import open_desk
from tests.runtime.rules.ruled import Ruled, with_rules
from tests.workspaces import DATABASES

RULES = {
    "dear": """
label: 贵的要审批
form: ticket
on: {type: changed, fields: [cost]}
if: cost > 100
do: [{type: start_approval, workflow: spending}]
""",
    "ended": """
label: 审批有结果
form: ticket
on: {type: approval_ended, workflow: spending, outcomes: [withdrawn, agreed]}
do: [{type: set_fields, set: {cause: '"有结果"'}}]
""",
}
SPENDING = """
workflow: spending
label: 花费审批
form: ticket
steps:
  - {id: chief, kind: approve, label: 主管, who: [{role: chief}]}
"""


@pytest.fixture(params=DATABASES)
def ruled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ruled]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    files = {**with_rules(RULES), "workflows/spending.yaml": SPENDING.encode()}
    with open_desk(tmp_path, url, files) as desk:
        yield Ruled(desk)


def test_a_rule_begins_an_approval_in_the_name_of_the_owner(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann")
    ruled.edit("ann", ticket, cost="200.00")
    ruled.work()

    [run] = ruled.runs("dear")
    assert (run.state, run.problem) == ("done", None)
    [task] = ruled.tasks(ticket)
    assert (task.kind, task.person) == ("approve", ruled.desk.people["chief_north"].id)
    with ruled.desk.services.store.reading() as unit:
        [approval] = unit.approvals.of_record(ticket.id)
    assert approval.submitter == ruled.desk.people["ann"].id

    act = ruled.desk.act("chief_north")
    decide_approval(ruled.desk.services, act, task.id, Choice(verb="agree"))
    ruled.work()

    assert ruled.desk.stored(ticket.id).values["cause"] == "有结果"
    [ended] = ruled.runs("ended")
    assert ended.reason["event"] == "approval.ended"
