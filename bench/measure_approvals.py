"""What does an approval cost, against the bare writing of the same rows?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, event

from bench.bare import bare_engine
from bench.device_app import VALUES, device_form, keeper, temporary_folder, workspace
from bench.ratio import Ratio, compare, ratios
from engine.forms.submission import read_json
from engine.outcomes import Saved
from runtime.services import Services
from runtime.store.ids import id_at, new_id
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.course import Settled
from runtime.use_cases.approvals.decide_approval import Choice, decide_approval
from runtime.use_cases.approvals.submit_approval import submit_approval
from runtime.use_cases.create_record import create_record
from tests.services.postgres import private_cluster

WALL, CPU = 6.0, 15.0
TIMES, ROUNDS = 20, 7
BUY = """
workflow: buy
label: 采购审批
form: device
same: decide
steps:
  - kind: approve
    id: chief
    label: 主管
    who: [{person: keeper}]
    within: {working: P1D}
    ladder: [{before: PT4H}]
  - {kind: cc, id: known, label: 抄送, who: [{person: keeper}]}
after:
  agreed: {remark: '"已批准"'}
"""
"""One step with a deadline and a reminder, a copy, and a field that is set at the end."""
ID = re.compile(r"[0-9a-f]{32}")
WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Written:
    """One statement that changes rows, as the driver gets it."""

    statement: str
    parameters: Any

    def renamed(self, ids: Mapping[str, str]) -> Written:
        """Return the same about other rows."""
        return Written(self.statement, _renamed(self.parameters, ids))


def measure() -> Iterator[Ratio]:
    """Yield the promises on SQLite and on a PostgreSQL that writes as safely."""
    yield from _measured("SQLite", f"sqlite:///{temporary_folder() / 'bench.db'}")
    with private_cluster(fsync="on", synchronous_commit="on", full_page_writes="on") as url:
        yield from _measured("PostgreSQL", url)


def _measured(name: str, url: str) -> Iterator[Ratio]:
    services = workspace(url, temporary_folder(), {"workflows/buy.yaml": BUY})
    with closing(services.store):
        runs = TIMES * (ROUNDS + 1)
        records = iter([_record(services) for _ in range(2 * runs + 2)])
        ours, bare = _ours(services, records), _bare(services, url, records, runs)
        costs = compare(ours, bare, times=TIMES, rounds=ROUNDS)
        a_second = 1 / costs[0].wall
        for each in ratios(f"approval on {name}", costs, wall=WALL, cpu=CPU):
            detail = f"{each.detail}; {a_second:.0f} a second"
            yield Ratio(each.name, each.measured, each.allowed, detail)


def _record(services: Services) -> str:
    form = device_form(services)
    made = create_record(
        services, Act(actor=keeper(services), door="api"), form, read_json(form, VALUES)
    )
    if not isinstance(made, Saved):
        raise TypeError(made)
    return made.record.id


def _ours(services: Services, records: Iterator[str]) -> Callable[[], str]:
    """Submit a record and agree to it, in two transactions, as people do."""
    form, person = device_form(services), keeper(services)
    act = Act(actor=person, door="api")

    def approve() -> str:
        record = next(records)
        begun = submit_approval(services, act, form, record, "buy")
        if not isinstance(begun, Settled):
            raise TypeError(begun)
        with services.store.reading() as unit:
            (task,) = unit.tasks.of_approval(begun.approval.id, state="open")
        ended = decide_approval(services, act, task.id, Choice(verb="agree"))
        if not isinstance(ended, Settled) or ended.approval.outcome != "agreed":
            raise TypeError(ended)
        return record

    return approve


def _bare(services: Services, url: str, records: Iterator[str], runs: int) -> Callable[[], object]:
    """Write what one approval writes, again and again about other records, in as many
    transactions, on an engine of its own with the same settings of the database."""
    _ours(services, records)()  # the version of the workflow is written once
    begun = id_at(datetime.now(UTC))
    with _watched() as transactions:
        record = _ours(services, records)()
    new = {id_ for id_ in ID.findall(str(transactions)) if id_ >= begun}
    prepared = iter([_about(transactions, new, record, next(records)) for _ in range(runs)])
    engine = bare_engine(url)

    def write() -> None:
        for statements in next(prepared):
            with engine.begin() as connection:
                for each in statements:
                    connection.exec_driver_sql(each.statement, each.parameters)

    return write


@contextmanager
def _watched() -> Iterator[list[list[Written]]]:
    """Collect what is written meanwhile, transaction by transaction."""
    transactions: list[list[Written]] = []
    under_way: list[Written] = []

    def note(_c: object, _d: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith(WRITES):
            under_way.append(Written(statement, parameters))

    def end(_connection: object) -> None:
        if under_way:
            transactions.append(list(under_way))
            under_way.clear()

    event.listen(Engine, "before_cursor_execute", note)
    event.listen(Engine, "commit", end)
    try:
        yield transactions
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        event.remove(Engine, "commit", end)


def _about(
    transactions: Sequence[Sequence[Written]], new: set[str], record: str, other: str
) -> list[list[Written]]:
    ids = {**{id_: new_id(datetime.now(UTC)) for id_ in new}, record: other}
    return [[each.renamed(ids) for each in statements] for statements in transactions]


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return ID.sub(lambda found: ids.get(found[0], found[0]), value)
    if isinstance(value, Mapping):
        return {name: _renamed(each, ids) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_renamed(each, ids) for each in value)
    return value
