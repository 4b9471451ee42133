"""What was taken out as a file comes back in and changes nothing, or makes the same anew."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from runtime.use_cases.import_file import plan_of_run
from tests.desk import Desk
from tests.runtime.imports.importing import Importer
from tests.runtime.jobs.exports import exported
from tests.workspaces import desk

__all__ = ["desk"]

COLUMNS = (
    "number", "name", "site", "cause", "cost", "phone", "due", "begun", "stage", "owner",
)  # fmt: skip


def _filled(desk: Desk) -> list[str]:
    site = desk.made("site", "ann", name="=北站")
    return [
        desk.ticket(
            "ann",
            site=site.id,
            cause="卡纸，又卡纸\n第二行" if n else "'=1+1",
            cost=f"{n}1234.50",
            phone="13800001234",
            due="2026-03-09",
            begun="2026-03-01",
        ).id
        for n in range(3)
    ] + [desk.ticket("ben").id]


@pytest.mark.parametrize("format_", ["xlsx", "csv", "csv_gb18030"])
def test_an_export_brought_back_changes_nothing(desk: Desk, format_: Any) -> None:
    before = [desk.stored(id_) for id_ in _filled(desk)]
    path, _ = exported(desk, columns=COLUMNS, format=format_)
    importer = Importer(desk)

    run = importer.receive(path.read_bytes())
    plan = plan_of_run(run)
    columns = {0: "number", **plan.columns}
    run = importer.choose(
        run, msgspec.structs.replace(plan, columns=columns, mode="update", key="number")
    )

    assert list(columns.values()) == list(COLUMNS)
    assert importer.complaints(run) == {}
    assert importer.counts(run, "check") == {"unchanged": 4}
    assert [desk.stored(record.id) for record in before] == before


def test_an_export_makes_the_same_records_anew(desk: Desk) -> None:
    before = [desk.stored(id_) for id_ in _filled(desk)]
    path, _ = exported(desk, columns=COLUMNS[1:], sort=("number",))
    importer = Importer(desk)

    run = importer.bring(path.read_bytes())

    made = [desk.stored(str(line.record)) for line in importer.lines(run)]
    anew = [{**record.values, "number": None} for record in made]
    assert anew == [{**record.values, "number": None} for record in before]
    assert [record.owner for record in made] == [record.owner for record in before]
