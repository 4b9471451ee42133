"""Are points booked once for each occasion, and does everybody see what is theirs to see?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from engine.outcomes import Missing
from runtime.use_cases.rules.firing import retry
from runtime.use_cases.rules.points import Score, ScoreWanted, score
from tests.api.client import client_of
from tests.desk import open_desk
from tests.runtime.rules.ruled import Ruled, with_rules
from tests.workspaces import DATABASES

LEDGERS = """
ledgers:
  - {id: effort, label: {zh: 过程积分, en: Effort}, help: 每张工单都算, ranking: [chief]}
  - {id: result, label: 结果积分}
"""
RULES = {
    "made": """
label: 建工单
form: ticket
on: {type: created}
do:
  - {type: add_points, ledger: effort, to: {fields: [owner]}, points: '2.5', text: '建了“{name}”'}
  - {type: add_points, ledger: result, to: {fields: [owner]}, points: cost / 100, text: 费用}
  - {type: advance, if: cost > 1000, stage: fixing}
""",
    "dropped": """
label: 改名
form: ticket
on: {type: changed, fields: [name]}
do: [{type: add_points, ledger: effort, to: {fields: [owner]}, points: '-1', text: 改了名}]
""",
}


@pytest.fixture(params=DATABASES)
def ruled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ruled]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    files = with_rules(RULES)
    files["app.yaml"] += LEDGERS.encode()
    with open_desk(tmp_path, url, files) as desk:
        yield Ruled(desk)


def _score(ruled: Ruled, who: str, **wanted: str) -> Score:
    found = score(ruled.desk.services, ruled.desk.act(who), "desk", ScoreWanted(**wanted))  # type: ignore[arg-type]  # only texts here
    assert isinstance(found, Score)
    return found


def test_points_are_booked_once_for_each_occasion(ruled: Ruled) -> None:
    record = ruled.desk.ticket("ann", cost="2000")
    ruled.work()
    [run] = ruled.runs("made")
    retry(ruled.desk.services, run.id)
    ruled.edit("ann", record, name="投影仪")
    ruled.work()

    found = _score(ruled, "ann")
    assert run.state == "failed"  # the gate is shut; what was booked before it stays
    assert (found.ledger.id, found.balance) == ("effort", Decimal("1.50"))
    assert [(str(one.text), one.points) for one in found.booked] == [
        ("改了名", Decimal("-1.00")),
        ("建了“打印机”", Decimal("2.50")),
    ]
    assert _score(ruled, "ann", ledger="result").balance == Decimal("20.00")


def test_the_ranking_is_for_those_who_may_see_it(ruled: Ruled) -> None:
    for login in ("ann", "ann", "ben"):
        ruled.desk.ticket(login)
    ruled.work()

    names = {one.id: login for login, one in ruled.desk.people.items()}
    ranking = _score(ruled, "chief_north").ranking or ()
    assert [(names[who], points) for who, points in ranking] == [
        ("ann", Decimal("5.00")),
        ("ben", Decimal("2.50")),
    ]
    assert _score(ruled, "ann").ranking is None
    assert _score(ruled, "chief_north", ledger="result").ranking is None
    ruled.desk.clock.move(days=40)
    assert _score(ruled, "chief_north").ranking == ()
    assert _score(ruled, "ann").this_month == 0


def test_programs_read_points_too(ruled: Ruled) -> None:
    ruled.desk.ticket("ann")
    ruled.work()
    api = client_of(ruled.desk)

    mine = api.raw("GET", "/api/v1/apps/desk/points", who="ann").json
    nothing = api.raw("GET", "/api/v1/apps/desk/points?ledger=none", who="ann")

    assert (mine["balance"], mine["ranking"]) == ("2.50", None)
    assert [one["text"] for one in mine["booked"]] == ["建了“打印机”"]
    assert nothing.status_code == 404
    nowhere = score(ruled.desk.services, ruled.desk.act("ann"), "none", ScoreWanted())
    assert isinstance(nowhere, Missing)
