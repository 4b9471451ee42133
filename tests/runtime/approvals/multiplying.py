"""How does a test get thousands of approvals under way, without submitting each?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select

from runtime.store import Unit
from runtime.store.approval_tables import approval as approvals
from runtime.store.approval_tables import entrusted
from runtime.store.approvals import Approval
from runtime.store.platform_tables import event, job, task
from tests.runtime.approvals.office import Office

Row = Mapping[str, Any]
AT_ONCE = 1_000


def multiplied(office: Office, one: Approval, count: int) -> None:
    """Make so many more approvals like one that was just submitted, each with a record, tasks and
    timers of its own."""
    form = office.services.store.tables(office.form()).main
    with office.services.store.unit() as unit:
        rows = {
            table: _about(unit, table, one)
            for table in (form, approvals, task, entrusted, event, job)
        }
        ids = {row["id"] for found in rows.values() for row in found if "id" in row}
        for table, found in rows.items():
            copies = [copy for row in found for copy in _copies(row, sorted(ids), count)]
            for first in range(0, len(copies), AT_ONCE):
                unit.connection.execute(table.insert(), copies[first : first + AT_ONCE])


def _about(unit: Unit, table: Table, one: Approval) -> list[Row]:
    columns = [column for column in table.c if column.name != "_key"]
    rows = [dict(row) for row in unit.connection.execute(select(*columns)).mappings()]
    return [row for row in rows if one.id in str(row) or one.record in str(row)]


def _copies(row: Row, ids: Sequence[str], count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        new = {id_: f"{place:02x}{number:06x}{id_[8:]}" for place, id_ in enumerate(ids)}
        yield {name: _renamed(value, new) for name, value in row.items()}


def _renamed(value: Any, new: Mapping[str, str]) -> Any:
    if not isinstance(value, str | dict | list):
        return value
    text = json.dumps(value, ensure_ascii=False)
    for old, id_ in new.items():
        text = text.replace(old, id_)
    return json.loads(text)
