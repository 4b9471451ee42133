"""What does one validated create cost, against a bare INSERT of the same row?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import insert

from bench.bare import bare_engine
from bench.device_app import VALUES, device_form, keeper, temporary_folder, workspace
from bench.ratio import Ratio, compare, ratios
from engine.forms.submission import read_json
from engine.outcomes import Saved
from runtime.services import Services
from runtime.store.tables import tables_of
from runtime.use_cases.act import Act
from runtime.use_cases.create_record import create_record
from tests.services.postgres import private_cluster

WALL, CPU = 3.0, 10.0
"""What issue 2 of the plan allows: three times the wall time, ten times the processor time."""


def measure() -> Iterator[Ratio]:
    """Yield the promises on SQLite and on a PostgreSQL that writes as safely."""
    yield from _measured("SQLite", f"sqlite:///{temporary_folder() / 'bench.db'}", 60)
    with private_cluster(fsync="on", synchronous_commit="on", full_page_writes="on") as url:
        yield from _measured("PostgreSQL", url, 60)


def _measured(name: str, url: str, times: int) -> Iterator[Ratio]:
    services = workspace(url, temporary_folder())
    with closing(services.store):
        costs = compare(_ours(services), _bare(services, url), times=times)
        yield from ratios(f"create on {name}", costs, wall=WALL, cpu=CPU)


def _ours(services: Services) -> Callable[[], object]:
    form = device_form(services)
    act = Act(actor=keeper(services), door="api")

    def create() -> None:
        outcome = create_record(services, act, form, read_json(form, VALUES))
        if not isinstance(outcome, Saved):
            raise TypeError(outcome)

    return create


def _bare(services: Services, url: str) -> Callable[[], object]:
    """Insert the same row into the same table, in a transaction of its own, by SQLAlchemy Core
    on an engine of its own with the same settings of the database."""
    form = device_form(services)
    engine = bare_engine(url)
    table = tables_of(form, engine.dialect.name).main
    with services.store.reading() as unit:
        row = unit.connection.execute(table.select().limit(1)).mappings().first()
    now, numbers = datetime.now(UTC), count()
    values = {
        name: value
        for name, value in (row or _first_row(services)).items()
        if not name.startswith("_")
    }
    statement = insert(table)

    def write() -> None:
        fresh = {**values, "id": f"bare{next(numbers):028d}", "created_at": now}
        with engine.begin() as connection:
            connection.execute(statement, fresh)

    return write


def _first_row(services: Services) -> Mapping[str, object]:
    _ours(services)()
    form = device_form(services)
    with services.store.reading() as unit:
        table = services.store.tables(form).main
        row = unit.connection.execute(table.select().limit(1)).mappings().one()
    return dict(row)
