"""What does a row of a sheet cost that is brought in, against a record made by itself?"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

from bench.device_app import VALUES, device_form, keeper, temporary_folder, workspace
from bench.ratio import Ratio, compare, ratios
from engine.forms.submission import read_json
from engine.outcomes import Saved
from runtime.services import Services
from runtime.store.imports import ImportRun
from runtime.use_cases.act import Act
from runtime.use_cases.create_record import create_record
from runtime.use_cases.import_file import plan_of_run, receive_sheet
from runtime.use_cases.import_moves import bring_plan
from runtime.use_cases.import_sheet import walk_sheet
from tests.services.postgres import private_cluster

ROWS = 100
ALLOWED = 1.5
"""Of both the wall and the processor time of the same records made one by one."""


def measure() -> Iterator[Ratio]:
    """Yield the promises on SQLite and on PostgreSQL."""
    yield from _measured("SQLite", f"sqlite:///{temporary_folder() / 'bench.db'}")
    with private_cluster() as url:
        yield from _measured("PostgreSQL", url)


def _measured(name: str, url: str) -> Iterator[Ratio]:
    services = workspace(url, temporary_folder())
    with closing(services.store):
        act = Act(actor=replace(keeper(services), admin=True), door="import")
        costs = compare(_sheet(services, act), _one_by_one(services, act), times=1)
        print(f"import on {name}: {ROWS / costs[0].wall:,.0f} rows a second")
        yield from ratios(f"import on {name}", costs, wall=ALLOWED, cpu=ALLOWED)


def _sheet(services: Services, act: Act) -> Callable[[], object]:
    """Bring a sheet in: receive it, read it, and bring every row through the door."""
    form = device_form(services)
    cells = ",".join(f'"{value}"' for value in VALUES.values())
    content = "\n".join([",".join(VALUES), *[cells] * ROWS]).encode()

    def bring() -> None:
        run = receive_sheet(services, act, form, "devices.csv", io.BytesIO(content))
        if not isinstance(run, ImportRun):
            raise TypeError(run)
        begun = bring_plan(services, act, form, run.id, plan_of_run(run))
        problem = walk_sheet(services, act, run.id, "run", lambda done, total: None)
        with services.store.reading() as unit:
            counts = unit.imports.counts(run.id, "run")
        if problem or counts != {"created": ROWS}:
            raise TypeError((begun, problem, counts))

    return bring


def _one_by_one(services: Services, act: Act) -> Callable[[], object]:
    form = device_form(services)

    def create() -> None:
        for _ in range(ROWS):
            outcome = create_record(services, act, form, read_json(form, VALUES))
            if not isinstance(outcome, Saved):
                raise TypeError(outcome)

    return create
