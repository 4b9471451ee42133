"""A process that brings a sheet in is killed in the middle, and another one goes on."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from runtime.store.imports import ImportRun
from runtime.use_cases.import_moves import start_import
from tests.desk import Desk
from tests.runtime.imports.importing import Importer, csv_of
from tests.workspaces import desk

__all__ = ["desk"]

ROOT = Path(__file__).parents[3]
ROWS = 280
KILLS = 2


def _brought_until_killed(desk: Desk, run: ImportRun, chunks: int, after: float) -> None:
    """Let a process bring in some of the rows, and kill it a moment later, wherever it is."""
    settings = desk.services.settings
    given = {
        "HOME_DIR": str(settings.home),
        "DATABASE_URL": settings.database_url,
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "-m", "tests.runtime.imports.bringing", run.id, "chief_north"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=given
    ) as process:
        assert process.stdout is not None
        for _ in range(chunks):
            assert process.stdout.readline(), process.stderr.read() if process.stderr else ""
        threading.Event().wait(after)
        process.kill()


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_every_row_comes_in_once_however_often_the_process_is_killed(desk: Desk) -> None:
    importer, chance = Importer(desk), random.Random(7)
    desk.made("site", "ann", name="北站")
    rows = [f"单{n},北站,{n}" for n in range(ROWS)]
    run = importer.check(csv_of("标题,站点,费用", *rows))
    services, act = desk.services, desk.act("chief_north", door="import")
    assert isinstance(start_import(services, act, desk.form(), run.id), ImportRun)
    known = 0
    for _ in range(KILLS):
        _brought_until_killed(desk, run, known // 40 + 2, chance.random() / 20)
        counts = importer.counts(run)
        assert counts["created"] % 40 == 0
        known = counts["created"]
    assert 0 < known < ROWS

    run = importer.work(run)

    with services.store.reading() as unit:
        lines = unit.imports.lines(run.id, "run")
        records = unit.records.many(desk.form(), [str(line.record) for line in lines])
        events = [len(unit.events.of_record(desk.form(), id_)) for id_ in records]
    assert run.state == "done"
    names = Counter(record.values["name"] for record in records.values())
    assert names == Counter(f"单{n}" for n in range(ROWS))
    assert len({record.values["number"] for record in records.values()}) == ROWS
    assert set(events) == {1}
    assert _tickets(desk) == ROWS


def _tickets(desk: Desk) -> int:
    with desk.services.store.reading() as unit:
        found = unit.connection.exec_driver_sql('SELECT count(*) FROM "desk__ticket"')
        return int(found.scalar_one())
