"""What does a list page of 20 from 100,000 records cost, against the bare query and JSON?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta

import msgspec
from sqlalchemy import create_engine, insert, select

from bench.device_app import VALUES, device_form, keeper, temporary_folder, workspace
from bench.ratio import Ratio, compare, ratios
from engine.forms.submission import read_json
from engine.outcomes import Saved
from runtime.services import Services
from runtime.store.query import Page
from runtime.store.tables import tables_of
from runtime.use_cases.act import Act
from runtime.use_cases.create_record import create_record
from runtime.use_cases.list_records import Wanted, list_records
from runtime.web.api.answers import record_data
from tests.services.postgres import private_cluster

RECORDS = 100_000
ALLOWED = 2.0
"""Of both the wall and the processor time of the bare query and its JSON."""

_json = msgspec.json.Encoder().encode


def measure() -> Iterator[Ratio]:
    """Yield the promises on SQLite and on PostgreSQL."""
    yield from _measured("SQLite", f"sqlite:///{temporary_folder() / 'bench.db'}")
    with private_cluster() as url:
        yield from _measured("PostgreSQL", url)


def _measured(name: str, url: str) -> Iterator[Ratio]:
    services = workspace(url, temporary_folder())
    with closing(services.store):
        _fill(services)
        costs = compare(_ours(services), _bare(services, url), times=50)
        yield from ratios(f"list on {name}", costs, wall=ALLOWED, cpu=ALLOWED)


def _fill(services: Services) -> None:
    """Make one record by the use case, and copies of it straight in the table."""
    form, act = device_form(services), Act(actor=keeper(services), door="system")
    made = create_record(services, act, form, read_json(form, VALUES))
    if not isinstance(made, Saved):
        raise TypeError(made)
    with services.store.unit() as unit:
        table = services.store.tables(form).main
        found = unit.connection.execute(select(table)).mappings().one()
        row = {name: value for name, value in found.items() if not name.startswith("_")}
        for begin in range(0, RECORDS, 5000):
            copies = [
                {
                    **row,
                    "id": f"copy{number:028d}",
                    "updated_at": made.record.updated_at - timedelta(seconds=number),
                }
                for number in range(begin, begin + 5000)
            ]
            unit.connection.execute(insert(table), copies)
    with services.store.unit() as unit:
        unit.connection.exec_driver_sql("ANALYZE")


def _ours(services: Services) -> Callable[[], object]:
    form, act = device_form(services), Act(actor=keeper(services), door="api")
    wanted = Wanted(total=False)

    def page() -> bytes:
        found = list_records(services, act, form, wanted)
        if not isinstance(found, Page) or len(found.records) != 20:
            raise TypeError(found)
        return _json([record_data(form, record) for record in found.records])

    return page


def _bare(services: Services, url: str) -> Callable[[], object]:
    """Ask for the same columns, rows and order by SQLAlchemy Core, and encode what comes."""
    form, person = device_form(services), keeper(services)
    engine = create_engine(url)
    if engine.dialect.name != "sqlite":
        engine = create_engine(url, connect_args={"options": "-c search_path=dougong"})
    table = tables_of(form, engine.dialect.name).main
    columns = [column for column in table.c if not column.name.startswith("_")]
    statement = (
        select(*columns)
        .where(table.c.owner == person.id, table.c.deleted_at.is_(None))
        .order_by(table.c.updated_at.desc(), table.c.id.desc())
        .limit(21)
    )

    def page() -> bytes:
        with engine.connect() as connection:
            rows = connection.execute(statement).mappings().all()
        return _json([dict(row) for row in rows[:20]])

    return page
