"""Where do a million records come from that differ as real ones do?"""

from __future__ import annotations

from sqlalchemy import text

from bench.device_app import VALUES, device_form, keeper
from engine.forms.submission import read_json
from engine.outcomes import Saved
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.create_record import create_record

RECORDS = 1_000_000
OWNERS = 40
"""So many people share the records; the one who asks owns one in forty."""
SERIES = {
    "sqlite": "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series "
    f"WHERE n < {RECORDS})",
    "postgresql": f"WITH series(n) AS (SELECT generate_series(1, {RECORDS}))",
}


def fill(services: Services) -> None:
    """Make one record by the use case, and a million like it straight in the table."""
    form, person = device_form(services), keeper(services)
    act = Act(actor=person, door="system")
    made = create_record(services, act, form, read_json(form, VALUES))
    if not isinstance(made, Saved):
        raise TypeError(made)
    table = services.store.tables(form).main
    columns = [column.name for column in table.c if column.name != "_key"]
    sqlite = services.store.dialect == "sqlite"
    varied = _SQLITE if sqlite else _POSTGRESQL
    wanted = ", ".join(varied.get(name, f'"{name}"') for name in columns)
    listed = ", ".join(f'"{name}"' for name in columns)
    filling = text(
        f'INSERT INTO "{table.name}" ({listed}) {SERIES[services.store.dialect]} '  # our own names
        f'SELECT {wanted} FROM series, "{table.name}" AS one'
    )
    with services.store.unit() as unit:
        if not sqlite:
            unit.connection.execute(text("SET LOCAL statement_timeout = 0"))
        unit.connection.execute(filling)
    with services.store.unit() as unit:
        unit.connection.exec_driver_sql("ANALYZE")


_SECONDS = "strftime('%Y-%m-%d %H:%M:%f', '2026-01-01', '+' || n || ' seconds') || '000'"
_SQLITE = {
    "id": "printf('copy%028d', n)",
    "owner": f"CASE n % {OWNERS} WHEN 0 THEN owner ELSE 'owner' || (n % {OWNERS}) END",
    "stage": "CASE n % 3 WHEN 0 THEN 'in_use' ELSE 'ordered' END",
    "name": "'设备 ' || (n * 7919 % 1000003)",
    "price": "(n * 104729 % 100000000)",
    "bought": "date('2026-01-01', '+' || (n % 90) || ' days')",
    "level": "CASE n % 7 WHEN 0 THEN NULL WHEN 1 THEN 'b' ELSE 'a' END",
    "updated_at": _SECONDS,
    "stage_entered_at": _SECONDS,
    "last_activity_at": _SECONDS,
}
_POSTGRESQL = {
    "id": "'copy' || lpad(n::text, 28, '0')",
    "owner": f"CASE n % {OWNERS} WHEN 0 THEN owner ELSE 'owner' || (n % {OWNERS}) END",
    "stage": "CASE n % 3 WHEN 0 THEN 'in_use' ELSE 'ordered' END",
    "name": "'设备 ' || (n::bigint * 7919 % 1000003)",
    "price": "(n::bigint * 104729 % 100000000) / 100.0",
    "bought": "date '2026-01-01' + (n % 90)",
    "level": "CASE n % 7 WHEN 0 THEN NULL WHEN 1 THEN 'b' ELSE 'a' END",
    "updated_at": "timestamptz '2026-01-01Z' + make_interval(secs => n)",
    "stage_entered_at": "timestamptz '2026-01-01Z' + make_interval(secs => n)",
    "last_activity_at": "timestamptz '2026-01-01Z' + make_interval(secs => n)",
}
