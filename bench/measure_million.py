"""What does a page of 20 out of a million records cost, against SQL written by hand?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import text

from bench.device_app import device_form, keeper, temporary_folder, workspace
from bench.million_devices import fill
from bench.ratio import Ratio, compare
from engine.access.sight import sight_of
from engine.expressions import Slot, compile_expression
from runtime.services import Services
from runtime.store import Unit
from runtime.store.query import Query
from runtime.store.query.selecting import Selection
from runtime.use_cases.act import Act
from runtime.use_cases.reach import begin
from tests.services.postgres import private_cluster

ALLOWED = 1.3


@dataclass(frozen=True)
class Asked:
    """One list, and how somebody would write it who knows the tables of that database."""

    name: str
    feel: str
    sort: str
    sqlite: str
    postgresql: str


QUESTIONS = (
    Asked(
        "own, newest first",
        "",
        "-updated_at",
        "ORDER BY updated_at DESC, id DESC",
        "ORDER BY updated_at DESC, id DESC",
    ),
    Asked(
        "own of one stage above a price, dearest first",
        'stage = "ordered" and price > 500000',
        "-price",
        "AND stage = 'ordered' AND price > 50000000 ORDER BY price DESC, id DESC",
        "AND stage = 'ordered' AND price > 500000 ORDER BY price DESC NULLS LAST, id DESC",
    ),
    Asked(
        "own by what no index knows",
        'contains(name, "77") and bought >= date("2026-02-01") and not(level = "b")',
        "-updated_at",
        "AND instr(name, '77') > 0 AND bought >= '2026-02-01' AND level IS NOT 'b'"
        " ORDER BY updated_at DESC, id DESC",
        "AND strpos(name, '77') > 0 AND bought >= '2026-02-01'"
        " AND level IS DISTINCT FROM 'b' ORDER BY updated_at DESC, id DESC",
    ),
)


def measure() -> Iterator[Ratio]:
    """Yield the promises on SQLite and on PostgreSQL."""
    yield from _measured("SQLite", f"sqlite:///{temporary_folder() / 'bench.db'}")
    with private_cluster() as url:
        yield from _measured("PostgreSQL", url)


def _measured(name: str, url: str) -> Iterator[Ratio]:
    services = workspace(url, temporary_folder())
    with closing(services.store):
        fill(services)
        with services.store.reading() as unit:
            for asked in QUESTIONS:
                ours, by_hand = _ours(services, unit, asked), _by_hand(services, unit, asked)
                if ours() != by_hand():
                    raise ValueError(f"{asked.name}: other records than by hand")
                costs = compare(ours, by_hand, times=20, rounds=15)
                detail = f"{costs[0].wall * 1000:.2f} ms against {costs[1].wall * 1000:.2f} ms"
                title = f"{name}, {asked.name}"
                yield Ratio(title, costs[0].wall / costs[1].wall, ALLOWED, detail)


def _ours(services: Services, unit: Unit, asked: Asked) -> Callable[[], list[str]]:
    form, person = device_form(services), keeper(services)
    work = begin(services, unit, Act(actor=person, door="api"), form)
    where = (compile_expression(asked.feel, form.scope, Slot.ROWS),) if asked.feel else ()
    query = Query(
        form=form, sight=sight_of(form, person), actor=person, env=work.env, where=where,
        sort=(asked.sort,), limit=20,
    )  # fmt: skip

    def page() -> list[str]:
        selection = Selection(unit, query)
        given = {**selection.given, "_count": 20}
        return [row.id for row in unit.connection.execute(selection.first_page, given)]

    return page


def _by_hand(services: Services, unit: Unit, asked: Asked) -> Callable[[], list[str]]:
    form, person = device_form(services), keeper(services)
    table = services.store.tables(form).main
    ordered = asked.sqlite if services.store.dialect == "sqlite" else asked.postgresql
    columns = [column for column in table.c if not column.name.startswith("_")]
    wanted = ", ".join(f'"{column.name}"' for column in columns)
    # The values come back as the same types on both sides: that costs more than many a query.
    statement = text(
        f'SELECT {wanted} FROM "{table.name}" '  # our own names
        f"WHERE owner = :owner AND deleted_at IS NULL {ordered} LIMIT 20"
    ).columns(*columns)

    def page() -> list[str]:
        return [row.id for row in unit.connection.execute(statement, {"owner": person.id})]

    return page
